"""A delivery whose key column was shifted is refused as a whole; an ordinary one with a few corrections is not."""

from house import House, problem


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
