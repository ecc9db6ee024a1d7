"""The hands in which the demo's ledgers are written: each sender's own, and what becomes of dates, names and codes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from demo_files import lines_of
from python_calamine import CalamineWorkbook
from roots import SQL

from pipelines.contracts import load, normal_header
from pipelines.demo.counties import COUNTIES, County
from pipelines.demo.headers import HEADERS, columns_of
from pipelines.demo.looks import LOOKS, Text
from pipelines.demo.places import load_land
from pipelines.demo.plan import SEED, make_plan
from pipelines.demo.truth_reports import NEEDED, REQUIRED
from pipelines.demo.words import WORDS
from pipelines.demo.write import write_demo

SOME_MONTHS = ("2024-11", "2025-12", "2026-01", "2026-08", "2026-10")


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hands")
    write_demo(root, SQL, months=SOME_MONTHS)
    return root / "data" / "raw"


def test_nine_senders_write_in_nine_hands(raw: Path) -> None:
    assert len({county.style for county in COUNTIES.values()}) == len(COUNTIES) == len(LOOKS) == 9
    headers = {style: tuple(tables["patrol"].split()) for style, tables in HEADERS.items()}
    assert len(set(headers.values())) == 9
    texts = {(look.encoding, look.delimiter) for look in LOOKS.values() if isinstance(look, Text)}
    assert texts == {("utf-8-sig", ","), ("gb18030", ","), ("utf-8", ";"), ("gb18030", "\t")}
    hidden = set()
    for county in COUNTIES.values():
        for path in (raw / "2024-11" / county.folder).glob("*报表.xlsx"):
            sheets = CalamineWorkbook.from_path(path).sheets_metadata
            hidden |= {(county.county_id, sheet.name) for sheet in sheets if "Hidden" in str(sheet.visible)}
    assert hidden == {("heshan", "下拉选项"), ("gaoxin", "下拉选项"), ("datonghu", "人员底册")}


def test_headers_and_words_are_those_of_the_contracts() -> None:
    contracts = load(SQL / "contracts")
    means = {"#": None, "other_code": "grid_code", "started_on": "started_at", "discovered_on": "discovered_at"}
    for style, tables in HEADERS.items():
        for name in tables:
            headers = contracts.tables[name].headers()
            read = {cell: headers.get(normal_header(h.replace("|", ""))) for h, cell in columns_of(style, name)}
            assert {cell: column for cell, column in read.items() if column != means.get(cell, cell)} == {}
    for place, values in WORDS.items():
        table_name, column = place.split(".")
        known = contracts.tables[table_name].columns[column].words
        for value, words in values.items():
            assert set(words) <= set(known[value]), place


@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
def test_a_county_has_each_asked_column_but_those_it_lacks(county: County) -> None:
    """What the truth knows of columns is what the ledgers have: never, from a month on, or but for one month."""
    for month in ("2024-11", "2026-03", "2026-10"):
        lacking = county.lacking(month)
        for table in REQUIRED:
            written = {cell for _, cell in columns_of(county.style, table, lacking)}
            for field in {*REQUIRED[table], *NEEDED[table]}:
                assert (field in written) == (f"{table}.{field}" not in lacking), (month, table, field)


def test_columns_come_and_go(raw: Path) -> None:
    """One county keeps a column only since a month; another leaves one out for a month; two never kept some."""
    first = (raw / "2024-11" / "ziyang" / "问题明细202411.csv").read_text("utf-8").splitlines()[0]
    later = (raw / "2025-12" / "ziyang" / "问题明细202512.csv").read_text("utf-8").splitlines()[0]
    assert "首次处置时间" not in first and later == f"{first};首次处置时间"
    kept = dict(columns_of("F", "problem", COUNTIES["yuanjiang"].lacking("2026-02")))
    lost = dict(columns_of("F", "problem", COUNTIES["yuanjiang"].lacking("2026-03")))
    assert kept.items() - lost.items() == {("登记时间", "registered_at")}
    assert "problem.filed_at" in COUNTIES["datonghu"].lacks and "problem.escalated_at" in COUNTIES["gaoxin"].lacks


def test_a_withdrawn_row_is_marked_in_the_second_sending_only(raw: Path) -> None:
    folder = raw / "2026-08" / "ziyang"
    for name, mark in (("巡查明细202608.csv", ""), ("巡查明细202608（更正）.csv", "是")):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            (row,) = (row for row in csv.DictReader(file, delimiter=";") if row["记录编号"] == "ZYXC-202608-9700")
        assert row["是否作废"] == mark


def test_in_january_days_lack_their_year_those_of_december_too(raw: Path) -> None:
    lines = (raw / "2026-01" / "430981" / "巡查导出202601.csv").read_text("gb18030").splitlines()
    told = {line.split("\t")[0]: line.split("\t")[5] for line in lines[1:]}
    mine = [p for p in make_plan(load_land(SQL), SEED, SOME_MONTHS, ("yuanjiang",)).patrols if p.month == "2026-01"]
    december = [patrol.number for patrol in mine if patrol.started_at.at.year == 2025]
    assert december and all(told[number].startswith("12月") for number in december)
    assert not any("2025" in text for text in told.values())


def test_names_and_codes_are_written_as_people_write_them(raw: Path) -> None:
    roster = (raw / "2024-11" / "ziyang" / "网格人员202411.csv").read_text("utf-8")
    assert "示　例;" in roster
    rows = list(lines_of(next((raw / "2026-10" / "赫山区").glob("*报表.xlsx")), "巡查"))
    codes = {tuple(row.split("|")[1:3]) for row in rows}
    assert ("龙光桥街道", "430903006") in codes, "in the other list; here it is 会龙山街道's code"
    sections = [
        row for row in lines_of(next((raw / "2026-10" / "gaoxin").glob("*报表.xlsx")), "巡查情况") if "（1）" in row
    ]
    assert len(sections) == 1
