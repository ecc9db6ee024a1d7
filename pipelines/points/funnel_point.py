"""Grids of one level side by side: limits around their common rate, shrunk rates, ranks with what they are worth."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.points.arrow import runs, with_columns
from pipelines.statistics.funnel import MONTHS_OUTSIDE, MONTHS_WATCHED
from pipelines.statistics.inputs import Floats, Ints
from pipelines.statistics.peer_groups import Shrunk, beta_binomials, funnels
from pipelines.statistics.ranking import Ranks, beta_draws, expected_ranks

FUNNEL = ("metric_id", "level", "period_kind", "period")
# Every funnel draws from the same seed: what other months there are does not move its ranks.
DRAWS, SEED = 200, 20210507


def compute(rows: pa.Table) -> pa.Table:
    """Grids with numerator of denominator ≥ 1, sorted by funnel and grid → the same with limits, rates and ranks."""
    given = rows.select((*FUNNEL[:2], "owner_level", *FUNNEL[2:], "grid_id", "numerator", "denominator"))
    if not rows.num_rows:
        return with_columns(given, **_none())
    group = runs(rows, FUNNEL)
    x, n = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    found, shrunk = funnels(group, x, n), beta_binomials(group, x, n)
    is_enough = n >= rows["min_n"].to_numpy()
    is_ranked = is_enough & rows["is_ranked"].to_numpy()
    ranks = _ranked(group, shrunk, is_ranked, rows["direction"].to_pylist())
    position = np.where(is_enough, found.position, 0)
    return with_columns(
        given,
        rate=found.rate,
        centre=found.centre,
        low_95=found.inner.low,
        high_95=found.inner.high,
        low_998=found.outer.low,
        high_998=found.outer.high,
        position=found.position,
        tau_squared=found.tau_squared,
        is_outlier=is_enough & _outlying(rows, position),
        shrunk_rate=shrunk.value,
        rank=ranks.expected,
        rank_low=ranks.low,
        rank_high=ranks.high,
    )


def _none() -> dict[str, pa.Array]:
    """The columns of no grid at all: the statistics refuse to be asked about nobody."""
    limits = ("rate", "centre", "low_95", "high_95", "low_998", "high_998")
    kinds = {
        **dict.fromkeys(limits, pa.float64()), "position": pa.int64(), "tau_squared": pa.float64(),
        "is_outlier": pa.bool_(), **dict.fromkeys(("shrunk_rate", "rank", "rank_low", "rank_high"), pa.float64()),
    }  # fmt: skip
    return {name: pa.array([], kind) for name, kind in kinds.items()}


def _outlying(rows: pa.Table, position: Ints) -> NDArray[np.bool_]:
    """`funnel.is_outlier` of each grid and period; months watched together are those of the calendar.

    A month with too few duties is neither in nor out. Periods that overlap are judged by themselves.
    """
    month_no = rows["month_no"].fill_null(-1).to_numpy()
    series = rows.select(("metric_id", "level", "grid_id")).append_column("month_no", pa.array(month_no))
    order = pa.compute.sort_indices(series, [(name, "ascending") for name in series.column_names]).to_numpy()
    whose = runs(series.take(pa.array(order)), ("metric_id", "level", "grid_id"))
    month, now = month_no[order], position[order]
    same_side = (now != 0).astype(np.int64)
    for back in range(1, MONTHS_WATCHED):
        # Rows are months of a grid in order: a month so far back stands at most so many rows before.
        for step in range(1, back + 1):
            before = np.arange(now.size) - step
            met = (before >= 0) & (whose == whose[before]) & (month - month[before] == back) & (month[before] >= 0)
            same_side += met & (now * now[before] > 0)
    found = np.empty(now.size, dtype=bool)
    found[order] = (np.abs(now) == 2) | ((now != 0) & (same_side >= MONTHS_OUTSIDE) & (month >= 0))
    return found


def _ranked(group: Ints, shrunk: Shrunk, is_ranked: NDArray[np.bool_], direction: list[str]) -> Ranks:
    """Ranks among the grids of a funnel that are to be ranked; nan elsewhere, and where there are fewer than two."""
    result = Ranks(*(np.full(group.shape, np.nan) for _ in range(3)))
    places = np.flatnonzero(is_ranked)
    for units in np.split(places, np.flatnonzero(np.diff(group[places])) + 1):
        if units.size < 2 or direction[units[0]] == "neutral":
            continue
        found = _ranks(shrunk.alpha[units], shrunk.beta[units], highest_first=direction[units[0]] == "up")
        for name in ("expected", "low", "high"):
            getattr(result, name)[units] = getattr(found, name)
    return result


def _ranks(alpha: Floats, beta: Floats, *, highest_first: bool) -> Ranks:
    """Where chance alone explains all differences, everybody may stand anywhere, and nothing need be drawn."""
    if np.isinf(alpha).all():
        size = alpha.size
        return Ranks(np.full(size, (size + 1) / 2.0), np.ones(size), np.full(size, float(size)))
    return expected_ranks(beta_draws(alpha, beta, DRAWS, SEED), highest_first=highest_first)
