"""One sheet of 退回待核: the county's header and rows as received, one column in front and three behind added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.contracts import Contract, Contracts, Profile
from pipelines.reports import styles
from pipelines.reports.placing import Header, place_of, places
from pipelines.snapshot.sent_back import Fault, SentBackRow, SentBackSheet
from pipelines.way_back import MEND, NUMBER, REASON, ROW, ROW_NOTE, SIGN

_HINT = "改有底色的单元格（红色必须改，黄色请核对），不要改表头；改好后把整个文件发回市支队。"
_HINT_HEADER = "改好后把整个文件发回市支队；数据行不用改。这张本来就不是台账的，不用改，请告诉市支队。"
_MOST_ROWS = 100_000
_HIGHEST = 400.0  # Excel's limit is 409 points
_MOST_TITLES = 10  # the header must stay near the top, where landing seeks it
_COMMENT = {"author": "市支队", "x_scale": 2.2, "y_scale": 0.9, "font_size": 9}


class Formats:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.header = book.add_format(styles.header(False))
        self.bad_header = book.add_format(styles.header(False) | {"bg_color": styles.BAD, "font_color": "#000000"})
        self.added_header = book.add_format(styles.header(False) | {"bg_color": "#548235"})
        self.title = book.add_format(styles.FONT | {"bold": True})
        self.hint = book.add_format(styles.HINT | {"text_wrap": True})
        self.text = book.add_format(styles.TEXT)
        self.added = book.add_format(styles.TEXT | {"bg_color": styles.ADDED})
        self.row = book.add_format(styles.TEXT | {"font_color": "#7F7F7F", "text_wrap": False, "shrink": True})
        self.reject = book.add_format(styles.TEXT | {"bg_color": styles.BAD})
        self.warn = book.add_format(styles.TEXT | {"bg_color": styles.DOUBTFUL})


@dataclass(frozen=True)
class _Told:
    """What is said of a sheet as a whole. bad: indexes of header cells to be changed, with what to do as a comment."""

    hint: str
    bad: frozenset[int] = frozenset()
    comment: str = ""


def write_sheet(
    page: Any, formats: Formats, sheet: SentBackSheet, contracts: Contracts, profile: Profile | None
) -> None:
    """Fill `page` with a sheet's rows that went back."""
    contract = contracts.tables.get(sheet.table_name)
    width = max(map(len, (*sheet.header, *(row.cells for row in sheet.rows))), default=0)
    shown = sheet.rows[:_MOST_ROWS]
    rest = f"只列前 {_MOST_ROWS} 行，其余见原件。" if len(sheet.rows) > _MOST_ROWS else ""
    told = _Told(_HINT) if contract else _header_told(sheet, width, contracts.tables.get(sheet.nearest), profile)
    # A sheet without a header gets an empty one: there its columns are named when it comes back.
    header = sheet.header or (("",) * width,)
    widths = _widths(header, shown, width)
    hint = f"{SIGN}{told.hint}{rest}"
    page.merge_range(0, 0, 0, width + 3, hint, formats.hint)
    page.set_row(0, styles.height(hint.split("\n"), min(sum(widths), styles.PAGE_WIDTH)))
    top = 1
    for cells in sheet.titles[-_MOST_TITLES:]:
        for index, text in enumerate(cells, 1):
            _text(page, top, index, text, formats.title)
        top += 1
    _header(page, formats, header, top, width, told)
    top += len(header)
    found = places(contract, profile, header) if contract else {}
    for number, row in enumerate(shown, top):
        at = {} if contract is None else _placed(row, found)
        _row(page, formats, number, row, at, widths)
    for index, chars in enumerate(widths):
        page.set_column(index, index, chars)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{top + len(shown) + 1}"})
    page.freeze_panes(top, 1)
    styles.print_setup(page, top - 1, sum(widths))


def _header_told(sheet: SentBackSheet, width: int, near: Contract | None, profile: Profile | None) -> _Told:
    """Of a sheet that was not recognised: which cells of its header are to be changed, and into what."""
    if not any(map(any, sheet.header)):
        comment = "请在这一行的空格里填上各列的名称"
        return _Told(f"这张表没有表头：{comment}。{_HINT_HEADER}", frozenset(range(width)), comment)
    if near is None:
        comment = "没有认出这是哪一列，请改成空白台账里的列名"
        hint = f"表头没有认出：请把有底色的表头改成空白台账里的列名（可向市支队要空白台账）。{_HINT_HEADER}"
        return _Told(hint, frozenset(range(width)), comment)
    missing = "、".join(f"“{name}”" for name in sheet.lacking)
    known = frozenset(indexes[0] for indexes in places(near, profile, sheet.header).values() if indexes)
    hint = (
        f"表头没有认出：最接近“{near.zh}”，缺少 {missing}。"
        f"请把有底色的表头中意思相同的那一格改成 {missing}；"
        f"没有这一列的，请在“{REASON}”左边插入一列补上。{_HINT_HEADER}"
    )
    comment = f"还缺 {missing}：若这一列就是，请改成这个名称；不是的不用改"
    return _Told(hint, frozenset(range(width)) - known, comment)


def _text(page: Any, row: int, column: int, text: str, style: Any) -> None:
    """A text as text, whatever it begins with; an empty one as a formatted blank."""
    if text:
        page.write_string(row, column, text, style)
    else:
        page.write_blank(row, column, None, style)


def _header(page: Any, formats: Formats, header: Header, top: int, width: int, told: _Told) -> None:
    """The header as received, and those of the added columns. Cells that were merged are merged again: a text repeated
    below itself, and a group above the columns that follow it."""
    last = top + len(header) - 1
    for index, text in ((0, NUMBER), (width + 1, REASON), (width + 2, MEND), (width + 3, ROW)):
        _merged(page, top, index, last, index, text, formats.added_header)
    page.write_comment(top, width + 3, ROW_NOTE, _COMMENT)
    rows = [[*cells, *[""] * (width - len(cells))] for cells in header]
    for depth, cells in enumerate(rows):
        for index, text in enumerate(cells):
            if depth and text and text == rows[depth - 1][index]:
                continue
            below = depth
            while text and below + 1 < len(rows) and rows[below + 1][index] == text:
                below += 1
            right = index
            is_group = text and depth == 0 and len(rows) > 1 and below == depth
            while is_group and right + 1 < width and not cells[right + 1] and rows[1][right + 1]:
                right += 1
            if not text and depth == 0 and _under_group(rows, index):
                continue
            style = formats.bad_header if index in told.bad else formats.header
            _merged(page, top + depth, index + 1, top + below, right + 1, text, style)
            if index in told.bad and below + 1 == len(rows):
                page.write_comment(top + depth, index + 1, told.comment, _COMMENT)


def _under_group(rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether an empty cell of the upper of two header rows belongs to a group on its left."""
    if len(rows) < 2 or not rows[1][index]:
        return False
    for left in range(index - 1, -1, -1):
        if rows[0][left]:
            return rows[0][left] != rows[1][left]
        if not rows[1][left]:
            return False
    return False


def _merged(page: Any, row: int, column: int, last_row: int, last_column: int, text: str, style: Any) -> None:
    if (row, column) == (last_row, last_column):
        _text(page, row, column, text, style)
    else:
        page.merge_range(row, column, last_row, last_column, "", style)
        page.write_string(row, column, text, style)


def _placed(row: SentBackRow, found: Mapping[str, list[int]]) -> dict[int, list[Fault]]:
    """Cell index → the faults that speak of this cell."""
    at: dict[int, list[Fault]] = {}
    for fault in row.faults:
        index = place_of(found, fault.column_name, fault.value, row.cells)
        if index is not None:
            at.setdefault(index, []).append(fault)
    return at


def _row(
    page: Any, formats: Formats, number: int, row: SentBackRow, at: Mapping[int, list[Fault]], widths: Sequence[int]
) -> None:
    width = len(widths) - 4
    cells = [*row.cells, *[""] * (width - len(row.cells))]
    told = [_listed([_reason(fault) for fault in row.faults]), _listed([fault.mend_zh for fault in row.faults])]
    page.write_string(number, 0, str(row.row_number), formats.added)
    for index, text in enumerate(cells):
        _text(page, number, index + 1, text, _colour(formats, at.get(index, [])))
        if index in at:
            comment = "\n".join(f"{fault.message_zh}\n→ {fault.mend_zh}" for fault in at[index])
            page.write_comment(number, index + 1, comment, _COMMENT)
    for index, text in enumerate(told, width + 1):
        _text(page, number, index, text, formats.added)
    _text(page, number, width + 3, row.row_id, formats.row)
    texts = ["", *cells, *told, ""]
    heights = (styles.height(text.split("\n"), chars) for text, chars in zip(texts, widths, strict=True))
    page.set_row(number, min(max(heights), _HIGHEST))


def _colour(formats: Formats, faults: Sequence[Fault]) -> Any:
    if not faults:
        return formats.text
    return formats.reject if any(fault.severity == "reject" for fault in faults) else formats.warn


def _reason(fault: Fault) -> str:
    return fault.message_zh if fault.severity == "reject" else f"（请核对）{fault.message_zh}"


def _listed(texts: Sequence[str]) -> str:
    """One text as it is, several numbered one below the other."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _widths(header: Header, rows: Sequence[SentBackRow], width: int) -> list[int]:
    """Widths of all columns in characters, the added ones too."""
    widths = []
    for index in range(width):
        texts = [cells[index] for cells in (*header, *(row.cells for row in rows[:200])) if index < len(cells)]
        longest = max((styles.shown_width(text) for text in texts), default=0)
        widths.append(min(max(longest + 2, 8), 28))
    return [8, *widths, 44, 44, 16]
