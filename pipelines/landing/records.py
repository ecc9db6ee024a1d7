"""Rows of a sheet as Arrow instead of Python lists: a tenth of the memory, and what asks about every row
asks all of them at once. To everyone else they are a sequence of rows like any other.

They stand column by column, as a ledger's cells are alike: `row_number`, then `c1`, `c2` … A row that ends before the
widest of its batch has NULL in the cells it does not have; an empty cell is an empty text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.landing.sheet import Row

BATCH_ROWS = 10_000
CELL = pa.string()
# How many times the room of its cells a batch may take, and what is little anyway.
_SPARE = 4
_SMALL = 10_000
# Rows of a large file are allocated once and kept: the machine's own allocator touches the least memory for that.
pa.set_memory_pool(pa.system_memory_pool())


class Records(Sequence[Row]):
    """Rows in the order of their numbers, each with a value; in batches, each as wide as its widest row."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self.batches = [batch for batch in batches if len(batch)]
        self.width = max((width_of(batch) for batch in self.batches), default=0)

    @cached_property
    def table(self) -> pa.Table:
        """All batches, equally wide."""
        return pa.Table.from_batches([_widened(batch, self.width) for batch in self.batches], schema_of(self.width))

    def __len__(self) -> int:
        return sum(map(len, self.batches))

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return self._at([range(len(self))[place]])[0]
        places = range(len(self))[place]
        return self._at(places) if places.step > 0 else self._at(places[::-1])[::-1]

    def __iter__(self) -> Iterator[Row]:
        for batch in self.batches:
            yield from _rows(batch)

    def beginning(self, words: Iterable[str], pattern: str, start: int) -> list[Row]:
        """The rows from place `start` on whose first filled cell is one of `words` or matches the RE2 `pattern`."""
        wanted = pa.array(sorted(words), CELL)
        places: list[int] = []
        base = 0
        for batch in self.batches:
            first = _first_filled(batch)
            hit = pc.or_(pc.is_in(first, wanted), pc.match_substring_regex(first, pattern))
            places += (np.flatnonzero(hit.to_numpy(zero_copy_only=False)) + base).tolist()
            base += len(batch)
        return self._at([place for place in places if place >= start])

    def filled_columns(self, without: Iterable[int]) -> set[int]:
        """Indices of the cells that are filled in any row; rows numbered in `without` do not count."""
        left_out = np.fromiter(without, np.int64)
        found: set[int] = set()
        for batch in self.batches:
            counted = ~np.isin(batch.column(0).to_numpy(), left_out)
            cells = enumerate(batch.columns[1:])
            found |= {index for index, column in cells if index not in found and (_is_filled(column) & counted).any()}
        return found

    def kinds(self, others: Mapping[int, str]) -> pa.Array:
        """The kind of every row: as in `others` by row number, else body."""
        numbers = np.concatenate([np.empty(0, np.int64), *(batch.column(0).to_numpy() for batch in self.batches)])
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
        for batch in self.batches:
            here = wanted[(wanted >= base) & (wanted < base + len(batch))] - base
            if len(here):
                found += _rows(batch.take(pa.array(here)))
            base += len(batch)
        return found


def cell_name(index: int) -> str:
    """What the column of the cells at an index, which counts from 0, is called."""
    return f"c{index + 1}"


def column_names(width: int) -> list[str]:
    """What the cells of a row are called, from the first."""
    return [cell_name(index) for index in range(width)]


def schema_of(width: int) -> pa.Schema:
    """The columns of rows of at most `width` cells."""
    return pa.schema([("row_number", pa.int64()), *((name, CELL) for name in column_names(width))])


def batch_of(rows: Sequence[Row]) -> pa.RecordBatch:
    """Python rows as one batch."""
    columns = [pa.array(column, CELL) for column in zip_longest(*(cells for _, cells in rows))]
    numbers = pa.array([number for number, _ in rows], pa.int64())
    return pa.record_batch([numbers, *columns], schema=schema_of(len(columns)))


def batches_of(rows: Sequence[Row]) -> Iterator[pa.RecordBatch]:
    """Python rows as batches of rows about as wide as each other."""
    widths = np.fromiter((len(cells) for _, cells in rows), np.int64, len(rows))
    for start, stop in _alike(widths):
        yield batch_of(rows[start:stop])


def records_of(rows: Sequence[Row]) -> Records:
    """Rows of any kind as such."""
    if isinstance(rows, Records):
        return rows
    starts = range(0, len(rows), BATCH_ROWS)
    return Records(chain.from_iterable(batches_of(rows[start : start + BATCH_ROWS]) for start in starts))


def merged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches of one stretch of rows in the order of their numbers, as few as rows of much other width allow."""
    parts = [batch for batch in batches if len(batch)]
    if len(parts) < 2:
        yield from parts
        return
    numbers = np.concatenate([part.column(0).to_numpy() for part in parts])
    widths = np.concatenate([_widths(part) for part in parts])
    order = np.argsort(numbers)
    for start, stop in _alike(widths[order]):
        last = numbers[order[stop - 1]]
        within = [_between(part, numbers[order[start]], last) for part in parts]
        yield from Records(within).table.sort_by("row_number").combine_chunks().to_batches()


def _alike(widths: np.ndarray[Any, np.dtype[np.int64]]) -> Iterator[tuple[int, int]]:
    """Stretches of rows that take, each as wide as its widest row, not much more room than their cells do: one row of
    hundreds of cells would else make ten thousand others as wide."""
    if len(widths) * int(widths.max(initial=0)) <= _SPARE * int(widths.sum()) + _SMALL:
        yield 0, len(widths)
        return
    start = widest = cells = 0
    for place, width in enumerate(widths.tolist()):
        widest, cells = max(widest, width), cells + width
        if (place + 1 - start) * widest > _SPARE * cells + _SMALL:
            yield start, place
            start, widest, cells = place, width, width
    yield start, len(widths)


def _widths(batch: pa.RecordBatch) -> np.ndarray[Any, np.dtype[np.int64]]:
    """How many cells each row has."""
    if not batch.columns[-1].null_count:
        return np.full(len(batch), width_of(batch))
    present = [column.is_valid().to_numpy(zero_copy_only=False) for column in batch.columns[1:]]
    return np.asarray(np.sum(present, axis=0), np.int64)


def _between(batch: pa.RecordBatch, first: int, last: int) -> pa.RecordBatch:
    """The rows numbered from first to last, no wider than the widest of them."""
    start, stop = np.searchsorted(batch.column(0).to_numpy(), [first, last + 1]).tolist()
    return _narrowed(batch.slice(start, stop - start))


def filled_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows of a batch with any value; no wider than the widest of them."""
    is_filled = np.zeros(len(batch), bool)
    for column in batch.columns[1:]:
        is_filled |= _is_filled(column)
        if is_filled.all():
            return batch
    return _narrowed(batch.filter(pa.array(is_filled)))


def _narrowed(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Without the columns behind its widest row."""
    width = batch.num_columns
    while width > 1 and batch.columns[width - 1].null_count == len(batch):
        width -= 1
    return batch.select(range(width))


def width_of(batch: pa.RecordBatch) -> int:
    """Most cells of a row of this batch."""
    return int(batch.num_columns) - 1


def _widened(batch: pa.RecordBatch, width: int) -> pa.RecordBatch:
    """The same batch with cells that no row has; they share their emptiness."""
    lacking = [pa.nulls(len(batch), CELL)] * (width - width_of(batch))
    return pa.record_batch([*batch.columns, *lacking], schema=schema_of(width))


def _rows(batch: pa.RecordBatch) -> Iterator[Row]:
    numbers, *columns = (column.to_pylist() for column in batch.columns)
    if not columns or batch.columns[-1].null_count:
        for number, *cells in zip(numbers, *columns, strict=True):
            yield number, cells[: cells.index(None)] if None in cells else cells
    else:  # no row ends before the widest
        yield from zip(numbers, map(list, zip(*columns, strict=True)), strict=True)


def _is_filled(column: pa.Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Of each cell whether there is a text in it."""
    lengths = pc.binary_length(column)
    return np.asarray((pc.fill_null(lengths, 0) if column.null_count else lengths).to_numpy(zero_copy_only=False) > 0)


def _first_filled(batch: pa.RecordBatch) -> pa.Array:
    """The first text of each row; most rows have theirs in the first cell."""
    first = batch.column(1)
    for column in batch.columns[2:]:
        is_filled = _is_filled(first)
        if is_filled.all():
            break
        first = pc.if_else(pa.array(is_filled), first, column)
    return first
