"""How long it takes, when some have not finished yet: leaving those out would praise whoever never finishes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.statistics.inputs import SAME, Floats, Ints, refusal, same_length, two_sided_z, vector


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """One entry a distinct time, rising; times in the unit of the durations.

    at_risk: still open just before · events, censored: ended, or left unfinished, at that time · survival: S(t), the
    share still open after it · low, high: its limits, nan where S(t) is 0 (nothing is left to tell them).
    """

    time: Floats
    at_risk: Ints
    events: Ints
    censored: Ints
    survival: Floats
    low: Floats
    high: Floats


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
    at_risk = lengths.size - np.concatenate(([0], np.cumsum(gone)[:-1]))
    survival = np.cumprod((at_risk - events) / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
    low, high = log_log_limits(survival, greenwood, two_sided_z(level))
    return SurvivalCurve(time, at_risk, events, gone - events, survival, low, high)


def median_time(curve: SurvivalCurve) -> MedianTime:
    """Least time by which at least half have ended: min t with S(t) ≤ 0.5 + 1e-9, so that an exact half counts.

    low and high: least times at which the lower and the upper limit of the curve come down to one half; all times
    between are medians that a test at the curve's level would not reject.
    Source: Brookmeyer & Crowley 1982, Biometrics 38.
    """
    return MedianTime(*(_first_half(curve.time, side) for side in (curve.survival, curve.low, curve.high)))


def log_log_limits(survival: Floats, greenwood: Floats, z: float) -> tuple[Floats, Floats]:
    """S^exp(±z·σ/ln S) of `kaplan_meier`: 1 where nothing has ended yet, nan where nothing is left."""
    low, high = np.full(survival.shape, np.nan), np.full(survival.shape, np.nan)
    whole, inner = survival == 1.0, (survival > 0.0) & (survival < 1.0)
    low[whole] = high[whole] = 1.0
    theta = z * np.sqrt(greenwood[inner]) / np.log(survival[inner])
    low[inner], high[inner] = survival[inner] ** np.exp(-theta), survival[inner] ** np.exp(theta)
    return low, high


def _first_half(time: Floats, side: Floats) -> float | None:
    reached = np.flatnonzero(side <= 0.5 + SAME)
    return float(time[reached[0]]) if reached.size else None
