"""Deliveries spoilt at random: ledgers that look real, then cells, bytes or parts of them changed. A seed, a file."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import xlsxwriter
from landing_files import PATROL, PROBLEM, patrol_row

Cells = list[list[Any]]
LONGEST = 32_767
JUNK: list[Any] = [
    "", " ", "　", "\x00甲", "\x0b", "=cmd|' /C calc'!A0", "+1",
    "-1", "@SUM(A1)", "x" * 40_000, "😀👩‍👩‍👧", "\u202eابجد", "e\u0301",
    "_xD83D_", "0000-00-00", "9999-12-31", "2026-02-30",
    "1900-01-01", "二〇二六年五月", "-5", "1e308", "nan", "١٢٣", "'", '"',
    '""', ";", "\t", "\n", "\r\n", "，",
    "'); drop table raw.patrol; --", '{"a": 1}', "[1", "%s{}", "\\", "合计", "注：", "一、梅城镇",
    "NULL", "无", "√", True, False, 0, -3, 3.75, 1e300,
    45_778.5, datetime(1900, 1, 1), datetime(9999, 12, 31, 23, 59), None,
]  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A file to land. filled: rows with a value, where it was not spoilt below its cells, else None."""

    name: str
    data: bytes
    filled: int | None


def case(seed: int) -> Case:
    """The file of a seed, the same ever after."""
    chance = random.Random(seed)
    tables = [_spoilt(_ledger(chance), chance) for _ in range(chance.choice([1, 1, 1, 2, 3]))]
    if chance.random() < 0.5:
        text = chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
        made = Case("a.csv", _csv(tables[0], text, chance.choice(",;\t")), _filled(tables[:1]))
    else:
        made = Case(chance.choice(["a.xlsx", "a.xlsm"]), _book(tables, chance), _filled(_as_written(tables)))
    spoil = chance.choice([None, None, None, _bytes, _parts, _splice])
    return Case(chance.choice([made.name] * 18 + ["a.xls", "a.csv"]), spoil(made.data, chance), None) if spoil else made


def _ledger(chance: random.Random) -> Cells:
    rows: Cells = [["安化县 5 月巡查台账"]] if chance.random() < 0.3 else []
    if chance.random() < 0.7:
        rows += [list(PATROL), *(list[Any](patrol_row(number)) for number in range(1, chance.randrange(1, 9)))]
    else:
        rows += [
            list(PROBLEM),
            *([str(n), "梅城镇", "示例", "2026-05-01", "30日内"] for n in range(chance.randrange(6))),
        ]
    return rows + ([["合计", "", "", "", 3], ["注：示例"]] if chance.random() < 0.3 else [])


def _spoilt(rows: Cells, chance: random.Random) -> Cells:
    """Some cells junk, some rows doubled, lost, cut short or drawn out, now and then 300 columns."""
    for _ in range(chance.choice([0, 0, 1, 2, 5, 20])):
        row = chance.choice(rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(JUNK)
    if chance.random() < 0.2:
        rows.insert(chance.randrange(len(rows)), chance.choice([[], ["一、田庄乡"], list(PATROL), [None] * 7]))
    if chance.random() < 0.2:
        row = chance.choice(rows)
        row[:] = chance.choice([row[:2], row * 2, [*row, *JUNK[:8]]])
    if chance.random() < 0.05:
        rows[0] += [f"另列{n}" for n in range(300)]
        rows[-1] += ["x"] * 300
    return rows


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _filled(tables: Sequence[Cells]) -> int:
    """Rows with a cell that holds more than white space and control characters."""
    return sum(any(_is_seen(value) for value in row) for rows in tables for row in rows)


def _is_seen(value: Any) -> bool:
    return any(character.isprintable() and not character.isspace() for character in _text(value))


def _as_written(tables: Sequence[Cells]) -> list[Cells]:
    """Without the texts that no workbook can hold."""
    return [[[None if _is_too_long(value) else value for value in row] for row in rows] for rows in tables]


def _is_too_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > LONGEST


def _csv(rows: Cells, encoding: str, delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([[_text(value) for value in row] for row in rows])
    return text.getvalue().encode(encoding)


def _book(tables: Sequence[Cells], chance: random.Random) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"})
    book.set_properties({"created": datetime(2026, 5, 1)})
    for number, rows in enumerate(_as_written(tables)):
        sheet = book.add_worksheet(f"表{number}")
        if number and chance.random() < 0.4:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
    book.close()
    return target.getvalue()


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, put in, taken out or cut off."""
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 1, 1, 2, 20])):
        if not spoilt:
            break
        place = chance.randrange(len(spoilt))
        how = chance.randrange(5)
        if how == 0:
            spoilt[place] ^= 1 << chance.randrange(8)
        elif how == 1:
            spoilt[place:place] = chance.choice(
                [b"\x00", b'"', b"\n", b"\r", b"\xed\xa0\x80", b"\xff", b"\xa1", b",", b"<"]
            )
        elif how == 2:
            del spoilt[place : place + chance.choice([1, 1, 3, 50])]
        elif how == 3:
            spoilt[place] = chance.randrange(256)
        elif chance.random() < 0.2:
            del spoilt[place:]
    return bytes(spoilt)


def _parts(data: bytes, chance: random.Random) -> bytes:
    """A part of a workbook spoilt and packed again with a right checksum, so that the reader itself meets it."""
    if not data.startswith(b"PK"):
        return _bytes(data, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.startswith("xl/")])
        for name in names:
            dated = zipfile.ZipInfo(name)
            if name != chosen:
                new.writestr(dated, old.read(name))
            elif chance.random() < 0.9:
                new.writestr(dated, _bytes(old.read(name), chance))
    return target.getvalue()


def _splice(data: bytes, chance: random.Random) -> bytes:
    other = _others()[chance.randrange(len(_others()))]
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]


@cache
def _others() -> tuple[bytes, ...]:
    chance = random.Random(0)
    rows = _ledger(chance)
    return _csv(rows, "gb18030", ","), _csv(rows, "utf-8", ";"), _book([rows], chance), bytes(range(256)) * 8
