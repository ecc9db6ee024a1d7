"""Charts as data: what stands where, in which fill and hatching, and that colours can be told apart."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from tiny_rows import DONGPING

from dashboards.figures import STYLES, TREND_STATES, plain, short_name, tile_map, trend
from dashboards.frame import STYLE
from dashboards.words import say
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.standing import series, tiles

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@pytest.fixture
def city(snapshot: Snapshot) -> pd.DataFrame:
    return tiles(snapshot, Scope(), "patrol_coverage", "city", "2026-10")


def test_every_township_is_a_tile_that_knows_its_grid(city: pd.DataFrame) -> None:
    figure = tile_map(city)
    grids = [grid for trace in figure.data for grid in trace.customdata]
    assert sorted(grids) == sorted(city["grid_id"])
    assert len(grids) == 98
    places = [(x, base) for trace in figure.data for x, base in zip(trace.x, trace.base, strict=True)]
    assert len(set(places)) == 98


def test_silent_kinds_are_hatched_each_its_own_way(city: pd.DataFrame) -> None:
    traces = {trace.name: trace for trace in tile_map(city).data}
    shapes = {name: trace.marker.pattern.shape for name, trace in traces.items()}
    assert shapes == {"按期办结": "", "超期未办结": "", "未报送": "x", "不可测": "-", "“其他”单位，是否承担待定": "/"}
    assert len(traces["“其他”单位，是否承担待定"].x) == 6
    assert traces["未报送"].marker.pattern.fgcolor == STYLES["unreported"].line


def test_hover_says_place_numbers_and_state(city: pd.DataFrame) -> None:
    trace = next(trace for trace in tile_map(city).data if DONGPING in trace.customdata)
    assert trace.hovertext[list(trace.customdata).index(DONGPING)] == "安化县 东坪镇　0 / 1"
    assert "超期未办结" in trace.hovertemplate


def test_the_chosen_tile_is_framed(city: pd.DataFrame) -> None:
    assert not tile_map(city).layout.shapes
    (frame,) = tile_map(city, DONGPING).layout.shapes
    row = city[city["grid_id"] == DONGPING].iloc[0]
    assert ((frame.x0 + frame.x1) / 2, (frame.y0 + frame.y1) / 2) == pytest.approx((row.tile_x, row.tile_y))
    assert not tile_map(city, "elsewhere").layout.shapes


def test_names_stand_upright_in_the_city_and_lie_in_a_county(city: pd.DataFrame) -> None:
    assert "东<br>坪" in [text for trace in tile_map(city).data for text in trace.text]
    county = tile_map(city[city["county_id"] == "anhua"])
    assert "东坪镇" in [text for trace in county.data for text in trace.text]
    assert [note.text for note in county.layout.annotations] == ["<b>安化县</b>"]


def test_a_township_without_position_is_left_to_the_list(city: pd.DataFrame) -> None:
    lost = city.copy()
    lost.loc[lost["grid_id"] == DONGPING, "tile_x"] = None
    assert sum(len(trace.x) for trace in tile_map(lost).data) == 97


def test_names_cannot_bring_markup(city: pd.DataFrame) -> None:
    hostile = city.copy()
    hostile.loc[hostile["grid_id"] == DONGPING, "name"] = "<a href='http://x'>甲</a>&amp;"
    text = tile_map(hostile).to_json()
    assert "<a" not in text
    assert plain("<b>&") == "＜b＞＆"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("东坪镇", "东坪"),
        ("鲊埠回族乡", "鲊埠"),
        ("南湾湖办事处", "南湾湖"),
        ("漉湖湿地保护与发展事务中心", "漉湖"),
        ("龙岭产业开发区", "龙岭产业"),
        ("大码头街道", "大码头"),
        ("镇", "镇"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_months_are_categories_and_states_stack(snapshot: Snapshot) -> None:
    figure = trend(series(snapshot, Scope(), "patrol_coverage", "city", "3"))
    assert figure.layout.xaxis.type == "category"
    assert figure.layout.barmode == "stack"
    bars = {trace.name: dict(zip(trace.x, trace.y, strict=True)) for trace in figure.data}
    assert bars["按期办结"] == {"2026年<br>9月": 90, "2026年<br>10月": 84, "2026年<br>11月": 0}
    assert bars["未报送"]["2026年<br>10月"] == 4
    assert bars["不可测"]["2026年<br>10月"] == 2  # a bar does not shrink because nobody can judge
    assert "超期办结" not in bars  # a state that never occurs takes no place in the legend


def test_figures_stay_light(city: pd.DataFrame) -> None:
    assert len(tile_map(city).to_json()) < 20_000


def test_every_state_a_page_can_meet_has_a_style_and_a_word() -> None:
    for state in STYLES:
        assert say(f"tile_{state}")
    assert set(TREND_STATES) < set(STYLES)


@pytest.mark.parametrize("sight", [NORMAL, DEUTERANOPIA, PROTANOPIA])
def test_plain_fills_can_be_told_apart(sight: Any) -> None:
    """States without hatching differ by 12 or more in CIE L*a*b*; the hatched ones differ by their pattern."""
    plain_states = [
        state for state in ("on_time", "late", "overdue", "pending", "nothing_due") if not STYLES[state].shape
    ]
    for one, other in combinations(plain_states, 2):
        apart = sum((a - b) ** 2 for a, b in zip(_lab(one, sight), _lab(other, sight), strict=True)) ** 0.5
        assert apart >= 12, (one, other, apart)
    assert len({STYLES[s].shape for s in ("no_deadline", "bad_dates", "unreported", "not_measurable", "not_owed")}) == 5


def test_the_style_sheet_uses_the_same_fills() -> None:
    """Legend and tags are HTML, tiles are plotly: the same state must look the same."""
    sheet = STYLE.read_text("utf-8")
    for state, style in STYLES.items():
        rules = re.findall(rf"\.{state}\b[^{{]*{{([^}}]*)}}", sheet)
        fill = style.fill if style.fill != "#ffffff" else "#fff"
        assert any(fill in rule for rule in rules), state


@pytest.mark.parametrize("state", sorted(STYLES))
def test_text_on_tiles_is_readable(state: str) -> None:
    """WCAG AA: contrast of 4.5 or more."""
    dark, light = sorted((_luminance(STYLES[state].ink), _luminance(STYLES[state].fill)))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lab(state: str, sight: Any) -> tuple[float, float, float]:
    seen = [max(0.0, sum(m * c for m, c in zip(row, _linear(STYLES[state].fill), strict=True))) for row in sight]
    red, green, blue = seen
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
