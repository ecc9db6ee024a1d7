"""Mean time open up to a horizon: comparable between units even where fewer than half have ended."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.statistics.survival import SurvivalCurve, one_or_none
from pipelines.statistics.survival_curves import restricted_means


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
    found = restricted_means(curve.as_curves, horizon, level)
    if one_or_none(found.value) is None:
        return None
    return RestrictedMean(*(float(side[0]) for side in (found.value, found.error, found.low, found.high)))
