"""What stands in a row of a ledger, before any style is applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipelines.demo.facts import Deadline
from pipelines.demo.moments import Moment


@dataclass(frozen=True)
class Grid:
    """A cell that names a grid."""

    grid_id: str


@dataclass(frozen=True)
class Word:
    """A cell with a word of a vocabulary: table.column and the canonical value."""

    column: str
    value: str


@dataclass(frozen=True)
class BadDay:
    """A cell with a day no calendar has."""

    year: int
    month: int
    day: int


# A column of days apart from the clock: the cell from which it takes the day.
DAY_OF = {"started_on": "started_at", "discovered_on": "discovered_at"}
# None is an empty cell; a str stands as it is; a tuple is a list of names.
Cell = None | str | int | bool | date | Moment | Deadline | Grid | Word | BadDay | tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One row.

    key says which record it is, so that a record is written alike wherever it stands. returned is the
    reason for which it must go back, '' for a good row; marker then tells it from all others of its file.
    """

    key: str
    cells: Mapping[str, Cell]
    returned: str = ""
    marker: str = ""

    def cell(self, column: str) -> Cell:
        """What stands in a column; None where the line says nothing of it."""
        return self.cells.get(DAY_OF.get(column, column))

    def but(self, **cells: Cell) -> Line:
        """A copy with other cells."""
        return replace(self, cells={**self.cells, **cells})
