"""退回待核, out and back: only coloured cells are changed, the file goes into data/raw, and nothing awaits any more;
then the whole ledger, mended, brings nothing new."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from house import RULES
from openpyxl.worksheet.worksheet import Worksheet
from returned_case import FOLDER, build_at

from pipelines.reports.returned import SUMMARY, returned
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.delivered import totals
from pipelines.snapshot.evidence import source_row
from pipelines.way_back import MEND, NUMBER, REASON, ROW, SIGN

COLOURS = {"FFFFC7CE", "FFFFEB9C"}
HEADER = ["序号", "巡查编号", "乡镇", "巡查时间", "巡查人员", "发现问题数"]
GOOD = ["1", "XC-1", "田庄乡", "2026-10-05 09:00", "张示例", "0"]
TOWN = ["2", "XC-2", "无此乡", "2026-10-06 09:00", "李示例", "0"]
DATE = ["3", "XC-3", "田庄乡", "2026-10-32", "李示例", "1"]
BARE = ["4", "", "东坪", "10月33日", "王示例", "2"]
RIGHT = {"无此乡": "东坪镇", "2026-10-32": "2026-10-31", "东坪": "东坪镇", "10月33日": "2026-10-13"}
STRANGE = [["地方", "什么时候", "谁去的", "发现几个"], ["田庄乡", "2026-10-20", "赵示例", "1"], ["合计", "", "", "1"]]


def ledger(root: Path, name: str, *sheets: list[list[str]]) -> None:
    """A workbook of texts, one sheet after the other."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        page: Any = book.active if number == 0 else book.create_sheet(f"表{number + 1}")
        for row in rows:
            page.append([text or None for text in row])
    book.save(folder / name)


def paper(root: Path) -> openpyxl.Workbook:
    snapshot = open_snapshot(root / "data/published")
    content = returned(snapshot, RULES.contracts, Scope(), "anhua", "2026-10").content
    snapshot.close()
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(page: Worksheet) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in page.iter_rows()]


def mend(book: openpyxl.Workbook, right: dict[str, str]) -> None:
    """Change coloured cells, and nothing else."""
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.fill.fgColor.rgb in COLOURS and cell.value in right:
                    cell.value = right[str(cell.value)]


def sent(snapshot: Snapshot, name: str) -> list[tuple[Any, ...]]:
    found = snapshot.ask_unscoped(
        "select sent.table_name, sent.found, sent.accepted, sent.rejected, sent.identical"
        " from published.submission as sent join published.source_file as file on file.file_id = sent.file_id"
        " where file.path like $name and sent.found > 0 order by 1",
        name=f"%{name}",
    )
    return [tuple(row.values()) for row in found]


def awaiting(snapshot: Snapshot) -> int:
    return int(totals(snapshot, Scope(), "2026-10", "anhua")["awaiting"])


def test_out_and_back_and_the_whole_ledger_after_it(tmp_path: Path) -> None:
    ledger(tmp_path, "十月巡查.xlsx", [HEADER, GOOD, TOWN, DATE, BARE], STRANGE)
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    book = paper(tmp_path)
    assert book.sheetnames == [SUMMARY, "1_Sheet", "2_表2"]
    mend(book, RIGHT | {"地方": "所属网格", "什么时候": "开始时间"})
    book.save(tmp_path / FOLDER / "退回改好.xlsx")
    build_at(tmp_path, datetime(2026, 11, 5, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as back:
        assert sent(back, "退回改好.xlsx") == [("patrol", 4, 4, 0, 0)]
        assert awaiting(back) == 0
        unused = back.ask_unscoped(
            "select sheet_name, unused_columns from published.source_sheet join published.source_file using (file_id)"
            " where path like '%退回改好%' and unused_columns <> [] order by 1"
        )
        assert [tuple(row.values()) for row in unused] == [("1_Sheet", ["序号"]), ("2_表2", ["谁去的", "发现几个"])]
    assert paper(tmp_path).sheetnames == [SUMMARY]
    assert "没有退回的文件，也没有待改的行" in str(texts(paper(tmp_path)[SUMMARY]))
    whole = [[RIGHT.get(text, text) for text in row] for row in (HEADER, GOOD, TOWN, DATE, BARE)]
    ledger(tmp_path, "十月巡查（全）.xlsx", whole)
    build_at(tmp_path, datetime(2026, 11, 6, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as after:
        assert sent(after, "十月巡查（全）.xlsx") == [("patrol", 4, 0, 0, 4)]
        assert awaiting(after) == 0
        (patrols,) = after.ask_unscoped("select count(*) as n from published.patrol")
        assert patrols["n"] == 5


@pytest.mark.slow
def test_what_is_not_right_yet_comes_back_once_and_without_our_columns_twice(tmp_path: Path) -> None:
    ledger(tmp_path, "十月巡查.xlsx", [["安化县十月巡查"], HEADER, TOWN, DATE, BARE], STRANGE)
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    book = paper(tmp_path)
    mend(book, {"无此乡": "东坪镇", "10月33日": "10月34日"})
    book.save(tmp_path / FOLDER / "退回改好.xlsx")
    build_at(tmp_path, datetime(2026, 11, 5, 10, 0))
    again = paper(tmp_path)
    assert len(again.sheetnames) == 3
    # The strange sheet came back as it was: it is asked for in its original, which came first.
    strange, first = (texts(page) for page in again.worksheets[1:])
    assert [row[0][: len(SIGN)] for row in first] == [SIGN, "", NUMBER, "5", "6"]
    assert [text for text in first[1] if text] == ["安化县十月巡查"]
    assert first[2] == [NUMBER, *HEADER, REASON, MEND, ROW]
    assert [row[1:7] for row in first[3:]] == [DATE, [*BARE[:3], "10月34日", *BARE[4:]]]
    assert [row[-1].rpartition("!")[2] for row in first[3:]] == ["5", "6"]
    assert strange[1] == [NUMBER, *STRANGE[0], REASON, MEND, ROW]
    assert [row[1:5] for row in strange[2:]] == [STRANGE[1]]
    mend(again, RIGHT | {"10月34日": "2026-10-13", "地方": "所属网格", "什么时候": "开始时间"})
    again.save(tmp_path / FOLDER / "再改.xlsx")
    build_at(tmp_path, datetime(2026, 11, 6, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as after:
        assert sent(after, "再改.xlsx") == [("patrol", 3, 3, 0, 0)]
        assert awaiting(after) == 0


def test_a_sum_of_a_sheet_nobody_knows_is_a_sum_before_and_after(tmp_path: Path) -> None:
    ledger(tmp_path, "怪表.xlsx", STRANGE)
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    book = paper(tmp_path)
    page = book.worksheets[1]
    assert [row[1] for row in texts(page)[2:]] == ["田庄乡"]
    page.append(["4", "合计", None, None, "1"])  # as a clerk adds it who copies from the own ledger
    mend(book, {"地方": "所属网格", "什么时候": "开始时间"})
    book.save(tmp_path / FOLDER / "退回改好.xlsx")
    build_at(tmp_path, datetime(2026, 11, 5, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as after:
        assert sent(after, "退回改好.xlsx") == [("patrol", 1, 1, 0, 0)]
        kinds = after.ask_unscoped(
            "select kind from published.source_row join published.source_file using (file_id)"
            " where path like '%退回改好%' and row_number > 1 and kind <> 'note' order by row_number"
        )
        assert [row["kind"] for row in kinds] == ["header", "body", "footnote"]


def test_the_footer_of_a_sheet_nobody_knows_never_awaits(tmp_path: Path) -> None:
    days = [["东坪镇", f"2026-10-0{day} 09:00", "赵示例", "0"] for day in range(1, 5)]
    footer = [
        ["合计", "4次", "", "0"],
        ["审核人：示例甲    填表人：示例乙", "", "", ""],
        ["审核人：甲", "", "填表人：乙", ""],
    ]
    turned = [[row[1], row[0], *row[2:]] for row in days]
    ledger(
        tmp_path,
        "两张.xlsx",
        [["地名", "巡查时间", "巡查人员", "问题数"], *days, *footer],
        [["巡查时间", "地名", "车牌", "天气"], *turned, *footer],
    )
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as out:
        assert sent(out, "两张.xlsx") == [("", 8, 0, 8, 0)]
        assert awaiting(out) == 8
    book = paper(tmp_path)
    mend(book, {"地名": "所属网格"})
    book.save(tmp_path / FOLDER / "退回改好.xlsx")
    build_at(tmp_path, datetime(2026, 11, 5, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as after:
        assert [row[:2] for row in sent(after, "退回改好.xlsx")] == [("patrol", 8)]
        assert awaiting(after) == 0


def test_rows_above_the_header_go_out_below_it_and_come_back(tmp_path: Path) -> None:
    ledger(tmp_path, "倒置.xlsx", [TOWN, DATE, ["安化县十月巡查"], HEADER, GOOD])
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as out:
        assert sent(out, "倒置.xlsx") == [("patrol", 3, 1, 2, 0)]
        (first,) = out.ask_unscoped("select row_id from published.source_row where row_number = 1")
        cells = source_row(out, Scope(), first["row_id"]).cells
        assert [(cell.header, cell.text) for cell in cells] == list(zip(HEADER, TOWN, strict=True))
    book = paper(tmp_path)
    page = texts(book.worksheets[1])
    assert page[1][1] == "安化县十月巡查"
    assert page[2] == [NUMBER, *HEADER, REASON, MEND, ROW]
    assert [row[1:7] for row in page[3:]] == [TOWN, DATE]
    mend(book, RIGHT)
    book.save(tmp_path / FOLDER / "退回改好.xlsx")
    build_at(tmp_path, datetime(2026, 11, 5, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as after:
        assert sent(after, "退回改好.xlsx") == [("patrol", 2, 2, 0, 0)]
        assert awaiting(after) == 0


@pytest.mark.slow
def test_a_sheet_without_a_header_gets_an_empty_one_to_fill(tmp_path: Path) -> None:
    rows = [["田庄乡", "2026-10-20", "赵示例", "1"], ["东坪镇", "2026-10-21", "赵示例", "0"]]
    ledger(tmp_path, "无头.xlsx", rows)
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    book = paper(tmp_path)
    page = book.worksheets[1]
    assert texts(page)[0][0].startswith(f"{SIGN}这张表没有表头")
    assert texts(page)[1] == [NUMBER, "", "", "", "", REASON, MEND, ROW]
    assert [row[1:5] for row in texts(page)[2:]] == rows
    book.save(tmp_path / FOLDER / "没填.xlsx")
    build_at(tmp_path, datetime(2026, 11, 4, 10, 0))
    again = paper(tmp_path)
    assert texts(again.worksheets[1])[1] == texts(page)[1]
    for column, text in enumerate(["所属网格", "开始时间", "巡查人员", "发现问题数"], 2):
        again.worksheets[1].cell(2, column).value = text
    again.save(tmp_path / FOLDER / "填了.xlsx")
    build_at(tmp_path, datetime(2026, 11, 5, 10, 0))
    with closing(open_snapshot(tmp_path / "data/published")) as after:
        assert sent(after, "填了.xlsx") == [("patrol", 2, 2, 0, 0)]
        assert awaiting(after) == 0
