"""What a control chart says in a word: is this month news, and can the target be relied on to be met?"""

from __future__ import annotations

from typing import Literal

from pipelines.statistics.chart_points import ChartPoint
from pipelines.statistics.inputs import SAME, refusal

Direction = Literal["up", "down", "neutral"]
Variation = Literal["common_cause", "improvement", "concern", "higher", "lower"]
Assurance = Literal["pass", "fail", "hit_or_miss"]


def variation(point: ChartPoint, direction: Direction) -> Variation | None:
    """Whether a month differs from chance, and for better or worse.

    direction: where better figures lie (up, down), or neutral: then a signal is only higher or lower. None for a gap
    and where the series is too short to have limits. Errors: an unknown direction.
    Source: NHS England, Making Data Count, icons of variation.
    """
    _known(direction)
    if point.value is None or point.low is None:
        return None
    if point.side == 0:
        return "common_cause"
    if direction == "neutral":
        return "higher" if point.side > 0 else "lower"
    return "improvement" if (point.side > 0) == (direction == "up") else "concern"


def assurance(point: ChartPoint, target: float | None, direction: Direction) -> Assurance | None:
    """Whether a process that stays as it is meets its target: consistently (pass), never (fail), or as chance has it.

    Judged by the limits at this month, in the unit of the chart: pass if even the worse limit reaches the target
    (reaching is meeting, so a share that is always 1 passes a target of 1), fail if even the better one misses it.
    None without target, without limits, or for a neutral figure. Errors: an unknown direction.
    Source: NHS England, Making Data Count, icons of assurance.
    """
    _known(direction)
    if target is None or direction == "neutral" or point.low is None or point.high is None:
        return None
    sign = 1.0 if direction == "up" else -1.0
    worse, better = sorted((sign * point.low, sign * point.high))
    if worse >= sign * target - SAME:
        return "pass"
    return "fail" if better < sign * target - SAME else "hit_or_miss"


def _known(direction: str) -> None:
    if direction not in ("up", "down", "neutral"):
        raise refusal("direction", "up、down 或 neutral", direction, "up, down or neutral")
