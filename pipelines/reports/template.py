"""Blank ledgers: for any contract a workbook to fill in, with drop-down lists, checks and instructions.

Every sheet but the ledger keeps to two filled cells a row, so that landing takes it for prose and counts no rows.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from pipelines.contracts import Column, Contract, Contracts
from pipelines.reports import PaperError, styles
from pipelines.reports.forms import FORMS, choices, must_fill
from pipelines.reports.grids import WHOLE_CITY, grid_choices
from pipelines.reports.instructions import INSTRUCTIONS, write_instructions
from pipelines.way_back import LISTS

_RANGE = "网格名单"
_LAST_ROW = 5000
_SCHEME_BEGAN = date(2021, 5, 7)
_REGISTER_BEGAN = date(1990, 1, 1)  # people were in post, and grids stood, before the scheme
_FAR_END = date(2035, 12, 31)
_TITLE_ROW, _CHOICE_ROW, _HEADER_ROW = 0, 1, 2
_WIDTHS = {
    "instant": 17,
    "due": 17,
    "day": 12,
    "count": 10,
    "number": 10,
    "flag": 9,
    "year": 10,
    "month": 10,
    "code": 15,
}
_WIDE = frozenset({"问题描述", "巡查情况", "巡查点位", "备注"})
_FORMATS = {
    "instant": "yyyy-mm-dd hh:mm",
    "due": "yyyy-mm-dd hh:mm",
    "day": "yyyy-mm-dd",
    "count": "0",
    "year": "0",
    "number": "General",
}


def template(contracts: Contracts, table: str) -> bytes:
    """The blank ledger of a table, named by its id or its Chinese name. Raises PaperError for an unknown table."""
    contract = _contract(contracts, table)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, styles.OPTIONS)
    book.set_properties({"title": contract.zh, "created": datetime(2021, 5, 7)})
    ledger = book.add_worksheet(contract.zh)
    instructions = book.add_worksheet(INSTRUCTIONS)
    ranges = _lists(book, contract, grid_choices(contracts.grids))
    _ledger(book, ledger, contract, ranges)
    write_instructions(book, instructions, contract)
    book.close()
    return content.getvalue()


def _contract(contracts: Contracts, table: str) -> Contract:
    for contract in contracts.tables.values():
        if table in {contract.name, contract.zh}:
            return contract
    like = "、".join(
        contract.zh for contract in contracts.tables.values() if table.strip() and table.strip() in contract.zh
    )
    hint = f"是否为 {like}？" if like else ""
    known = "、".join(f"{contract.zh}（{contract.name}）" for contract in contracts.tables.values())
    raise PaperError(f"没有名为 {table!r} 的表；{hint}可用：{known} (unknown table)")


def _lists(book: Any, contract: Contract, grids: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Write every list of choices below each other in one column of a hidden sheet; list → its range.

    The list of counties is `区县市`; each county's grids are a range named by its place there, which INDIRECT finds:
    a county's own name may hold what Excel allows in no name of a range.
    """
    sheet = book.add_worksheet(LISTS)
    sheet.very_hidden()
    lists: dict[str, Sequence[str]] = {column.name: choices(column) for column in contract.asked}
    if _has_grid(contract):
        lists |= {"区县市": list(grids), **grids}
    ranges: dict[str, str] = {}
    row = 0
    for name, texts in lists.items():
        if not texts:
            continue
        sheet.write_column(row, 0, texts)
        ranges[name] = f"={LISTS}!$A${row + 1}:$A${row + len(texts)}"
        if name in grids:
            book.define_name(f"{_RANGE}{list(grids).index(name) + 1}", ranges[name])
        row += len(texts)
    return ranges


def _has_grid(contract: Contract) -> bool:
    return any(column.type == "grid" for column in contract.columns.values())


def _ledger(book: Any, sheet: Any, contract: Contract, ranges: Mapping[str, str]) -> None:
    columns = list(contract.asked)
    head = {required: book.add_format(styles.header(required)) for required in (True, False)}
    sheet.set_column(len(columns), 16383, None, book.add_format({"locked": False}))
    for index, column in enumerate(columns):
        cell = styles.TEXT | {"num_format": _FORMATS.get(column.type, "@"), "locked": False}
        sheet.set_column(index, index, _width(column), book.add_format(cell))
        required = must_fill(contract, column)
        sheet.write_string(_HEADER_ROW, index, f"{column.zh}{'*' if required else ''}", head[required])
        rule = _validation(contract, column, ranges) | _prompt(column)
        if rule:
            sheet.data_validation(_HEADER_ROW + 1, index, _LAST_ROW, index, {"validate": "any"} | rule)
    _top(book, sheet, contract, ranges)
    sheet.set_row(_HEADER_ROW, 30)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True,
                       "sort": True, "autofilter": True})  # fmt: skip
    styles.print_setup(sheet, _HEADER_ROW, sum(map(_width, columns)))


def _top(book: Any, sheet: Any, contract: Contract, ranges: Mapping[str, str]) -> None:
    """Title, legend, and the cell in which the county is chosen; landing takes these rows for titles."""
    locked = {"locked": True, "num_format": "General"}
    sheet.set_row(_TITLE_ROW, 26, book.add_format(locked))
    sheet.set_row(_CHOICE_ROW, 22, book.add_format(locked))
    sheet.write_string(_TITLE_ROW, 0, contract.zh, book.add_format(styles.TITLE))
    legend = f"橙色带 * 的列必填，其余按实际填写；填法见“{INSTRUCTIONS}”。从下一行表头之下开始填，不要改表头。"
    if _has_grid(contract):
        sheet.write_string(_CHOICE_ROW, 0, "先选区县市 →", book.add_format(styles.LABEL))
        sheet.write_string(_CHOICE_ROW, 1, WHOLE_CITY, book.add_format(styles.CHOICE))
        sheet.data_validation(
            _CHOICE_ROW, 1, _CHOICE_ROW, 1,
            {"validate": "list", "source": ranges["区县市"], "error_title": "区县市", "error_message": "请从列表中选",
             "input_title": "先选区县市", "input_message": "选定后，网格各列的下拉列表只列该县区的乡镇（街道）"},
        )  # fmt: skip
        sheet.write_string(_CHOICE_ROW, 2, legend, book.add_format(styles.HINT))
    else:
        sheet.write_string(_CHOICE_ROW, 0, legend, book.add_format(styles.HINT))


def _width(column: Column) -> int:
    if column.zh in _WIDE:
        return 30
    return max(_WIDTHS.get(column.type, 14), 2 * len(column.zh) + 3)


def _validation(contract: Contract, column: Column, ranges: Mapping[str, str]) -> dict[str, Any]:
    """What Excel checks. What landing would read all the same is only warned about, never locked out."""
    if column.type in {"word", "flag"}:
        return {"validate": "list", "source": ranges[column.name], **_error(column, "请从下拉列表中选")}
    if column.type == "grid":
        # Chosen in one cell above; a new grid that the lists do not know may still be typed.
        source = f'=INDIRECT("{_RANGE}"&MATCH($B${_CHOICE_ROW + 1},{ranges["区县市"].removeprefix("=")},0))'
        return {"validate": "list", "source": source, "error_type": "warning",
                **_error(column, "不在所选区县市的名单里。新设网格请先报《网格登记表》。仍要填写吗？")}  # fmt: skip
    if column.type in {"instant", "due", "day"}:
        earliest = _REGISTER_BEGAN if contract.cadence == "on_change" else _SCHEME_BEGAN
        latest = "=TODAY()+1" if column.past else _FAR_END
        until = "今天" if column.past else f"{_FAR_END:%Y-%m-%d}"
        return {"validate": "date", "criteria": "between", "minimum": earliest, "maximum": latest,
                "error_type": "warning",
                **_error(column, f"一般应为 {earliest:%Y-%m-%d} 至{until}之间的日期。仍要填写吗？")}  # fmt: skip
    if column.type == "count":
        return {"validate": "integer", "criteria": ">=", "value": 0, **_error(column, "请填 0、1、2 这样的整数")}
    if column.type == "number":
        return {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12,
                **_error(column, "请只填数字，不写单位")}  # fmt: skip
    if column.type == "year":
        return {"validate": "integer", "criteria": "between", "minimum": 2021, "maximum": 2035,
                **_error(column, "请填四位年份，如 2026")}  # fmt: skip
    return {}


def _error(column: Column, message: str) -> dict[str, str]:
    return {"error_title": column.zh[:32], "error_message": message}


def _prompt(column: Column) -> dict[str, str]:
    """A message shown when the cell is entered, where the form is not obvious."""
    if column.type not in {"deadline", "cycle", "month", "instant", "due", "names", "list"}:
        return {}
    return {"input_title": column.zh[:32], "input_message": f"{FORMS[column.type].accepted}。"[:255]}
