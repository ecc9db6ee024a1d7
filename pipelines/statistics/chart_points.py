"""The points of a control chart: phases, limits and what the rules find, joined month by month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.statistics.chart_rules import Mark, Signal, signals
from pipelines.statistics.inputs import SAME, refusal


@dataclass(frozen=True)
class ChartPoint:
    """One month to draw.

    value: None in a gap · centre, low, high: of its phase; limits are None where the phase is too short for any ·
    phase: from 0 · marks: the rules the point is part of, strictest first · side: 1 if those speak of higher values,
    −1 of lower, 0 without marks.
    """

    value: float | None
    centre: float | None
    low: float | None
    high: float | None
    phase: int
    marks: tuple[Mark, ...]
    side: int


@dataclass(frozen=True)
class Band:
    """Centre and half width of the limits in one month; None where the series cannot tell them."""

    centre: float | None
    half: float | None


@dataclass(frozen=True)
class Bounds:
    """What limits cannot pass: a share stays within 0–1, a count does not fall below 0."""

    floor: float = -math.inf
    ceiling: float = math.inf


def phases(length: int, starts: Sequence[int]) -> list[slice]:
    """The months of each phase. ValueError unless starts rise from 0 and lie within the series."""
    rising = all(a < b for a, b in pairwise(starts))
    if not starts or starts[0] != 0 or not rising or (length and starts[-1] >= length):
        raise refusal(
            "starts", f"由 0 递增且小于 {length} 的序号", list(starts), f"indexes rising from 0 to below {length}"
        )
    return [slice(start, stop) for start, stop in pairwise((*starts, length))]


def base_length(known: Sequence[bool], baseline: int | None) -> int:
    """How many months of a phase set its limits: up to the `baseline`-th that has a value, all without a baseline."""
    if baseline is None:
        return len(known)
    if baseline < 2:
        raise refusal("baseline", "不小于 2 的整数", baseline, "a whole number not below 2")
    places = [i for i, is_known in enumerate(known) if is_known]
    return places[baseline - 1] + 1 if len(places) >= baseline else len(known)


def joined(
    values: Sequence[float | None], bands: Sequence[Band], slices: Sequence[slice], bounds: Bounds
) -> tuple[ChartPoint, ...]:
    """One point a month; rules run within each phase, and limits are cut only after the rules have seen them."""
    chart: list[ChartPoint] = []
    for number, phase in enumerate(slices):
        within, limits = values[phase], bands[phase]
        found = signals(within, [_place(value, band) for value, band in zip(within, limits, strict=True)])
        for value, band, signal in zip(within, limits, found, strict=True):
            chart.append(_point(value, band, number, signal, bounds))
    return tuple(chart)


def _point(value: float | None, band: Band, phase: int, signal: Signal, bounds: Bounds) -> ChartPoint:
    low = high = None
    if band.centre is not None and band.half is not None:
        low, high = max(band.centre - band.half, bounds.floor), min(band.centre + band.half, bounds.ceiling)
    return ChartPoint(value, band.centre, low, high, phase, signal.marks, signal.side)


def _place(value: float | None, band: Band) -> float | None:
    """Distance from the centre in half widths: beyond ±1 is outside; without width, any other value is far outside."""
    if value is None or band.centre is None or band.half is None:
        return None
    away = value - band.centre
    near = SAME * max(1.0, abs(band.centre))
    if abs(away) <= near:
        return 0.0
    return away / band.half if band.half > near else math.copysign(math.inf, away)
