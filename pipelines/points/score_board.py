"""The grids of one level in one period side by side, as arrays: what `points.score` puts together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.statistics.composite import partly_judged
from pipelines.statistics.inputs import Floats

BOARD = ("level", "version", "period_kind", "period")
_LINES = (
    "assessable_at_least", "attained_at_least", "failed_below", "failed_misses", "failed_metric_from",
    "unseen_at_most", "ranked_from",
    "agreement", "draws", "seed",
)  # fmt: skip
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Board:
    """The grids of one level in one period: arrays of shape (grids, parts), parts in the card's order; what a part is
    stands once. share: of the points by the duties that can be seen, nan without any. gained, judged: shares of the
    weight that are got and assessed: what was lost is lost whole, what was got counts for the months that can be seen.
    seen: their share. done, asked: duties of what is assessed. span: from floor to goal."""

    key: tuple[Any, ...]
    grids: Sequence[str]
    groups: Sequence[str]
    metrics: Sequence[str]
    weight: Ints
    share: Floats
    gained: Floats
    judged: Floats
    seen: Floats
    span: Floats
    done: Ints
    asked: Ints
    undated: Ints
    is_undated: Bools
    lines: dict[str, float]

    @property
    def assessed(self) -> Bools:
        """Which parts have points to get or to lose."""
        return self.judged > 0

    @property
    def unseen(self) -> Floats:
        """The weight of what cannot be seen, one a grid."""
        return _whole(_added(self.weight * (1.0 - self.seen)))

    @property
    def assessable(self) -> Floats:
        """The weight that was assessed, one a grid."""
        return _whole(_added(self.weight * self.judged))


@dataclass(frozen=True, eq=False)
class Grouped:
    """The parts of each group together, in the card's order: share of their points by the months that can be seen, nan
    where none was, and the weight behind it."""

    names: Sequence[str]
    share: Floats
    weight: Floats
    missed: Ints


def boards(rows: pa.Table) -> Iterator[Board]:
    """Rows, one a grid, period and line of its card → boards in order, whatever the order of the rows."""
    ordered = rows.sort_by([(name, "ascending") for name in (*BOARD, "grid_id", "place")])
    columns: dict[str, Any] = {name: ordered[name].to_numpy() for name in ordered.column_names}
    codes = [np.unique(columns[name].astype(str), return_inverse=True)[1] for name in BOARD]
    changes = np.any([np.diff(code) != 0 for code in codes], axis=0)
    starts = [0, *(np.flatnonzero(changes) + 1), ordered.num_rows] if ordered.num_rows else []
    for first, last in pairwise(starts):
        one = {name: values[first:last] for name, values in columns.items()}
        parts = int(np.count_nonzero(one["grid_id"] == one["grid_id"][0]))
        table = {name: values.reshape(-1, parts) for name, values in one.items()}
        weight = table["weight"][0].astype(np.int64)
        judged = table["assessed"].astype(np.float64) / weight
        yield Board(
            key=tuple(one[name][0] for name in BOARD),
            grids=table["grid_id"][:, 0].tolist(),
            groups=table["group_zh"][0].tolist(),
            metrics=table["metric_zh"][0].tolist(),
            weight=weight,
            share=table["share"].astype(np.float64),
            gained=np.nan_to_num(table["points"].astype(np.float64)) / weight,
            judged=judged,
            seen=1.0 - table["unseen"].astype(np.float64) / weight,
            span=table["span"][0].astype(np.float64),
            done=np.where(judged > 0, table["numerator"], 0).astype(np.int64),
            asked=np.where(judged > 0, table["denominator"], 0).astype(np.int64),
            undated=table["undated"].astype(np.int64),
            is_undated=table["is_undated"].astype(np.bool_),
            lines={name: float(one[name][0]) for name in _LINES},
        )


def grouped(board: Board) -> Grouped:
    """Parts of one group together, added up in the card's order."""
    names = list(dict.fromkeys(board.groups))
    of_part = np.array([names.index(group) for group in board.groups])
    seen = np.where(np.isnan(board.share), 0.0, board.seen)
    got = seen * np.nan_to_num(board.share)
    shares, weights, missed = [], [], []
    for number in range(len(names)):
        own = of_part == number
        shares.append(partly_judged(got[:, own], seen[:, own], board.weight[None, own])[0])
        weights.append(_added(board.weight[own] * seen[:, own]))
        missed.append((board.asked - board.done)[:, own].sum(axis=1))
    return Grouped(names, np.stack(shares, axis=1), np.stack(weights, axis=1), np.stack(missed, axis=1))


def _added(parts: Floats) -> Floats:
    """Sums of rows in one order, so that a rounding is the same wherever a grid stands."""
    total = np.zeros(parts.shape[0])
    for part in range(parts.shape[1]):
        total += parts[:, part]
    return total


def _whole(weights: Floats) -> Floats:
    """Weights that add up to a line are on it: a share of months leaves a hair."""
    rounded: Floats = np.round(weights, 9)
    return rounded
