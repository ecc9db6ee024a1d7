"""How long it takes, when some have not finished yet: leaving those out would praise whoever never finishes.

One curve; `survival_curves` computes it, as it does many at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.statistics.inputs import Floats, Ints, refusal, same_length, vector
from pipelines.statistics.survival_curves import SurvivalCurves, kaplan_meiers, median_times


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """One entry a distinct time, rising; times in the unit of the durations.

    at_risk: still open just before · events, censored: ended, or left unfinished, at that time · survival: S(t), the
    share still open after it · low, high: its limits, nan where S(t) is 0 (nothing is left to tell them) · as_curves:
    the same as the only one of many.
    """

    time: Floats
    at_risk: Floats
    events: Ints
    censored: Ints
    survival: Floats
    low: Floats
    high: Floats
    as_curves: SurvivalCurves


@dataclass(frozen=True)
class MedianTime:
    """None where the curve (or its limit) never comes down to one half."""

    value: float | None
    low: float | None
    high: float | None


def kaplan_meier(durations: ArrayLike, observed: ArrayLike, level: float = 0.95) -> SurvivalCurve:
    """Product-limit curve of what is still open, with log-log limits.

    S(t) = Π (1 − dᵢ/nᵢ) over times tᵢ ≤ t; σ² = Σ dᵢ/(nᵢ(nᵢ − dᵢ)) (Greenwood); limits S^exp(±z·σ/ln S), which stay
    within 0–1. What is censored at the time of an event was still at risk of it.
    durations: ≥ 0, any one unit, at least one · observed: true where it ended, false where it was still open when last
    seen (at the as-of moment); same length.
    Errors: no or negative durations, lengths that differ, level outside 0–1.
    Source: Kaplan & Meier 1958, JASA 53; Kalbfleisch & Prentice 1980 for the log-log limits.
    """
    lengths, ended = vector("durations", durations), np.asarray(observed, dtype=bool)
    same_length(durations=lengths, observed=ended)
    if (lengths < 0).any():
        raise refusal("durations", "不小于 0 的时长", lengths[lengths < 0][0], "durations not below 0")
    time, place = np.unique(lengths, return_inverse=True)
    events = np.bincount(place[ended], minlength=time.size)
    gone = np.bincount(place, minlength=time.size)
    found = kaplan_meiers(np.zeros(time.size, dtype=np.int64), time, events, gone - events, level)
    return SurvivalCurve(time, found.at_risk, events, gone - events, found.survival, found.low, found.high, found)


def median_time(curve: SurvivalCurve) -> MedianTime:
    """Least time by which at least half have ended: min t with S(t) ≤ 0.5 + 1e-9, so that an exact half counts.

    low and high: least times at which the lower and the upper limit of the curve come down to one half; all times
    between are medians that a test at the curve's level would not reject.
    Source: Brookmeyer & Crowley 1982, Biometrics 38.
    """
    found = median_times(curve.as_curves)
    return MedianTime(*(one_or_none(side) for side in (found.value, found.low, found.high)))


def one_or_none(side: Floats) -> float | None:
    """The only entry; None for one that cannot be told."""
    return None if np.isnan(side[0]) else float(side[0])
