"""What a re-sent file does to rows that the county corrected, dropped or mended."""

import pytest
from house import House, patrol, person, problem

BOOK = ["grid", "started_at", "inspectors", "findings"]
VISITS = ["problem_no", "by_grid", "done_at", "kind", "result", "new_due"]


def row(grid: str, day: str, who: str) -> dict[str, str]:
    return {"grid": grid, "started_at": day, "inspectors": who, "findings": "0"}


def coverage(house: House, grid_id: str) -> str:
    return str(
        house.one(
            "select state from published.obligation where metric_id = 'patrol_coverage'"
            f" and grid_id = '{grid_id}' and period = '2026-10'"
        )["state"]
    )


def test_a_corrected_date_in_a_book_without_numbers_is_a_revision_not_a_second_patrol() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡"), person("示例乙", "马路镇")])
    others = [row("马路镇", f"2026-10-{day:02}", "示例乙") for day in (3, 4, 5)]
    house.ledger("patrol", [row("田庄乡", "2026-10-13", "示例甲"), *others], fields=BOOK)
    house.ledger("patrol", [row("田庄乡", "2026-09-13", "示例甲"), *others], fields=BOOK, received="2026-11-03 10:00")
    house.build()
    days = house.values("select cast(started_at as date) from published.patrol where inspectors = '示例甲'")
    assert [str(day) for day in days] == ["2026-09-13"]
    assert coverage(house, "g430923209") == "overdue"
    change = house.one("select * from published.revision")
    assert (change["field"], change["old"][:10], change["new"][:10]) == ("started_at", "2026-10-13", "2026-09-13")


def test_a_dropped_row_without_successor_stays_and_is_marked() -> None:
    house = House()
    rows = [row("马路镇", f"2026-10-{day:02}", "示例乙") for day in (3, 4, 5)]
    house.ledger("patrol", [*rows, row("田庄乡", "2026-10-13", "示例甲")], fields=BOOK)
    house.ledger("patrol", rows, fields=BOOK, received="2026-11-03 10:00")
    house.build()
    assert house.values("select count(*) from published.patrol where absent_in_latest") == [1]


def test_a_row_that_comes_back_in_a_third_file_counts_again() -> None:
    house = House()
    rows = [row("马路镇", f"2026-10-{day:02}", "示例乙") for day in (3, 4, 5)]
    for number, day in enumerate((13, 14, 13)):
        house.ledger(
            "patrol",
            [*rows, row("田庄乡", f"2026-10-{day}", "示例甲")],
            fields=BOOK,
            received=f"2026-11-0{number + 2} 10:00",
        )
    house.build()
    days = house.values("select cast(started_at as date) from published.patrol where inspectors = '示例甲'")
    assert [str(day) for day in days] == ["2026-10-13"]


def test_a_corrected_visit_date_in_its_own_ledger_opens_no_phantom_round() -> None:
    house = House()
    house.ledger("problem", [problem("A", rectified_at="2026-10-18"), problem("B")])

    def visits(day: str) -> list[dict[str, str]]:
        return [
            {"problem_no": number, "by_grid": "安化县", "done_at": on, "kind": "复查", "result": result, "new_due": ""}
            for number, on, result in (("A", day, "不合格"), ("B", "2026-10-30", "合格"))
        ]

    house.ledger("follow_up", visits("2026-10-25"), fields=VISITS)
    house.ledger("follow_up", visits("2026-10-26"), fields=VISITS, received="2026-11-03 10:00")
    house.build()
    assert house.values(
        "select max(round) from published.obligation where metric_id = 'rectification' and subject_id = 'anhua/A'"
    ) == [2]


def test_a_corrected_name_in_a_re_sent_roster_is_one_person() -> None:
    house = House()
    others = [person("示例乙", "马路镇"), person("示例丙", "奎溪镇")]
    house.ledger("person", [person("示例旧名", "田庄乡", "机构负责人"), *others], month="2026-09")
    house.ledger(
        "person", [person("示例新名", "田庄乡", "机构负责人"), *others], month="2026-10", received="2026-11-03 10:00"
    )
    house.ledger("patrol", [patrol("1", "马路镇", "2026-10-09", "示例乙")])
    house.build()
    assert house.values("select name from published.person_post where post = 'body_head'") == ["示例新名"]


@pytest.mark.parametrize("is_mended", [True, False])
def test_a_returned_row_is_closed_by_its_mended_re_send(is_mended: bool) -> None:
    house = House()
    rows = [row("马路镇", f"2026-10-{day:02}", "示例乙") for day in (3, 4, 5)]
    house.ledger("patrol", [*rows, row("田庄乡", "13号上午", "示例甲")], fields=BOOK)
    again = row("田庄乡", "2026-10-13" if is_mended else "13号", "示例甲")
    house.ledger("patrol", [*rows, again], fields=BOOK, received="2026-11-03 10:00")
    house.build()
    awaiting = house.values("select file_id from published.quarantine where is_awaiting")
    assert awaiting == ([] if is_mended else ["anhua/2026-10/00000002"]), "what went back again is what awaits now"


def test_a_number_used_again_for_another_problem_goes_back() -> None:
    house = House()
    first = problem("1", discovered="2026-09-08", description="示例一")
    house.ledger("problem", [first], month="2026-09", received="2026-10-03 10:00")
    house.ledger(
        "problem",
        [
            problem("1", discovered="2026-10-12", grid="马路镇", description="示例二"),
            problem("2", description="示例三"),
        ],
    )
    house.build()
    assert house.values("select description from published.problem order by problem_no") == ["示例一", "示例三"]
    assert house.values("select rule from published.quarantine where severity = 'reject'") == ["another_record"]


def test_a_correction_of_one_field_stays_a_correction() -> None:
    house = House()
    house.ledger("problem", [problem("1", description="示例一")], received="2026-10-30 10:00")
    house.ledger("problem", [problem("1", discovered="2026-10-07", grid="马路镇", description="示例一")])
    house.build()
    assert house.values("select grid_id from published.problem") == ["g430923120"]


def test_a_withdrawn_row_stays_on_record_and_no_longer_counts() -> None:
    house = House()
    house.ledger("person", [person("示例甲", "田庄乡"), person("示例乙", "马路镇")])
    rows = [row("田庄乡", "2026-10-13", "示例甲"), row("马路镇", "2026-10-14", "示例乙")]
    house.ledger("patrol", rows, fields=BOOK)
    again = [{**rows[0], "is_withdrawn": "是"}, {**rows[1], "is_withdrawn": ""}]
    house.ledger("patrol", again, fields=[*BOOK, "is_withdrawn"], received="2026-11-03 10:00")
    house.build()
    assert (coverage(house, "g430923209"), coverage(house, "g430923120")) == ("overdue", "on_time")
    assert house.values("select sum(accepted + identical) from published.submission where table_name = 'patrol'") == [4]


def test_what_went_back_in_the_later_file_has_not_gone_from_it() -> None:
    house = House()
    house.ledger("problem", [problem(f"A{n}") for n in range(1, 5)])
    again = [problem(f"A{n}") for n in range(1, 4)]
    twice = [problem("A4", description="示例甲"), problem("A4", description="示例乙")]
    house.ledger("problem", again + twice, received="2026-11-04 10:00")
    house.build()
    assert house.values("select row_key from staging.absent_row") == []


def test_a_workbook_of_mended_rows_is_no_new_edition() -> None:
    """It holds what went back and nothing else: what it lacks is not gone."""
    house = House()
    bad = [problem(f"A{n}", discovered="随便写") for n in range(1, 5)]
    first = house.ledger("problem", bad)
    good = [{**problem(f"A{n}"), "mends_row": f"{first}#csv!{n + 1}"} for n in range(1, 5)]
    house.ledger("problem", good, received="2026-11-04 10:00")
    house.ledger("problem", good[:3], received="2026-11-05 10:00")
    house.build()
    assert house.values("select count(*) from published.problem") == [4]
    assert house.values("select row_key from staging.absent_row") == []


TOWNSHIPS = ["田庄乡", "马路镇", "奎溪镇"]


def monthly(month: str) -> list[dict[str, str]]:
    return [patrol(str(number), grid, f"{month}-1{number}", f"示例{number}") for number, grid in enumerate(TOWNSHIPS)]


def returned(house: House) -> list[str]:
    return house.values("select rule from published.quarantine where severity = 'reject'")


def test_patrol_numbers_begun_anew_in_the_next_month_go_back_and_the_first_month_stays() -> None:
    house = House(as_of="2026-12-10 09:00")
    house.ledger("person", [person(f"示例{number}", grid) for number, grid in enumerate(TOWNSHIPS)])
    house.ledger("patrol", monthly("2026-10"))
    house.ledger("patrol", monthly("2026-11"), month="2026-11", received="2026-12-02 10:00")
    house.build()
    assert returned(house) == ["another_record"] * 3
    days = house.values("select cast(started_at as date) from published.patrol order by started_at")
    assert [str(day) for day in days] == ["2026-10-10", "2026-10-11", "2026-10-12"]
    assert (coverage(house, "g430923209"), coverage(house, "g430923120")) == ("on_time", "on_time")
    assert house.values("select count(*) from published.revision") == [0]
    assert "key_scope" in house.values("select mend_zh from published.quarantine where severity = 'reject'")[0]


def test_a_cumulative_ledger_tells_the_patrols_of_the_month_before_again() -> None:
    house = House(as_of="2026-12-10 09:00")
    house.ledger("patrol", monthly("2026-10"))
    added = [{**row, "patrol_no": f"1{row['patrol_no']}"} for row in monthly("2026-11")]
    corrected = [{**monthly("2026-10")[0], "started_at": "2026-10-25"}, *monthly("2026-10")[1:]]
    house.ledger("patrol", [*corrected, *added], month="2026-11", received="2026-12-02 10:00")
    house.build()
    assert returned(house) == []
    assert house.values("select field from published.revision") == ["started_at"]


def test_a_date_corrected_to_another_month_in_the_ledger_of_its_month_stays_so_in_later_ones() -> None:
    house = House(as_of="2026-12-10 09:00")
    house.ledger("patrol", monthly("2026-10"))
    corrected = [{**monthly("2026-10")[0], "started_at": "2026-09-30"}, *monthly("2026-10")[1:]]
    house.ledger("patrol", corrected, received="2026-11-03 10:00")
    house.ledger("patrol", corrected, month="2026-11", received="2026-12-02 10:00")
    house.build()
    assert returned(house) == []
    first = house.values("select cast(started_at as date) from published.patrol where patrol_id = 'anhua/0'")
    assert [str(day) for day in first] == ["2026-09-30"]


@pytest.mark.parametrize("count", [1, 5])
def test_a_problem_number_with_another_day_and_other_words_goes_back_in_the_same_township_too(count: int) -> None:
    house = House(as_of="2026-12-10 09:00")
    then = ["河边垃圾未清", "油烟直排", "夜间噪声", "污水外溢", "焚烧秸秆"][:count]
    now = ["道路扬尘", "沙场扬尘", "尾气超标", "煤烟", "占用河道"][:count]
    first = [problem(str(n), f"2026-10-0{n}", description=text) for n, text in enumerate(then, 1)]
    house.ledger("problem", [{**row, "rectified_at": "2026-10-18"} for row in first])
    again = [problem(str(n), f"2026-11-0{n}", "2026-11-20", description=text) for n, text in enumerate(now, 1)]
    house.ledger("problem", again, month="2026-11", received="2026-12-02 10:00")
    house.build()
    assert returned(house) == ["another_record"] * count
    assert house.values("select state from published.obligation where subject_id like 'anhua/%'") == ["on_time"] * count


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-08", "河边 垃圾未清；已责令整改"),
        ("2026-11-08", "垃圾未清"),
        ("2026-10-11", "油烟直排"),
    ],
)
def test_a_problem_whose_words_are_told_longer_or_whose_day_is_near_is_the_same(day: str, words: str) -> None:
    house = House(as_of="2026-12-10 09:00")
    house.ledger("problem", [problem("1", "2026-10-08", description="河边垃圾，未清")])
    again = problem("1", day, "2026-11-20", description=words)
    house.ledger("problem", [again], month="2026-11", received="2026-12-02 10:00")
    house.build()
    assert returned(house) == []
    assert house.values("select description from published.problem") == [words]


def test_a_serial_number_in_an_unknown_column_makes_no_other_record() -> None:
    house = House()
    told = patrol("1", "田庄乡", "2026-10-13", "示例甲")
    house.ledger("patrol", [{**told, "序号": "1"}, {**told, "序号": "9"}])
    house.ledger("patrol", [{**told, "序号": "4"}], received="2026-11-03 10:00")
    house.build()
    assert returned(house) == []
    assert house.one("select sum(accepted) as accepted, sum(identical) as identical from published.submission") == {
        "accepted": 1,
        "identical": 2,
    }
    assert len(house.values("select extra from staging.patrol_version where extra is not null")) == 3
