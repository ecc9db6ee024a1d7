"""Agreement: the peak flow meters of Bland and Altman, the judges of Shrout and Fleiss, and what breaks either."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.agreement import Range, bland_altman, icc_agreement

# Bland & Altman 1986, Lancet i: peak expiratory flow (l/min) of 17 people, first readings of two meters.
WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
# Shrout & Fleiss 1979, table 2: six targets rated by four judges.
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_published_bias_and_spread() -> None:
    found = bland_altman(WRIGHT, MINI)
    assert round(found.bias, 2) == -2.12
    assert round(found.standard_deviation, 2) == 38.77
    assert found.pairs == 17
    assert (round(found.bias_range.low, 1), round(found.bias_range.high, 1)) == (-22.0, 17.8)
    assert found.upper.value == pytest.approx(found.bias + 1.96 * 38.765, abs=0.01)
    assert found.lower.value == pytest.approx(found.bias - 1.96 * 38.765, abs=0.01)


def test_limits_have_the_factors_of_tolerance_tables() -> None:
    """One-sided factor for 95 % of a normal population with 95 % confidence from ten values: 2.911."""
    difference = np.arange(10.0)
    found = bland_altman(difference, np.zeros(10), within=0.9, level=0.9)
    assert (found.upper.high - found.bias) / found.standard_deviation == pytest.approx(2.911, abs=1e-3)
    assert (found.bias - found.lower.low) / found.standard_deviation == pytest.approx(2.911, abs=1e-3)


def test_the_formula_of_1986_is_what_many_pairs_come_to() -> None:
    many = bland_altman(np.random.default_rng(2).normal(size=4000), np.zeros(4000))
    approximate = 1.96 * many.standard_deviation * (3 / 4000) ** 0.5
    assert (many.upper.high - many.upper.low) / 2 == pytest.approx(approximate, rel=0.02)
    few = bland_altman(WRIGHT, MINI)
    assert few.upper.high - few.upper.value > stats.t.ppf(0.975, 16) * 38.765 * (3 / 17) ** 0.5


def test_limits_cover_as_often_as_they_say() -> None:
    random = np.random.default_rng(11)
    ends = [bland_altman(random.normal(size=8), np.zeros(8)).upper for _ in range(600)]
    covered = np.mean([end.low <= stats.norm.ppf(0.975) <= end.high for end in ends])
    assert covered == pytest.approx(0.95, abs=0.03)


def test_one_pair_and_equal_pairs() -> None:
    one = bland_altman([90], [85])
    assert (one.bias, one.standard_deviation, one.bias_range, one.lower, one.upper) == (5, None, None, None, None)
    equal = bland_altman([90, 80, 70], [85, 75, 65])
    assert equal.standard_deviation == 0
    assert equal.upper == equal.lower == equal.bias_range == Range(5, 5, 5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30))
def test_swapping_the_two_turns_the_limits_over(pairs: list[tuple[int, int]]) -> None:
    a, b = zip(*pairs, strict=True)
    one, other = bland_altman(a, b), bland_altman(b, a)
    assert one.bias == pytest.approx(-other.bias)
    assert one.upper.high == pytest.approx(-other.lower.low)
    assert one.lower.low <= one.lower.value <= one.lower.high
    assert one.upper.low <= one.upper.value <= one.upper.high
    assert one.lower.value <= one.bias <= one.upper.value


def test_published_icc_with_its_interval() -> None:
    found = icc_agreement(JUDGES)
    assert (round(found.value, 2), round(found.low, 3), round(found.high, 2)) == (0.29, 0.019, 0.76)


def test_agreement_is_not_consistency() -> None:
    steady = [[70, 75], [80, 85], [90, 95], [60, 65]]
    assert 0 < icc_agreement(steady).value < 1
    assert icc_agreement([[a, b - 5] for a, b in steady]) == Range(1, 1, 1)
    further = icc_agreement([[a, b + 20] for a, b in steady])
    assert further.value < icc_agreement(steady).value


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=15), st.randoms())
def test_neither_order_nor_unit_matters(rows: list[tuple[int, int]], random: object) -> None:
    found = icc_agreement(rows)
    moved = icc_agreement([(7 * b - 3, 7 * a - 3) for a, b in random.sample(rows, len(rows))])
    if found is None:
        assert moved is None
        return
    assert found.value <= 1
    assert moved.value == pytest.approx(found.value, abs=1e-6)
    if found.value > 0:
        assert found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("rows", [[[5, 5]], [[5, 5], [5, 5]], [[4, 6], [4, 6], [4, 6]], [[1, 2], [2, 1]]])
def test_where_nothing_can_be_told(rows: list[list[int]]) -> None:
    assert icc_agreement(rows) is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: bland_altman([], []), "至少 1 个数"),
        (lambda: bland_altman([1, 2], [1]), "同样长"),
        (lambda: bland_altman([1], [1], within=1.0), "0 与 1 之间"),
        (lambda: icc_agreement([1, 2, 3]), "不少于 2 个评分者"),
        (lambda: icc_agreement([[1], [2]]), "不少于 2 个评分者"),
        (lambda: icc_agreement([[1, np.nan]]), "有限数值"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
