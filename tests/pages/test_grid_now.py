"""What stands open at a grid: charts as data, clocks of open problems, sites, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from page_text import Visit, html

from dashboards.figures_chart import control_chart, point_words
from dashboards.grid_now import clock
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.charts import ChartPoint, chart
from pipelines.snapshot.open_duties import open_rectifications

CITY = Scope()
USUAL = ChartPoint("2026-08", 0, 18, 20, 0.9, 0.88, 0.7, 1.0, "", "common_cause")
WORSE = ChartPoint("2026-09", 0, 5, 12, 5 / 12, 0.85, 0.6, 1.0, "outside", "concern")
NEW_LIMIT = ChartPoint("2026-10", 1, 9, 10, 0.9, None, None, None, "", "")


def test_months_that_are_no_chance_stand_out_and_lines_break_where_the_limit_changed() -> None:
    figure = control_chart([USUAL, WORSE, NEW_LIMIT], 0.95)
    dots = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [list(trace.x) for trace in dots] == [["2026年8月", "2026年9月"], ["2026年10月"]]
    assert list(dots[0].marker.symbol) == ["circle", "diamond"]
    assert list(dots[0].y) == [0.9, 0.4167]
    (centre,) = [trace for trace in figure.data if trace.name == "中线" and trace.showlegend]
    assert list(centre.y) == [0.88, 0.85]
    assert [shape.y0 for shape in figure.layout.shapes] == [0.95]
    assert point_words(WORSE) == "2026年9月　5/12 41.7%　不是偶然：变差"
    assert point_words(USUAL) == "2026年8月　18/20 90.0%"
    assert not control_chart([USUAL], None).layout.shapes


def test_open_rectifications_stand_with_their_clocks_the_longest_overdue_first(snapshot: Snapshot) -> None:
    found = open_rectifications(snapshot, CITY, "city")
    assert {one.state for one in found} <= {"overdue", "pending", "no_deadline"}
    order = ["overdue", "pending", "no_deadline"]
    assert [order.index(one.state) for one in found] == sorted(order.index(one.state) for one in found)
    overdue = [one for one in found if one.state == "overdue"]
    assert [one.due_at for one in overdue] == sorted(one.due_at for one in overdue if one.due_at)
    as_of = datetime(2026, 11, 6, 9)
    assert clock(overdue[0], as_of) == f"逾期 {overdue[0].days_over} 天"
    running = replace(overdue[0], state="pending", due_at=datetime(2026, 11, 9, 23, 59, 59))
    assert clock(running, as_of) == "还有 3 天"
    assert clock(replace(running, due_at=None), as_of) == "在办未到期"
    assert clock(replace(running, state="no_deadline", due_at=None), as_of) == "未定时限"
    assert {one.county_name for one in open_rectifications(snapshot, Scope("anhua"), "city")} <= {"安化县"}
    assert open_rectifications(snapshot, Scope("anhua"), "heshan") == []


def test_a_series_nobody_judges_has_no_chart(snapshot: Snapshot) -> None:
    assert chart(snapshot, CITY, "rectification", "city", "all", "2026-10") == []


def test_the_page_shows_them(visit: Visit) -> None:
    page = visit("grid", grid="anhua", month="2026-10", metric="rectification")
    assert not page.exception
    text = html(page)
    assert "未办结的整改　" in text
    assert '<span class="tag overdue">逾期 ' in text
    assert "没有走势图" in text
