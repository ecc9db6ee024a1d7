"""The grids of one level in one period side by side, as arrays: what `points.score` puts together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.statistics.composite import composite
from pipelines.statistics.inputs import Floats

BOARD = ("level", "version", "period_kind", "period")
_LINES = (
    "assessable_at_least", "attained_at_least", "failed_below", "failed_misses", "undated_at_most", "unseen_at_most",
    "ranked_from",
    "agreement", "draws", "seed",
)  # fmt: skip
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Board:
    """The grids of one level in one period: arrays of shape (grids, parts), parts in the card's order; what a part is
    stands once. share: points of the weight, nan where not assessed. span: from floor to goal.
    unseen: the weight of what is not measurable, one a grid."""

    key: tuple[Any, ...]
    grids: Sequence[str]
    groups: Sequence[str]
    metrics: Sequence[str]
    weight: Ints
    share: Floats
    span: Floats
    done: Ints
    asked: Ints
    undated: Ints
    unseen: Ints
    lines: dict[str, float]

    @property
    def assessed(self) -> Bools:
        """Which parts have points at all."""
        return ~np.isnan(self.share)


@dataclass(frozen=True, eq=False)
class Grouped:
    """The parts of each group together, in the card's order: share of their points, nan where none was assessed."""

    names: Sequence[str]
    share: Floats
    missed: Ints
    of_part: Ints


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
        yield Board(
            key=tuple(one[name][0] for name in BOARD),
            grids=table["grid_id"][:, 0].tolist(),
            groups=table["group_zh"][0].tolist(),
            metrics=table["metric_zh"][0].tolist(),
            weight=weight,
            share=table["points"].astype(np.float64) / weight,
            span=table["span"][0].astype(np.float64),
            done=table["numerator"].astype(np.int64),
            asked=table["denominator"].astype(np.int64),
            undated=table["undated"].astype(np.int64),
            unseen=table["unseen"].astype(np.int64).sum(axis=1),
            lines={name: float(one[name][0]) for name in _LINES},
        )


def grouped(board: Board) -> Grouped:
    """Parts of one group together, added up in the card's order."""
    names = list(dict.fromkeys(board.groups))
    of_part = np.array([names.index(group) for group in board.groups])
    shares, missed = [], []
    for number in range(len(names)):
        own = of_part == number
        shares.append(composite(board.share[:, own], board.weight[own]).arithmetic)
        missed.append((board.asked - board.done)[:, own].sum(axis=1))
    return Grouped(names, np.stack(shares, axis=1), np.stack(missed, axis=1), of_part)
