"""Found = accepted + rejected + identical, and every key once, whatever stands in the cells: drawn deliveries of
several files and sheets with random columns, values that belong elsewhere, and junk."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from builds import in_memory, rows, rules
from deliveries import deliver, receipt
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

Table = list[list[str]]
TABLES = {name: contract.columns for name, contract in rules().contracts.tables.items()}
COUNTIES = ("anhua", "heshan", "city")
ODD = """| |　|-|无|#REF!|#N/A|=1+1|'|"|a,b;c|0|-1|1e400|３|%|_|\\|{value}|{column}|$1|注：|合计|𠮷|null|NaN|true|是|否
2026-02-30|1900-01-00|45000.99999|2026-10-08 24:00|9999-12-31|0001-01-01|10月3日|13月45日|2026/13/1|99999999999999999999
99999999日内|0日内|-5日内|999999999999个工作日内|2026年13月底前|年底前|立行立改|9999年12月
0000年|24时60分|2026-10-08 下午13:00"""
SANE = """田庄乡|小淹镇|安化县|赫山|赫山区|示例甲|示例甲、示例乙|2026-10-08|2026-10-08 09:30|2026-10-30
30日内|WT-1|WT-2|XC-1|1|网格员|网格长|机构负责人|复查|不合格|合格|430923106|三级|在岗|请假"""
JUNK = st.sampled_from([*ODD.replace("\n", "|").split("|"), "第1行\n第2行", "\u200b", "\ufeff", "e\u0301", "同" * 300])
SENSE = st.sampled_from(SANE.replace("\n", "|").split("|"))
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
CELL = SENSE | SENSE | JUNK | st.text(max_size=5)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A header of columns of one contract, those that name the table mostly among them, and rows of anything."""
    name = draw(st.sampled_from(sorted(TABLES)))
    contract = rules().contracts.tables[name]
    extra = draw(st.lists(st.sampled_from(sorted(TABLES[name])), max_size=8, unique=True))
    naming = list(contract.identifying) if draw(st.integers(0, 9)) else list(contract.identifying)[1:]
    columns = [*naming, *(column for column in extra if column not in naming)]
    header = [draw(st.sampled_from([TABLES[name][c].zh, *TABLES[name][c].aliases])) for c in columns]
    header += draw(st.lists(st.sampled_from(["备注", "天气", "序号", ""]), max_size=2))
    width = st.lists(CELL, min_size=len(header), max_size=len(header))
    body = draw(st.lists(width, max_size=6))
    repeats = draw(st.lists(st.sampled_from(body), max_size=2)) if body else []
    title = [[draw(CELL)]] if draw(st.booleans()) else []
    return [*title, header, *body, *repeats]


FILES = st.lists(
    st.tuples(st.sampled_from(COUNTIES), st.lists(tables(), min_size=1, max_size=3)), min_size=3, max_size=6
)
File = tuple[str, list[Table]]


def filled(table: Table) -> int:
    """Rows that hold anything at all, control characters and white space aside."""
    return sum(any(CONTROLS.sub("", cell).strip() for cell in row) for row in table)


def write(root: Path, number: int, county: str, sheets: list[Table]) -> None:
    """One sheet as CSV, several as a workbook."""
    received = f"2026-11-0{number + 1} 09:00"
    if len(sheets) == 1:
        deliver(root, f"2026-10/{county}/{number}.csv", sheets[0], received)
        return
    path = root / f"data/raw/2026-10/{county}/{number}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    for place, table in enumerate(sheets):
        sheet = book.add_worksheet(f"表#{place}!")
        for line, row in enumerate(table):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)
    book.close()
    receipt(path, received)


@pytest.mark.parametrize("suite", ["main", pytest.param("slow", marks=pytest.mark.slow)])
def test_every_row_of_anything_is_accounted_for(suite: str) -> None:
    @settings(
        max_examples=3 if suite == "main" else 80, derandomize=suite == "main", deadline=None, database=None,
        phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(FILES)
    def check(files: list[File]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for number, (county, sheets) in enumerate(files):
                write(root, number, county, sheets)
            with in_memory(root) as con:
                assert_read_whole(con, files)
                assert_accounted_for(con)

    check()


def assert_read_whole(con: duckdb.DuckDBPyConnection, files: list[File]) -> None:
    """Every file that was not refused unread or the same as another has as many rows as were written."""
    read = rows(
        con,
        "select split_part(parse_filename(file.path, true), '.', 1), file.state, count(line.row_id)"
        " from published.source_file as file left join published.source_row as line on line.file_id = file.file_id"
        " group by all order by all",
    )
    assert [number for number, _, _ in read] == [str(number) for number in range(len(files))]
    for number, state, count in read:
        if state != "identical" and (state, count) != ("refused", 0):
            assert count == sum(map(filled, files[int(number)][1]))


def assert_accounted_for(con: duckdb.DuckDBPyConnection) -> None:
    """Every body row has one outcome, the sums agree, returned rows say why, and no key stands twice."""
    sums = "sum(found), sum(accepted), sum(rejected), sum(identical)"
    apart = f"select {sums} from published.submission group by file_id, table_name having sum(found) <> "
    assert rows(con, f"{apart} sum(accepted) + sum(rejected) + sum(identical)") == []
    # What lies in the detachment's folder too is a copy as a whole: its rows are counted as identical, not judged.
    body = rows(
        con,
        "select line.row_id from published.source_row as line"
        " join staging.source_file as file on file.file_id = line.file_id and file.is_own"
        " where line.kind = 'body' order by all",
    )
    assert rows(con, "select row_id from staging.row_outcome order by all") == body
    read = "select coalesce(sum(found), 0) from published.submission where state <> 'identical'"
    assert rows(con, read) == [(len(body),)]
    silent = (
        "select row_id from staging.row_outcome where disposition = 'rejected' except"
        " select row_id from published.quarantine where severity = 'reject' and message_zh <> '' and mend_zh <> ''"
    )
    assert rows(con, silent) == []
