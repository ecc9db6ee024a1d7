"""What our own workbooks bring back: the columns that 退回待核 adds to a county's own, the lists of a blank ledger.

Written by the workbook that goes out, known again by landing: there they are nobody's columns, neither unused nor part
of what a row says, so that a row mended there and the same row in the whole ledger are one content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.contracts import normal_header

NUMBER, REASON, MEND, ROW = "原行号", "退回原因", "请这样改", "退回行标识"
ROW_NOTE = "退回的那一行的编号：发回来的这一行代替它。请留着不动；自己台账里不必有，抄进去也不碍事"
# The hidden sheet of a blank ledger that holds its lists of choices.
LISTS = "lists"
# The first row of a returned sheet begins so; no title of a county does.
SIGN = "【退回待核】"
_OURS = {normal_header(text): text for text in (NUMBER, REASON, MEND, ROW)}


@dataclass(frozen=True)
class Added:
    """Our columns on a sheet. position: of the first row that names them, among the rows asked about; columns: cell
    index → name."""

    position: int
    columns: dict[int, str]

    @property
    def row(self) -> int | None:
        """Index of the cells that name the row to be replaced."""
        return next((index for index, name in self.columns.items() if name == ROW), None)

    def own(self, cells: Sequence[str]) -> list[str]:
        """The cells with ours emptied, each in its place."""
        return ["" if index in self.columns else text for index, text in enumerate(cells)]

    def without(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The cells that are not ours, closed up."""
        return tuple(text for index, text in enumerate(cells) if index not in self.columns)


def added(rows: Iterable[Sequence[str]]) -> Added | None:
    """Our columns, where a row names 退回行标识 or two of the others; one alone may be a county's own column."""
    for position, cells in enumerate(rows):
        found: dict[int, str] = {}
        for index, text in enumerate(cells):
            name = _OURS.get(normal_header(text)) if text else None
            if name is not None and name not in found.values():
                found[index] = name
        if len(found) > 1 or ROW in found.values():
            return Added(position, found)
    return None
