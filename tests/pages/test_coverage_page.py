"""巡查覆盖: what the readers say of literal rows, what the page and its files show of it, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import coverage_page_rows
import openpyxl
import pytest
from page_text import Visit, html, links
from tiny_rows import BLIND_TOWN, DONGPING, JIANGNAN

from dashboards import figures_coverage as draw
from dashboards.coverage_above import months_words, quarter_words
from pipelines.reports.carried import comma_separated, workbook
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.coverage import Calendar, Cell, calendar, walked
from pipelines.snapshot.coverage_above import guidance, surprises
from pipelines.snapshot.coverage_sites import key_sites
from pipelines.snapshot.coverage_spans import longest_gaps, specials

CITY, ANHUA, HESHAN = Scope(), Scope("anhua"), Scope("heshan")
MONTH = "2026-10"
NATIONAL_DAY, BEFORE = date(2026, 10, 5), date(2026, 9, 28)


@pytest.fixture(scope="module")
def patrolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the literal patrols."""
    root = tmp_path_factory.mktemp("patrolled")
    coverage_page_rows.write(root)
    return root


@pytest.fixture(scope="module")
def found(patrolled: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(patrolled / "data" / "published")
    yield opened
    opened.close()


def _cells(found: Snapshot, place: str, month: str, line: str) -> dict[date, Cell]:
    lines = {one.grid_id: one for one in calendar(found, CITY, place, month, 13).lines}
    return dict(lines[line].cells)


def test_a_week_counts_days_not_patrols_and_ends_with_the_month(found: Snapshot) -> None:
    whole = calendar(found, CITY, "anhua", MONTH, 13)
    assert (len(whole.mondays), whole.mondays[-1]) == (13, date(2026, 10, 26))
    assert len(whole.lines) == 24
    cells = _cells(found, "anhua", MONTH, DONGPING)
    assert cells[NATIONAL_DAY] == Cell(2, "patrolled", False)
    assert cells[date(2026, 10, 12)] == Cell(0, "none", False)
    assert cells[date(2026, 8, 10)].state == "not_owed"


def test_what_nobody_can_know_is_not_zero(found: Snapshot) -> None:
    lake = calendar(found, CITY, "datonghu", MONTH, 13).lines
    assert {line.cells[NATIONAL_DAY].state for line in lake} == {"unreported"}
    # One patrol in September's days of the week, October's days not reported: at least one.
    assert [line.cells[BEFORE] for line in lake if line.cells[BEFORE].days] == [Cell(1, "patrolled", True)]
    assert {line.cells[NATIONAL_DAY].state for line in calendar(found, CITY, "gaoxin", MONTH, 13).lines} == {
        "not_measurable"
    }
    assert _cells(found, "heshan", "2026-09", BLIND_TOWN)[date(2026, 9, 14)].state == "not_measurable"
    assert _cells(found, "anhua", "2026-11", DONGPING)[date(2026, 11, 2)].state == "pending"


def test_the_city_adds_up_its_counties(found: Snapshot) -> None:
    whole = calendar(found, CITY, "city", MONTH, 13)
    assert (whole.is_summed, len(whole.lines)) == (True, 8)
    assert _cells(found, "city", MONTH, "anhua")[NATIONAL_DAY] == Cell(3, "patrolled", False)


def test_key_sites_by_what_happened_to_them(found: Snapshot) -> None:
    sites = key_sites(found, CITY, "city", MONTH)
    counts = (sites.listed, sites.due, sites.visited, sites.overdue, sites.unreported, sites.pending)
    assert counts == (3, 2, 1, 1, 0, 0)
    never = sites.never[0]
    assert [site.site_id for site in sites.never] == ["anhua/S1"]
    assert (never.next_due, never.cycle, never.missed_ever) == (date(2026, 11, 30), "month", 2)
    # Its own visit was missed, but a patrol that names it has been there.
    other = next(site for site in sites.sites if site.site_id == "anhua/S2")
    assert (other.last_visit is not None and other.last_visit.date(), other.last_row_id) == (
        date(2026, 10, 8),
        "row/p3",
    )
    assert key_sites(found, CITY, JIANGNAN, "2026-09").listed == 2
    assert {site.site_id for site in key_sites(found, CITY, "anhua", "2026-09").never} == {"anhua/S1", "anhua/S2"}


def test_special_periods_with_their_notice(found: Snapshot) -> None:
    national, harvest = specials(found, CITY, "city", MONTH)
    assert (national.notice_no, national.owed, national.made, national.overdue) == (coverage_page_rows.NOTICE, 3, 1, 2)
    assert (national.grids, national.short, national.asked_most) == (2, 2, 2)
    assert (harvest.is_binding, harvest.owed) == (False, 0)
    assert [one.owed for one in specials(found, CITY, JIANGNAN, MONTH)] == [1, 0]
    assert specials(found, CITY, "heshan", MONTH) == []


def test_the_units_months_are_named(found: Snapshot) -> None:
    units = {unit.grid_id: unit for unit in surprises(found, CITY, "city", MONTH)}
    first = units["u1"]
    assert (first.made, first.due, first.named("overdue")) == (1, 2, ("2026-08",))
    assert first.named("unreported") == ("2026-09",)
    assert units["u2"].months == ()
    assert [unit.grid_id for unit in surprises(found, CITY, "anhua", MONTH)] == ["u1"]
    assert months_words(("2025-12", "2026-01", "2026-05")) == "2025年12月，2026年1、5月"


def test_guidance_names_whom_nobody_came_to(found: Snapshot) -> None:
    quarters = guidance(found, CITY, "city", MONTH)
    assert [(one.period, one.owner_level, one.due) for one in quarters] == [
        ("2026-12", 2, 0),
        ("2026-09", 1, 1),
        ("2026-09", 2, 2),
    ]
    assert [grid.grid_id for grid in quarters[2].in_state("overdue")] == [DONGPING]
    assert quarter_words("2026-09") == "2026年第3季度"


def test_the_longest_gaps_have_days(found: Snapshot) -> None:
    gaps = [(one.grid_id, one.days, one.first_day, one.last_day) for one in longest_gaps(found, CITY, "city", MONTH)]
    assert gaps == [
        (JIANGNAN, 31, date(2026, 10, 1), date(2026, 10, 31)),
        (DONGPING, 23, date(2026, 10, 9), date(2026, 10, 31)),
        # It began the month: the patrol it rests on came after it.
        ("anhua", 6, date(2026, 10, 1), date(2026, 10, 6)),
    ]


def test_nobody_sees_beyond_the_scope(found: Snapshot) -> None:
    for place in ("city", "u1", "anhua", DONGPING):
        lines = calendar(found, HESHAN, place, MONTH, 13).lines
        assert {line.county_name or line.name for line in lines} <= {"赫山区"}
        assert key_sites(found, HESHAN, place, MONTH).sites == ()
        assert specials(found, HESHAN, place, MONTH) == []
        assert surprises(found, HESHAN, place, MONTH) == []
        assert guidance(found, HESHAN, place, MONTH) == []
        assert longest_gaps(found, HESHAN, place, MONTH) == []
        assert walked(found, HESHAN, place, MONTH) == []
    assert {one.owner_level for one in guidance(found, ANHUA, "city", MONTH)} == {2}
    assert len(walked(found, ANHUA, DONGPING, MONTH)) == 3
    assert {one.inspectors for one in walked(found, Scope("anhua", see_names=False), DONGPING, MONTH)} == {"王*"}


def test_the_chart_holds_every_cell_once(found: Snapshot) -> None:
    whole = calendar(found, CITY, "datonghu", MONTH, 13)
    figure = draw.calendar_map(whole, whole.lines[0].grid_id)
    points = [(x, y) for trace in figure.data if trace.type == "scatter" for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(points) == len(set(points)) == len(whole.lines) * 13
    marks = {trace.name: set(trace.text) for trace in figure.data if trace.type == "scatter"}
    assert marks["未报送"] == {"╳"} and marks["没有巡查"] == {"0"} and "≥1" in marks["有巡查（颜色越深天数越多）"]
    assert len(figure.layout.shapes) == 1
    assert len(draw.calendar_map(Calendar((), (), False)).data) == 2


def test_the_page_names_and_opens(visit: Visit, patrolled: Path) -> None:
    page = visit("coverage", patrolled, month=MONTH, county="anhua", grid=DONGPING)
    assert not page.exception
    text = html(page)
    for words in (
        "示例加油站",
        coverage_page_rows.NOTICE,
        "没有文号或日期",
        "2026年",
        "2026-10-09 至 2026-10-31",
        "王示例",
    ):
        assert words in text
    assert "obligations?" in text and "row?id=row%2Fp3" in text and "facts?indicator=" in text
    assert any(target == "pages/obligations.py" or "obligations" in target for _, target, _ in links(page))


@pytest.mark.parametrize("query", [{"weeks": "<b>9"}, {"county": "' or 1=1", "grid": "<i>"}, {"month": "1999-13"}])
def test_hostile_addresses_get_a_friendly_page(visit: Visit, patrolled: Path, query: dict[str, str]) -> None:
    page = visit("coverage", patrolled, **query)
    assert not page.exception
    text = html(page)
    assert "网址中的" in text and "<b>9" not in text and "<i>" not in text


@pytest.mark.parametrize("place", ["", "datonghu", "gaoxin", "u4"])
def test_nothing_known_is_said(visit: Visit, place: str) -> None:
    page = visit("coverage", month="2026-11", county=place)
    assert not page.exception
    text = html(page)
    for words in ("没有在册的重点点位", "没有列入计划的特殊时段", "近四个季度没有督导义务", "所选月份尚未结束"):
        assert words in text


def test_a_table_is_taken_away_with_its_words() -> None:
    headers, rows = ["网格", "天数", "日期"], [["=1+1", 3, date(2026, 10, 8)], ["东坪镇", None, None]]
    book = openpyxl.load_workbook(BytesIO(workbook("示例", headers, rows, [("天数", "巡查的天数")])))
    cells = [[cell.value for cell in row] for row in book["数据"].iter_rows(min_row=2)]
    assert cells == [headers, ["=1+1", 3, "2026-10-08"], ["东坪镇", None, None]]
    assert book["数据"]["A3"].data_type == "s"
    assert book["说明"]["B2"].value == "巡查的天数"
    content = comma_separated(headers, rows)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == ["网格,天数,日期", "'=1+1,3,2026-10-08", "东坪镇,,"]
