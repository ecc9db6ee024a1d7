"""Large ledgers of invented rows for the benchmark: as many as asked for, the same on every run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import xlsxwriter

HEADER = [
    "巡查编号", "所属网格", "村（社区）", "巡查人员", "带队人", "巡查类型", "开始时间", "结束时间", "录入时间",
    "巡查点位", "经度", "纬度", "发现问题数", "现场纠正数", "文书编号", "巡查情况",
]  # fmt: skip
PROBLEM_HEADER = [
    "问题编号", "所属网格", "问题描述", "问题来源", "问题类型", "发现时间", "责任单位",
    "整改时限", "整改完成时间", "办结时间",
]  # fmt: skip
COUNTIES = ("anhua", "taojiang", "ziyang", "yuanjiang", "datonghu", "nanxian", "heshan", "gaoxin")
_GIVEN = "一二三四五六七八九十"


def towns(sql: Path) -> dict[str, list[str]]:
    """County → names of its townships, as the seed lists them."""
    found: dict[str, list[str]] = {}
    with (sql / "seeds" / "grid.csv").open(encoding="utf-8", newline="") as file:
        for grid in csv.DictReader(file):
            if grid["level"] == "3":
                found.setdefault(grid["county_id"], []).append(grid["name"])
    return found


def patrols(names: list[str], count: int, month: str, prefix: str = "XC") -> Iterator[list[str]]:
    """Rows of a patrol ledger with its header; some cells hold lists, one row in a hundred lacks its grid."""
    yield HEADER
    for n in range(count):
        day = f"{month}-{n % 28 + 1:02d}"
        first, second = _GIVEN[n % 10], _GIVEN[n // 10 % 10]
        found = n % 7 == 0
        yield [
            f"{prefix}-{n:07d}", names[n % len(names)] if n % 100 else "无此镇", f"{second}{first}村",
            f"示例甲{first}、示例乙{second}", f"示例甲{first}", "日常巡查" if n % 5 else "抽查",
            f"{day} {8 + n % 9:02d}:{n % 60:02d}", f"{day} {9 + n % 9:02d}:{n % 60:02d}", f"{day} 18:00",
            f"示例企业{n % 500}；示例养殖场{n % 300}", f"111.{n % 100000:05d}", f"28.{n * 7 % 100000:05d}",
            "2" if found else "0", "1" if found else "0", f"益环监〔2026〕{n % 900}号" if found else "",
            "发现物料露天堆放，要求当日覆盖" if found else "未见异常",
        ]  # fmt: skip


def problems(names: list[str], count: int, month: str, prefix: str) -> Iterator[list[str]]:
    """Rows of a problem ledger with its header; three in four are closed."""
    yield PROBLEM_HEADER
    for n in range(count):
        day = f"{month}-{n % 20 + 1:02d}"
        done = f"{month}-{n % 20 + 8:02d}" if n % 4 else ""
        town = names[n % len(names)]
        yield [
            f"{prefix}-{n:05d}", town, f"示例问题{n}", "巡查发现", "水", day, town, f"{month}-28", done, done,
        ]  # fmt: skip


def write_csv(path: Path, rows: Iterator[list[str]], encoding: str = "utf-8") -> Path:
    """Rows as a CSV file, quoted only where need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_workbook(path: Path, rows: Iterator[list[str]]) -> Path:
    """Rows as the only sheet of a workbook, in constant memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("巡查记录")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def bare_csv(path: Path, into: Path) -> None:
    """What nobody can do without: the file into a table of text, on disk."""
    with duckdb.connect(str(into), config={"threads": "2"}) as con:
        con.execute(f"create table ledger as select * from read_csv('{path}', all_varchar = true)")
