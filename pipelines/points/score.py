"""Scores: each grid's points against its level's card, the finding, and between which places it may stand.

Points come computed, one row a line of the card; here they are put together. Within a board (level, card, period) the
grids of one level stand side by side; nothing of a grid's score, but its rank, depends on the others.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.points.score_board import Board, Grouped, boards, grouped
from pipelines.points.score_finding import findings
from pipelines.statistics.composite import dirichlet_weights, partly_judged
from pipelines.statistics.inputs import Floats
from pipelines.statistics.intervals import plus_four_error
from pipelines.statistics.ranking import expected_ranks, with_chance


def compute(rows: pa.Table) -> pa.Table:
    """Lines of cards, one a grid, period and metric → one row a grid and period."""
    found: dict[str, list[Any]] = {name: [] for name, _ in _COLUMNS}
    for board in boards(rows):
        for name, values in _board_rows(board).items():
            found[name].extend(values)
    return pa.table({name: pa.array(found[name], kind) for name, kind in _COLUMNS})


_COLUMNS: tuple[tuple[str, pa.DataType], ...] = (
    ("grid_id", pa.string()), ("level", pa.int64()), ("version", pa.string()), ("period_kind", pa.string()),
    ("period", pa.string()), ("score", pa.float64()), ("geometric", pa.float64()), ("finding", pa.string()),
    ("finding_zh", pa.string()), ("assessable", pa.float64()), ("unseen", pa.float64()), ("counted", pa.int64()),
    ("missed", pa.int64()), ("compared", pa.int64()), ("rank_low", pa.int64()), ("rank_high", pa.int64()),
)  # fmt: skip


def _board_rows(board: Board) -> dict[str, list[Any]]:
    level, version, kind, period = board.key
    groups = grouped(board)
    score = 100.0 * partly_judged(board.gained, board.judged, board.weight[None, :])[0]
    geometric = np.fmin(100.0 * _geometric(groups), score)
    assessable = board.assessable
    missed = board.asked - board.done
    found = findings(board, groups, score, assessable)
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
        "finding": [finding for finding, _ in found],
        "finding_zh": [text for _, text in found],
        "assessable": assessable.tolist(),
        "unseen": board.unseen.tolist(),
        "counted": board.asked.sum(axis=1).tolist(),
        "missed": missed.sum(axis=1).tolist(),
        "compared": [compared] * many,
        "rank_low": low,
        "rank_high": high,
    }


def _geometric(groups: Grouped) -> Floats:
    """Mean of groups, each as heavy as what of it was assessed: 0 as soon as one is."""
    held = groups.weight > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(held, np.log(np.where(held, groups.share, 1.0)) * groups.weight, 0.0)
        mean: Floats = np.exp(logs.sum(axis=1) / groups.weight.sum(axis=1))
    return mean


def _ranks(board: Board, assessable: Floats) -> tuple[list[int | None], list[int | None], int]:
    """Places between which each grid stands, and among how many: of those that have a finding and duties enough,
    and no line of whose duties too many lack a date."""
    lines = board.lines
    enough = board.asked.sum(axis=1) >= lines["ranked_from"]
    ranked = (assessable >= lines["assessable_at_least"]) & enough & ~board.is_undated.any(axis=1)
    low: list[int | None] = [None] * len(board.grids)
    high = low.copy()
    compared = int(ranked.sum())
    if compared < 2:
        return low, high, compared
    seed = int(lines["seed"])
    weights = _drawn(tuple(board.weight.tolist()), lines["agreement"], int(lines["draws"]), seed)
    drawn = 100.0 * partly_judged(board.gained[ranked], board.judged[ranked], weights)
    # Another seed: the numbers that set the weights must not move the scores as well.
    blurred = np.clip(with_chance(drawn, _error(board, assessable)[ranked], seed + 1), 0.0, 100.0)
    ranks = expected_ranks(blurred)
    for unit, first, last in zip(np.flatnonzero(ranked).tolist(), ranks.low, ranks.high, strict=True):
        low[unit], high[unit] = int(first), int(last)
    return low, high, compared


@lru_cache(maxsize=16)
def _drawn(weights: tuple[int, ...], agreement: float, draws: int, seed: int) -> Floats:
    """One card's weights as others might have set them: the same for every period."""
    return dirichlet_weights(weights, agreement, draws, seed)


def _error(board: Board, assessable: Floats) -> Floats:
    """By how much chance alone moves each score: that of every rate, carried through the line from floor to goal."""
    rate = plus_four_error(board.done, board.asked) / board.span
    weighed = board.weight * board.judged * rate
    total = np.zeros(len(board.grids))
    for part in range(weighed.shape[1]):
        total += weighed[:, part] ** 2
    error: Floats = 100.0 * np.sqrt(total) / np.maximum(assessable, 1)
    return error


def _known(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
