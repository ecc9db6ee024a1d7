"""What each row of a recognised table is, and what its unknown columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipelines.landing.records import Records
from pipelines.landing.sheet import Merge, Row

_FOOTNOTE = re.compile(
    r"[(（\[【※*]?\s*(?:"
    r"合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|本\s*页"
    r"|注\s*(?:[:：.．、,，\d①一]|意|释|明|$)|备\s*注\s*[:：]|说\s*明\s*[:：]|填\s*表\s*说\s*明"
    r"|数\s*据\s*来\s*源|填\s*[报表]|审\s*[核批]|制\s*表|统\s*计(?!局)|单\s*位\s*负\s*责\s*人"
    r")"
)
_TOTAL = re.compile(r"(合|小|总|共|累)\s*计\s*[:：]?")


# 一、田庄乡 or （二）重点企业; a bare 一 is a number, and 一 号井 a name.
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）])\s*\w")
_WIDE = 4
# 填报单位：安化县, and 填表人： whose name stands in the next cell; a time of day has its digits before the colon.
_LABEL = re.compile(r"[^\d:：]{1,16}[:：]\s*(.*)", re.DOTALL)
_BRACKETS = re.compile(r"[(\[【第]?(\d{1,3})[)\]】列栏]?")
_FEWEST_CELLS = 3
# In RE2, whose white space is not Python's: whatever `_FOOTNOTE` or `_SECTION` match begins so.
_SUSPECT = r"^[(（\[【※*]?[\s\p{Z}]*[合小总共累本注备说数填审制统单一二三四五六七八九十]"


def row_kinds(
    rows: Sequence[Row],
    header: range,
    identifying: Sequence[int],
    merges: Sequence[Merge] = (),
    perhaps: Collection[int] | None = None,
) -> dict[int, str]:
    """Row number → title (above the header, or of a section), header, section or footnote, for every row that is not
    body.

    header: positions of the header in `rows`. perhaps: on a sheet that was not recognised, the columns that may turn
    out to identify once its header is mended; None on one that was.

    A row above the header that looks like one of the table is body, and a row of column numbers, there or right below
    the header, is a title. A footnote begins like one and lacks an identifying value, or has 合计 for one; the header
    repeated further down, as printed ledgers do on each page, is header. A section's title is the one text of its row,
    merged over all identifying columns, so that no record can stand there; a section is a numbered heading that fills
    a single cell of a wide table. All else is body, however odd: it is checked and sent back, never dropped.
    """
    head = [cells for _, cells in rows[header.start : header.stop]]
    width = len({index for cells in head for index, text in enumerate(cells) if text})
    first_row = rows[header.start][0] if head else 0
    going_on = {top for top, _, bottom, _ in merges if top < first_row <= bottom}
    kinds = {
        number: "title"
        for number, cells in rows[: header.start]
        if number in going_on or not _is_row_above(cells, width, perhaps is not None)
    }
    kinds.update({number: "title" for number, cells in rows[header.stop : header.stop + 1] if _numbers_columns(cells)})
    kinds.update({number: "header" for number, _ in rows[header.start : header.stop]})
    words = {text for cells in head for text in cells if text}
    spread = _spread_rows(merges, identifying)
    for number, cells in _suspects(rows, header.stop, words):
        first = next(filter(None, cells), "")
        is_alone = sum(map(bool, cells)) == 1
        if first in words and _repeats(cells, head):
            kinds[number] = "header"
        elif _FOOTNOTE.match(first) and _is_footnote(cells, identifying, perhaps):
            kinds[number] = "footnote"
        elif is_alone and number in spread:
            kinds[number] = "title"
        elif is_alone and len(words) >= _WIDE and len(identifying) > 1 and _SECTION.match(first):
            kinds[number] = "section"
    return kinds


def _is_row_above(cells: Sequence[str], width: int, is_guess: bool) -> bool:
    """Whether a row above a header of `width` columns looks like a row of a table: three cells or more, half as many as
    the header has, a digit among them. Where the header is but a guess, as many cells as it has will do."""
    if _FOOTNOTE.match(next(filter(None, cells), "")) or _numbers_columns(cells):
        return False
    values = _values(cells)
    if is_guess and len(values) >= width:
        return True
    has_digit = any(character.isdigit() for text in values for character in text)
    return has_digit and len(values) >= max(_FEWEST_CELLS, width / 2)


def _values(cells: Sequence[str]) -> list[str]:
    """The filled cells that may be of a table: what says its own name, 填报时间：2026-11-01, is none, nor is the cell
    behind a bare 填报时间：."""
    values: list[str] = []
    is_told = False
    for text in filter(None, cells):
        label = _LABEL.match(text)
        if label is None and not is_told:
            values.append(text)
        is_told = label is not None and not label[1]
    return values


def _numbers_columns(cells: Sequence[str]) -> bool:
    """Whether the row counts the columns: 1 2 3, （1）（2）（3） or ①②③, perhaps behind 栏次 or 甲 乙."""
    texts = [unicodedata.normalize("NFKC", text).strip() for text in cells if text]
    while texts and texts[0] in {"栏次", "列次", "序号", *"甲乙丙丁"}:
        del texts[0]
    found = [_BRACKETS.fullmatch(text) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    return len(texts) >= _FEWEST_CELLS and numbers == list(range(1, len(texts) + 1))


def _is_footnote(cells: Sequence[str], identifying: Sequence[int], perhaps: Collection[int] | None) -> bool:
    """Whether a row that begins like a footnote is one.

    On a sheet that was not recognised it is one too where it is sure to be once the header is mended, else it would be
    sent back and await correction for ever: one text alone, names behind their labels, or the bare word of a sum that
    perhaps lacks what identifies. Any other may yet be a record.
    """
    if any(not _identifies(cells, index) for index in identifying):
        return True
    if perhaps is None:
        return False
    filled = [text for text in cells if text]
    is_sum = _TOTAL.fullmatch(filled[0].strip()) is not None
    if is_sum:
        return any(not _identifies(cells, index) for index in perhaps)
    return len(filled) == 1 or not _values(cells)


def _suspects(rows: Sequence[Row], start: int, words: set[str]) -> Iterable[Row]:
    """Rows that may be something else than body; of many, only those that begin with what no other kind can do
    without."""
    return rows.beginning(words, _SUSPECT, start) if isinstance(rows, Records) else rows[start:]


def _identifies(cells: Sequence[str], index: int) -> bool:
    """Whether the cell there can say which record this is: 合计 in the column of grids is the sum of the grids."""
    return index < len(cells) and bool(cells[index]) and not _TOTAL.fullmatch(cells[index].strip())


def _spread_rows(merges: Sequence[Merge], identifying: Sequence[int]) -> set[int]:
    """Rows of which one cell is merged over several columns, all identifying ones among them."""
    if not identifying:
        return set()
    return {
        top
        for top, left, bottom, right in merges
        if top == bottom and left < right and left <= min(identifying) and max(identifying) <= right
    }


def _repeats(cells: Sequence[str], head: Sequence[Sequence[str]]) -> bool:
    """Whether the row says in two cells or more, and in every filled one, what one row of the header says there."""
    filled = {(index, text) for index, text in enumerate(cells) if text}
    return len(filled) > 1 and any(filled <= set(enumerate(row)) for row in head)


def extra_headers(
    texts: Mapping[int, str],
    known: set[int],
    rows: Sequence[Row],
    kinds: Mapping[int, str],
    added: Collection[int] = (),
) -> dict[int, str]:
    """Cell index → distinct name of each column no contract knows.

    The second 备注 is `备注#2`. A column without header that holds values in a body row (one not in `kinds`) is named
    by its place, so that its cells stay with their rows; columns that we `added` ourselves do not count as places.
    """
    bare = sorted(_filled_columns(rows, kinds) - texts.keys())
    names: dict[int, str] = {}
    taken: set[str] = set()
    places = {index: index + 1 - sum(ours < index for ours in added) for index in bare}
    for index, text in [
        *sorted(texts.items()),
        *((index, f"第{place}列（无表头）") for index, place in places.items()),
    ]:
        name, count = text, 1
        while name in taken:
            count += 1
            name = f"{text}#{count}"
        taken.add(name)
        names[index] = name
    return {index: name for index, name in names.items() if index not in known}


def _filled_columns(rows: Sequence[Row], kinds: Mapping[int, str]) -> set[int]:
    if isinstance(rows, Records):
        return rows.filled_columns(kinds)
    return {index for number, cells in rows if number not in kinds for index, text in enumerate(cells) if text}
