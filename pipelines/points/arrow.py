"""Columns of the engine as arrays of the statistics, and back: nan is what has no value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.statistics.inputs import Floats, Ints


def runs(rows: pa.Table, key: Sequence[str]) -> Ints:
    """A number from 0 for each run of rows that agree in `key`; rows are sorted by it."""
    new = np.zeros(rows.num_rows, dtype=bool)
    for name in key:
        column = rows[name].combine_chunks()
        new[1:] |= pc.not_equal(column[1:], column[:-1]).to_numpy(zero_copy_only=False)
    return np.cumsum(new)


def floats(rows: pa.Table, name: str) -> Floats:
    """A column of numbers, nan where it is NULL."""
    found: Floats = rows[name].cast(pa.float64()).to_numpy()
    return found


def with_columns(rows: pa.Table, **columns: NDArray[Any] | pa.Array) -> pa.Table:
    """The rows with these columns behind theirs; nan becomes NULL."""
    for name, values in columns.items():
        rows = rows.append_column(name, pa.array(values, from_pandas=True))
    return rows


def worded(codes: Ints, words: Sequence[str | None]) -> pa.Array:
    """The word of each code; None has none."""
    return pa.array(words, pa.string()).take(pa.array(codes))
