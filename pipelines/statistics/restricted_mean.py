"""Mean time open up to a horizon: comparable between units even where fewer than half have ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.inputs import Floats, refusal, two_sided_z
from pipelines.statistics.survival import SurvivalCurve


@dataclass(frozen=True)
class RestrictedMean:
    """In the unit of the durations; low and high within 0 and the horizon."""

    value: float
    standard_error: float
    low: float
    high: float


def restricted_mean(curve: SurvivalCurve, horizon: float, level: float = 0.95) -> RestrictedMean | None:
    """Area under S(t) from 0 to the horizon τ: E[min(T, τ)], in the unit of the curve's times.

    Variance Σ A(tᵢ)²·dᵢ/(nᵢ(nᵢ − dᵢ)) over event times tᵢ ≤ τ, A(t) being the area from t to τ; limits ± z·se.
    None if nobody was followed up to τ while some were still open: the curve says nothing about the rest.
    Errors: a horizon that is not above 0 or not finite, level outside 0–1.
    Source: Irwin 1949, Journal of Hygiene 47; Klein & Moeschberger 2003, Survival Analysis, section 4.5.
    """
    if not (horizon > 0 and np.isfinite(horizon)):
        raise refusal("horizon", "大于 0 的有限时长", horizon, "a finite horizon above 0")
    if curve.time[-1] < horizon and curve.survival[-1] > 0.0:
        return None
    within = curve.time <= horizon
    edges = np.concatenate(([0.0], curve.time[within], [horizon]))
    steps = np.concatenate(([1.0], curve.survival[within])) * np.diff(edges)
    area_after = np.cumsum(steps[::-1])[::-1]
    value, error = float(area_after[0]), _standard_error(curve, within, area_after[1:])
    half = two_sided_z(level) * error
    return RestrictedMean(value, error, max(value - half, 0.0), min(value + half, horizon))


def _standard_error(curve: SurvivalCurve, within: NDArray[np.bool_], area_after: Floats) -> float:
    """An event that leaves nobody at risk has no area after it, and adds nothing."""
    n, d = curve.at_risk[within], curve.events[within]
    left = n > d
    terms = area_after[left] * area_after[left] * d[left] / (n[left] * (n[left] - d[left]))
    return float(np.sqrt(terms.sum()))
