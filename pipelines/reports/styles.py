"""How the clerk's workbooks look: colours, fonts, print setup; and the options that keep texts texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

# A cell that begins with = is a text like any other; nothing that came in may become a formula or a link.
OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "微软雅黑", "font_size": 10},
}
REQUIRED, PLAIN = "#C55A11", "#2F5597"
BAD, DOUBTFUL, ADDED = "#FFC7CE", "#FFEB9C", "#E2EFDA"
FONT = {"font_name": "微软雅黑", "font_size": 10}
_BORDER = {"border": 1, "border_color": "#BFBFBF"}
TITLE = FONT | {"bold": True, "font_size": 14}
LABEL = FONT | _BORDER | {"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#F2F2F2"}
CHOICE = FONT | {
    "bold": True,
    "valign": "vcenter",
    "border": 1,
    "bg_color": "#FFF2CC",
    "locked": False,
    "num_format": "@",
}
HINT = FONT | {"valign": "vcenter", "font_color": "#7F7F7F", "italic": True}
TEXT = FONT | _BORDER | {"text_wrap": True, "valign": "top", "num_format": "@"}
PAGE_WIDTH = 150  # characters across a landscape A4 page, at a size that can be read
_A4 = 9


def header(required: bool) -> dict[str, Any]:
    """A header cell: white on orange where the column must be filled, else white on blue."""
    return FONT | _BORDER | {
        "bold": True, "font_color": "#FFFFFF", "bg_color": REQUIRED if required else PLAIN,
        "align": "center", "valign": "vcenter", "text_wrap": True, "locked": True,
    }  # fmt: skip


def shown_width(text: str) -> int:
    """Width of a text in columns of half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def height(lines: Iterable[str], width: int = 100) -> float:
    """Height of a row, in points, that shows these lines in a column of that width."""
    return 4 + 15.5 * sum(1 + max(shown_width(line) - 1, 0) // width for line in lines)


def print_setup(sheet: Any, last_header_row: int, width: int = 0) -> None:
    """Landscape A4, the header repeated on each page, page numbers below.

    width: of all columns; a wide table goes over several pages side by side, its first column on each.
    """
    pages = -(-max(width, 1) // PAGE_WIDTH)
    sheet.set_landscape()
    sheet.print_across()
    sheet.set_paper(_A4)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.repeat_rows(0, last_header_row)
    if pages > 1:
        sheet.repeat_columns(0)
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
