"""What a style's files are: text in some encoding under some delimiter, a file a table; or one workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One file a table; names: what the files are called."""

    encoding: str
    delimiter: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Book:
    """One workbook. sheets: their names. apart: tables kept in a workbook of their own. hidden: sheets nobody sees."""

    sheets: Mapping[str, str]
    apart: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


def _names(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


LOOKS: dict[str, Text | Book] = {
    "A": Text("utf-8-sig", ",", _names("patrol=巡查记录 problem=问题台账 follow_up=督办复查记录 person=责任人员")),
    "B": Book(_names("patrol=巡查 problem=问题 follow_up=复查 person=责任人员"), apart=frozenset({"person"})),
    "C": Text("gb18030", ",", _names("patrol=巡查台账 problem=问题清单 follow_up=督办台账 person=人员名册")),
    "D": Book(_names("patrol=巡查登记 problem=问题清单 person=责任人员")),
    "E": Text("utf-8", ";", _names("patrol=巡查明细 problem=问题明细 follow_up=复查明细 person=网格人员")),
    "F": Text("gb18030", "\t", _names("patrol=巡查导出 problem=问题导出 follow_up=督办导出 person=人员导出")),
    "G": Book(
        _names("patrol=巡查台账 problem=问题台账 follow_up=督办台账 person=人员底册"), hidden=frozenset({"person"})
    ),
    "H": Book(_names("patrol=巡查情况 problem=问题整改 person=人员名单")),
    "I": Text(
        "utf-8-sig", ",", _names("patrol=支队巡查 problem=支队问题 follow_up=支队督办 person=支队人员 grid=网格登记表")
    ),
}
SEEN_BY_NOBODY = {"B", "H"}  # styles whose workbooks hold a hidden sheet of prose


def sheet_name(letter: str, table: str) -> str:
    """The sheet on which a style keeps a table."""
    look = LOOKS[letter]
    return look.sheets[table] if isinstance(look, Book) else "csv"
