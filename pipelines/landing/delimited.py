"""CSV files as a sheet of text: UTF-8, UTF-16 with its mark or GB18030; comma, semicolon or tab.

Whatever the encoding, the rows are read from one form, `Normal`: UTF-8 without mark, line feeds only, no control
characters. From there they become Arrow in batches; the cells are those the csv module would give.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as csv_reader

from pipelines.landing import container
from pipelines.landing.records import BATCH_ROWS, Records, batches_of, column_names, filled_rows, merged, schema_of
from pipelines.landing.sheet import Row, Sheet, Unreadable
from pipelines.settings import Limits

SHEET_NAME = "csv"
DELIMITERS = (",", ";", "\t")
_END = "\x00end"
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_ROWS = 200
_PIECE_BYTES = 1 << 20
_THREADS = 2


@dataclass(frozen=True)
class Normal:
    """A text file in one form. data: UTF-8, LF, no control characters. delimiter: one of DELIMITERS."""

    data: bytes
    delimiter: str


def read_delimited(path: Path, limits: Limits) -> list[Sheet]:
    """The file as one sheet; rows are numbered as Excel and WPS number them: an empty line is a row, a line break
    within quotes begins none.

    Raises Unreadable, and nothing else, for whatever stands in the way of reading it.
    """
    try:
        container.check_file(path, limits)
        normal = normalise(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"无法读取文件（{error.strerror}）", "请检查文件权限与磁盘后重新运行") from error
    return [Sheet(SHEET_NAME, False, _rows(normal, limits))]


def normalise(data: bytes) -> Normal:
    """Bytes as received in the one form. Raises Unreadable where they are no text in a known encoding."""
    utf8 = _as_utf8(data)
    breaks_in_pairs = utf8.count(b"\r") == utf8.count(b"\r\n")
    utf8 = utf8.translate(None, _CONTROLS + b"\r" if breaks_in_pairs else _CONTROLS)
    if not breaks_in_pairs:
        utf8 = utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if _C1.search(utf8):
        utf8 = _C1.sub(b"", utf8)
    return Normal(utf8, _delimiter(utf8))


def _as_utf8(data: bytes) -> bytes:
    mend = "请用 Excel 或 WPS “另存为”“CSV UTF-8（逗号分隔）”，或直接报送 .xlsx"
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16").encode()
        if data.count(b"\x00") * 10 > len(data):
            raise Unreadable("文件不是文本（含大量空字节）", mend)
        return _checked_utf8(data.removeprefix(codecs.BOM_UTF8))
    except UnicodeError as error:
        raise Unreadable(f"文字编码无法识别：既非 UTF-8 也非 GB18030（{_place(data, error)}）", mend) from error


def _checked_utf8(data: bytes) -> bytes:
    """Strict UTF-8 is hardly ever GB18030 by chance; the other way round is common. So UTF-8 goes first."""
    if _is_utf8(data):
        return data
    try:
        for _ in _decoded(data, "utf-8"):
            pass
    except UnicodeDecodeError as error:
        try:
            return b"".join(text.encode() for text in _decoded(data, "gb18030"))
        except UnicodeDecodeError as other:
            raise max(error, other, key=lambda failure: failure.start) from None
    return data


def _is_utf8(data: bytes) -> bool:
    """Without making a text of it, which takes several times as long."""
    ends = pa.py_buffer(np.array([0, len(data)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decoded(data: bytes, encoding: str) -> Iterator[str]:
    """The text piece by piece, so that a large file does not stand in memory once more, and wider.

    Raises UnicodeDecodeError with its place in `data`.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), _PIECE_BYTES):
        pending = len(decoder.getstate()[0])
        try:
            yield decoder.decode(data[start : start + _PIECE_BYTES], final=start + _PIECE_BYTES >= len(data))
        except UnicodeDecodeError as error:
            error.start += start - pending
            raise


def _place(data: bytes, error: UnicodeError) -> str:
    start = getattr(error, "start", 0)
    lines_before = data.count(b"\n", 0, start)
    return f"第 {lines_before + 1} 行附近"


def _delimiter(utf8: bytes) -> str:
    """The delimiter under which the most rows have the same width and that begins earliest, with the header.

    A wrong delimiter lives in the cells only (`张三;李四`): the header, above them, has none of it.
    """
    sample = utf8[:_SAMPLE_BYTES].decode("utf-8", "ignore")
    evidence: dict[str, tuple[int, int, int]] = {}
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline="\n"), delimiter=delimiter)
        with _field_limit(len(sample) + 1):
            widths = [len(record) for record in islice(reader, _SAMPLE_ROWS) if any(record)]
        counted = Counter(width for width in widths if width > 1)
        if counted:
            rows, width = max((rows, width) for width, rows in counted.items())
            evidence[delimiter] = (rows, _first_run(widths, width), width)
    if not evidence:
        return ","
    most = max(rows for rows, _, _ in evidence.values())
    likely = {delimiter: seen for delimiter, seen in evidence.items() if seen[0] * 2 >= most}
    return min(likely, key=lambda delimiter: (likely[delimiter][1], -likely[delimiter][0] * (likely[delimiter][2] - 1)))


def _first_run(widths: list[int], width: int) -> int:
    """Where two rows of this width first follow each other; else where the first one stands."""
    runs = (place for place in range(len(widths) - 1) if widths[place] == widths[place + 1] == width)
    return next(runs, widths.index(width))


def _rows(normal: Normal, limits: Limits) -> Records:
    """Non-empty rows, read in batches. Raises Unreadable for an open quote and for what exceeds the limits."""
    lines = _Lines(normal, limits)
    stretches = (lines.stretch(start, start + BATCH_ROWS) for start in range(0, lines.count, BATCH_ROWS))
    with _field_limit(limits.cell_length), ThreadPoolExecutor(_THREADS) as threads:
        records = Records(chain.from_iterable(threads.map(lines.batches, stretches)))
    if len(records) > limits.rows:
        raise container.too_many_rows(len(records), limits)
    return records


@dataclass(frozen=True)
class _Stretch:
    """Lines that follow each other. start: the first. is_plain: of each, whether it is a record by itself. numbers:
    of each, the row that it is or belongs to. quoted: the records that the csv module read."""

    start: int
    is_plain: np.ndarray[Any, np.dtype[np.bool_]]
    numbers: np.ndarray[Any, np.dtype[np.int64]]
    quoted: Sequence[pa.RecordBatch]


class _Lines:
    """The lines of a text and the records they make.

    A line without quotes, begun outside of any, is a record by itself: its cells stand between the delimiters, and so
    a whole batch is cut at once. A line with a quote, and the lines it draws in, go through the csv module. So does a
    line long enough to hold a cell beyond the limit, which the csv module then finds.
    """

    def __init__(self, normal: Normal, limits: Limits) -> None:
        self._data, self._delimiter, self._limits = normal.data, normal.delimiter, limits
        ends = _places(normal.data, "\n") + 1
        if not normal.data.endswith(b"\n") and normal.data:
            ends = np.append(ends, len(normal.data))
        self._starts = np.concatenate([[0], ends])
        self.count = len(ends)
        quoted = np.searchsorted(ends, _places(normal.data, '"'), side="right")
        long = np.flatnonzero(np.diff(self._starts) > limits.cell_length)
        self._special = np.unique(np.concatenate([quoted, long]))
        self._reader = csv.reader(iter(self._next_line, None), delimiter=normal.delimiter)
        self._read_to = 0
        self._drawn_in = 0

    def stretch(self, start: int, stop: int) -> _Stretch:
        """The lines from start to stop, those with quotes read. To be asked for in order, each line once."""
        stop = min(stop, self.count)
        records: list[Row] = []
        is_plain = np.ones(stop - start, bool)
        numbers = np.arange(start, stop) + 1 - self._drawn_in
        is_plain[: max(self._read_to - start, 0)] = False
        first, last = np.searchsorted(self._special, (start, stop))
        for line in self._special[first:last].tolist():
            if line >= self._read_to:
                before = self._drawn_in
                records.append((line + 1 - before, self._record(line, line + 1 - before)))
                is_plain[line - start : self._read_to - start] = False
                numbers[line + 1 - start :] -= self._drawn_in - before
        return _Stretch(start, is_plain, numbers, list(batches_of(records)))

    def batches(self, stretch: _Stretch) -> list[pa.RecordBatch]:
        """The records that begin in a stretch, without the empty ones. Any number of stretches may be cut at once."""
        return [filled_rows(batch) for batch in merged([*self._plain(stretch), *stretch.quoted])]

    def _record(self, line: int, number: int) -> list[str]:
        """The record that begins in a line, read by the csv module; a mark behind the last line shows an open quote."""
        text = self._data[self._starts[line] : self._starts[line + 1]]
        if b'"' not in text and self._is_too_wide(text.decode()):
            self._read_to = line + 1
            return []
        self._read_to = line
        try:
            cells = [cell.strip() for cell in next(self._reader)]
        except csv.Error as error:
            raise container.too_long(number, self._limits) from error
        if self._read_to > self.count:
            raise Unreadable(f"第 {number} 行开始的引号没有配对，其后的行无法分清", "请删去或补齐该行多余的英文引号")
        self._drawn_in += self._read_to - line - 1
        if not any(cells):
            return []
        if len(cells) > self._limits.columns:
            raise container.too_many_columns(len(cells), self._limits)
        return cells

    def _is_too_wide(self, line: str) -> bool:
        """Whether a line without quotes has more cells than may be, all empty. Raises Unreadable where one is filled:
        asked before its cells are made, since a line of millions of delimiters is small."""
        width = line.count(self._delimiter) + 1
        if width <= self._limits.columns:
            return False
        if line.replace(self._delimiter, "").strip():
            raise container.too_many_columns(width, self._limits)
        return True

    def _next_line(self) -> str | None:
        line = self._read_to
        self._read_to += 1
        if line < self.count:
            return self._data[self._starts[line] : self._starts[line + 1]].decode()
        return _END if line == self.count else None

    def _plain(self, stretch: _Stretch) -> Iterator[pa.RecordBatch]:
        """The lines that are plain, cut at the delimiters: those of the usual width, then the others."""
        is_plain = stretch.is_plain
        edges = np.flatnonzero(np.diff(is_plain, prepend=False, append=False)).reshape(-1, 2) + stretch.start
        text = b"".join(self._data[self._starts[a] : self._starts[b]] for a, b in edges)
        if not text:
            return
        numbers = stretch.numbers[is_plain]
        others: list[tuple[int, str]] = []

        def is_other(row: csv_reader.InvalidRow) -> str:
            others.append((row.number - 1, row.text))
            return "skip"

        width = self._usual_width(text)
        if text.startswith(codecs.BOM_UTF8):  # a mark within the file is a character; the reader takes one away
            text = codecs.BOM_UTF8 + text
        usual = csv_reader.read_csv(
            pa.BufferReader(text),
            csv_reader.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=column_names(width)),
            csv_reader.ParseOptions(
                delimiter=self._delimiter, quote_char=False, ignore_empty_lines=False, invalid_row_handler=is_other
            ),
            csv_reader.ConvertOptions(column_types=schema_of(width), strings_can_be_null=False, check_utf8=False),
        )
        kept = np.delete(numbers, [place for place, _ in others])
        cells = [pc.utf8_trim_whitespace(column.combine_chunks()) for column in usual.columns]
        yield pa.record_batch([pa.array(kept), *cells], schema=schema_of(width))
        yield from batches_of([(int(numbers[place]), self._cells(line)) for place, line in others])

    def _cells(self, line: str) -> list[str]:
        """The cells of a line without quotes."""
        return [] if self._is_too_wide(line) else [cell.strip() for cell in line.split(self._delimiter)]

    def _usual_width(self, text: bytes) -> int:
        """How many cells most lines of a text have, as a few of them show."""
        lines = text[:_SAMPLE_BYTES].split(b"\n", _SAMPLE_ROWS)
        counted = Counter(line.count(self._delimiter.encode()) + 1 for line in lines[:-1] or lines if line)
        return min(max(counted, key=counted.__getitem__, default=1), self._limits.columns)


def _places(data: bytes, mark: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Where a character of one byte stands, asked piece by piece: what is compared then stays near the processor."""
    octets = np.frombuffer(data, np.uint8)
    starts = range(0, len(octets), _PIECE_BYTES)
    found = [np.flatnonzero(octets[start : start + _PIECE_BYTES] == ord(mark)) + start for start in starts]
    return np.concatenate([np.empty(0, np.int64), *found])


@contextmanager
def _field_limit(characters: int) -> Iterator[None]:
    """The csv module keeps one limit for the process; it is put back."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)
