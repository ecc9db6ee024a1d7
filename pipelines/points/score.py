"""Scores: each grid's points against its level's card, the finding, and between which places it may stand.

Points come computed, one row a line of the card; here they are put together. Within a board (level, card, period) the
grids of one level stand side by side; nothing of a grid's score, but its rank, depends on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.statistics.composite import composite, composite_draws, dirichlet_weights
from pipelines.statistics.inputs import Floats
from pipelines.statistics.intervals import plus_four_error
from pipelines.statistics.ranking import expected_ranks, with_chance

_BOARD = ("level", "version", "period_kind", "period")
_LINES = (
    "assessable_at_least", "attained_at_least", "failed_below", "failed_misses", "undated_at_most", "ranked_from",
    "agreement", "draws", "seed",
)  # fmt: skip
# A rate on its line is not below it for a rounding.
_HAIR = 1e-9
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Board:
    """The grids of one level in one period: arrays of shape (grids, parts), parts in the card's order; what a part is
    stands once. share: points of the weight, nan where not assessed. span: from floor to goal."""

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


def compute(rows: pa.Table) -> pa.Table:
    """Lines of cards, one a grid, period and metric → one row a grid and period."""
    found: dict[str, list[Any]] = {name: [] for name, _ in _COLUMNS}
    for board in _boards(rows):
        for name, values in _board_rows(board).items():
            found[name].extend(values)
    return pa.table({name: pa.array(found[name], kind) for name, kind in _COLUMNS})


_COLUMNS: tuple[tuple[str, pa.DataType], ...] = (
    ("grid_id", pa.string()), ("level", pa.int64()), ("version", pa.string()), ("period_kind", pa.string()),
    ("period", pa.string()), ("score", pa.float64()), ("geometric", pa.float64()), ("finding", pa.string()),
    ("finding_zh", pa.string()), ("assessable", pa.int64()), ("counted", pa.int64()), ("missed", pa.int64()),
    ("compared", pa.int64()), ("rank_low", pa.int64()), ("rank_high", pa.int64()),
)  # fmt: skip


def _boards(rows: pa.Table) -> Iterator[Board]:
    """In order of key, grid and place, whatever the order of the rows."""
    ordered = rows.sort_by([(name, "ascending") for name in (*_BOARD, "grid_id", "place")])
    columns: dict[str, Any] = {name: ordered[name].to_numpy() for name in ordered.column_names}
    codes = [np.unique(columns[name].astype(str), return_inverse=True)[1] for name in _BOARD]
    changes = np.any([np.diff(code) != 0 for code in codes], axis=0)
    starts = [0, *(np.flatnonzero(changes) + 1), ordered.num_rows] if ordered.num_rows else []
    for first, last in pairwise(starts):
        one = {name: values[first:last] for name, values in columns.items()}
        parts = int(np.count_nonzero(one["grid_id"] == one["grid_id"][0]))
        table = {name: values.reshape(-1, parts) for name, values in one.items()}
        weight = table["weight"][0].astype(np.int64)
        yield Board(
            key=tuple(one[name][0] for name in _BOARD),
            grids=table["grid_id"][:, 0].tolist(),
            groups=table["group_zh"][0].tolist(),
            metrics=table["metric_zh"][0].tolist(),
            weight=weight,
            share=table["points"].astype(np.float64) / weight,
            span=table["span"][0].astype(np.float64),
            done=table["numerator"].astype(np.int64),
            asked=table["denominator"].astype(np.int64),
            undated=table["undated"].astype(np.int64),
            lines={name: float(one[name][0]) for name in _LINES},
        )


def _board_rows(board: Board) -> dict[str, list[Any]]:
    level, version, kind, period = board.key
    groups = _grouped(board)
    whole = composite(board.share, board.weight)
    score = 100.0 * whole.arithmetic
    # Each part stands for its group: a mean of groups, each as heavy as what of it was assessed.
    spread = composite(np.where(board.assessed, groups.share[:, groups.of_part], np.nan), board.weight)
    geometric = np.minimum(100.0 * spread.geometric, score)
    assessable = np.where(board.assessed, board.weight, 0).sum(axis=1)
    missed = board.asked - board.done
    findings = _findings(board, groups, score, assessable)
    low, high, compared = _ranks(board, assessable)
    many = len(board.grids)
    return {
        "grid_id": list(board.grids),
        "level": [int(level)] * many,
        "version": [version] * many,
        "period_kind": [kind] * many,
        "period": [period] * many,
        "score": _known(score),
        "geometric": _known(geometric),
        "finding": [finding for finding, _ in findings],
        "finding_zh": [text for _, text in findings],
        "assessable": assessable.tolist(),
        "counted": board.asked.sum(axis=1).tolist(),
        "missed": missed.sum(axis=1).tolist(),
        "compared": [compared] * many,
        "rank_low": low,
        "rank_high": high,
    }


def _grouped(board: Board) -> Grouped:
    names = list(dict.fromkeys(board.groups))
    of_part = np.array([names.index(group) for group in board.groups])
    shares, missed = [], []
    for number in range(len(names)):
        own = of_part == number
        shares.append(composite(board.share[:, own], board.weight[own]).arithmetic)
        missed.append((board.asked - board.done)[:, own].sum(axis=1))
    return Grouped(names, np.stack(shares, axis=1), np.stack(missed, axis=1), of_part)


def _findings(board: Board, groups: Grouped, score: Floats, assessable: Ints) -> list[tuple[str, str]]:
    """attained, watch, failed or insufficient, and because of what."""
    lines = board.lines
    enough = lines["failed_misses"]
    poor_group = (groups.share < lines["failed_below"] - _HAIR) & (groups.missed >= enough)
    poor_whole = (score < 100 * lines["failed_below"] - _HAIR) & (groups.missed.sum(axis=1) >= enough)
    short_group = groups.share < lines["attained_at_least"] - _HAIR
    short_part = board.share < lines["failed_below"] - _HAIR
    undated = board.undated > lines["undated_at_most"] * (board.asked + board.undated) + _HAIR
    found = []
    for unit in range(len(board.grids)):
        if assessable[unit] < lines["assessable_at_least"]:
            told = f"可评分值 {assessable[unit]}，不到 {lines['assessable_at_least']:.0f}，不作结论"
            found.append(("insufficient", told))
        elif poor_group[unit].any() or poor_whole[unit]:
            whole = [f"总分 {score[unit]:.1f}"] if poor_whole[unit] else []
            found.append(("failed", "；".join([*whole, *_group_told(groups, unit, poor_group[unit])])))
        elif short_group[unit].any() or short_part[unit].any() or undated[unit].any():
            parts = [
                f"{board.metrics[part]} {board.done[unit, part]}/{board.asked[unit, part]}"
                for part in np.flatnonzero(short_part[unit]).tolist()
            ]
            dateless = [
                f"{board.metrics[part]}未定时限或时间矛盾 {board.undated[unit, part]} 件"
                for part in np.flatnonzero(undated[unit]).tolist()
            ]
            found.append(("watch", "；".join([*_group_told(groups, unit, short_group[unit]), *parts, *dateless])))
        else:
            found.append(("attained", "评到的各组、各项都达到目标线"))
    return found


def _group_told(groups: Grouped, unit: int, which: Bools) -> list[str]:
    return [
        f"{groups.names[number]}得分率 {100 * groups.share[unit, number]:.0f}%，未按期 {groups.missed[unit, number]} 件"
        for number in np.flatnonzero(which).tolist()
    ]


def _ranks(board: Board, assessable: Ints) -> tuple[list[int | None], list[int | None], int]:
    """Places between which each grid stands, and among how many: of those that have a finding and duties enough."""
    lines = board.lines
    ranked = (assessable >= lines["assessable_at_least"]) & (board.asked.sum(axis=1) >= lines["ranked_from"])
    low: list[int | None] = [None] * len(board.grids)
    high = low.copy()
    compared = int(ranked.sum())
    if compared < 2:
        return low, high, compared
    seed = int(lines["seed"])
    weights = _drawn(tuple(board.weight.tolist()), lines["agreement"], int(lines["draws"]), seed)
    drawn = 100.0 * composite_draws(board.share[ranked], weights)
    blurred = np.clip(with_chance(drawn, _error(board, assessable)[ranked], seed), 0.0, 100.0)
    ranks = expected_ranks(blurred)
    for unit, first, last in zip(np.flatnonzero(ranked).tolist(), ranks.low, ranks.high, strict=True):
        low[unit], high[unit] = int(first), int(last)
    return low, high, compared


@lru_cache(maxsize=16)
def _drawn(weights: tuple[int, ...], agreement: float, draws: int, seed: int) -> Floats:
    """One card's weights as others might have set them: the same for every period."""
    return dirichlet_weights(weights, agreement, draws, seed)


def _error(board: Board, assessable: Ints) -> Floats:
    """By how much chance alone moves each score: that of every rate, carried through the line from floor to goal."""
    rate = plus_four_error(board.done, board.asked) / board.span
    weighed = np.where(board.assessed, board.weight * rate, 0.0)
    total = np.zeros(len(board.grids))
    for part in range(weighed.shape[1]):
        total += weighed[:, part] ** 2
    error: Floats = 100.0 * np.sqrt(total) / np.maximum(assessable, 1)
    return error


def _known(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
