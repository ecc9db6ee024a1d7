"""CSV of any encoding and delimiter in use reads back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from landing_files import PATROL, csv_bytes, patrol_rows

from pipelines.landing.delimited import normalise, read_delimited
from pipelines.landing.sheet import Row, Unreadable
from pipelines.landing.values import cell_text
from pipelines.settings import Limits

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
CELL = TEXT | st.sampled_from(["张三;李四", "a,b", "1,5", "\t", '"', '说"好"', "一行\n两行", "", "　", "=1"])


def read(tmp_path: Path, data: bytes, limits: Limits | None = None) -> list[Row]:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    (sheet,) = read_delimited(path, limits or Limits())
    assert sheet.name == "csv"
    return list(sheet.rows)


@given(
    rows=st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_reads_back(tmp_path: Path, rows: list[list[str]], encoding: str, delimiter: str) -> None:
    """The header decides between encodings and delimiters where the cells alone could be read either way."""
    written = [PATROL, *rows]
    found = read(tmp_path, csv_bytes(written, encoding, delimiter))
    meant = [[cell_text(cell) for cell in row] for row in written]
    assert [cells for _, cells in found] == [row for row in meant if any(row)]
    numbers = [number for number, _ in found]
    assert numbers == sorted(set(numbers))


def test_a_row_has_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    data = '标题\r\n\r\n甲,乙\r\n"一\r\n二",三\r\n,\r\n四,五'.encode()
    assert read(tmp_path, data) == [
        (1, ["标题"]), (3, ["甲", "乙"]), (4, ["一\n二", "三"]), (6, ["四", "五"])
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_titles_and_lists_do_not_mislead_the_delimiter(delimiter: str) -> None:
    rows = [
        ["安化县, 2026年5月; 巡查"],
        ["编号", "人员", "说明"],
        *[[str(n), "甲;乙", "好, 好, 好"] for n in range(30)],
    ]
    assert normalise(csv_bytes(rows, delimiter=delimiter)).delimiter == delimiter


def test_a_delimiter_begins_with_the_header() -> None:
    rows = [["编号", "说明"], *[[str(n), "水,气,声,渣"] for n in range(30)]]
    assert normalise(csv_bytes(rows, delimiter=";")).delimiter == ";"


def test_ragged_rows_stay_as_they_are(tmp_path: Path) -> None:
    assert read(tmp_path, b"a,b,c\n1\n1,2,3,4\n") == [(1, ["a", "b", "c"]), (2, ["1"]), (3, ["1", "2", "3", "4"])]


def test_a_mac_file_and_control_characters(tmp_path: Path) -> None:
    assert read(tmp_path, b"a,b\r1\x00,\x1f2\x1a\r") == [(1, ["a", "b"]), (2, ["1", "2"])]


REFUSED = [
    (b'a,b\n"open,1\n2,3\n', "第 2 行开始的引号没有配对"),
    (b'a,b\n"x\ny",1\n\n"open,3\n', "第 4 行开始的引号没有配对"),
    (b'a,b\n1,"' + b"x" * 40 + b'"\n', "第 2 行有单元格超过 30 字"),
    (b"a,b\n1,2\n3,4\n5,6\n", "有 4 行，超过上限 3 行"),
    (b"a,b,c,d,e,f,g\n", "有 7 列，超过上限 6 列"),
    (b"\xff\xff\xff,\xff\n", "文字编码无法识别"),
    ("甲,乙\n".encode() + b"\xff,1\n", "第 2 行附近"),
    ("甲,乙".encode("utf-16-le"), "文字编码无法识别|不是文本"),
    (b"a\x00,\x00b\x00", "不是文本"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(tmp_path, data, Limits(cell_length=30, rows=3, columns=6))


def test_the_limit_of_the_csv_module_is_put_back(tmp_path: Path) -> None:
    import csv

    before = csv.field_size_limit()
    with pytest.raises(Unreadable):
        read(tmp_path, b"aaaaaaaa,b\n", Limits(cell_length=3))
    assert read(tmp_path, csv_bytes(patrol_rows(3)))
    assert csv.field_size_limit() == before
