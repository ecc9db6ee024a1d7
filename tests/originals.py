"""The demo's files read a second time, sharing no code with landing: openpyxl for workbooks, csv for the rest.

Which column holds what is the demo's own knowledge (`pipelines.demo.headers`), not the contracts'.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl

from pipelines.demo.counties import COUNTIES
from pipelines.demo.headers import columns_of

WRITTEN = {
    "A": ("utf-8-sig", ","),
    "C": ("gb18030", ","),
    "E": ("utf-8", ";"),
    "F": ("gb18030", "\t"),
    "I": ("utf-8-sig", ","),
}


@lru_cache(maxsize=512)
def sheets(path: Path, county_id: str) -> dict[str, dict[int, list[str]]]:
    """Sheet → row number as the file shows it → texts of its cells, without empty ones at the end."""
    if path.suffix == ".csv":
        return {"csv": _lines(path, *WRITTEN[COUNTIES[county_id].style])}
    return {sheet.title: _rows(sheet) for sheet in openpyxl.load_workbook(path)}


def column(county_id: str, table: str, meaning: str) -> tuple[int, str] | None:
    """Place (from 0) and header of the column in which a county writes something; None where it has none."""
    county = COUNTIES[county_id]
    headers = columns_of(county.style, table, county.lacks)
    places = {cell: (place, header) for place, (header, cell) in enumerate(headers)}
    return places.get(meaning)


def moment(text: str, month: str) -> datetime | None:
    """The day or instant the demo wrote in any of its hands; None for an empty cell.

    month: of the folder, for days without a year: they lie in it or in the month before.
    """
    plain = unicodedata.normalize("NFKC", text)
    if re.fullmatch(r"\d{5}", plain):
        return datetime(1899, 12, 30) + timedelta(days=int(plain))
    plain = re.sub(r"^(\d{4})(\d\d)(\d\d)\b", r"\1-\2-\3", plain)
    if re.match(r"\d{1,2}月", plain):
        year, number = map(int, month.split("-"))
        plain = f"{year if int(plain.split('月')[0]) <= number else year - 1}-{plain}"
    parts = [int(part) for part in re.findall(r"\d+", plain)]
    if "下午" in plain and parts[3] < 12:
        parts[3] += 12
    return datetime(*parts) if parts else None  # type: ignore[arg-type]


def _lines(path: Path, encoding: str, delimiter: str) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        first = 1
        for cells in reader:
            rows[first] = trimmed([cell.strip() for cell in cells])
            first = reader.line_num + 1
    return rows


def _rows(sheet: Any) -> dict[int, list[str]]:
    """What a reader of the sheet sees: a cell merged downwards stands in each of its rows."""
    rows = {number: [_shown(cell) for cell in cells] for number, cells in enumerate(sheet.iter_rows(), start=1)}
    for merged in sheet.merged_cells.ranges:
        for number in range(merged.min_row + 1, merged.max_row + 1):
            rows[number][merged.min_col - 1] = rows[merged.min_row][merged.min_col - 1]
    return {number: trimmed(cells) for number, cells in rows.items()}


def _shown(cell: Any) -> str:
    value = cell.value
    if isinstance(value, date):
        # A workbook keeps a day and its midnight as one whole number; only the look of the cell differs.
        is_whole = not isinstance(value, datetime) or value.time() == time()
        return f"{value:%Y-%m-%d}" if is_whole or "h" not in cell.number_format else f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value).strip()


def trimmed(cells: list[str]) -> list[str]:
    """Without empty texts at the end."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
