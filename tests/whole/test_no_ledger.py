"""通讯录 in a workbook of ledgers: named in the receipts nobody asks for it; unnamed it is asked for once, however
often 退回待核 comes back with it as it was."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from house import RULES

from pipelines import steps
from pipelines.files import files
from pipelines.reports.returned import SUMMARY, returned
from pipelines.settings import Settings
from pipelines.snapshot import Scope, open_snapshot
from pipelines.snapshot.evidence import source_row
from pipelines.status import status

FOLDER = "data/raw/2026-10/安化县"
PATROLS = [
    ["巡查编号", "乡镇", "巡查时间", "巡查人员", "发现问题数"],
    ["XC-1", "田庄乡", "2026-10-05 09:00", "张示例", "0"],
    ["XC-2", "无此乡", "2026-10-06 09:00", "李示例", "0"],
]
PHONES = [["姓名", "手机", "QQ"], ["张示例", "13800000001", "10001"], ["李示例", "13800000002", "10002"]]


def deliver(root: Path) -> None:
    book = openpyxl.Workbook()
    for name, rows in (("巡查", PATROLS), ("通讯录", PHONES)):
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    del book["Sheet"]
    (root / FOLDER).mkdir(parents=True)
    book.save(root / FOLDER / "十月.xlsx")


def build_at(root: Path, day: int) -> None:
    settings = Settings(root=root)
    rules = steps.read_rules(settings)
    steps.build(settings, rules, steps.look(settings, rules, datetime(2026, 11, day, 10)))


def paper(root: Path) -> openpyxl.Workbook:
    with closing(open_snapshot(root / "data/published")) as snapshot:
        return openpyxl.load_workbook(
            io.BytesIO(returned(snapshot, RULES.contracts, Scope(), "anhua", "2026-10").content)
        )


def mend(book: openpyxl.Workbook, right: dict[str, str]) -> None:
    for page in book.worksheets[1:]:
        for row in page.iter_rows():
            for cell in row:
                if cell.value in right:
                    cell.value = right[str(cell.value)]


def words(root: Path) -> dict[str, str]:
    with closing(open_snapshot(root / "data/published")) as snapshot:
        return {file.path.rsplit("/", 1)[-1]: file.word for file in files(snapshot)}


def counts(root: Path, name: str) -> list[tuple[Any, ...]]:
    with closing(open_snapshot(root / "data/published")) as snapshot:
        found = snapshot.ask_unscoped(
            "select table_name, found, accepted, rejected, identical from published.submission"
            " join published.source_file using (file_id) where path like $name order by 1",
            name=f"%{name}",
        )
    return [tuple(row.values()) for row in found]


def told(root: Path) -> list[str]:
    with closing(open_snapshot(root / "data/published")) as snapshot:
        return [line.strip() for line in status(snapshot)]


def test_named_in_the_receipts_nobody_asks_for_it(tmp_path: Path) -> None:
    deliver(tmp_path)
    register = tmp_path / FOLDER / "_receipts.csv"
    register.write_text("文件,收到时间,不是台账的工作表\n十月.xlsx,2026-11-02 09:00,通讯录、联系人\n", "gbk")
    build_at(tmp_path, 3)
    assert counts(tmp_path, "十月.xlsx") == [("patrol", 2, 1, 1, 0)]
    lines = told(tmp_path)
    assert "不是台账（收件登记）：通讯录" in lines
    wrong = "未读 2026-10/安化县/_receipts.csv：第 2 行的不是台账的工作表“联系人”：十月.xlsx 里没有这张有内容的工作表"
    assert [line.split("；")[0] for line in lines if line.startswith("未读")] == [wrong]
    book = paper(tmp_path)
    assert book.sheetnames == [SUMMARY, "1_巡查"]
    mend(book, {"无此乡": "东坪镇"})
    book.save(tmp_path / FOLDER / "改好.xlsx")
    build_at(tmp_path, 4)
    assert words(tmp_path) == {"十月.xlsx": "退回的已重报", "改好.xlsx": "入库"}


def test_what_comes_back_as_it_was_is_asked_for_once_until_somebody_says_what_it_is(tmp_path: Path) -> None:
    deliver(tmp_path)
    build_at(tmp_path, 3)
    for day, name in ((4, "一.xlsx"), (5, "二.xlsx")):
        book = paper(tmp_path)
        mend(book, {"无此乡": "东坪镇"})
        book.save(tmp_path / FOLDER / name)
        build_at(tmp_path, day)
        assert paper(tmp_path).sheetnames == [SUMMARY, "1_通讯录"]
    assert words(tmp_path) == {"十月.xlsx": "部分退回", "一.xlsx": "入库", "二.xlsx": "入库"}
    assert counts(tmp_path, "十月.xlsx") == [("", 2, 0, 2, 0), ("patrol", 2, 1, 1, 0)]
    assert counts(tmp_path, "一.xlsx") == [("", 2, 0, 0, 2), ("patrol", 1, 1, 0, 0)]
    assert counts(tmp_path, "二.xlsx") == [("", 2, 0, 0, 2)]
    assert "说明：工作表“2_通讯录”原样发回，仍未认出，以原件为准" in told(tmp_path)
    with closing(open_snapshot(tmp_path / "data/published")) as snapshot:
        again = snapshot.ask_unscoped(
            "select again.row_id, again.same_as_row_id from published.repeated_row as again"
            " join published.source_row as line on line.row_id = again.row_id where line.table_name = ''"
        )
        assert len(again) == 4
        for row in again:
            assert "#通讯录!" in row["same_as_row_id"]
            assert source_row(snapshot, Scope(), row["row_id"]) is not None
    # Said of the original, it holds for what was brought back of it.
    (tmp_path / FOLDER / "_receipts.csv").write_text("文件,不是台账的工作表\n十月.xlsx,通讯录\n", "utf-8")
    build_at(tmp_path, 6)
    assert words(tmp_path) == {"十月.xlsx": "退回的已重报", "一.xlsx": "入库", "二.xlsx": "入库"}
    assert paper(tmp_path).sheetnames == [SUMMARY]


def test_cells_that_were_changed_are_no_repeat_and_stand_for_the_row(tmp_path: Path) -> None:
    deliver(tmp_path)
    build_at(tmp_path, 3)
    book = paper(tmp_path)
    mend(book, {"无此乡": "东坪镇", "10002": "10003"})
    book.save(tmp_path / FOLDER / "一.xlsx")
    build_at(tmp_path, 4)
    assert counts(tmp_path, "一.xlsx") == [("", 2, 0, 1, 1), ("patrol", 1, 1, 0, 0)]
    pages = paper(tmp_path).worksheets[1:]
    shown = [[cell.value for cell in row[1:4]] for page in pages for row in page.iter_rows(min_row=3)]
    assert shown == [PHONES[1], ["李示例", "13800000002", "10003"]]
