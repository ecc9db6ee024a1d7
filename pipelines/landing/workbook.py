"""Workbooks (.xlsx, .xlsm, .xls) as sheets of text. Formulas give the values they last had; macros never run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import python_calamine as calamine

from pipelines.landing import container
from pipelines.landing.sheet import Merge, Row, Sheet, Unreadable
from pipelines.landing.values import row_texts
from pipelines.settings import Limits


def read_workbook(path: Path, limits: Limits) -> list[Sheet]:
    """All worksheets of a workbook, hidden ones and empty ones too; row numbers are those Excel shows.

    Raises Unreadable, and nothing else, for whatever stands in the way of reading it.
    """
    with _as_unreadable(path):
        container.check_file(path, limits)
        if path.suffix.lower() in container.ZIP_SUFFIXES:
            container.check_zip(path, limits)
        with calamine.CalamineWorkbook.from_path(path) as workbook:
            return [
                _sheet(workbook.get_sheet_by_name(meta.name), meta, limits)
                for meta in workbook.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]


@contextmanager
def _as_unreadable(path: Path) -> Iterator[None]:
    """Turn what a library raises into Unreadable; the reader's panics are no Exception, hence BaseException."""
    try:
        yield
    except Unreadable:
        raise
    except calamine.PasswordError as error:
        raise Unreadable("工作簿设有密码", "请在 Excel 中取消密码后另存，再报送") from error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        detail = str(error).replace(str(path), path.name)
        raise Unreadable(f"无法读取工作簿（{detail}）", "请在 Excel 中打开核对并另存为 .xlsx，再报送") from error


def _sheet(source: calamine.CalamineSheet, meta: calamine.SheetMetadata, limits: Limits) -> Sheet:
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    if source.end is None:
        return Sheet(meta.name, hidden, [])
    height, width = source.end[0] + 1, source.end[1] + 1
    if height > limits.rows:
        raise container.too_many_rows(height, limits)
    if width > limits.columns:
        raise container.too_many_columns(width, limits)
    rows: list[Row] = []
    for number, cells in enumerate(source.to_python(skip_empty_area=False), 1):
        texts = row_texts(cells)
        if any(texts):
            if max(map(len, texts)) > limits.cell_length:
                raise container.too_long(number, limits)
            rows.append((number, texts))
    merges = tuple(
        (first_row + 1, first_column, last_row + 1, last_column)
        for (first_row, first_column), (last_row, last_column) in source.merged_cell_ranges or ()
    )
    _fill_down(rows, merges)
    return Sheet(meta.name, hidden, rows, merges)


def _fill_down(rows: list[Row], merges: tuple[Merge, ...]) -> None:
    """Repeat vertically merged cells in the rows of their range, in place.

    Ranges that overlap (Excel writes none) are cut, so that a forged list of them costs no more than the sheet.
    """
    by_number = dict(rows)
    last_number = rows[-1][0] if rows else 0
    filled_to: dict[int, int] = {}
    for first, column, last, _ in sorted(merges):
        start = max(first, filled_to.get(column, 0)) + 1
        end = min(last, last_number)
        head = by_number.get(first)
        if end < start or head is None or column >= len(head) or not head[column]:
            continue
        for number in range(start, end + 1):
            cells = by_number.get(number)
            if cells is not None and not cells[column]:
                cells[column] = head[column]
        filled_to[column] = end
