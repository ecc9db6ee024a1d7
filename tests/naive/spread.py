"""Intervals and medians in plain arithmetic: exact fractions, the normal quantile of the standard library."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log, sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


def rounded(number: float | None) -> float | None:
    """To nine digits: two ways of reckoning part behind them."""
    return None if number is None else float(f"{number:.9g}") if abs(number) > 1e-9 else 0.0


def wilson(x: int, n: int) -> tuple[float, float]:
    """The two roots π of (x/n − π)² = z²·π(1−π)/n."""
    a, b, c = n + Z * Z, -(2 * x + Z * Z), x * x / n
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    return max((-b - root) / (2 * a), 0.0) if x else 0.0, (-b + root) / (2 * a) if x < n else 1.0


def byar(x: int, n: int) -> tuple[float, float]:
    """Of a count per exposure."""
    low = x * (1 - 1 / (9 * x) - Z / (3 * sqrt(x))) ** 3 if x else 0.0
    high = (x + 1) * (1 - 1 / (9 * (x + 1)) + Z / (3 * sqrt(x + 1))) ** 3
    return max(low, 0.0) / n, high / n


def half_by(cases: list[tuple[int, bool]]) -> tuple[float | None, float | None, float | None]:
    """First day on which the share still open, and each of its limits, is no more than one half."""
    left, spread = Fraction(1), Fraction(0)
    found: list[float | None] = [None, None, None]
    for at in sorted({days for days, _ in cases}):
        n = sum(days >= at for days, _ in cases)
        d = sum(days == at and ended for days, ended in cases)
        left *= Fraction(n - d, n)
        if n > d:
            spread += Fraction(d, n * (n - d))
        sides: list[float] = [float(left)] * 3
        if 0 < left < 1:
            away = Z * sqrt(spread) / log(left)
            sides[1:] = [float(left) ** exp(-away), float(left) ** exp(away)]
        for place, side in enumerate(sides):
            # nothing left: no limit can be told any more
            if found[place] is None and side <= 0.5 + 1e-9 and (left > 0 or place == 0):
                found[place] = float(at)
    return found[0], found[1], found[2]
