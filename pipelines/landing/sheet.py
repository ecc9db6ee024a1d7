"""What a reader hands on: sheets of text cells; and how it says that a file cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Row = tuple[int, list[str]]
Merge = tuple[int, int, int, int]


class Unreadable(Exception):
    """A file that yields no rows: what is wrong and how the sender mends it, both in Chinese."""

    def __init__(self, reason_zh: str, mend_zh: str) -> None:
        super().__init__(f"{reason_zh}；{mend_zh} (unreadable file)")
        self.reason_zh = reason_zh
        self.mend_zh = mend_zh


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file, or a CSV as the sheet `csv`.

    rows: (row number as the file shows it, from 1; cells as text) of the rows with any value of their own.
    A vertically merged cell is repeated in every such row of its range; horizontally merged cells are left as
    they are (a title across a table is no value of each column), only header matching spreads them by `merges`:
    (first row, first column, last row, last column), rows from 1, columns from 0, both ends inclusive.
    """

    name: str
    hidden: bool
    rows: Sequence[Row]
    merges: tuple[Merge, ...] = ()
