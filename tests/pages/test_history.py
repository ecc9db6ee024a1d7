"""履职追溯: who was in post, what is on the timeline and in which order, what is not known, and who may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import history_rows
import pytest
from history_rows import DAY, ELSEWHERE, HESHAN, PEOPLE, SITE
from page_text import Visit, html
from tiny_rows import DONGPING, JIANGNAN

from dashboards.figures_history import strip
from dashboards.history_lines import line
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.history_gaps import gaps
from pipelines.snapshot.history_of import Event, Patrol, nearest, sites_of, stood, timeline
from pipelines.snapshot.history_posts import Change, posts
from pipelines.snapshot.history_problems import Step
from pipelines.snapshot.walk import Obligation

CITY, UNSEEN = Scope(), Scope("city", see_names=False)


@pytest.fixture(scope="module")
def told_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    history_rows.write(folder)
    return folder


@pytest.fixture(scope="module")
def told(told_root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(told_root / "data" / "published")
    yield opened
    opened.close()


def around(told: Snapshot, scope: Scope = CITY, grid: str = DONGPING, site: str = "") -> tuple[Event, ...]:
    return timeline(told, scope, grid, site, DAY, 90, 30)


def name(event: Event) -> str:
    what = event.what
    if isinstance(what, Patrol):
        return what.patrol_id
    if isinstance(what, Step):
        return f"{what.word} {what.problem_no}"
    return f"{what.word} {what.name}" if isinstance(what, Change) else f"{what.metric_id} {what.subject_id}"


def test_who_stood_in_post_to_the_day(told: Snapshot) -> None:
    def on(day: date, grid: str = DONGPING) -> list[tuple[str, str, str, str, str]]:
        return [(one.grid_name, one.post, one.status, one.name, one.deputy) for one in posts(told, CITY, grid, day)]

    county = ("安化县", "grid_chief", "held", "示例县长", "示例代")
    unit = ("第一网格单元", "grid_chief", "no_roster", "", "")
    inspector = ("东坪镇", "inspector", "held", "示例检", "")
    assert on(date(2026, 9, 9)) == [("东坪镇", "body_head", "held", "示例长", ""), inspector, county, unit]
    assert on(date(2026, 9, 10)) == [("东坪镇", "body_head", "vacant", "", ""), inspector, county, unit]
    assert on(date(2026, 9, 20))[0] == ("东坪镇", "body_head", "acting", "", "示例代")
    # before the first roster nobody can say that a post was vacant
    assert on(date(2026, 8, 1))[2][:3] == ("安化县", "grid_chief", "vacant")
    assert on(date(2026, 2, 1), "anhua")[0][:3] == ("安化县", "grid_chief", "before_roster")
    assert {status for _, _, status, _, _ in on(DAY, HESHAN)} == {"before_roster", "no_roster"}
    chief = next(one for one in posts(told, CITY, "anhua", DAY) if one.level == 2)
    assert (chief.since, chief.days, chief.away, chief.row_id, chief.away_row_id) == (
        date(2026, 9, 1),
        15,
        "leave",
        "r3",
        "r5",
    )


def test_one_timeline_in_order(told: Snapshot) -> None:
    events = around(told)
    assert [name(event) for event in events] == [
        "discovered W2",
        "rectification anhua/W2",
        "joined 示例县长",
        "anhua/P1",
        "left 示例长",
        "leave_from 示例县长",
        "anhua/P3",
        "discovered W1",
        "document_numbered W1",  # the ledger has its number, and no time of it
        "anhua/P2",
        "registered W1",
        "escalation W1",
        "received W1",
        "escalation anhua/W1",
        "leave_to 示例县长",
        "dispatch anhua/W1",
        "urge W1",
        "dispatch W1",
        "document_complete anhua/W1",
        "anhua/P4",
        f"patrol_coverage {DONGPING}",
    ]
    by_name = {name(event): event for event in events}
    assert by_name["anhua/P1"].at == datetime(2026, 9, 8, 9, 14)
    assert (by_name["anhua/P3"].at, by_name["anhua/P2"].at, by_name["anhua/P2"].half) == (None, None, "pm")
    assert by_name["discovered W1"].at is None  # the ledger has the day alone
    assert by_name["escalation anhua/W1"].is_end
    assert by_name["dispatch anhua/W1"].at == datetime(2026, 9, 18, 11, 5)
    rows = {event.what.row_id for event in events if not isinstance(event.what, Obligation)}
    assert {"row-anhua/P1", "row-W1", "f1", "r1", "r5"} <= rows
    before, same, after = nearest(events, DAY)
    assert [name(event) for event in (before, *same, after) if event] == [f"anhua/P{n}" for n in (1, 3, 2, 4)]


def test_how_a_duty_stood_on_the_day(told: Snapshot) -> None:
    duties = {name(event): event.what for event in around(told) if isinstance(event.what, Obligation)}
    assert {key: stood(duty, DAY) for key, duty in duties.items()} == {
        "rectification anhua/W2": "over",
        "escalation anhua/W1": "running",
        "dispatch anhua/W1": "not_begun",
        "document_complete anhua/W1": "met",
        f"patrol_coverage {DONGPING}": "running",
    }
    dispatch = duties["dispatch anhua/W1"]
    assert [stood(dispatch, date(2026, 9, day)) for day in (17, 18, 19)] == ["running", "running", "met"]
    assert stood(replace(dispatch, state="unreported"), DAY) == "unknown"
    assert stood(replace(dispatch, due_at=None), date(2026, 9, 18)) == "undated"


def test_a_site_has_its_own(told: Snapshot) -> None:
    assert sites_of(told, CITY, DONGPING) == {SITE: "示例砖厂"}
    found = {name(event) for event in around(told, site=SITE)}
    assert {"anhua/P1", "discovered W1", "urge W1", "dispatch anhua/W1"} <= found
    assert not found & {"anhua/P3", "discovered W2", f"patrol_coverage {DONGPING}"}
    assert around(told, site=ELSEWHERE) == around(told, grid=JIANGNAN, site=SITE) == ()


def test_no_scope_sees_beyond_itself(told: Snapshot) -> None:
    for scope, grid in ((Scope("heshan"), DONGPING), (Scope(JIANGNAN), DONGPING), (Scope("anhua"), HESHAN)):
        assert around(told, scope, grid) == posts(told, scope, grid, DAY) == ()
        assert gaps(told, scope, grid, DAY, DAY, DAY) == ()
        assert sites_of(told, scope, grid) == {}
    assert {one.grid_id for one in posts(told, Scope(DONGPING), DONGPING, DAY)} == {DONGPING}
    own = {name(event) for event in around(told, Scope(DONGPING))}
    assert "discovered W1" in own
    assert not own & {"dispatch anhua/W1", "joined 示例县长"}
    assert around(told, grid="' or 1=1") == ()


def test_who_acted_from_outside_the_scope_is_not_named(told: Snapshot) -> None:
    seen, unseen = (
        {name(event): event for event in around(told, scope)}["urge W1"] for scope in (CITY, Scope(DONGPING))
    )
    assert (seen.what.who, seen.what.row_id, seen.what.is_by_others) == ("示例催", "f1", False)
    assert (unseen.what.who, unseen.what.row_id, unseen.what.by_grid_name) == ("", "", "")
    assert unseen.at == seen.at
    assert (line(unseen, DAY).who, line(unseen, DAY).rows) == (("上级",), ())
    assert "示例催" not in repr(around(told, Scope(DONGPING)))


def test_names_are_covered_wherever_they_stand(told: Snapshot) -> None:
    shown = repr(around(told, UNSEEN)) + repr(posts(told, UNSEEN, DONGPING, DAY))
    assert not [person for person in (*PEOPLE, "王示例", "示例甲一") if person in shown]
    assert "示*带队，未发现异常" in shown
    assert all(person in repr(around(told)) for person in ("示例检", "示例催", "示例县长"))


def test_what_nobody_can_know_is_told(told: Snapshot) -> None:
    first, last = date(2026, 6, 17), date(2026, 10, 15)
    assert [gap.kind for gap in gaps(told, CITY, DONGPING, DAY, first, last)] == ["before_data"]
    silent = gaps(told, CITY, "datonghu", date(2026, 10, 20), date(2026, 9, 20), date(2026, 11, 19))
    assert [(gap.kind, gap.what, gap.months) for gap in silent if gap.kind == "ledger"] == [
        ("ledger", "巡查记录", ("2026-10",)),
        ("ledger", "问题台账", ("2026-10",)),
    ]
    assert {gap.kind for gap in silent} == {"ledger", "after_as_of", "open_month"}
    town = "g430971121"  # its county sent nothing: whoever sees the township alone is told so
    below = gaps(told, Scope(town), town, date(2026, 10, 20), date(2026, 9, 20), date(2026, 11, 19))
    assert [(gap.what, gap.who, gap.months) for gap in below if gap.kind == "ledger"] == [
        ("巡查记录", "大通湖区", ("2026-10",)),
        ("问题台账", "大通湖区", ("2026-10",)),
    ]
    (blind,) = [gap for gap in gaps(told, CITY, HESHAN, DAY, DAY, DAY) if gap.kind == "blind"]
    assert (blind.what, blind.months) == ("巡查覆盖率", ("2026-09",))
    back = [gap for gap in gaps(told, CITY, JIANGNAN, date(2026, 10, 5), date(2026, 10, 1), last) if gap.row_ids]
    assert [(gap.kind, gap.months, len(gap.row_ids)) for gap in back] == [("sent_back", ("2026-10",), 1)]
    early = gaps(told, CITY, DONGPING, date(2021, 5, 1), date(2021, 4, 1), date(2021, 5, 2))
    assert ("no_grid", date(2021, 5, 7)) in [(gap.kind, gap.day) for gap in early]


def test_the_strip_marks_every_line_of_the_span(told: Snapshot) -> None:
    lines = [line(event, DAY) for event in around(told)]
    figure = strip(lines, DAY, date(2026, 6, 17), date(2026, 10, 15))
    assert {trace.name: len(trace.x) for trace in figure.data} == {"人员变动": 4, "巡查": 4, "问题": 7, "应办": 4}
    assert figure.layout.shapes[0].x0.date() == DAY


def test_the_page_tells_it_all(visit: Visit, told_root: Path) -> None:
    page = visit("history", told_root, grid=DONGPING, day="2026-09-15")
    assert not page.exception
    text = html(page)
    assert "名册上当日无人任职" in text
    assert "名册未报，不知何人" in text
    assert "2026-09-01 到岗，当日为第 15 天；当日请假；示例代 代理" in text
    assert "录入于 2026-09-16 08:00，在所问之日以后" in text
    assert "“示例检带队，未发现异常”" in text
    assert "2026年9月以前没有要求报送台账" in text
    assert "2026-09-15 <small>仅记日期</small>" in text
    assert "2026-09-15 <small>下午</small>" in text
    assert "00:00" not in text.replace("09:00", "")
    assert text.index("2026-09-08 09:14", text.index('<table class="plain timeline')) < text.index('class="asked"')
    assert "discovered" not in text
    assert "旧堆场" not in text  # found long before the span: one click away
    assert [one.proto.label for one in page.get("expander")] == ["此前的经过：当时尚未了结的问题，2 项"]
    labels = [button.proto.label for button in page.get("download_button")]
    assert [label[-3:] for label in labels] == ["说明）", "CSV"] * 2
    for row_id in ("row-W1", "row-anhua%2FP1", "r5", "f1"):
        assert f"row?id={row_id}" in text


def test_only_what_is_chosen_is_shown(visit: Visit, told_root: Path) -> None:
    text = html(visit("history", told_root, grid=DONGPING, site=SITE, day="2026-09-15", before="30", show="patrol"))
    timeline_part = text[text.index('<table class="plain timeline') :]
    assert "2026-08-16 至 2026-10-15" in text
    assert "示例砖厂" in timeline_part
    assert timeline_part.count('<tr class="of-patrol"') == 1
    assert not re.findall(r'<tr class="of-(?!patrol)', timeline_part)


def test_hostile_addresses_give_a_friendly_page(visit: Visit, told_root: Path) -> None:
    bad = {"grid": DONGPING, "site": ELSEWHERE, "day": "2026-13-40", "before": "-1", "after": "9e9", "show": "<b>x</b>"}
    page = visit("history", told_root, **bad)
    assert not page.exception
    text = html(page)
    assert text.count('class="notice "') == 5
    assert "已改为 2026-11-06" in text
    assert "<b>x</b>" not in text
    nowhere = html(visit("history", told_root, grid="' or 1=1", day="2031-01-01"))
    assert "请先选一个网格" in nowhere
    assert "在计算时点之后" in nowhere


def test_other_pages_lead_here(visit: Visit, told_root: Path) -> None:
    grid = html(visit("grid", told_root, grid=DONGPING, month="2026-09"))
    assert f"history?grid={DONGPING}&amp;day=2026-09-30" in grid
    duties = html(visit("obligations", told_root, grid=DONGPING, month="2026-09", metric="patrol_coverage", level="3"))
    assert f"history?grid={DONGPING}&amp;day=2026-09-30" in duties
