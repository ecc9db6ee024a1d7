"""Do two ways of measuring the same thing agree? Bias and spread first, a coefficient beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.inputs import SAME, Floats, numbers, refusal, same_length, share, two_sided_z, vector


@dataclass(frozen=True)
class Range:
    """An estimate with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class LimitsOfAgreement:
    """All in the unit of the measurements. With one pair there is a difference but no spread: the rest is None."""

    pairs: int
    bias: float
    standard_deviation: float | None
    bias_range: Range | None
    lower: Range | None
    upper: Range | None


def bland_altman(first: ArrayLike, second: ArrayLike, within: float = 0.95, level: float = 0.95) -> LimitsOfAgreement:
    """Mean difference first − second and the limits between which 95 % of the differences lie.

    d̄ ± z·s with s over n − 1; interval of d̄: t(n−1)·s/√n. The limits are quantiles of a normal distribution, and their
    intervals are exact: d̄ + s·T/√n, T the quantile of the non-central t(n−1) with parameter ±z√n. (The √(3s²/n) of
    1986 is its approximation for large n, too short at the outer end below some 40 pairs.)
    first, second: as many values of the same subjects in the same order and unit; differences should not grow with
    size. within: share of differences the limits enclose.
    Errors: no pair, lengths that differ, within or level outside 0–1.
    Source: Bland & Altman 1986, Lancet i, 307–310; Carkeet 2015, Optometry and Vision Science 92, e71–e80.
    """
    a, b = vector("first", first), vector("second", second)
    same_length(first=a, second=b)
    z, tail = two_sided_z(within), (1.0 - share("level", level)) / 2.0
    difference, n = a - b, a.size
    bias = float(difference.mean())
    if n < 2:
        return LimitsOfAgreement(n, bias, None, None, None, None)
    s = float(difference.std(ddof=1))
    t = float(stats.t.ppf(1.0 - tail, n - 1)) * s / math.sqrt(n)
    near, far = (float(stats.nct.ppf(p, n - 1, z * math.sqrt(n))) * s / math.sqrt(n) for p in (tail, 1.0 - tail))
    lower = Range(bias - z * s, bias - far, bias - near)
    upper = Range(bias + z * s, bias + near, bias + far)
    return LimitsOfAgreement(n, bias, s, Range(bias, bias - t, bias + t), lower, upper)


def icc_agreement(ratings: ArrayLike, level: float = 0.95) -> Range | None:
    """ICC(A,1): share of the variance of single ratings that lies between subjects; raters' offsets count against it.

    (MSR − MSE) / (MSR + (k−1)·MSE + k(MSC − MSE)/n) from the mean squares of rows (subjects), columns (raters) and
    error of a two-way analysis of variance; the same number as ICC(2,1). 1 is full agreement; it may be negative.
    ratings: shape (n subjects, k ≥ 2 raters), no gaps. None with fewer than two subjects, or where ratings
    differ neither between subjects nor by error: nothing can be told then. The ends may be nan for a negative value.
    Errors: not two-dimensional, fewer than two raters, values not finite, level outside 0–1.
    Source: Shrout & Fleiss 1979, Psychological Bulletin 86; McGraw & Wong 1996, Psychological Methods 1, table 7
    (interval).
    """
    x = numbers("ratings", ratings)
    if x.ndim != 2 or x.shape[1] < 2:
        expected = "形状为 (对象数, 不少于 2 个评分者) 的数组"
        raise refusal("ratings", expected, f"形状 {x.shape}", "shape (subjects, 2 or more raters)")
    tail = (1.0 - share("level", level)) / 2.0
    n, k = x.shape
    if n < 2:
        return None
    rows, columns, error = _mean_squares(x)
    whole = rows + (k - 1) * error + k * (columns - error) / n
    if rows + error == 0.0 or whole <= 0.0:
        return None
    if columns + error == 0.0:
        return Range(1.0, 1.0, 1.0)
    low, high = _icc_ends((rows - error) / whole, (rows, columns, error), (n, k), tail)
    return Range((rows - error) / whole, low, high)


def _icc_ends(
    icc: float, mean_squares: tuple[float, float, float], shape: tuple[int, int], tail: float
) -> tuple[float, float]:
    """The interval of McGraw and Wong; its degrees of freedom for the raters' and the error variance: Satterthwaite."""
    (rows, columns, error), (n, k) = mean_squares, shape
    a, b = k * icc / (n * (1.0 - icc)), 1.0 + k * icc * (n - 1) / (n * (1.0 - icc))
    spread = (a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    df = (a * columns + b * error) ** 2 / spread if spread > 0.0 else math.nan
    f_low, f_high = float(stats.f.ppf(1.0 - tail, n - 1, df)), float(stats.f.ppf(1.0 - tail, df, n - 1))
    rest = k * columns + (k * n - k - n) * error
    low = n * (rows - f_low * error) / (f_low * rest + n * rows)
    return low, n * (f_high * rows - error) / (rest + n * f_high * rows)


def _mean_squares(x: Floats) -> tuple[float, float, float]:
    """Of subjects, of raters, and of what neither explains; what is only rounding is 0."""
    n, k = x.shape
    by_row, by_column, mean = x.mean(axis=1), x.mean(axis=0), x.mean()
    rest = x - by_row[:, None] - by_column[None, :] + mean
    rows, columns = k * ((by_row - mean) ** 2).sum() / (n - 1), n * ((by_column - mean) ** 2).sum() / (k - 1)
    error = (rest * rest).sum() / ((n - 1) * (k - 1))
    noise = SAME * SAME * float((x * x).sum())
    rows, columns, error = (float(square) if square > noise else 0.0 for square in (rows, columns, error))
    return rows, columns, error
