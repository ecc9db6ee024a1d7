"""One sheet of 退回待核: the county's header and rows as received, one column in front and two behind added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.contracts import Contract, Profile
from pipelines.reports import styles
from pipelines.reports.placing import Header, place_of, places
from pipelines.snapshot.sent_back import Fault, SentBackRow, SentBackSheet

NUMBER, REASON, MEND = "原行号", "退回原因", "请这样改"
_HINT = "改有底色的单元格（红色必须改，黄色请核对），不要改表头；改好后把整个文件发回市支队。"
_HINT_BARE = "第一列是原行号，最右两列是退回原因和改法。"
_MOST_ROWS = 100_000
_HIGHEST = 400.0  # Excel's limit is 409 points
_MOST_TITLES = 10  # the header must stay near the top, where landing seeks it
_COMMENT = {"author": "市支队", "x_scale": 2.2, "y_scale": 0.9, "font_size": 9}


class Formats:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.header = book.add_format(styles.header(False))
        self.added_header = book.add_format(styles.header(False) | {"bg_color": "#548235"})
        self.title = book.add_format(styles.FONT | {"bold": True})
        self.hint = book.add_format(styles.HINT | {"text_wrap": True})
        self.text = book.add_format(styles.TEXT)
        self.added = book.add_format(styles.TEXT | {"bg_color": styles.ADDED})
        self.reject = book.add_format(styles.TEXT | {"bg_color": styles.BAD})
        self.warn = book.add_format(styles.TEXT | {"bg_color": styles.DOUBTFUL})


def write_sheet(
    page: Any,
    formats: Formats,
    sheet: SentBackSheet,
    reason_zh: str,
    contract: Contract | None,
    profile: Profile | None,
) -> None:
    """Fill `page` with a sheet's rows that went back. reason_zh: of the file, told where no table was recognised."""
    width = max(map(len, (*sheet.header, *(row.cells for row in sheet.rows))), default=0)
    shown = sheet.rows[:_MOST_ROWS]
    rest = f"只列前 {_MOST_ROWS} 行，其余见原件。" if len(sheet.rows) > _MOST_ROWS else ""
    hint = f"{_HINT}{rest}" if contract else f"{reason_zh}。\n{'' if sheet.header else _HINT_BARE}{_HINT}{rest}"
    widths = _widths(sheet.header, shown, width)
    page.merge_range(0, 0, 0, width + 2, hint, formats.hint)
    page.set_row(0, styles.height(hint.split("\n"), sum(widths)))
    top = 1
    for cells in sheet.titles[-_MOST_TITLES:]:
        for index, text in enumerate(cells, 1):
            _text(page, top, index, text, formats.title)
        top += 1
    _header(page, formats, sheet.header, top, width)
    top += len(sheet.header)
    found = places(contract, profile, sheet.header) if contract else {}
    for number, row in enumerate(shown, top):
        at = {} if contract is None else _placed(row, found)
        _row(page, formats, number, row, at, widths)
    for index, chars in enumerate(widths):
        page.set_column(index, index, chars)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{top + len(shown) + 1}"})
    page.freeze_panes(top, 1)
    styles.print_setup(page, top - 1, sum(widths))


def _text(page: Any, row: int, column: int, text: str, style: Any) -> None:
    """A text as text, whatever it begins with; an empty one as a formatted blank."""
    if text:
        page.write_string(row, column, text, style)
    else:
        page.write_blank(row, column, None, style)


def _header(page: Any, formats: Formats, header: Header, top: int, width: int) -> None:
    """The header as received, and those of the added columns. Cells that were merged are merged again: a text repeated
    below itself, and a group above the columns that follow it."""
    if not header:
        return
    last = top + len(header) - 1
    for index, text in ((0, NUMBER), (width + 1, REASON), (width + 2, MEND)):
        _merged(page, top, index, last, index, text, formats.added_header)
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
            _merged(page, top + depth, index + 1, top + below, right + 1, text, formats.header)


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
    width = len(widths) - 3
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
    heights = (styles.height(text.split("\n"), chars) for text, chars in zip(["", *cells, *told], widths, strict=True))
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
    return [8, *widths, 44, 44]
