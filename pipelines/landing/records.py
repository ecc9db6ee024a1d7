"""Rows of a large text file as Arrow instead of Python lists: a tenth of the memory, and what asks about every row
asks all of them at once. To everyone else they are a sequence of rows like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.landing.sheet import Row

BATCH_ROWS = 10_000
_CELLS = pa.list_(pa.large_string())
SCHEMA = pa.schema([("row_number", pa.int64()), ("cells", _CELLS)])


class Records(Sequence[Row]):
    """Rows in the order of their numbers, each with a value; `table` has row_number and cells, in batches."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self.table = pa.Table.from_batches(batches, SCHEMA)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return self._at([place])[0]
        start, stop, step = place.indices(len(self))
        if step != 1:
            found = self._at(sorted(range(start, stop, step)))
            return found if step > 0 else found[::-1]
        return list(_python(self.table.slice(start, max(stop - start, 0))))

    def __iter__(self) -> Iterator[Row]:
        return _python(self.table)

    def beginning(self, words: Iterable[str], pattern: str, start: int) -> list[Row]:
        """The rows from place `start` on whose first filled cell is one of `words` or matches the RE2 `pattern`."""
        wanted = pa.array(sorted(words), pa.large_string())
        places: list[int] = []
        base = 0
        for batch in self.table.to_batches():
            first = _first_filled(batch.column("cells"))
            hit = pc.or_(pc.is_in(first, wanted), pc.match_substring_regex(first, pattern))
            places += (np.flatnonzero(hit.to_numpy(zero_copy_only=False)) + base).tolist()
            base += len(batch)
        return self._at([place for place in places if place >= start])

    def filled_columns(self, without: Iterable[int]) -> set[int]:
        """Indices of the cells that are filled in any row; rows numbered in `without` do not count."""
        left_out = np.fromiter(without, np.int64)
        found: set[int] = set()
        for batch in self.table.to_batches():
            cells = batch.column("cells")
            counted = ~np.isin(batch.column("row_number").to_numpy(), left_out)
            width = widest(batch)
            if len(cells.flatten()) == width * len(batch):
                columns = np.flatnonzero(_lengths(cells).reshape(-1, width)[counted].any(axis=0))
            else:
                places, rows = _filled(cells)
                columns = np.unique((places - _offsets(cells)[rows])[counted[rows]])
            found |= set(columns.tolist())
        return found

    def kinds(self, others: Mapping[int, str]) -> pa.Array:
        """The kind of every row: as in `others` by row number, else body."""
        numbers = self.table["row_number"].to_numpy()
        names = ["body", *sorted(set(others.values()))]
        codes = np.zeros(len(numbers), np.int8)
        given = np.fromiter(others.keys(), np.int64)
        codes[np.searchsorted(numbers, given)] = [names.index(kind) for kind in others.values()]
        return pa.DictionaryArray.from_arrays(codes, names).cast(pa.string())

    def _at(self, places: Iterable[int]) -> list[Row]:
        """The rows at these places, which ascend; each taken from its batch, since of a table all would be copied."""
        wanted = np.fromiter(places, np.int64)
        found: list[Row] = []
        base = 0
        for batch in self.table.to_batches():
            here = wanted[(wanted >= base) & (wanted < base + len(batch))] - base
            if len(here):
                found += _rows(batch.take(pa.array(here)))
            base += len(batch)
        return found


def batch_of(rows: Sequence[Row]) -> pa.RecordBatch:
    """Python rows as one batch."""
    ends = list(accumulate((len(cells) for _, cells in rows), initial=0))
    texts = pa.array(list(chain.from_iterable(cells for _, cells in rows)), pa.large_string())
    cells = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), texts)
    return pa.record_batch([pa.array([number for number, _ in rows], pa.int64()), cells], schema=SCHEMA)


def batches_of(rows: Sequence[Row]) -> Iterator[pa.RecordBatch]:
    """Rows of any kind as batches."""
    if isinstance(rows, Records):
        yield from rows.table.to_batches()
        return
    for start in range(0, len(rows), BATCH_ROWS):
        yield batch_of(rows[start : start + BATCH_ROWS])


def filled_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows of a batch with any value."""
    cells = batch.column("cells")
    if _begins_filled(cells):
        return batch
    rows = np.unique(_filled(cells)[1])
    return batch if len(rows) == len(batch) else batch.take(pa.array(rows))


def widest(batch: pa.RecordBatch) -> int:
    """Most cells of a row of this batch."""
    return int(np.diff(_offsets(batch.column("cells"))).max(initial=0))


def _python(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        yield from _rows(batch)


def _rows(batch: pa.RecordBatch) -> Iterator[Row]:
    return zip(batch.column("row_number").to_pylist(), batch.column("cells").to_pylist(), strict=True)


def _offsets(cells: pa.ListArray) -> Any:
    """Where each row begins among its batch's cells; and behind the last, where it ends."""
    offsets = cells.offsets.to_numpy().astype(np.int64)
    return offsets - offsets[0]


def _lengths(cells: pa.ListArray) -> Any:
    """Bytes of each cell of a batch."""
    return pc.binary_length(cells.flatten()).to_numpy(zero_copy_only=False)


def _begins_filled(cells: pa.ListArray) -> bool:
    """Whether the first cell of every row is filled, as in nearly every ledger: the rest need not be asked then."""
    offsets = _offsets(cells)
    return bool(len(cells) and (np.diff(offsets) > 0).all() and _lengths(cells)[offsets[:-1]].all())


def _filled(cells: pa.ListArray) -> tuple[Any, Any]:
    """Places of the filled cells among a batch's cells, and the row of each."""
    places = np.flatnonzero(_lengths(cells))
    return places, np.searchsorted(_offsets(cells), places, side="right") - 1


def _first_filled(cells: pa.ListArray) -> pa.Array:
    if _begins_filled(cells):
        return cells.flatten().take(pa.array(_offsets(cells)[:-1]))
    places, rows = _filled(cells)
    return cells.flatten().take(pa.array(places[np.diff(rows, prepend=-1) > 0]))
