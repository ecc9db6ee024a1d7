"""A delivery whose key column was shifted is refused as a whole; an ordinary one with a few corrections is not."""

import pytest
from house import House, patrol, problem


def ledger(shift: int = 0, corrected: int = 0) -> list[dict[str, str]]:
    rows = []
    for number in range(30):
        day = 1 + (number + shift) % 28
        moved = "马路镇" if number < corrected else "田庄乡"
        rows.append(
            problem(f"P{number:02}", f"2026-09-{day:02}", f"2026-10-{day:02}", grid=moved, description=f"示例{number}")
        )
    return rows


def rejected(house: House) -> dict[str, int]:
    return {
        row["received"]: row["rejected"]
        for row in house.rows(
            "select strftime(f.received_at, '%m-%d') as received, s.rejected from published.submission as s"
            " join published.source_file as f on f.file_id = s.file_id"
        )
    }


def delivered(*ledgers: list[dict[str, str]]) -> House:
    house = House()
    for day, rows in enumerate(ledgers, 1):
        house.ledger("problem", rows, received=f"2026-11-0{day} 10:00")
    return house.build()


def test_a_shifted_key_column_refuses_the_file_and_the_next_one_is_judged_by_what_stood_before() -> None:
    house = delivered(ledger(), ledger(shift=1), ledger(corrected=2))
    assert rejected(house) == {"11-01": 0, "11-02": 30, "11-03": 0}
    assert set(house.values("select rule from published.quarantine where severity = 'reject'")) == {"wholesale_change"}
    assert house.values("select count(distinct key) from published.revision") == [2]


def test_a_fifth_is_not_too_many_and_nine_are_not_enough() -> None:
    assert rejected(delivered(ledger(), ledger(shift=1)[:6] + ledger()[6:])) == {"11-01": 0, "11-02": 0}
    assert rejected(delivered(ledger()[:12], ledger(shift=1)[:9] + ledger()[9:12])) == {"11-01": 0, "11-02": 0}
    assert rejected(delivered(ledger(), ledger(shift=1)[:10] + ledger()[10:])) == {"11-01": 0, "11-02": 30}


def test_one_field_corrected_in_many_rows_is_no_shift() -> None:
    later = [{**row, "rectify_due": "2026-11-30", "rectified_at": "2026-10-30"} for row in ledger()]
    assert rejected(delivered(ledger(), ledger(corrected=30), later)) == {"11-01": 0, "11-02": 0, "11-03": 0}


def test_one_steady_field_is_enough_where_the_descriptions_are_others_too_or_nothing_else_is_told() -> None:
    """Days alone shift where all lie in one township and are due in so many days."""
    plain = [{**row, "rectify_due": "15日内"} for row in ledger()]
    shifted = [
        {**row, "discovered_at": other["discovered_at"], "description": other["description"]}
        for row, other in zip(plain, [*plain[1:], plain[0]], strict=True)
    ]
    assert rejected(delivered(plain, shifted)) == {"11-01": 0, "11-02": 30}
    reworded = [{**row, "description": f"{row['description']}，已整改"} for row in plain]
    assert rejected(delivered(plain, reworded)) == {"11-01": 0, "11-02": 0}


def test_a_shifted_file_sent_twice_is_refused_twice() -> None:
    again = [{**row, "village": "示例村"} for row in ledger(shift=1)]
    assert rejected(delivered(ledger(), ledger(shift=1), again)) == {"11-01": 0, "11-02": 30, "11-03": 30}


def test_descriptions_told_in_more_detail_and_grids_made_exact_are_no_shift() -> None:
    """安化县 made its township, the same words with what was ordered."""
    first = [problem(f"P{number:02}", grid="安化县", description=f"河边垃圾，第{number:02}处") for number in range(12)]
    again = [
        {
            **row,
            "grid": "田庄乡",
            "description": f"{row['description'].replace('，', ' ')}，已责令整改",
            "rectified_at": "2026-10-18",
        }
        for row in first
    ]
    house = delivered(first, again)
    assert rejected(house) == {"11-01": 0, "11-02": 0}
    assert set(house.values("select grid_id from published.problem")) == {"g430923209"}
    shorter = [
        {**row, "grid": "马路镇", "description": row["description"].replace("，已责令整改", "")} for row in again
    ]
    assert rejected(delivered(first, again, shorter)) == {"11-01": 0, "11-02": 0, "11-03": 0}


def test_inspectors_added_beside_corrected_grids_are_no_shift() -> None:
    house = House()
    first = [patrol(str(number), "田庄乡", "2026-10-12", "示例甲、示例丙") for number in range(12)]
    house.ledger("patrol", first, received="2026-11-01 10:00")
    more = [{**row, "grid": "马路镇", "inspectors": "示例丙、示例乙、示例甲"} for row in first]
    house.ledger("patrol", more, received="2026-11-02 10:00")
    others = [{**row, "grid": "奎溪镇", "inspectors": "示例丁"} for row in first]
    house.ledger("patrol", others, received="2026-11-03 10:00")
    assert rejected(house.build()) == {"11-01": 0, "11-02": 0, "11-03": 12}


def anew(table: str, month: str, number: int) -> dict[str, str]:
    """Row `number` of a month's ledger whose numbers begin with 1."""
    day = f"{month}-{1 + number % 27:02}"
    grid = ("田庄乡", "马路镇", "奎溪镇")[(number + int(month[-2:])) % 3]
    if table == "patrol":
        return patrol(str(number), grid, day, f"示例{number % 3}")
    return problem(str(number), day, f"2026-12-{1 + number % 27:02}", grid=grid, description=f"{month}第{number}件")


@pytest.mark.parametrize("table", ["problem", "patrol"])
def test_numbers_begun_anew_go_back_one_by_one_however_many(table: str) -> None:
    house = House(as_of="2026-12-10 09:00")
    house.ledger(table, [anew(table, "2026-10", number) for number in range(1, 31)])
    later = [anew(table, "2026-11", number) for number in range(1, 26)]
    own = [{**anew(table, "2026-11", number), f"{table}_no": f"新{number}"} for number in range(26, 31)]
    house.ledger(table, later + own, month="2026-11", received="2026-12-02 10:00")
    house.build()
    found = house.rows("select rule, count(*) as n from published.quarantine where severity = 'reject' group by 1")
    assert found == [{"rule": "another_record", "n": 25}]
    assert house.values("select sum(accepted) from published.submission") == [35]


def test_a_running_ledger_of_many_months_with_a_shifted_column_is_still_refused() -> None:
    rows = [
        problem(
            f"P{n:02}", f"2026-{1 + n // 4:02}-{1 + n % 4 * 6:02}", f"2026-11-{1 + n % 28:02}", description=f"示例{n}"
        )
        for n in range(36)
    ]
    numbers = [row["problem_no"] for row in rows]
    shifted = [{**row, "problem_no": number} for row, number in zip(rows, [*numbers[1:], numbers[0]], strict=True)]
    assert rejected(delivered(rows, shifted)) == {"11-01": 0, "11-02": 36}
