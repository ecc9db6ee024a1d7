"""Control charts: a series of months with the limits its own past sets, so that noise is not taken for news.

A month without a value is a gap (None): it has no moving range, and it ends every run. A phase begins where somebody
says that the process changed; each phase has its own centre and limits, and no run crosses from one into the next.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from pipelines.statistics.chart_points import Band, Bounds, ChartPoint, base_length, joined, phases
from pipelines.statistics.inputs import refusal

# 3 / d₂ for ranges of two, and D₄: what a mean range makes of three standard deviations, and the limit of a range.
XMR_LIMIT = 2.66
RANGE_LIMIT = 3.267


def xmr(
    values: Sequence[float | None],
    starts: Sequence[int] = (0,),
    baseline: int | None = None,
    floor: float = -math.inf,
) -> tuple[ChartPoint, ...]:
    """XmR chart of a series in equal steps of time, in any unit: x̄ ± 2.66·m̄R, per phase.

    m̄R is the mean of |xᵢ − xᵢ₋₁| over neighbouring months that both have a value; ranges of 3.267·m̄R and more are
    dropped once and the mean taken again, lest a single jump hide itself. A constant series has its mean as limits;
    one without two neighbouring values has none.
    starts: index of the first month of each phase, the first 0 · baseline: only the first so many values of a phase
    set its limits, which then hold for the rest of it · floor: what the lower limit cannot fall below (0 for counts).
    Errors: a value that is not finite, starts that do not rise from 0, baseline below 2.
    Source: Wheeler 2000, Understanding Variation; NHS England, Making Data Count.
    """
    for value in values:
        if value is not None and not math.isfinite(value):
            raise refusal("values", "有限数值，缺月用 None", value, "finite numbers, None for a gap")
    slices = phases(len(values), starts)
    bands: list[Band] = []
    for phase in slices:
        months = values[phase]
        base = months[: base_length([value is not None for value in months], baseline)]
        bands += [_xmr_band(base)] * len(months)
    return joined(values, bands, slices, Bounds(floor=floor))


def p_chart(
    numerators: Sequence[int | None],
    denominators: Sequence[int | None],
    starts: Sequence[int] = (0,),
    baseline: int | None = None,
) -> tuple[ChartPoint, ...]:
    """p-chart of monthly shares x/n: p̄ ± 3·√(p̄(1−p̄)/n), p̄ = Σx/Σn of the phase, cut at 0 and 1.

    Limits are wider in months with fewer duties. A month with nothing due, or one that is not known, is a gap.
    starts, baseline: as in `xmr`. Errors: as `xmr`; sequences of different length, x not between 0 and n.
    Source: Shewhart 1931; Montgomery 2013, Introduction to Statistical Quality Control, section 7.2.
    """
    if len(numerators) != len(denominators):
        seen = f"{len(numerators)} 与 {len(denominators)}"
        raise refusal("numerators", "与 denominators 同样多", seen, "as many as denominators")
    parts = [_part(x, n) for x, n in zip(numerators, denominators, strict=True)]
    slices = phases(len(parts), starts)
    bands: list[Band] = []
    for phase in slices:
        months = parts[phase]
        bands += _p_bands(months, base_length([n > 0 for _, n in months], baseline))
    return joined([x / n if n else None for x, n in parts], bands, slices, Bounds(0.0, 1.0))


def _xmr_band(values: Sequence[float | None]) -> Band:
    known = [value for value in values if value is not None]
    if not known:
        return Band(None, None)
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return Band(fmean(known), None)
    mean = fmean(ranges)
    kept = [size for size in ranges if size < RANGE_LIMIT * mean]
    return Band(fmean(known), XMR_LIMIT * fmean(kept) if kept else 0.0)


def _p_bands(months: Sequence[tuple[int, int]], base: int) -> list[Band]:
    hits, due = sum(x for x, _ in months[:base]), sum(n for _, n in months[:base])
    if not due:
        return [Band(None, None)] * len(months)
    centre = hits / due
    return [Band(centre, 3.0 * math.sqrt(centre * (1.0 - centre) / n) if n else None) for _, n in months]


def _part(x: int | None, n: int | None) -> tuple[int, int]:
    """One month of a p-chart; (0, 0) is a gap."""
    if x is None or n is None:
        return 0, 0
    if not 0 <= x <= n:
        raise refusal("numerators", f"0 至分母 {n} 的整数", x, "between 0 and the denominator")
    return x, n
