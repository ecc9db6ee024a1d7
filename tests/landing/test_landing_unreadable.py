"""Files that cannot be read say why and how to mend it; the rest of the delivery still lands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import python_calamine
import xlsxwriter
from landing_files import csv_bytes, patrol_rows, put, query, take_in, workbook

from pipelines.landing.sheet import Unreadable
from pipelines.landing.workbook import read_workbook
from pipelines.settings import Limits, Settings

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return workbook(tmp_path_factory.mktemp("good") / "a.xlsx", {"巡查": patrol_rows(40)}).read_bytes()


def without_checksum(data: bytes) -> bytes:
    """The same archive with one flipped byte in the middle of the sheet's data."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    place = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def no_workbook(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    return target.getvalue()


KINDS: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("a.xlsx", lambda good: b"", "0 字节"),
    ("a.csv", lambda good: b"", "0 字节"),
    ("a.csv", lambda good: b"\n ,\n\n", "没有任何内容"),
    ("a.pdf", lambda good: b"%PDF-1.7", "不支持的文件类型“.pdf”"),
    ("无后缀", lambda good: b"x", "不支持的文件类型“无后缀”"),
    ("a.xlsx", lambda good: OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
    ("a.xls", lambda good: b"<html><table><tr><td>x</td></tr></table></html>", "网页或 XML，却以 .xls 命名"),
    ("a.xls", lambda good: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "网页或 XML，却以 .xls 命名"),
    ("a.csv", lambda good: b"\n<!DOCTYPE html><html>", "网页或 XML，却以 .csv 命名"),
    ("a.xls", lambda good: csv_bytes(patrol_rows(2)), "不是 Excel 工作簿，却以 .xls 命名"),
    ("a.xlsx", lambda good: csv_bytes(patrol_rows(2)), "不是 Excel 工作簿，却以 .xlsx 命名"),
    ("a.xls", lambda good: good, "内容与扩展名 .xls 不符"),
    ("a.xlsx", lambda good: OLE + b"\x00" * 2000, "内容与扩展名 .xlsx 不符"),
    ("a.csv", lambda good: good, "是 Excel 工作簿，却以 .csv 命名"),
    ("a.xlsx", lambda good: good[: len(good) // 2], "已损坏或不完整"),
    ("a.xlsx", without_checksum, "已损坏或不完整"),
    ("a.xlsx", no_workbook, "无法读取工作簿"),
    ("a.xls", lambda good: OLE + b"\x00" * 5000, "无法读取工作簿"),
]


@pytest.mark.parametrize(("name", "make", "said"), KINDS, ids=[f"{name}-{said}" for name, _, said in KINDS])
def test_an_unreadable_file_says_why(
    settings: Settings, good: bytes, name: str, make: Callable[[bytes], bytes], said: str
) -> None:
    put(settings, f"2026-05/anhua/{name}", make(good))
    put(settings, "2026-05/taojiang/good.xlsx", good)
    with duckdb.connect() as con:
        report = take_in(con, settings)
        assert (report.seen, report.refused) == (2, 1)
        ((reason, mend),) = query(con, "select reason_zh, mend_zh from raw.content where state = 'refused'")
        assert said in reason
        assert "请" in mend
        assert str(settings.root) not in reason + mend
        assert query(con, "select count(*) from raw.patrol") == [(40,)]
        assert query(con, "select count(*) from raw.source_row") == [(41,)]
    assert len(list(settings.row_files.iterdir())) == 1


LIMITS = [
    (Limits(file_bytes=100), "超过上限 100 字节"),
    (Limits(expanded_bytes=1000), "展开后有 .* 字节，超过上限 1000"),
    (Limits(rows=40), "有 41 行，超过上限 40 行"),
    (Limits(columns=4), "有 5 列，超过上限 4 列"),
    (Limits(cell_length=8), "第 2 行有单元格超过 8 字"),
]


@pytest.mark.parametrize(("limits", "said"), LIMITS, ids=[said for _, said in LIMITS])
def test_a_workbook_beyond_the_limits(tmp_path: Path, good: bytes, limits: Limits, said: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good)
    with pytest.raises(Unreadable, match=said):
        read_workbook(path, limits)


def with_part(good: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part more, or another in its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(expanded_bytes=1_000_000), "展开后有 .* 字节，超过上限 1000000 字节"),
        (Limits(tags=300_000), "单元格与文字的标记超过上限 300000 个"),
    ],
)
def test_a_bomb_of_shared_strings_is_refused_and_the_rest_lands(
    settings: Settings, good: bytes, limits: Limits, said: str
) -> None:
    bomb = with_part(good, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 100_000 + b"</sst>")
    assert len(bomb) < 20_000
    put(settings, "2026-05/anhua/bomb.xlsx", bomb)
    put(settings, "2026-05/taojiang/good.xlsx", good)
    with duckdb.connect() as con:
        take_in(con, replace(settings, limits=limits))
        ((reason, mend),) = query(con, "select reason_zh, mend_zh from raw.content where state = 'refused'")
        assert re.search(said, reason)
        assert "拆成几个文件" in mend
        assert query(con, "select count(*) from raw.patrol") == [(40,)]


def test_pictures_are_not_what_expands(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_part(good, "xl/media/image1.png", b"\x89PNG" + bytes(300_000)))
    assert len(read_workbook(path, Limits(expanded_bytes=100_000))[0].rows) == 41
    with pytest.raises(Unreadable, match="超过上限 200000"):
        read_workbook(path, Limits(expanded_bytes=100_000, file_bytes=200_000))


def test_a_ledger_of_a_hundred_thousand_rows_is_far_below_the_limits(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    for row in range(1000):
        for column in range(16):
            sheet.write_string(row, column, f"示例镇网格巡查情况第 {row} 行第 {column} 列")  # every text is another
    book.close()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = [archive.read(part) for part in archive.namelist()]
    assert 100 * sum(map(len, parts)) < 0.8 * Limits().expanded_bytes
    assert 100 * sum(part.count(b"<") for part in parts) < 0.8 * Limits().tags


def test_a_zip_that_understates_its_size_fails(tmp_path: Path, good: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    forged = good.replace(size.to_bytes(4, "little"), (size // 2).to_bytes(4, "little"))
    assert forged != good
    path = tmp_path / "a.xlsx"
    path.write_bytes(forged)
    with pytest.raises(Unreadable, match="已损坏或不完整"):
        read_workbook(path, Limits())


@pytest.mark.parametrize(
    "error", [python_calamine.PasswordError("x"), MemoryError("y"), type("PanicException", (BaseException,), {})("z")]
)
def test_whatever_the_reader_raises_is_a_refusal(
    tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good)

    class Failing:
        @staticmethod
        def from_path(path: Path) -> None:
            raise error

    monkeypatch.setattr("pipelines.landing.workbook.calamine.CalamineWorkbook", Failing)
    with pytest.raises(Unreadable):
        read_workbook(path, Limits())


def test_an_interrupt_is_no_refusal(tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good)

    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.landing.workbook.container.check_zip", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(path, Limits())
