"""Many tests at once: of what is pointed out, how much may be chance?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.inputs import Floats, numbers, refusal


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """q-values of one family of tests, in the order given: the least false discovery rate at which each is rejected.

    q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎·m/j, at most 1. Rejecting all with q ≤ 0.05 expects at most one in twenty of them to
    be false, for independent or positively dependent tests. An empty family gives none.
    Errors: p outside 0–1 or not a number, more than one dimension.
    Source: Benjamini & Hochberg 1995, JRSS B 57, 289–300; Yekutieli & Benjamini 1999 for the adjusted values.
    """
    p = numbers("p_values", p_values)
    if p.ndim != 1:
        raise refusal("p_values", "一维序列", f"形状 {p.shape}", "one dimension")
    if ((p < 0) | (p > 1)).any():
        raise refusal("p_values", "0 至 1 的概率", p[(p < 0) | (p > 1)][0], "probabilities from 0 to 1")
    if p.size == 0:
        return p
    return np.asarray(stats.false_discovery_control(p, method="bh"), dtype=np.float64)
