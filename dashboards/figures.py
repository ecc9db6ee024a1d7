"""Charts: pure functions DataFrame → Figure. graph_objects only, colours set here, told apart without colour too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.words import say

INK = "#1d2529"
PAPER = "rgba(0,0,0,0)"
FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"
ROW_PIXELS = 52
WIDE_COLUMNS = 8
FEWEST_MONTHS = 6
_SUFFIXES = ("湿地保护与发展事务中心", "开发区", "自治乡", "回族乡", "街道", "办事处", "地区", "镇", "乡")


@dataclass(frozen=True)
class Style:
    """How a state looks: fill, text on it, plotly pattern ('' for none) with its colour."""

    fill: str
    ink: str = INK
    shape: str = ""
    line: str = "#8b949b"
    solidity: float = 0.2


# Light for what is in order, strong for what is open; the silent kinds carry patterns. Tested for deuteranopia
# and protanopia in tests/pages/test_figures.py.
STYLES: dict[str, Style] = {
    "on_time": Style("#a9d3c8"),
    "late": Style("#f0bc4a"),
    "overdue": Style("#a8320f", "#ffffff"),
    "pending": Style("#86b3e3"),
    "no_deadline": Style("#dcd3f0", INK, ".", "#a896d6", 0.12),
    "bad_dates": Style("#c9b0d8", INK, "+", "#a98cbd", 0.16),
    "void": Style("#e4e2dc"),
    "unreported": Style("#ffffff", INK, "x", "#b3babf", 0.32),
    "not_measurable": Style("#e9e7e0", INK, "-", "#c2bdb0"),
    "nothing_due": Style("#f6f4ef"),
    "not_owed": Style("#ffffff", "#59636b", "/", "#d3d8db", 0.3),
}
TREND_STATES = ("on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "unreported", "not_measurable")


def layout(height: int, **margin: int) -> dict[str, Any]:
    """What every chart with axes is laid out on; the default theme alone weighs 6 KB."""
    return {
        "template": "none",
        "height": height,
        "margin": margin,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 12, "color": INK},
        "dragmode": False,
    }


def short_name(name: str) -> str:
    """A township's name without its kind, at most four characters: 鲊埠回族乡 → 鲊埠, 龙岭产业开发区 → 龙岭产业."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            name = name[: -len(suffix)]
            break
    return name[:4]


def tile_map(tiles: pd.DataFrame, selected: str = "") -> go.Figure:
    """Townships as tiles, or counties as blocks, at (tile_x, tile_y), coloured and hatched by state; a grid_id is each
    one's customdata.

    tiles: the frame of standing.tiles. Grids without a position are left out (they stand in the list).
    """
    placed = tiles[tiles["tile_x"].notna() & tiles["tile_y"].notna()]
    # One trace a state: plotly ignores the colours of a pattern where they are given point by point.
    is_narrow = not placed["width"].any() and placed["tile_x"].max() - placed["tile_x"].min() > WIDE_COLUMNS
    groups = {state: placed[placed["state"] == state] for state in STYLES}
    figure = go.Figure([_tiles(group, state, is_narrow) for state, group in groups.items() if len(group)])
    figure.update_layout(**_map_layout(placed), shapes=_frames(placed, selected), annotations=_labels(placed))
    return figure


def trend(series: pd.DataFrame) -> go.Figure:
    """Duties by state, a column a month (categorical, so no month is drawn that was not given).

    series: the frame of standing.series. Room for six months is kept, so that one month does not fill the width.
    """
    # Two short lines on a phone.
    months = [say("month_lines", year=month[:4], number=int(month[5:]), line="<br>") for month in series["period"]]
    figure = go.Figure()
    for state in TREND_STATES:
        style = STYLES[state]
        if not series[state].any():
            continue
        figure.add_bar(
            x=months,
            y=series[state].tolist(),
            name=say(f"state_{state}"),
            marker={"color": style.fill, "line": {"width": 1, "color": "#8b8778"}, "pattern": pattern(style)},
            hovertemplate="%{x}<br>%{fullData.name} %{y}<extra></extra>",
        )
    figure.update_layout(
        **layout(300, l=36, r=4, t=8, b=8),
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "y": -0.2, "x": 0},
        xaxis={
            "type": "category",
            "fixedrange": True,
            "automargin": True,
            "range": [-0.5, max(len(months), FEWEST_MONTHS) - 0.5],
        },
        yaxis={"fixedrange": True, "gridcolor": "#e2dfd6", "rangemode": "tozero"},
    )
    return figure


def _tiles(placed: pd.DataFrame, state: str, is_narrow: bool) -> go.Bar:
    """Names stand upright, one character a line, where the whole city must fit on a phone; else they lie."""
    style = STYLES[state]
    names = ["<br>".join(short_name(name)) if is_narrow else _two_lines(name) for name in map(plain, placed["name"])]
    return go.Bar(
        name=say(f"tile_{state}"),
        x=placed["tile_x"].tolist(),
        y=(placed["height"] + 0.92).round(2).tolist(),
        base=(placed["tile_y"] - placed["height"] / 2 - 0.46).round(2).tolist(),
        width=(placed["width"] + 0.92).round(2).tolist() if placed["width"].any() else 0.92,
        customdata=placed["grid_id"].tolist(),
        text=names,
        hovertext=[_hover(row) for row in placed.to_dict("records")],
        hovertemplate=f"%{{hovertext}}<br>{plain(say(f'tile_{state}'))}<extra></extra>",
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": 11 if is_narrow else 13, "color": style.ink},
        marker={"color": style.fill, "line": {"width": 1, "color": "#b9b4a7"}, "pattern": pattern(style)},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _two_lines(name: str) -> str:
    return name if len(name) <= 4 else "<br>".join((name[:4], name[4:8]))


def pattern(style: Style) -> dict[str, Any]:
    """The hatching of a style, as a marker takes it."""
    colours = {"fgcolor": style.line, "bgcolor": style.fill} if style.shape else {}
    return {"shape": style.shape, "size": 7, "solidity": style.solidity, **colours}


def plain(text: str) -> str:
    """Data as plotly text: it reads a little HTML, so angle brackets and ampersands become full-width."""
    return text.translate(str.maketrans("<>&", "＜＞＆"))


def _hover(row: dict[str, Any]) -> str:
    numbers = f"　{row['on_time']} / {row['due']}" if row["due"] else ""
    return plain(f"{row['county_name']} {row['name']}{numbers}")


def _map_layout(placed: pd.DataFrame) -> dict[str, Any]:
    """At least seven columns wide, so that a single county's tiles do not become slabs."""
    left, right = (
        (placed["tile_x"] - placed["width"] / 2).min() - 0.6,
        (placed["tile_x"] + placed["width"] / 2).max() + 0.6,
    )
    top, bottom = (
        (placed["tile_y"] - placed["height"] / 2).min() - 1.2,
        (placed["tile_y"] + placed["height"] / 2).max() + 0.6,
    )
    spare = max(0.0, 7.0 - (right - left)) / 2
    return {
        "template": "none",
        "height": int((bottom - top) * ROW_PIXELS) + 4,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 12, "color": INK},
        "showlegend": False,
        "dragmode": False,
        "bargap": 0,
        "barmode": "overlay",
        "hoverlabel": {"bgcolor": "#1d2529", "font": {"color": "#ffffff", "family": FONT, "size": 13}},
        "xaxis": {"visible": False, "fixedrange": True, "range": [left - spare, right + spare]},
        "yaxis": {"visible": False, "fixedrange": True, "range": [bottom, top]},
    }


def _labels(placed: pd.DataFrame) -> list[dict[str, Any]]:
    """Each county's name above its block of townships; a county drawn as one block bears its name itself."""
    labels = []
    for name, block in placed[placed["county_name"] != ""].groupby("county_name", sort=True):
        labels.append(
            {
                "x": float(block["tile_x"].min()) - 0.46,
                "y": float(block["tile_y"].min()) - 0.52,
                "text": f"<b>{plain(str(name))}</b>",
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "font": {"size": 13},  # family and colour come from the layout: said once, not for every county
            }
        )
    return labels


def _frames(placed: pd.DataFrame, selected: str) -> list[dict[str, Any]]:
    """A heavy frame around the selected tile or block."""
    return [
        {
            "type": "rect",
            "x0": one.tile_x - one.width / 2 - 0.47,
            "x1": one.tile_x + one.width / 2 + 0.47,
            "y0": one.tile_y - one.height / 2 - 0.47,
            "y1": one.tile_y + one.height / 2 + 0.47,
            "line": {"width": 3, "color": "#0f5e63"},
            "fillcolor": PAPER,
        }
        for one in placed[placed["grid_id"] == selected].itertuples()
    ]
