"""The 98 townships as a tile map with its legend, the chosen one beside it, and the months."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import address, beside, controls, parts
from dashboards import figures as draw
from dashboards.address import BLIND, Choice
from dashboards.data import Door
from dashboards.words import month_words, named, say
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.beside import UNMET
from pipelines.snapshot.beside import beside as lying_by
from pipelines.snapshot.measurable import blind_grids, measured, told_reasons
from pipelines.snapshot.standing import Metric, series, tiles

CHART = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


def map_and_detail(door: Door, choice: Choice, metric: Metric) -> None:
    """The map on the left, the chosen grid on the right; one above the other on a phone. Counties are drawn where the
    metric is none of the townships'."""
    level = 3 if "3" in metric.levels else 2
    title, note = ("map", "map_note") if level == 3 else ("map_counties", "map_by_county")
    parts.section(f"{say(title)}　{named(metric)}　{parts.month_label(door, choice.month)}", say(note))
    frame = door.ask(tiles, metric.metric_id, choice.place, choice.month, level)
    if frame.empty:
        parts.show(f'<p class="quiet">{escape(say("map_empty"))}</p>')
        return
    left, right = st.columns([3, 1], gap="medium")
    with left:
        if frame[["tile_x", "tile_y"]].notna().all(axis=1).any():
            st.plotly_chart(
                door.ask(_map, metric.metric_id, choice.place, choice.month, choice.grid, level),
                key="tile_map",
                on_select=_pick,
                selection_mode="points",
                theme=None,
                config=CHART,
                alt=_summary(frame, choice, metric),
            )
        else:
            _list(frame)
        _legend(frame)
    with right:
        _chooser(frame, choice, level)
        _detail(door, frame, choice, metric)


def trend(door: Door, choice: Choice, metric: Metric) -> None:
    """Duties by state, month by month, of the place and level the card shows."""
    level = controls.level_for(door, choice, metric)
    place = parts.place_words(door, choice.place)
    parts.section(f"{say('trend')}　{named(metric)}　{place}　{parts.level_words(level)}", say("trend_note"))
    figure = door.ask(_trend, metric.metric_id, choice.place, level)
    if figure is None:
        parts.show(f'<p class="quiet">{escape(say("trend_none"))}</p>')
        return
    st.plotly_chart(figure, key="trend", theme=None, config=CHART, alt=say("trend_alt", metric=named(metric)))


def _map(
    snapshot: Snapshot, scope: Scope, metric_id: str, place: str, month: str, selected: str, level: int
) -> go.Figure:
    return draw.tile_map(tiles(snapshot, scope, metric_id, place, month, level), selected)


def _trend(snapshot: Snapshot, scope: Scope, metric_id: str, place: str, level: str) -> go.Figure | None:
    frame = series(snapshot, scope, metric_id, place, level)
    return None if frame.empty else draw.trend(frame)


def _pick() -> None:
    """A tile was clicked: its grid goes into the address bar; a click beside the tiles takes it out."""
    points = st.session_state["tile_map"]["selection"]["points"]
    address.put(grid=str(points[0]["customdata"]) if points else "")


def _list(frame: pd.DataFrame) -> None:
    """What the map would show, where no township has a place on it."""
    rows = "".join(
        f"<li><span class='tag {row.state}'>{escape(say(f'tile_{row.state}'))}</span>"
        f" {escape(f'{row.county_name} {row.name_}'.strip())}　{escape(_xn(row.on_time, row.due))}</li>"
        for row in frame.rename(columns={"name": "name_"}).itertuples()
    )
    parts.show(f'<ul class="townships">{rows}</ul>')


def _xn(on_time: int, due: int) -> str:
    return say("tile_xn", on_time=on_time, due=due) if due else say("nothing_due")


def _chooser(frame: pd.DataFrame, choice: Choice, level: int) -> None:
    """The same choice without a mouse: a list one can type into."""
    names = {
        row.grid_id: f"{row.county_name} {row.name_}".strip()
        for row in frame.rename(columns={"name": "name_"}).itertuples()
    }
    options = ["", *names] if choice.grid in names or not choice.grid else ["", choice.grid, *names]
    st.session_state["w_grid"] = choice.grid
    st.selectbox(
        say("pick_township" if level == 3 else "pick_grid_any"),
        options,
        key="w_grid",
        format_func=lambda grid_id: names.get(grid_id, grid_id) if grid_id else say("no_township"),
        on_change=lambda: address.put(grid=st.session_state["w_grid"] or ""),
    )


def _detail(door: Door, frame: pd.DataFrame, choice: Choice, metric: Metric) -> None:
    found = frame[frame["grid_id"] == choice.grid].to_dict("records")
    if not found:
        parts.show(f'<p class="quiet">{escape(say("tile_hint"))}</p>')
        return
    tile = found[0]
    aria, name = escape(say("township_chosen")), escape(tile["name"])
    state = escape(say(f"tile_{tile['state']}"))
    xn = _xn(tile["on_time"], tile["due"])
    parts.show(
        f'<section class="chosen" aria-label="{aria}"><h3>{name}</h3>'
        f"<p>{escape(tile['county_name'])}</p>"
        f"<p><span class='tag {tile['state']}'>{state}</span></p>"
        f"<p>{escape(named(metric))}　{escape(xn)}</p>{_why(door, choice, metric, tile['state'])}</section>"
    )
    parts.page_link(
        parts.OBLIGATIONS,
        label=say("tile_open"),
        icon=":material/list_alt:",
        query_params=choice.link(level=str(tile["level"]), state="", page=1),
    )
    if metric.concept == "coverage":
        found_near = door.ask(lying_by, choice.month, (choice.grid,))[choice.grid]
        if tile["state"] not in UNMET:
            # What went back cannot be the patrol that is missing where none is.
            found_near = replace(found_near, returned=())
        near = beside.near(found_near)
        if near:
            parts.show(f'<div class="near">{near}</div>')


def _why(door: Door, choice: Choice, metric: Metric, state: str) -> str:
    """Why the chosen township cannot be judged, where it cannot."""
    if state != BLIND:
        return ""
    blind = door.ask(blind_grids, metric.metric_id, choice.grid, choice.month, str(door.places[choice.grid].level))
    whole = door.ask(measured, metric.metric_id, choice.grid, choice.month).reasons
    return beside.reasons(told_reasons(blind) or whole, metric)


def _legend(frame: pd.DataFrame) -> None:
    """The states that occur, each with its fill and hatching; the open question of the 其他 units beneath."""
    present = [state for state in draw.STYLES if (frame["state"] == state).any()]
    keys = "".join(
        f'<li><i class="swatch {state}"></i>{escape(say(f"tile_{state}"))} {int((frame["state"] == state).sum())}</li>'
        for state in present
    )
    others = int((~frame["is_patrol_grid"].astype(bool)).sum())
    note = f"<p class='quiet'>{escape(say('map_hatched', n=others))}</p>" if "not_owed" in present else ""
    parts.show(f'<ul class="legend">{keys}</ul>{note}')


def _summary(frame: pd.DataFrame, choice: Choice, metric: Metric) -> str:
    counts = frame["state"].value_counts()
    words = say("clause_comma").join(
        f"{say(f'tile_{state}')} {counts[state]}" for state in draw.STYLES if state in counts
    )
    return say("map_alt", month=month_words(choice.month), metric=named(metric), n=len(frame), summary=words)
