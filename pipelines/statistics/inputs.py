"""What callers hand in, checked before it is used: a refusal says what was expected and what came, Chinese first."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Two numbers closer than this are the same number that came about in two ways (0.1 + 0.2 and 0.3).
SAME = 1e-9


def refusal(name: str, expected_zh: str, seen: object, expected_en: str) -> ValueError:
    """The error to raise when `name` is not as expected."""
    return ValueError(f"{name} 应为{expected_zh}，现为 {seen} ({name}: expected {expected_en})")


def numbers(name: str, values: ArrayLike) -> Floats:
    """Finite numbers as float64, in the shape they came in. ValueError on nan, infinity or text."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise refusal(name, "数值", repr(values), "numbers") from error
    if not np.isfinite(array).all():
        raise refusal(name, "有限数值（无空值）", array[~np.isfinite(array)][0], "finite numbers")
    return array


def vector(name: str, values: ArrayLike, at_least: int = 1) -> Floats:
    """Finite numbers in one row, at least so many of them."""
    array = numbers(name, values)
    if array.ndim != 1 or array.size < at_least:
        raise refusal(
            name, f"至少 {at_least} 个数的一维序列", f"形状 {array.shape}", f"a row of at least {at_least} numbers"
        )
    return array


def counts(name: str, values: ArrayLike, at_least: int = 0) -> Floats:
    """Whole numbers not below `at_least`, as float64 so that later divisions need no cast."""
    array = numbers(name, values)
    wrong = (array < at_least) | (array != np.floor(array))
    if wrong.any():
        raise refusal(name, f"不小于 {at_least} 的整数", array[wrong][0], f"whole numbers not below {at_least}")
    return array


def part_of_whole(successes: ArrayLike, trials: ArrayLike, at_least: int = 0) -> tuple[Floats, Floats]:
    """Successes and trials of one shape (a single number goes with every other), successes never above trials."""
    part, whole = together(successes=counts("successes", successes), trials=counts("trials", trials, at_least))
    if (part > whole).any():
        raise refusal("successes", "不大于 trials 的整数", part[part > whole][0], "no more successes than trials")
    return part, whole


def together(**named: Floats) -> list[Floats]:
    """All of these in one shape: a single number goes with every other. ValueError if they do not go together."""
    try:
        return [np.array(array) for array in np.broadcast_arrays(*named.values())]
    except ValueError as error:
        raise _unlike(named) from error


def same_length(**named: ArrayLike) -> None:
    """ValueError unless all of these have the same length; the names are the caller's."""
    if len({np.shape(array) for array in named.values()}) > 1:
        raise _unlike(named)


def _unlike(named: Mapping[str, ArrayLike]) -> ValueError:
    shapes = "、".join(f"{name} {np.shape(array)}" for name, array in named.items())
    return refusal("、".join(named), "同样长的序列", f"形状 {shapes}", "sequences of the same length")


def share(name: str, value: float) -> float:
    """A number strictly between 0 and 1, such as a level of confidence."""
    if not 0.0 < value < 1.0:
        raise refusal(name, "0 与 1 之间的数（不含两端）", value, "a number strictly between 0 and 1")
    return float(value)


def two_sided_z(level: float) -> float:
    """The normal quantile that leaves (1 − level) / 2 above it: 1.96 for 0.95, 3.09 for 0.998."""
    return float(stats.norm.ppf((1.0 + share("level", level)) / 2.0))
