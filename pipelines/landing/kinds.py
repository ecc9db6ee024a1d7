"""What each row of a recognised table is, and what its unknown columns are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipelines.landing.sheet import Merge, Row

_FOOTNOTE = re.compile(
    r"[(（\[【※*]?\s*(?:"
    r"合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|本\s*页"
    r"|注\s*(?:[:：.．、,，\d①一]|意|释|明|$)|备\s*注\s*[:：]|说\s*明\s*[:：]|填\s*表\s*说\s*明"
    r"|数\s*据\s*来\s*源|填\s*[报表]|审\s*[核批]|制\s*表|统\s*计(?!局)|单\s*位\s*负\s*责\s*人"
    r")"
)
_TOTAL = re.compile(r"(合|小|总|共|累)\s*计\s*[:：]?")


def row_kinds(
    rows: Sequence[Row], header: range, identifying: Sequence[int], merges: Sequence[Merge] = ()
) -> dict[int, str]:
    """Row number → title (above the header, or of a section), header, body or footnote, for every row given.

    header: positions of the header in `rows`. A footnote begins like one and lacks an identifying value, or has 合计
    for one; the header repeated further down, as printed ledgers do on each page, is header; a section's title is the
    one text of its row, merged over all identifying columns, so that no record can stand there. All else is body,
    however odd: it is checked and sent back, never dropped.
    """
    kinds = {number: "body" for number, _ in rows}
    kinds.update({number: "title" for number, _ in rows[: header.start]})
    head = [rows[position][1] for position in header]
    kinds.update({rows[position][0]: "header" for position in header})
    words = {text for cells in head for text in cells if text}
    spread = _spread_rows(merges, identifying)
    for number, cells in rows[header.stop :]:
        first = next(filter(None, cells))
        if first in words and _repeats(cells, head):
            kinds[number] = "header"
        elif _FOOTNOTE.match(first) and any(not _identifies(cells, index) for index in identifying):
            kinds[number] = "footnote"
        elif number in spread and sum(map(bool, cells)) == 1:
            kinds[number] = "title"
    return kinds


def _identifies(cells: Sequence[str], index: int) -> bool:
    """Whether the cell there can say which record this is: 合计 in the column of grids is the sum of the grids."""
    return index < len(cells) and bool(cells[index]) and not _TOTAL.fullmatch(cells[index].strip())


def _spread_rows(merges: Sequence[Merge], identifying: Sequence[int]) -> set[int]:
    """Rows of which one cell is merged over several columns, all identifying ones among them."""
    return {
        top
        for top, left, bottom, right in merges
        if top == bottom and left < right and left <= min(identifying) and max(identifying) <= right
    }


def _repeats(cells: Sequence[str], head: Sequence[Sequence[str]]) -> bool:
    """Whether the row says in two cells or more, and in every filled one, what one row of the header says there."""
    filled = {(index, text) for index, text in enumerate(cells) if text}
    return len(filled) > 1 and any(filled <= set(enumerate(row)) for row in head)


def extra_headers(texts: Mapping[int, str], known: set[int], body: Sequence[Row]) -> dict[int, str]:
    """Cell index → distinct name of each column no contract knows.

    The second 备注 is `备注#2`. A column without header that holds values is named by its place, so that
    its cells stay with their rows.
    """
    width = max((len(cells) for _, cells in body), default=0)
    bare = [i for i in range(width) if i not in texts and any(len(cells) > i and cells[i] for _, cells in body)]
    names: dict[int, str] = {}
    taken: set[str] = set()
    for index, text in [*sorted(texts.items()), *((index, f"第{index + 1}列（无表头）") for index in bare)]:
        name, count = text, 1
        while name in taken:
            count += 1
            name = f"{text}#{count}"
        taken.add(name)
        names[index] = name
    return {index: name for index, name in names.items() if index not in known}
