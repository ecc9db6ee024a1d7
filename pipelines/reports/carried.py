"""A table of a page to take away: a workbook with its definitions, and CSV that Excel opens without a wizard."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, TypeAlias

import xlsxwriter

from pipelines.reports import styles

Value: TypeAlias = str | int | float | date | datetime | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


def workbook(
    name: str, headers: Sequence[str], rows: Sequence[Sequence[Value]], definitions: Sequence[tuple[str, str]]
) -> bytes:
    """Two sheets: the table under its header, and what its words mean. Texts stay texts, numbers numbers."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, styles.OPTIONS) as book:
        _table(book, name, headers, rows)
        _definitions(book, name, definitions)
    return content.getvalue()


def comma_separated(headers: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte order mark; a text that a spreadsheet would take for a formula gets an apostrophe."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _table(book: Any, name: str, headers: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    sheet = book.add_worksheet("数据")
    head, text = book.add_format(styles.header(required=False)), book.add_format(styles.TEXT)
    sheet.write_string(0, 0, name, book.add_format(styles.TITLE))
    number = book.add_format({**styles.TEXT, "num_format": "General"})
    for column, header in enumerate(headers):
        sheet.write_string(1, column, header, head)
        told = [_words(row[column]) for row in rows]
        widest = max((styles.shown_width(words) for words in [header, *told]), default=0)
        sheet.set_column(column, column, min(widest + 2, _WIDEST))
    for at, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            if value is None:
                sheet.write_blank(at, column, None, text)
            elif isinstance(value, int | float):
                sheet.write_number(at, column, value, number)
            else:
                sheet.write_string(at, column, _words(value), text)
    sheet.freeze_panes(2, 0)
    if headers:
        sheet.autofilter(1, 0, len(rows) + 1, len(headers) - 1)
    styles.print_setup(sheet, 1)


def _definitions(book: Any, name: str, definitions: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("说明")
    label, text = book.add_format(styles.LABEL), book.add_format(styles.TEXT)
    sheet.write_string(0, 0, name, book.add_format(styles.TITLE))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for at, (word, meaning) in enumerate(definitions, start=1):
        sheet.write_string(at, 0, word, label)
        sheet.write_string(at, 1, meaning, text)
    styles.print_setup(sheet, 0)


def _words(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def _plain(value: Value) -> Value:
    words = value if isinstance(value, int | float) else _words(value)
    return f"'{words}" if isinstance(words, str) and words.startswith(_DANGEROUS) else words
