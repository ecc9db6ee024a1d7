"""Small deliveries made by hand, for the tests of landing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from pipelines.contracts import Contracts, load
from pipelines.landing.delivery import Scan, scan
from pipelines.landing.land import LandingReport, land
from pipelines.landing.tables import wanted
from pipelines.settings import CODE_ROOT, Settings

NOW = datetime(2026, 6, 3, 9, 30, 45)
PATROL = ["巡查编号", "所属网格", "巡查人员", "开始时间", "发现问题数"]
PROBLEM = ["问题编号", "所属网格", "问题描述", "发现时间", "整改时限"]


@cache
def contracts() -> Contracts:
    return load(CODE_ROOT / "sql" / "contracts")


def patrol_row(number: int) -> list[str]:
    return [f"XC-{number:03}", "梅城镇", "示例甲一、示例乙二", f"2026-05-{number % 28 + 1:02} 09:30", "0"]


def patrol_rows(count: int) -> list[list[str]]:
    return [PATROL, *(patrol_row(number) for number in range(1, count + 1))]


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def put(settings: Settings, relative: str, data: bytes) -> Path:
    path = settings.raw / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def workbook(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], merges: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write sheets of cells from A1; a merge `B2:B4` shows what its upper left cell holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for merge in (merges or {}).get(name, ()):
            sheet.merge_range(merge, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None and value != "":
                    sheet.write(number, column, value)
    book.close()
    return path


def take_in(
    con: duckdb.DuckDBPyConnection, settings: Settings, months: Sequence[str] | None = None, now: datetime = NOW
) -> LandingReport:
    return land(con, look(settings, now), settings, contracts(), months)


def look(settings: Settings, now: datetime = NOW) -> Scan:
    return scan(settings, contracts(), now)


def query(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def deliver_three(settings: Settings) -> None:
    """A patrol CSV and a problem CSV of one county, and of another a workbook that lands in part."""
    put(settings, "2026-05/anhua/a.csv", csv_bytes(patrol_rows(2)))
    put(settings, "2026-05/anhua/b.csv", csv_bytes([PROBLEM, ["1", "梅城镇", "x", "2026-05-01", "30日内"]]))
    sheets = {"一": patrol_rows(3), "二": patrol_rows(1), "三": [["a", "b", "c"]]}
    workbook(settings.raw / "2026-05/taojiang/c.xlsx", sheets)


def everything(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all raw tables, ordered."""
    return {table: query(con, f"select * from raw.{table} order by all") for table in wanted(contracts())}
