"""The four rules by which a point of a control chart is a signal and not noise (NHS England, Making Data Count)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipelines.statistics.inputs import SAME

Mark = Literal["outside", "two_of_three", "shift", "trend"]
RUN = 7
NEAR = 2.0 / 3.0


@dataclass(frozen=True)
class Signal:
    """Rules a point is part of, strictest first, and whether they speak of higher (1) or lower (−1) values."""

    marks: tuple[Mark, ...]
    side: int


def signals(values: Sequence[float | None], places: Sequence[float | None]) -> list[Signal]:
    """One signal a point of one phase of a chart.

    values: as measured, None in a gap · places: distance from the centre in half widths of the limits (±1 is on a
    limit), None where unknown; both of the same length.
    outside: beyond a limit · two_of_three: beyond two thirds of the way to the same limit, as is another of the same
    three neighbouring points · shift: one of 7 or more in a row on one side of the centre; a point on the centre ends
    the run · trend: one of 7 or more in a row, each higher (or each lower) than the one before.
    The side is that of the centre, except for a mere trend: falling months are bad news of a good figure while they
    still lie above the centre.
    Source: NHS England, Making Data Count; Western Electric 1956, Statistical Quality Control Handbook, for the second.
    """
    sides = [0 if place is None else (place > SAME) - (place < -SAME) for place in places]
    outside = [place is not None and abs(place) > 1.0 + SAME for place in places]
    near = [
        side if place is not None and abs(place) > NEAR + SAME else 0 for side, place in zip(sides, places, strict=True)
    ]
    pairs, shifts, trends = _two_of_three(near), _shift(sides), _trend(values)
    found = []
    for i, side in enumerate(sides):
        marks: list[Mark] = []
        if outside[i]:
            marks.append("outside")
        if pairs[i]:
            marks.append("two_of_three")
        if shifts[i]:
            marks.append("shift")
        if trends[i]:
            marks.append("trend")
        only_trend = marks == ["trend"]
        found.append(Signal(tuple(marks), trends[i] if only_trend else side if marks else 0))
    return found


def _two_of_three(near: Sequence[int]) -> list[bool]:
    """Whether a point near (or beyond) a limit has a companion near the same one, at most two places away."""
    return [side != 0 and side in (*near[max(i - 2, 0) : i], *near[i + 1 : i + 3]) for i, side in enumerate(near)]


def _shift(sides: Sequence[int]) -> list[bool]:
    marked = [False] * len(sides)
    start = 0
    for i in range(len(sides) + 1):
        if i == len(sides) or sides[i] != sides[start]:
            if i - start >= RUN and sides[start] != 0:
                marked[start:i] = [True] * (i - start)
            start = i
    return marked


def _trend(values: Sequence[float | None]) -> list[int]:
    """1 for points of a rise of 7 or more, −1 of a fall, else 0; a turn belongs to what follows it."""
    steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(values)]
    marked = [0] * len(values)
    start = 0
    for i in range(len(steps) + 1):
        if i == len(steps) or steps[i] != steps[start]:
            if i - start >= RUN - 1 and steps[start] != 0:
                marked[start : i + 1] = [steps[start]] * (i - start + 1)
            start = i
    return marked
