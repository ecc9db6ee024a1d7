"""The charts of 办理时效 as data."""

from __future__ import annotations

from dataclasses import replace

from dashboards.figures import STYLES
from dashboards.figures_timeliness import LAST_DAY, states_by_month, survival
from pipelines.snapshot.timeliness import Duration, StateMonth, Step
from pipelines.snapshot.walk import STATE_ZH

ONE = StateMonth(
    period="2026-09", on_time=3, late=1, overdue=2, pending=0, no_deadline=1, bad_dates=0, void=0, unreported=0,
    obligations=7, due=6, blind=0,
)  # fmt: skip
STEPS = (Step(0, 0.8, 0.5, 0.9, 0), Step(5, 0.4, 0.2, 0.7, 2), Step(9, 0.0, None, None, 0))
LONG = (*STEPS[:2], Step(400, 0.1, 0.0, 0.2, 1))
CURVE = Duration(10, 8, False, 5.0, 3.0, 8.0, None, STEPS, ())


def test_months_are_categories_and_states_stack() -> None:
    figure = states_by_month([ONE, replace(ONE, period="2026-10", overdue=0, unreported=4)])
    assert (figure.layout.barmode, figure.layout.xaxis.type) == ("stack", "category")
    bars = {trace.name: dict(zip(trace.x, trace.y, strict=True)) for trace in figure.data}
    assert list(bars) == [STATE_ZH[state] for state in ("on_time", "late", "overdue", "no_deadline", "unreported")]
    assert bars["超期未办结"] == {"2026-09": 2, "2026-10": 0}
    assert {trace.name: trace.marker.pattern.shape for trace in figure.data}["未报送"] == STYLES["unreported"].shape


def test_two_years_are_named_by_quarters_and_few_months_one_by_one() -> None:
    keys = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
    ticks = states_by_month([replace(ONE, period=key) for key in keys]).layout.xaxis.ticktext
    assert [tick for tick in ticks if tick] == ["1<br>2025", "4", "7", "10", "1<br>2026", "4", "7", "10"]
    few = states_by_month([replace(ONE, period=key) for key in keys[8:14]]).layout.xaxis.ticktext
    assert list(few) == ["9<br>2025", "10", "11", "12", "1<br>2026", "2"]
    near = states_by_month([replace(ONE, period=key) for key in keys[10:17]]).layout.xaxis.ticktext
    assert list(near) == ["11", "12", "1<br>2026", "2", "3", "4", "5"]
    apart = states_by_month([replace(ONE, period=key) for key in (keys[11], keys[13])]).layout.xaxis.ticktext
    assert list(apart) == ["12<br>2025", "2<br>2026"]


def test_one_duty_does_not_fill_the_height() -> None:
    alone = states_by_month([replace(ONE, obligations=1)]).layout.yaxis
    assert alone.range[1] > 4
    assert alone.tickformat == "d"


def test_a_curve_begins_with_all_and_falls_in_steps() -> None:
    figure = survival(CURVE, "安化县<b>")
    traces = {trace.name: trace for trace in figure.data if trace.name}
    own = traces["安化县＜b＞"]
    assert list(zip(own.x, own.y, strict=True)) == [(0, 1.0), (0, 0.8), (5, 0.4), (9, 0.0)]
    assert own.line.shape == "hv"
    assert list(traces["仍在进行（计到此日）"].x) == [5]
    assert list(traces["95% 区间"].x) == [0, 5]  # none where nobody is left
    assert "全市（对照）" not in traces


def test_line_and_band_reach_the_edge_where_rounds_go_on_beyond() -> None:
    traces = {trace.name: trace for trace in survival(replace(CURVE, steps=LONG), "安化县").data if trace.name}
    assert list(traces["安化县"].x) == [0, 0, 5, LAST_DAY]
    assert list(zip(traces["95% 区间"].x, traces["95% 区间"].y, strict=True)) == [(0, 0.5), (5, 0.2), (LAST_DAY, 0.2)]


def test_a_curve_for_comparison_is_dashed_and_without_band() -> None:
    figure = survival(CURVE, "安化县", replace(CURVE, steps=LONG))
    traces = {trace.name: trace for trace in figure.data if trace.name}
    other = traces["全市（对照）"]
    assert other.line.dash == "dash"
    assert list(other.x) == [0, 0, 5, LAST_DAY]
    assert other.y[-1] == 0.4  # level to the edge: the fall lies beyond
    assert sum(trace.name == "95% 区间" for trace in figure.data) == 1
