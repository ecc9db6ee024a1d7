"""What 履职追溯 says of a place and a span of days: made once for all who ask the same; a county has thousands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboards.data import large
from dashboards.figures_history import strip
from dashboards.history_asked import Asked
from dashboards.history_lines import Line, line
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.history_of import Event, nearest, timeline

Nearest = tuple[Event | None, tuple[Event, ...], Event | None]


@dataclass(frozen=True)
class Told:
    """The timeline's lines in order, the patrols nearest to the day, and the strip of all lines; None without any."""

    lines: tuple[Line, ...]
    nearest: Nearest
    strip: go.Figure | None


@large
def told(snapshot: Snapshot, scope: Scope, grid_id: str, site_id: str, day: date, before: int, after: int) -> Told:
    """See Told; spans as in history_of.timeline."""
    asked = Asked(grid_id, site_id, day, before, after, "")
    events = timeline(snapshot, scope, grid_id, site_id, day, before, after)
    lines = tuple(line(event, day) for event in events)
    figure = strip(list(lines), day, asked.first, asked.last) if lines else None
    return Told(lines, nearest(events, day), figure)
