"""What a file is by its first bytes, and whether a workbook is safe to open.

A workbook is a zip of XML or an OLE2 container; both are judged before the reader sees them, because the reader
trusts them: it allocates the whole rectangle a sheet claims and ends the process where memory does not suffice.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.landing.sheet import Unreadable
from pipelines.settings import Limits

TEXT_SUFFIXES = frozenset({".csv"})
ZIP_SUFFIXES = frozenset({".xlsx", ".xlsm"})
OLE_SUFFIXES = frozenset({".xls"})
LARGEST_RECTANGLE = 1_048_576 * 32
"""Cells between A1 and the last cell of a sheet; the reader takes some 40 bytes for each, filled or not."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|head|meta|style|script|div|body|!--)", re.IGNORECASE)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_OVERLAP = 256
# Beyond column FZ or row 199999 a sheet is measured exactly; nearer ones fit into memory whatever they claim.
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Z]{3}|[G-Z][A-Z]|[A-Z]{0,2}(?:[2-9][0-9]{5}|[1-9][0-9]{6}))""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>(?!\s*</)""")

_PICTURES = "xl/media/"
_SPLIT = "请删除无关的工作表与格式，或按月、按乡镇拆成几个文件报送；行数很多的也可另存为 .csv"
_SAVE_AS = "请用 Excel 或 WPS 打开后“另存为”.xlsx，再报送"


def check_file(path: Path, limits: Limits) -> None:
    """Raise Unreadable where size, suffix and first bytes already say that the file cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in TEXT_SUFFIXES | ZIP_SUFFIXES | OLE_SUFFIXES:
        raise Unreadable(f"不支持的文件类型“{suffix or path.name}”", "请报送 .xlsx、.xls、.xlsm 或 .csv 文件")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("文件是空的（0 字节）", "请重新导出并报送；可能是拷贝时中断")
    if size > limits.file_bytes:
        raise Unreadable(f"文件有 {size} 字节，超过上限 {limits.file_bytes} 字节", "请按月或按乡镇拆成几个文件报送")
    with path.open("rb") as file:
        head = file.read(512)
    _refuse_disguise(suffix, head)
    if head.startswith(_OLE) and _ENCRYPTED in path.read_bytes():
        raise Unreadable("工作簿设有打开密码", "请在 Excel 中取消密码（文件—信息—保护工作簿）后另存，再报送")
    if suffix in OLE_SUFFIXES | ZIP_SUFFIXES and head.startswith(_OLE) != (suffix in OLE_SUFFIXES):
        raise Unreadable(f"文件内容与扩展名 {suffix} 不符", _SAVE_AS)


def _refuse_disguise(suffix: str, head: bytes) -> None:
    is_workbook = head.startswith((_ZIP, _OLE))
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable(f"文件内容是网页或 XML，却以 {suffix} 命名", _SAVE_AS)
    if suffix in TEXT_SUFFIXES and is_workbook:
        raise Unreadable("文件内容是 Excel 工作簿，却以 .csv 命名", "请把扩展名改回 .xlsx 或 .xls，再报送")
    if suffix not in TEXT_SUFFIXES and not is_workbook:
        raise Unreadable(
            f"文件内容不是 Excel 工作簿，却以 {suffix} 命名（或文件已损坏）",
            f"若是文本，请把扩展名改为 .csv；否则{_SAVE_AS}",
        )


def check_zip(path: Path, limits: Limits) -> None:
    """Raise Unreadable for a broken or truncated zip, one that expands too far or holds more than the reader's memory
    can take, or a sheet too far spread.

    Every part is expanded once, never beyond the size it declares, so that a false declaration fails its checksum.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_expanded(parts, limits)
            tags = 0
            for part in parts:
                far = False
                for text in _chunks(archive, part):
                    far = far or _FAR.search(text) is not None
                    tags += text.count(b"<")
                    if tags > limits.tags:
                        raise Unreadable(f"工作簿的内容过多，单元格与文字的标记超过上限 {limits.tags} 个", _SPLIT)
                if far:
                    _check_spread(archive, part, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Unreadable(f"工作簿已损坏或不完整（{error}）", "请在 Excel 中重新保存并报送；可能是传输时中断") from error


def _check_expanded(parts: Iterable[zipfile.ZipInfo], limits: Limits) -> None:
    """Pictures do not shrink when packed and are not read: they may be as large as a file may be."""
    pictures, expanded = 0, 0
    for part in parts:
        if part.filename.startswith(_PICTURES):
            pictures += part.file_size
        else:
            expanded += part.file_size
    for size, limit in ((expanded, limits.expanded_bytes), (pictures, limits.file_bytes)):
        if size > limit:
            raise Unreadable(f"工作簿展开后有 {size} 字节，超过上限 {limit} 字节", _SPLIT)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in chunks that share their edges, so that a cell across an edge is seen whole."""
    with archive.open(part) as content:
        tail = b""
        while chunk := content.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def _check_spread(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    """Measure the rectangle of a part's filled cells, if it is a sheet; cells that only carry a format do not count."""
    rows, columns = 0, 0
    for text in _chunks(archive, part):
        cells = _FILLED.findall(text)
        rows = max([rows, *(int(row) for row in {row for _, row in cells})])
        columns = max([columns, *(column_number(letters) for letters in {letters for letters, _ in cells})])
    if rows > limits.rows:
        raise too_many_rows(rows, limits)
    if columns > limits.columns:
        raise too_many_columns(columns, limits)
    if rows * columns > LARGEST_RECTANGLE:
        raise Unreadable(
            f"工作表的内容散布到第 {rows} 行、第 {columns} 列，范围过大",
            "多半是远处有误填的单元格：请删除表格下方与右侧的空行空列后另存，再报送",
        )


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number


def too_many_rows(rows: int, limits: Limits) -> Unreadable:
    """The refusal of a sheet with more rows than the limit."""
    return Unreadable(f"有 {rows} 行，超过上限 {limits.rows} 行", "请按月或按乡镇拆成几个文件报送")


def too_many_columns(columns: int, limits: Limits) -> Unreadable:
    """The refusal of a sheet with more columns than the limit."""
    return Unreadable(
        f"有 {columns} 列，超过上限 {limits.columns} 列", "请删除表格右侧无用的列（包括看不见的空列）后另存，再报送"
    )


def too_long(row_number: int, limits: Limits) -> Unreadable:
    """The refusal of a cell with more characters than the limit."""
    return Unreadable(
        f"第 {row_number} 行有单元格超过 {limits.cell_length} 字", "请核对该处引号是否成对，或缩短该单元格"
    )
