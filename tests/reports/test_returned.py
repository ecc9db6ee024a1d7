"""退回待核: the county's layout with its bad rows; mended and sent again, they land and the findings are mended."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from house import RULES
from openpyxl.worksheet.worksheet import Worksheet
from returned_case import FOLDER, FORMULA, LONG, build_at, deliver

from pipelines.contracts import normal_header
from pipelines.reports import PaperError
from pipelines.reports.placing import place_of, places
from pipelines.reports.returned import SUMMARY, returned
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.sent_back import county_named, sent_back
from pipelines.way_back import MEND, NUMBER, REASON, ROW, SIGN

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
FULL = Scope()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("returned")
    deliver(folder)
    build_at(folder, datetime(2026, 11, 3, 10, 0))
    return folder


@pytest.fixture
def snapshot(root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(root / "data/published")
    yield opened
    opened.close()


def paper(snapshot: Snapshot, county: str = "安化县", month: str = "2026-10", scope: Scope = FULL) -> bytes:
    return returned(snapshot, RULES.contracts, scope, county, month).content


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture
def book(snapshot: Snapshot) -> openpyxl.Workbook:
    return opened(paper(snapshot))


def page(book: openpyxl.Workbook, part: str) -> Worksheet:
    (name,) = [name for name in book.sheetnames if part in name]
    return book[name]


def grid(sheet: Worksheet) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def coloured(sheet: Worksheet) -> dict[str, str]:
    """Cells that are to be mended: coordinate → text."""
    return {
        cell.coordinate: str(cell.value or "")
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in {RED, YELLOW}
    }


def test_a_sheet_stands_in_the_countys_own_layout(book: openpyxl.Workbook) -> None:
    sheet = page(book, "问题台账")
    hint, title, groups, header, *rows = grid(sheet)
    assert "不要改表头" in hint[0]
    assert title[1] == "安化县环境问题台账（2026年10月）"
    own = ["序号", "问题编号", "问题描述", "问题来源", "所属网格", "问题类型", "发现时间", "整改", ""]
    assert groups == [NUMBER, *own, REASON, MEND, ROW]
    assert header[8:10] == ["时限", "完成时间"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A3:A4", "B3:B4", "I3:J3", "K3:K4"} <= merged
    assert [row[:3] for row in rows] == [["5", "2", "WT-2"], ["6", "3", "WT-3"]]


def test_bad_cells_are_coloured_and_told(book: openpyxl.Workbook) -> None:
    sheet = page(book, "问题台账")
    assert coloured(sheet) == {"H5": "3.1", "J5": "不详", "E6": "", "F6": "无此乡"}
    assert {cell: sheet[cell].fill.fgColor.rgb for cell in ("H5", "J5")} == {"H5": RED, "J5": YELLOW}
    comment = sheet["F6"].comment
    assert comment is not None
    assert "无此乡" in comment.text and "全称" in comment.text
    assert sheet["K6"].value == "1. “所属网格”写的“无此乡”在本单位范围内查无此网格\n2. “问题来源”未填"
    assert sheet["L6"].value.startswith("1. 请填本县区的乡镇（街道）全称")
    assert "（请核对）" in sheet["K5"].value


def test_what_came_in_is_text_and_never_a_formula(snapshot: Snapshot) -> None:
    content = paper(snapshot)
    book = opened(content)
    assert page(book, "问题台账")["D5"].value == FORMULA
    assert page(book, "问题台账")["D5"].data_type == "s" or page(book, "问题台账")["D5"].quotePrefix
    rows = grid(page(book, "十月巡查"))
    assert [row[6] for row in rows[2:]] == [LONG, LONG]
    assert "@路面污水" in grid(page(book, "说不清"))[-1]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
                assert b"hyperlink" not in archive.read(name).lower()
    assert paper(snapshot) == content


def test_a_csv_comes_back_as_a_sheet(book: openpyxl.Workbook) -> None:
    sheet = page(book, "十月巡查")
    _, header, *rows = grid(sheet)
    assert header == [NUMBER, "巡查编号", "乡镇", "巡查时间", "巡查人员", "发现问题数", "身份证号", REASON, MEND, ROW]
    assert [row[:2] for row in rows] == [["3", "XC-2"], ["4", "XC-3"]]
    assert coloured(sheet) == {"F3": "若干", "C4": "", "D4": "2026.13.1", "E4": ""}


def test_an_unrecognised_sheet_says_which_headers_it_lacks(book: openpyxl.Workbook) -> None:
    sheet = page(book, "说不清")
    hint, header, *rows = grid(sheet)
    assert hint[0].startswith(f"{SIGN}表头没有认出")
    assert "不要改表头" not in hint[0]
    assert header == [NUMBER, "何地", "何时", "何人", "何事", REASON, MEND, ROW]
    assert [row[:5] for row in rows] == [["2", "田庄乡", "2026-10-08", "王示例", "@路面污水"]]
    assert coloured(sheet) == {"B2": "何地", "C2": "何时", "D2": "何人", "E2": "何事"}


def test_the_sheet_and_the_summary_name_the_same_table(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    text = "序号,评价内容,标准分,自评分,扣分原因,责任人,完成时限\n1,示例项,30,28,漏巡,示例甲,2026年6月底前\n"
    (tmp_path / FOLDER / "自评.csv").write_text(text, "utf-8")
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    snapshot = open_snapshot(tmp_path / "data/published")
    book = opened(paper(snapshot))
    snapshot.close()
    sheet = page(book, "自评")
    lacks = "“年度自评”，缺少 “自评网格”、“自评年度”、“自评上报时间”"
    assert f"最接近{lacks}。" in grid(sheet)[0][0]
    assert any(f"最接近{lacks}" in cell for row in grid(book[SUMMARY]) for cell in row)
    assert coloured(sheet) == {"B2": "序号"}


def test_the_summary_counts_files_rows_and_reasons(book: openpyxl.Workbook) -> None:
    rows = grid(book[SUMMARY])
    assert rows[0][0] == "退回待核　安化县　2026年10月"
    told = "\n".join(row[1] for row in rows if len(row) > 1)
    assert "收到 4 个文件" in told
    assert "读到 4 行 = 接收 2 + 退回 2 + 重复 0" in told
    assert "读到 3 行 = 接收 1 + 退回 2 + 重复 0" in told
    assert "“问题来源”未填：1 行" in told
    assert "坏文件.xlsx（整件退回" in told
    assert "工作簿已损坏或不完整" in told and "请在 Excel 中重新保存并报送" in told
    assert "整份发回市支队" in told
    assert max(sum(map(bool, row)) for row in rows) == 2  # so that it is read as prose when it comes back


def test_the_county_may_be_named_three_ways(snapshot: Snapshot) -> None:
    assert paper(snapshot, "anhua") == paper(snapshot, "430923") == paper(snapshot, "安化县")
    with pytest.raises(PaperError, match=r"没有这个区县市：'某县'；可用：.*安化县"):
        paper(snapshot, "某县")
    with pytest.raises(PaperError, match="2026-10"):
        paper(snapshot, "anhua", "十月")


def test_nothing_returned_says_so(snapshot: Snapshot) -> None:
    empty = opened(paper(snapshot, "南县"))
    assert empty.sheetnames == [SUMMARY]
    assert ["结果", "没有收到文件。"] in grid(empty[SUMMARY])


def test_a_scope_sees_its_own_county_only_and_covered_names(snapshot: Snapshot) -> None:
    own = opened(paper(snapshot, scope=Scope("anhua", see_names=False)))
    assert [row[4] for row in grid(page(own, "十月巡查"))[2:]] == ["李*", ""]
    assert [row[6] for row in grid(page(own, "十月巡查"))[2:]] == ["*", "*"]
    assert "王示例" not in str(grid(page(own, "说不清")))
    with pytest.raises(PaperError, match="没有这个区县市"):
        paper(snapshot, scope=Scope("nanxian"))


def test_added_headers_are_nobodys() -> None:
    added = {normal_header(text) for text in (NUMBER, REASON, MEND, ROW)}
    for contract in RULES.contracts.tables.values():
        for profile in (None, *RULES.contracts.profiles.values()):
            assert added.isdisjoint(contract.headers(profile))


def test_every_finding_of_the_demo_is_placed_on_the_cell_it_quotes(demo: Snapshot) -> None:
    """Landing read the value from that cell; this side finds the cell by the header alone."""
    seen = 0
    months = demo.ask_unscoped("select distinct county_id, month from published.source_file")
    for folder in months:
        files, _ = sent_back(demo, FULL, folder["county_id"], folder["month"])
        for sheet in (sheet for file in files for sheet in file.sheets):
            profile = RULES.contracts.profile(folder["county_id"])
            found = places(RULES.contracts.tables[sheet.table_name], profile, sheet.header)
            for row in sheet.rows:
                for fault in row.faults:
                    index = place_of(found, fault.column_name, fault.value, row.cells)
                    assert index is not None
                    assert row.cells[index] == fault.value
                    seen += 1
    assert seen >= 15


def test_mended_and_sent_again_the_rows_land(tmp_path: Path) -> None:
    deliver(tmp_path)
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    before = open_snapshot(tmp_path / "data/published")
    book = opened(paper(before))
    before.close()
    problems, patrols, strange = (page(book, part) for part in ("问题台账", "十月巡查", "说不清"))
    problems["H5"], problems["J5"], problems["E6"], problems["F6"] = "2026-10-08", "", "巡查发现", "东坪镇"
    patrols["F3"], patrols["C4"], patrols["D4"], patrols["E4"] = "2", "东坪镇", "2026年10月9日", "王示例"
    renamed = {"何地": "所属网格", "何时": "巡查时间"}
    for row in strange.iter_rows():
        for cell in row:
            if cell.value in renamed:
                cell.value = renamed[cell.value]
    book.save(tmp_path / FOLDER / "退回改好.xlsx")
    build_at(tmp_path, datetime(2026, 11, 5, 10, 0))
    after = open_snapshot(tmp_path / "data/published")
    sent = after.ask_unscoped("""
        select sent.table_name, sent.found, sent.accepted, sent.rejected, file.state
        from published.submission as sent join published.source_file as file on file.file_id = sent.file_id
        where file.path like '%退回改好%' and sent.found > 0 order by sent.table_name""")
    assert [tuple(row.values()) for row in sent] == [
        ("patrol", 3, 3, 0, "landed"),
        ("problem", 2, 2, 0, "landed"),
    ]
    findings = after.ask_unscoped("""
        select distinct finding.table_name, finding.is_mended from published.quarantine as finding
        join published.source_file as file on file.file_id = finding.file_id
        where finding.severity = 'reject' order by all""")
    assert [tuple(row.values()) for row in findings] == [("", True), ("patrol", True), ("problem", True)]
    (problem,) = after.ask_unscoped("select description from published.problem where problem_no = 'WT-2'")
    assert problem["description"] == FORMULA
    left = opened(paper(after))
    assert left.sheetnames == [SUMMARY]
    assert "坏文件" in str(grid(left[SUMMARY])) and "说不清" not in str(grid(left[SUMMARY]))
    after.close()


def test_the_detachment_is_a_county_too(demo: Snapshot) -> None:
    assert county_named(demo, FULL, "市支队") == ("city", "市支队")
    assert [row.row_number for file in sent_back(demo, FULL, "city", "2026-07")[0] for row in file.sheets[0].rows] != []
