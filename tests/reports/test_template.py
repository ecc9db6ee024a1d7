"""Blank ledgers: filled in as a person would and delivered, every row lands; nothing else in the workbook counts."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from foreign import FIXTURES
from house import RULES, House
from openpyxl.worksheet.worksheet import Worksheet
from roots import build

from pipelines.cli import main
from pipelines.contracts import COLUMN_TYPES
from pipelines.reports import PaperError, write_paper
from pipelines.reports.forms import FORMS
from pipelines.reports.grids import WHOLE_CITY, grid_choices
from pipelines.reports.instructions import INSTRUCTIONS
from pipelines.reports.offered import blank_ledger
from pipelines.reports.template import template
from pipelines.settings import Settings
from pipelines.snapshot import open_snapshot
from pipelines.way_back import LISTS

TABLES = sorted(RULES.contracts.tables)
COUNTY = "安化县"
HEADER, FIRST = 3, 4
# Columns that only make sense together: what a person knows and no list can tell.
SENSE = {"grid": {"level": "三级", "parent": COUNTY, "valid_to": None, "is_patrol_grid": "是"}}


def blank(table: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template(RULES.contracts, table)))


def cells_of(book: openpyxl.Workbook, reference: str) -> list[str]:
    name, span = reference.removeprefix("=").split("!")
    return [row[0].value for row in book[name][span.replace("$", "")]]


def rule_of(sheet: Worksheet, cell: str) -> Any:
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    return rule


def options(book: openpyxl.Workbook, sheet: Worksheet, cell: str) -> list[str]:
    """What the drop-down list of a cell offers."""
    source = rule_of(sheet, cell).formula1
    if source.startswith("INDIRECT("):
        chosen = options(book, sheet, "B2").index(sheet["B2"].value) + 1
        assert source.startswith('INDIRECT("网格名单"&MATCH($B$2,')
        source = book.defined_names[f"网格名单{chosen}"].attr_text
    return cells_of(book, source)


def examples(book: openpyxl.Workbook) -> dict[str, str]:
    """Column → example, as the instructions give them."""
    rows = [(name.value, told.value) for name, told in book[INSTRUCTIONS].iter_rows(max_col=2)]
    return {name: told.rpartition("示例：")[2] for name, told in rows if told and "示例：" in told}


def choose(book: openpyxl.Workbook, told: str, column: Any, cell: str, number: int) -> Any:
    """What a person writes into this cell of the number-th row: from the list, a date, else like the example."""
    sheet = book.worksheets[0]
    if column.type in {"word", "flag", "grid"}:
        offered = options(book, sheet, cell)
        return offered[number % len(offered)]
    if column.type in {"instant", "due", "day"}:
        rule = rule_of(sheet, cell)
        assert rule.type == "date"
        return datetime(2026, 10, 12, 9, 30) + timedelta(days=number)
    if column.type == "count":
        return number
    if column.type in {"number", "year"}:
        return float(told)
    if column.type == "code":
        return str(int(told) + number).rjust(len(told), "0") if told.isdigit() else f"{told}{number}"
    return told


def filled(table: str, path: Path) -> None:
    """Write three rows into the blank ledger of a table."""
    book = blank(table)
    sheet = book.worksheets[0]
    if sheet["B2"].value == WHOLE_CITY:
        assert COUNTY in options(book, sheet, "B2")
        sheet["B2"] = COUNTY
    told = examples(book)
    for index, column in enumerate(RULES.contracts.tables[table].asked, 1):
        for number in range(3):
            cell = sheet.cell(FIRST + number, index)
            value = choose(book, told[column.zh], column, cell.coordinate, number)
            cell.value = SENSE.get(table, {}).get(column.name, value)
            if (table, column.name) == ("grid", "code"):
                cell.value = str(430923501 + number)  # a county registers new grids of its own alone
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Every template, filled and delivered by one county, by file: table → what became of its rows."""
    root = tmp_path_factory.mktemp("filled")
    for table in TABLES:
        filled(table, root / "data/raw/2026-10/anhua" / f"{table}.xlsx")
    build(root)
    snapshot = open_snapshot(root / "data/published")
    rows = snapshot.ask_unscoped("""
        select sent.*, file.path, file.reason_zh from published.submission as sent
        join published.source_file as file on file.file_id = sent.file_id""")
    kinds = snapshot.ask_unscoped("select file_id, sheet_name, kind from published.source_row")
    faults = snapshot.ask_unscoped("select * from published.quarantine")
    snapshot.close()
    return {
        Path(row["path"]).stem: {
            **row,
            "faults": [fault for fault in faults if fault["file_id"] == row["file_id"]],
            "kinds": {(one["sheet_name"], one["kind"]) for one in kinds if one["file_id"] == row["file_id"]},
        }
        for row in rows
    }


@pytest.mark.parametrize("table", TABLES)
def test_a_filled_template_lands_whole(landed: dict[str, dict[str, Any]], table: str) -> None:
    sent = landed[table]
    sent_back = [fault["message_zh"] for fault in sent["faults"] if fault["severity"] == "reject"]
    assert (sent["table_name"], sent["state"], sent["reason_zh"], sent_back) == (table, "landed", None, [])
    assert (sent["found"], sent["accepted"], sent["rejected"]) == (3, 3, 0)


@pytest.mark.parametrize("table", TABLES)
def test_instructions_and_lists_count_no_rows(landed: dict[str, dict[str, Any]], table: str) -> None:
    beside = {kind for sheet, kind in landed[table]["kinds"] if sheet in {INSTRUCTIONS, LISTS}}
    assert beside <= {"note"}
    assert (INSTRUCTIONS, "note") in landed[table]["kinds"]


@pytest.mark.parametrize("table", TABLES)
def test_the_header_is_locked_and_the_rest_is_not(table: str) -> None:
    book = blank(table)
    sheet, contract = book.worksheets[0], RULES.contracts.tables[table]
    assert sheet.title == contract.zh
    assert sheet.protection.sheet
    headers = {cell.value: cell for cell in sheet[HEADER]}
    for column in contract.asked:
        required = column.required or column.name in contract.identifying
        cell = headers[f"{column.zh}{'*' if required else ''}"]
        assert cell.protection.locked
        assert cell.fill.fgColor.rgb == ("FFC55A11" if required else "FF2F5597")
        assert not sheet.column_dimensions[cell.column_letter].protection.locked
    assert sheet.freeze_panes == f"B{FIRST}"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", f"$1:${HEADER}")


@pytest.mark.parametrize("table", TABLES)
def test_cells_are_checked_by_type(table: str) -> None:
    book = blank(table)
    sheet = book.worksheets[0]
    for index, column in enumerate(RULES.contracts.tables[table].asked, 1):
        cell = sheet.cell(FIRST, index).coordinate
        if column.type in {"instant", "due", "day"}:
            assert rule_of(sheet, cell).type == "date"
        elif column.type == "count":
            assert (rule_of(sheet, cell).type, rule_of(sheet, cell).formula1) == ("whole", "0")
        elif column.type in {"word", "flag"}:
            words = [texts[0] for texts in column.words.values()] or ["是", "否"]
            assert options(book, sheet, cell) == words
        elif column.type == "deadline":
            assert "30个工作日内" in rule_of(sheet, cell).prompt
            assert rule_of(sheet, cell).type in {None, "none"}


def test_townships_depend_on_the_county_chosen() -> None:
    book = blank("patrol")
    sheet = book.worksheets[0]
    cell = next(cell for cell in sheet[HEADER] if cell.value == "所属网格*")
    below = sheet.cell(FIRST, cell.column).coordinate
    assert "田庄乡" in options(book, sheet, below)
    sheet["B2"] = "南县"
    assert "田庄乡" not in options(book, sheet, below)
    assert options(book, sheet, below)[-3:] == ["南县", "第三网格单元", "益阳市"]


@pytest.mark.parametrize("way", ["verb", "page"])
def test_a_root_with_grids_of_its_own_is_offered_those(tmp_path: Path, way: str) -> None:
    shutil.copytree(FIXTURES / "311/config", tmp_path / "config")
    if way == "verb":
        assert main(["template", "problem", str(tmp_path / "a.xlsx"), "--root", str(tmp_path)]) == 0
        content = (tmp_path / "a.xlsx").read_bytes()
    else:
        content = blank_ledger(Settings(root=tmp_path), "problem")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    boroughs = ["Manhattan", "Bronx", "Brooklyn", "Queens", "Staten Island"]
    assert options(book, sheet, "B2") == [WHOLE_CITY, *boroughs]
    cell = next(cell for cell in sheet[HEADER] if str(cell.value).startswith("所属网格"))
    below = sheet.cell(FIRST, cell.column).coordinate
    assert options(book, sheet, below) == ["Example City", *boroughs]
    sheet["B2"] = "Staten Island"
    assert options(book, sheet, below) == ["Staten Island", "Example City"]


def test_every_offered_grid_is_understood_in_its_county() -> None:
    house = House().build()
    known = {(row["county_id"], row["name"]): row["grid_id"] for row in house.rows("from staging.grid_name")}
    ids = {row["name"]: row["grid_id"] for row in house.rows("select name, grid_id from seed.grid where level = 2")}
    for choice, names in grid_choices(RULES.contracts.grids).items():
        county = ids.get(choice, "city")
        assert [name for name in names if not known.get((county, name))] == []
        assert len(set(names)) == len(names) > 5


def test_no_formula_and_the_same_bytes_each_time() -> None:
    once = template(RULES.contracts, "problem")
    assert once == template(RULES.contracts, "问题台账")
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert all(b"<f>" not in archive.read(name) for name in sheets)


def test_every_type_is_told_of() -> None:
    assert set(FORMS) >= COLUMN_TYPES


def test_wrong_names_say_what_is_possible(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match=r"是否为 重点点位清单？可用：.*巡查记录（patrol）"):
        template(RULES.contracts, "点位")
    with pytest.raises(PaperError, match=r"\.xlsx"):
        write_paper(tmp_path / "a.xls", b"")
