"""One table a page shows, to take away: a workbook with its definitions on a second sheet, and CSV that Excel reads."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import xlsxwriter

from pipelines.reports import styles

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(headers: Sequence[str], rows: Sequence[Sequence[Cell]], definitions: Sequence[tuple[str, str]]) -> bytes:
    """Sheets 数据 and 说明; numbers as numbers, texts as texts whatever they begin with."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, styles.OPTIONS)
    head, text, number = (book.add_format(kind) for kind in (styles.header(False), styles.TEXT, _number()))
    data, notes = book.add_worksheet("数据"), book.add_worksheet("说明")
    for column, header in enumerate(headers):
        data.write_string(0, column, header, head)
        shown = [header, *(str(row[column]) for row in rows if row[column] is not None)]
        data.set_column(column, column, min(40, 3 + max(map(styles.shown_width, shown))))
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                data.write_number(place, column, cell, number)
            elif cell is None:
                data.write_blank(place, column, None, text)
            else:
                data.write_string(place, column, cell, text)
    data.freeze_panes(1, 0)
    notes.set_column(0, 0, 26)
    notes.set_column(1, 1, 100)
    for place, (name, words) in enumerate(definitions):
        notes.write_string(place, 0, name, text)
        notes.write_string(place, 1, words, text)
        notes.set_row(place, styles.height([words]))
    styles.print_setup(data, 0)
    book.close()
    return content.getvalue()


def csv_file(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte-order mark; a text that would be taken for a formula gets an apostrophe before it."""
    lines = StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _number() -> dict[str, object]:
    return {key: value for key, value in styles.TEXT.items() if key != "num_format"}
