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
    "A": Text(
        "utf-8-sig",
        ",",
        _names(
            """
            patrol=巡查记录 problem=问题台账 follow_up=督办复查记录 person=责任人员 site=重点点位清单
            self_evaluation=年度自评 backcheck=复核记录 patrol_plan=巡查计划 grid_record=网格管理记录
            monthly_summary=月报汇总
            """
        ),
    ),
    "B": Book(
        _names(
            """
            patrol=巡查 problem=问题 follow_up=复查 person=责任人员 site=重点企业 self_evaluation=自评 backcheck=核查
            patrol_plan=计划 grid_record=例会与自查 monthly_summary=月报
            """
        ),
        apart=frozenset({"person", "site", "self_evaluation"}),
    ),
    "C": Text(
        "gb18030",
        ",",
        _names(
            """
            patrol=巡查台账 problem=问题清单 follow_up=督办台账 person=人员名册 grid=网格登记 site=污染源名单
            self_evaluation=自评表 patrol_plan=巡查任务 grid_record=管理台账 monthly_summary=月报
            """
        ),
    ),
    "D": Book(
        _names(
            """
            patrol=巡查登记 problem=问题清单 person=责任人员 site=重点点位 self_evaluation=自评 grid_record=网格活动
            accountability=问责 monthly_summary=汇总
            """
        ),
        apart=frozenset({"self_evaluation"}),
    ),
    "E": Text(
        "utf-8",
        ";",
        _names(
            """
            patrol=巡查明细 problem=问题明细 follow_up=复查明细 person=网格人员 site=监管对象 self_evaluation=自评明细
            accountability=追责明细
            """
        ),
    ),
    "F": Text(
        "gb18030",
        "\t",
        _names(
            """
            patrol=巡查导出 problem=问题导出 follow_up=督办导出 person=人员导出 site=点位导出 self_evaluation=自评导出
            monthly_summary=月报导出
            """
        ),
    ),
    "G": Book(
        _names("patrol=巡查台账 problem=问题台账 follow_up=督办台账 person=人员底册"), hidden=frozenset({"person"})
    ),
    "H": Book(_names("patrol=巡查情况 problem=问题整改 person=人员名单 site=监管单位 self_evaluation=自评报送")),
    "I": Text(
        "utf-8-sig",
        ",",
        _names(
            """
            patrol=支队巡查 problem=支队问题 follow_up=支队督办 person=支队人员 grid=网格登记表 self_evaluation=支队自评
            backcheck=支队复核 patrol_plan=特殊时段 accountability=问责台账
            """
        ),
    ),
}
SEEN_BY_NOBODY = {"B", "H"}  # styles whose workbooks hold a hidden sheet of prose


def sheet_name(letter: str, table: str) -> str:
    """The sheet on which a style keeps a table."""
    look = LOOKS[letter]
    return look.sheets[table] if isinstance(look, Book) else "csv"
