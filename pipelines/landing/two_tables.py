"""Two ledgers on one sheet, one below the other: read as one, the cells of either would mean what the other says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.contracts import Contracts, Profile
from pipelines.landing.header import FoundTable, find_table, is_header
from pipelines.landing.records import Records
from pipelines.landing.sheet import Row, Sheet
from pipelines.settings import Limits

_NUMBERING = "序号"
_FEWEST_COLUMNS = 3


def other_table(
    sheet: Sheet, table: FoundTable, contracts: Contracts, profile: Profile | None, limits: Limits
) -> FoundTable | None:
    """The first other table of which a header stands on the sheet where `table` was found; None where there is none.

    A header is a row with all identifying columns of another contract that knows three of its columns and half of them.
    One that `table` repeats on each page is its own.
    """
    words = {word for contract in contracts.tables.values() for word in contract.headers(profile)} | {_NUMBERING}
    seen: set[tuple[str, ...]] = set()
    for number, cells in _beginning(sheet.rows, words):
        if table.kinds.get(number) == "header" or tuple(cells) in seen:
            continue
        seen.add(tuple(cells))
        found = find_table(replace(sheet, rows=[(number, cells)], merges=()), contracts, profile, limits)
        if found is None or found.contract == table.contract:
            continue
        if len(found.columns) >= _FEWEST_COLUMNS and 2 * len(found.columns) >= len(found.header_texts):
            return found
    return None


def _beginning(rows: Sequence[Row], words: set[str]) -> Iterable[Row]:
    """The rows whose first filled cell is one of the words; of a large text file, those that write it just so."""
    if isinstance(rows, Records):
        return rows.beginning(words, f"^{_NUMBERING}$", 0)
    return (row for row in rows if is_header(next(filter(None, row[1]), ""), words))
