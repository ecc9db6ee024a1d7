"""A named responsible person on every day of the month: handovers to the day, leave, secondment, deputies, rosters."""

from __future__ import annotations

from typing import Any

import pytest
from grid_rows import grid
from house import House, patrol, person

TOWN = "g430923209"


def house(
    *rows: dict[str, str], as_of: str = "2026-11-06 09:00", county: str = "anhua", received: str = "2026-11-02 10:00"
) -> House:
    """A house in which everybody owes from 2026-09 on, with one roster."""
    made = House(as_of)
    made.ledger(
        "patrol", [patrol("S", "南洲镇", "2026-09-08", "示例某")], county="nanxian", month="2026-09", received=received
    )
    if rows:
        made.ledger("person", list(rows), county=county, received=received)
    return made


def head(name: str, since: str = "2026-01-01", until: str = "", **more: str) -> dict[str, str]:
    return {**person(name, "田庄乡", "机构负责人", since, **more), "valid_to": until}


def away(name: str, kind: str, since: str, until: str, deputy: str = "", post: str = "机构负责人") -> dict[str, str]:
    return {**person(name, "田庄乡", post, since, kind=kind, deputy=deputy), "valid_to": until}


def post(made: House, month: str = "2026-10", where: str = TOWN) -> dict[str, Any]:
    return made.one(f"select * from published.obligation where obligation_id = 'post_filled/{where}/{month}'")


def told(made: House, month: str = "2026-10") -> tuple[str, str]:
    found = post(made, month)
    return found["state"], found["due_basis"].removeprefix("每月每天都有在册的责任人，月末为限（本系统暂定）")


def test_in_post_all_month_is_met_at_its_end_by_the_row_of_the_roster() -> None:
    made = house(head("示例甲")).build()
    found = post(made)
    assert (found["state"], str(found["met_at"])) == ("on_time", "2026-10-31 23:59:59")
    assert found["met_row_id"] in made.values("select row_id from published.person_post")
    assert (found["subject_kind"], found["subject_id"], found["owner_level"]) == ("post", "body_head", 3)
    assert (found["period"], found["about_month"], found["person_at_due"]) == ("2026-10", None, "示例甲")
    assert post(made, "2026-11")["state"] == "pending"


def test_a_handover_within_the_month_leaves_no_gap_unless_a_day_lies_between() -> None:
    assert told(house(head("示例甲"), head("示例乙", "2026-10-16")).build()) == ("on_time", "")
    closed = house(head("示例甲", until="2026-10-15"), head("示例乙", "2026-10-16")).build()
    assert told(closed) == ("on_time", "")
    gap = house(head("示例甲", until="2026-10-14"), head("示例乙", "2026-10-16")).build()
    assert told(gap) == ("overdue", "；缺 1 天，最早 2026-10-15（名册未列）")
    assert post(gap)["met_row_id"] is None
    assert told(gap, "2026-09") == ("on_time", "")


def test_entering_on_the_second_or_leaving_before_the_last_day_is_a_gap() -> None:
    assert told(house(head("示例甲", "2026-10-02")).build()) == ("overdue", "；缺 1 天，最早 2026-10-01（名册未列）")
    assert told(house(head("示例甲", until="2026-10-30")).build()) == (
        "overdue",
        "；缺 1 天，最早 2026-10-31（名册未列）",
    )
    assert told(house(head("示例甲", until="2026-10-31")).build())[0] == "on_time"


@pytest.mark.parametrize(
    ("kind", "deputy", "expected"),
    [
        ("请假", "", ("on_time", "；请假 6 天未写代理人，仍算在岗")),
        ("请假", "示例代", ("on_time", "；6 天由代理人在岗")),
        ("抽调", "示例代", ("on_time", "；6 天由代理人在岗")),
        ("抽调", "", ("overdue", "；缺 6 天，最早 2026-10-05（抽调无人代理）")),
    ],
)
def test_leave_counts_as_in_post_and_secondment_only_with_a_deputy(
    kind: str, deputy: str, expected: tuple[str, str]
) -> None:
    assert told(house(head("示例甲"), away("示例甲", kind, "2026-10-05", "2026-10-10", deputy)).build()) == expected


def test_an_acting_head_fills_the_post_and_an_acting_inspector_does_not() -> None:
    rows = [head("示例甲", until="2026-10-09")]
    acting = away("示例代", "代理", "2026-10-10", "2026-10-31")
    assert told(house(*rows, acting).build()) == ("on_time", "；22 天由代理人在岗")
    inspector = away("示例代", "代理", "2026-10-10", "2026-10-31", post="网格员")
    assert told(house(*rows, inspector).build()) == ("overdue", "；缺 22 天，最早 2026-10-10（名册未列）")
    seconded = house(
        head("示例甲"), away("示例甲", "抽调", "2026-10-01", ""), away("示例代", "代理", "2026-10-03", "2026-10-31")
    )
    assert told(seconded.build()) == ("overdue", "；缺 2 天，最早 2026-10-01（抽调无人代理）；29 天由代理人在岗")


def test_whoever_the_post_is_said_to_be_filled_by_is_named_by_every_duty_of_that_day() -> None:
    """The month's own duty falls due on its last day: the remark and the names come from one account."""

    def named(*rows: dict[str, str]) -> tuple[Any, ...]:
        found = post(house(*rows).build())
        return (found["state"], found["person_at_start"], found["person_at_due"], found["deputy_at_due"])

    lent = away("示例主任", "抽调", "2026-10-10", "")
    assert named(head("示例主任"), lent) == ("overdue", "示例主任", "示例主任", None)
    acting = away("示例代", "代理", "2026-10-10", "")
    assert named(head("示例主任"), lent, acting) == ("on_time", "示例主任", "示例主任", "示例代")
    assert named(head("示例主任", until="2026-10-09"), acting) == ("on_time", "示例主任", None, "示例代")
    # a deputy of whoever left stands in until somebody takes office, and no longer
    left = (head("示例主任", until="2026-10-09"), away("示例主任", "请假", "2026-10-05", "", "示例代"))
    assert named(*left) == ("on_time", "示例主任", None, "示例代")
    assert named(*left, head("示例新", "2026-10-20")) == ("on_time", "示例主任", "示例新", None)
    assert named(head("示例主任"), away("示例甲", "代理", "2026-10-10", "", post="网格员"))[3] is None


def test_an_acting_head_before_a_new_one_entered_is_over_and_one_after_it_stands_in() -> None:
    def days(*rows: dict[str, str]) -> str:
        return told(house(*rows).build())[1]

    acting = away("示例代", "代理", "2026-10-01", "")
    assert days(head("示例甲", "2026-10-11"), acting) == "；10 天由代理人在岗"
    assert days(head("示例甲", "2026-09-01"), acting) == "；31 天由代理人在岗"
    assert days(head("示例代", "2026-09-01"), acting) == "", "nobody stands in for himself"


def test_one_seconded_of_two_who_entered_on_one_day_leaves_the_other() -> None:
    both = (head("示例甲"), head("示例乙"), away("示例甲", "抽调", "2026-10-05", "2026-10-10"))
    assert told(house(*both).build())[0] == "on_time"


def test_vacancy_and_secondment_are_told_apart() -> None:
    rows = (head("示例甲", until="2026-10-20"), away("示例甲", "抽调", "2026-10-18", "2026-10-20"))
    assert told(house(*rows).build())[1] == "；缺 14 天，最早 2026-10-18（其中 3 天抽调无人代理，其余名册未列）"


def test_an_inspector_or_a_chief_is_no_head_of_a_township_and_a_county_needs_a_chief() -> None:
    made = house(person("示例甲", "田庄乡"), person("示例乙", "安化县", "网格长"), person("示例丙", "桃江县", "网格员"))
    made.build()
    assert told(made) == ("overdue", "；缺 31 天，最早 2026-10-01（名册未列）")
    chief = post(made, where="anhua")
    assert (chief["state"], chief["subject_id"], chief["owner_level"]) == ("on_time", "grid_chief", 2)


def test_a_roster_never_sent_is_unreported_and_what_another_sender_lists_still_counts() -> None:
    made = house(
        person("示例长", "第一网格单元", "网格长"), person("示例县", "安化县", "网格长"), county="city"
    ).build()
    assert post(made, where="u1")["state"] == post(made, where="anhua")["state"] == "on_time"
    assert post(made, where="u2")["state"] == "overdue"
    assert told(made) == ("unreported", "；未报责任人员名册")
    assert post(made, "2026-11")["state"] == "pending"
    value = made.one(
        "select * from published.metric_value where metric_id = 'post_filled' and period_kind = 'month'"
        " and period = '2026-10' and grid_id = 'anhua' and owner_level = 'all'"
    )
    assert (value["on_time"], value["due"], value["unreported"]) == (1, 1, 23)


def test_every_grid_owes_patrol_grid_or_not_and_only_from_the_first_month_owed() -> None:
    made = house(head("示例甲")).build()
    months = made.rows(
        "select period, count(*) as n from published.obligation where metric_id = 'post_filled' group by 1 order by 1"
    )
    assert [tuple(row.values()) for row in months] == [("2026-09", 110), ("2026-10", 110), ("2026-11", 110)]


def test_a_grid_that_begins_within_the_month_owes_from_the_next_and_a_renamed_one_throughout() -> None:
    made = house(head("示例甲"))
    made.ledger(
        "grid",
        [
            grid(since="2026-10-12", former_name="田庄乡"),
            grid("430923250", "示例新镇", "2026-10-12"),
            grid("430923211", "南金乡", "2021-05-07", valid_to="2026-10-20"),
        ],
        received="2026-10-20 10:00",
    )
    made.build()
    assert told(made) == ("on_time", "")
    found = made.values("select period from published.obligation where obligation_id like 'post_filled/g430923250/%'")
    assert found == ["2026-11"]
    ended = made.rows("select period from published.obligation where obligation_id like 'post_filled/g430923211/%'")
    assert [row["period"] for row in ended] == ["2026-09"]


def test_the_moment_moves_and_a_running_month_tells_what_is_missing_so_far() -> None:
    def at(moment: str) -> tuple[str, str]:
        return told(house(head("示例甲", until="2026-10-03"), as_of=moment, received="2026-10-02 10:00").build())

    assert at("2026-10-03 23:00") == ("pending", "")
    assert at("2026-10-05 08:00") == ("pending", "；缺 2 天，最早 2026-10-04（名册未列）")
    assert at("2026-10-31 23:59:59")[0] == "pending"
    assert at("2026-11-01 00:00")[0] == "overdue"


def test_a_returned_row_of_the_roster_is_named_and_not_called_unlisted() -> None:
    made = house(head("示例甲", "2026-10-32"), head("示例乙", "2026-13-01"), person("示例丙", "东坪镇")).build()
    assert told(made) == ("overdue", "；缺 31 天，最早 2026-10-01（名册退回 2 行待改：第 2、3 行）")
    vacant = house(head("空缺"), person("示例丙", "东坪镇")).build()
    assert told(vacant) == ("overdue", "；缺 31 天，最早 2026-10-01（名册未列）")
    assert told(house(head("示例甲", "2026-10-32")).build()) == (
        "unreported", "；名册退回 1 行待改：第 2 行",
    )  # fmt: skip


def test_a_mended_row_of_the_roster_is_no_longer_spoken_of() -> None:
    made = house(head("示例甲", "2026-13-01"), person("示例丙", "东坪镇"))
    made.ledger("person", [head("示例甲", "2026-10-11")], received="2026-11-03 10:00")
    assert told(made.build()) == ("overdue", "；缺 10 天，最早 2026-10-01（名册未列）")


def test_a_row_that_only_came_again_is_told_once() -> None:
    made = house(head("示例甲", "2026-13-01"), person("示例丙", "东坪镇"))
    made.ledger("person", [person("示例丙", "东坪镇"), head("示例甲", "2026-13-01")], received="2026-11-03 10:00")
    assert told(made.build()) == ("overdue", "；缺 31 天，最早 2026-10-01（名册退回 1 行待改：第 3 行）")
