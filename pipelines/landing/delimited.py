"""CSV files as a sheet of text: UTF-8, UTF-16 with its mark or GB18030; comma, semicolon or tab.

Whatever the encoding, the rows are read from one form, `Normal`: UTF-8 without mark, line feeds only, no control
characters. A native reader can take the same bytes and delimiter and must yield the same cells.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from pipelines.landing import container
from pipelines.landing.sheet import Row, Sheet, Unreadable
from pipelines.settings import Limits

SHEET_NAME = "csv"
DELIMITERS = (",", ";", "\t")
_END = "\x00end"
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_ROWS = 200


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
    utf8 = _as_utf8(data).translate(None, _CONTROLS)
    if b"\r" in utf8:
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
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            return data.decode("gb18030").encode()
        except UnicodeDecodeError as other:
            raise max(error, other, key=lambda failure: failure.start) from None
    return data


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


def _rows(normal: Normal, limits: Limits) -> list[Row]:
    """Non-empty rows. A mark after the last line shows whether a quote was still open there.

    Raises Unreadable for an open quote and for what exceeds the limits.
    """
    lines = io.TextIOWrapper(io.BytesIO(normal.data), "utf-8", newline="\n")
    reader = csv.reader(chain(lines, [_END]), delimiter=normal.delimiter)
    rows: list[Row] = []
    number, record = 0, [_END]
    with _field_limit(limits.cell_length):
        try:
            for number, record in enumerate(reader, 1):
                cells = list(map(str.strip, record))
                if any(cells):
                    rows.append((number, cells))
        except csv.Error as error:
            raise container.too_long(number + 1, limits) from error
    if record != [_END]:
        raise Unreadable(f"第 {number} 行开始的引号没有配对，其后的行无法分清", "请删去或补齐该行多余的英文引号")
    rows.pop()
    _check_size(rows, limits)
    return rows


def _check_size(rows: list[Row], limits: Limits) -> None:
    if len(rows) > limits.rows:
        raise container.too_many_rows(len(rows), limits)
    columns = max((len(cells) for _, cells in rows), default=0)
    if columns > limits.columns:
        raise container.too_many_columns(columns, limits)


@contextmanager
def _field_limit(characters: int) -> Iterator[None]:
    """The csv module keeps one limit for the process; it is put back."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)
