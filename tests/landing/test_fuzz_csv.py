"""However a CSV is quoted, broken or blank, cutting it in batches yields what the csv module yields row by row."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from landing_files import PATROL, contracts, patrol_row, put, query, take_in

from pipelines.landing import container, delimited, records
from pipelines.landing.delimited import Normal, normalise, read_delimited
from pipelines.landing.header import find_table
from pipelines.landing.kinds import extra_headers, row_kinds
from pipelines.landing.recognise import Part
from pipelines.landing.records import Records
from pipelines.landing.sheet import Row, Sheet, Unreadable
from pipelines.landing.store import arrow_rows
from pipelines.settings import Limits, Settings

LIMITS = Limits(cell_length=9)
END = "\x00end"
PIECES = [
    ",", ",", ";", "\t", "\n", "\n", "\r", "\r\n", '"', '"', '""', " ", "　", "\xa0", "\u2003", "\x85", "\x1f",
    "甲", "合计", "注：", "所属网格", "a", "0123456789", "é", "😀", "\u200f", "\ufeff", "=1+1", "-", "@",
]  # fmt: skip
PIECE = st.sampled_from(PIECES)
TEXT = st.lists(PIECE, max_size=40).map("".join)


def by_the_csv_module(normal: Normal, limits: Limits) -> list[Row]:
    """The rows one by one, as the csv module tells them; a mark behind the last line shows an open quote."""
    before = csv.field_size_limit(limits.cell_length)
    lines = io.TextIOWrapper(io.BytesIO(normal.data), "utf-8", newline="\n")
    rows: list[Row] = []
    number, record = 0, [END]
    try:
        for number, record in enumerate(csv.reader(chain(lines, ["\n", END]), delimiter=normal.delimiter), 1):
            cells = [cell.strip() for cell in record]
            if any(cells):
                rows.append((number, cells))
    except csv.Error as error:
        raise container.too_long(number + 1, limits) from error
    finally:
        csv.field_size_limit(before)
    if record != [END]:
        raise Unreadable(f"第 {number} 行开始的引号没有配对，其后的行无法分清", "请删去或补齐该行多余的英文引号")
    return rows[:-1]


def told(read: object, *arguments: object) -> object:
    """The rows, or the row at fault: where an open quote also runs beyond the limit, either may be said of it."""
    assert callable(read)
    try:
        return list(read(*arguments))
    except Unreadable as refusal:
        at_fault = re.match(r"第 \d+ 行", refusal.reason_zh)
        assert at_fault is not None
        return at_fault[0]


@given(
    text=TEXT,
    size=st.sampled_from([1, 2, 3, 1000]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    small=st.sampled_from([0, 10_000]),
)
@example(text='a,b\n"x\ny",1\n\n"z', size=2, delimiter=",", small=0)
@example(text='"a\n\n\n\nb",1\nc,2', size=2, delimiter=",", small=0)
@example(text="甲\n\ufeffa,b\n", size=1, delimiter=",", small=0)
@example(text='a"b,"c"d\n""\n"",""\n', size=1, delimiter=",", small=0)
@example(text='a\nb\n"c",,,,,,,,,,,,d\ne\nf\n,,,,,,,,,,,,,,g\nh', size=1000, delimiter=",", small=0)
@hypothesis_settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_cut_as_the_csv_module_reads_it(
    monkeypatch: pytest.MonkeyPatch, text: str, size: int, delimiter: str, small: int
) -> None:
    monkeypatch.setattr(records, "_SMALL", small)
    monkeypatch.setattr(delimited, "BATCH_ROWS", size)
    data = normalise(text.encode("utf-8", "ignore")).data
    normal = Normal(data, delimiter)
    assert told(delimited._rows, normal, LIMITS) == told(by_the_csv_module, normal, LIMITS)


WORDS = [
    "", "", "梅城镇", "示例", "合 计", "（合计）", "　小计", "注：甲", "注塑厂", "统计局", "统　计", "审核：", "总计",
    "\x0b说明：",
    "※ 备注：", "2026-05-01", "本页", "一、城区", "（二） 重点", "三", *PATROL,
]  # fmt: skip
WORD = st.sampled_from(WORDS)
LEDGER = st.lists(st.lists(WORD, max_size=8) | st.just(PATROL) | st.just(patrol_row(1)), max_size=14)


@given(above=st.lists(st.lists(WORD, max_size=2), max_size=2), ledger=LEDGER, size=st.sampled_from([1, 3, 1000]))
@hypothesis_settings(max_examples=300, deadline=None)
def test_every_row_is_of_the_same_kind_in_either_form(
    above: list[list[str]], ledger: list[list[str]], size: int
) -> None:
    rows: list[Row] = [(n, [c.strip() for c in cells]) for n, cells in enumerate([*above, PATROL, *ledger], 1)]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    batches = [records.batch_of(rows[start : start + size]) for start in range(0, len(rows), size)]
    as_arrow = Records(batches)
    assert list(as_arrow) == rows
    assert as_arrow[1:3] == rows[1:3]
    start = next(place for place, (_, cells) in enumerate(rows) if cells == PATROL)
    header = range(start, start + 1)
    kinds = row_kinds(rows, header, [1, 3])
    assert row_kinds(as_arrow, header, [1, 3]) == kinds
    texts = dict(enumerate(PATROL))
    assert extra_headers(texts, {0, 1}, as_arrow, kinds) == extra_headers(texts, {0, 1}, rows, kinds)
    one, other = Sheet("csv", False, rows), Sheet("csv", False, as_arrow)
    assert find_table(one, contracts(), None, Limits()) == find_table(other, contracts(), None, Limits())
    assert arrow_rows(Part(one, None, kinds)).to_pylist() == arrow_rows(Part(other, None, kinds)).to_pylist()


def test_lines_of_hundreds_of_cells_take_no_room_but_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["1,2,3"] * 30_000
    lines[5_000::10_000] = ["x" + "," * 399] * 3
    path.write_text("\n".join(lines), "utf-8")
    (sheet,) = read_delimited(path, Limits())
    assert isinstance(sheet.rows, Records)
    assert (len(sheet.rows), sheet.rows.width, sheet.rows[15_000]) == (30_000, 400, (15_001, ["x"] + [""] * 399))
    assert [number for number, _ in sheet.rows] == list(range(1, 30_001))
    assert sum(batch.nbytes for batch in sheet.rows.batches) < 2_000_000


@pytest.mark.parametrize("quote", ["", '"'])
def test_too_many_cells_are_refused_and_empty_ones_are_nothing(tmp_path: Path, quote: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"a,b\n{quote}{quote}{',' * 300_000}\n1,2\n", "utf-8")
    (sheet,) = read_delimited(path, Limits())
    assert list(sheet.rows) == [(1, ["a", "b"]), (3, ["1", "2"])]
    path.write_text(f"a,b\n{quote}x{quote}{',' * 300_000}\n1,2\n", "utf-8")
    with pytest.raises(Unreadable, match="有 300001 列，超过上限"):
        read_delimited(path, Limits())


def test_white_space_at_the_ends_is_what_python_takes_for_it(tmp_path: Path) -> None:
    spaces = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000 and chr(code).isspace()]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(f"{space}x{space},{space}y" for space in spaces if space not in "\n\r,"), "utf-8")
    (sheet,) = read_delimited(path, Limits())
    assert {tuple(cells) for _, cells in sheet.rows} == {("x", "y")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_character_across_two_pieces_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.setattr(delimited, "_PIECE_BYTES", 3)
    text = "所属网格,巡查情况\n梅城镇,😀一切正常\n"
    assert normalise(text.encode(encoding)).data.decode() == text
    with pytest.raises(Unreadable, match="第 3 行附近"):
        normalise(text.encode("gb18030") + b"\xff\xff\n")


def test_a_quoted_line_break_keeps_the_numbers_a_spreadsheet_shows(settings: Settings) -> None:
    lines = [",".join(PATROL), "", *(",".join(patrol_row(number)) for number in (1, 2))]
    lines[2] = lines[2].replace("示例甲一、示例乙二", '"示例甲一、\n示例乙二"')
    put(settings, "2026-05/anhua/a.csv", "\n".join(lines).encode())
    with duckdb.connect() as con:
        take_in(con, settings)
        found = query(con, "select row_number, patrol_no, inspectors from raw.patrol order by 1")
    assert found == [(3, "XC-001", "示例甲一、\n示例乙二"), (4, "XC-002", "示例甲一、示例乙二")]
