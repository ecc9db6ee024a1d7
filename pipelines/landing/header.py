"""Finding the header of a sheet and saying which table it is.

A header is one row, or two where groups stand above their columns. Every row near the top is tried, alone and with
its successor, against every contract; the reading that explains the most columns wins.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipelines.contracts import Contract, Contracts, Profile, normal_header
from pipelines.landing.kinds import extra_headers, row_kinds
from pipelines.landing.sheet import Row, Sheet
from pipelines.settings import Limits

_LONGEST_HEADER = 120
# What counties send every month, and so what a sheet is first taken for.
_USUAL = ("patrol", "problem")
_MOST_RIVALS = 2
_MUCH_MORE = 2
# 自评单位：安化县, several of them in one cell or one each.
_STATED = re.compile(r"([^\d\s:：]{2,16})\s*[:：]\s*([^\s:：]*)")


@dataclass(frozen=True)
class FoundTable:
    """A table recognised on a sheet.

    contract: its name. header_rows: row numbers. columns: column name → cell index. header_texts: cell index →
    header as written (both rows joined by `/`). extra: cell index → distinct name, for columns no contract knows.
    kinds: row number → title, header or footnote, for every row that is not body.
    stated: column name → what a line above the header states of it for all rows.
    """

    contract: str
    header_rows: tuple[int, ...]
    columns: Mapping[str, int]
    header_texts: Mapping[int, str]
    extra: Mapping[int, str]
    kinds: Mapping[int, str]
    stated: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Nearest:
    """Why no table was recognised: the row most like a header, what it says, and what the likest contract misses.

    identifying: cell indexes of the identifying columns that are there. unknown: of those that this contract does not
    know, among which the missing ones may be.
    rivals: other contracts about as like, each with what it misses. is_weak: the likest is a guess, because it knows
    fewer than half of what the row says or has a rival.
    """

    row_number: int
    seen: tuple[str, ...]
    contract: Contract | None
    missing: tuple[str, ...]
    identifying: tuple[int, ...] = ()
    rivals: tuple[tuple[Contract, tuple[str, ...]], ...] = ()
    is_weak: bool = False
    unknown: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Label:
    """What a header cell says: as written, and normalised in every way it may be read, the likeliest first."""

    text: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    """One or two rows read as the header of one contract. is_cut: a header cell is merged with the row below them.
    stated: identifying columns that the header lacks and a line above it states."""

    contract: Contract
    position: int
    rows: tuple[Row, ...]
    labels: Mapping[int, _Label]
    columns: Mapping[str, int]
    is_cut: bool
    stated: Mapping[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Chinese names of the identifying columns that are not there."""
        contract = self.contract
        return tuple(
            contract.columns[name].zh for name in contract.identifying if name not in {**self.columns, **self.stated}
        )

    @property
    def identified(self) -> int:
        """How many identifying columns are there."""
        return len(self.contract.identifying) - len(self.missing)

    @property
    def merit(self) -> tuple[int, ...]:
        """Most matched columns, then identifying ones, then not cut, fewest unmatched, one row, the first."""
        unmatched = len(self.labels) - len(self.columns)
        return len(self.columns), self.identified, not self.is_cut, -unmatched, -len(self.rows), -self.position

    @property
    def known(self) -> int:
        """How much of the row the contract knows; a column that identifies the table counts twice."""
        return len(self.columns) + self.identified

    @property
    def likeness(self) -> tuple[int, ...]:
        """What is known of the row, a usual table, fewest identifying columns missing, one row, the first."""
        is_usual = self.contract.name in _USUAL
        return self.known, is_usual, -len(self.missing), -len(self.rows), -self.position


def find_table(
    sheet: Sheet, contracts: Contracts, profile: Profile | None, limits: Limits, added: Collection[int] = ()
) -> FoundTable | None:
    """The table on this sheet; None where no row near the top carries all identifying columns of a contract, or where
    that row is much more like another table, which lacks but what identifies it: a list of problems without numbers
    has a grid and a day, and is yet no list of patrols.

    added: indexes of the columns that a returned sheet brings back from us; their cells are empty here.
    """
    tried = list(_candidates(sheet, contracts, profile, limits))
    whole = [found for found in tried if not found.missing]
    if not whole:
        return None
    best = max(whole, key=lambda candidate: candidate.merit)
    if any(one.rows == best.rows and len(one.columns) >= len(best.columns) + _MUCH_MORE for one in tried):
        return None
    texts = {index: label.text for index, label in best.labels.items()}
    after = best.position + len(best.rows)
    naming = best.contract.natural_key if best.stated else best.contract.identifying
    identifying = [best.columns[name] for name in naming if name in best.columns]
    kinds = row_kinds(sheet.rows, range(best.position, after), identifying, sheet.merges)
    return FoundTable(
        contract=best.contract.name,
        header_rows=tuple(number for number, _ in best.rows),
        columns={name: best.columns[name] for name in best.contract.columns if name in best.columns},
        header_texts=texts,
        extra=extra_headers(texts, set(best.columns.values()), sheet.rows, kinds, added),
        kinds=kinds,
        stated=best.stated,
    )


def nearest_table(sheet: Sheet, contracts: Contracts, profile: Profile | None, limits: Limits) -> Nearest:
    """What to tell the sender of a sheet that `find_table` did not recognise. The sheet has at least one row."""
    tried = sorted(_candidates(sheet, contracts, profile, limits), key=lambda one: one.likeness, reverse=True)
    near = tried[0]
    if near.columns:
        seen = tuple(label.text for label in near.labels.values())
        rivals = tuple(
            (one.contract, one.missing)
            for one in tried[1:]
            if one.rows == near.rows and one.known >= max(near.known - 1, 2)
        )[:_MOST_RIVALS]
        is_weak = bool(rivals) or 2 * len(near.columns) < len(near.labels)
        known = tuple(near.columns[name] for name in near.contract.identifying if name in near.columns)
        unknown = tuple(index for index in near.labels if index not in near.columns.values())
        return Nearest(near.rows[0][0], seen, near.contract, near.missing, known, rivals, is_weak, unknown)
    number, cells = max(sheet.rows[: limits.header_search_rows], key=lambda row: sum(map(bool, row[1])))
    return Nearest(number, tuple(filter(None, cells)), None, ())


def _candidates(sheet: Sheet, contracts: Contracts, profile: Profile | None, limits: Limits) -> Iterator[_Candidate]:
    headers = {
        name: {header: (rank, column) for rank, (header, column) in enumerate(contract.headers(profile).items())}
        for name, contract in contracts.tables.items()
    }
    top = _top(sheet, limits.header_search_rows)
    for position, rows, labels in _readings(top):
        below = rows[-1][0] + 1
        going_on = {first for start, first, end, _ in top.merges if start < below <= end}
        for name, contract in contracts.tables.items():
            columns = _match(labels, headers[name], contract, profile)
            is_cut = not going_on.isdisjoint(columns.values())
            stated = _stated(top.rows[:position], headers[name], contract, columns)
            yield _Candidate(contract, position, rows, labels, columns, is_cut, stated)


def _stated(
    above: Sequence[Row], headers: Mapping[str, tuple[int, str]], contract: Contract, columns: Mapping[str, int]
) -> dict[str, str]:
    """Column name → what the lines above a header state of it (自评单位：安化县, or the value in the next cell), of the
    columns that may be stated so and that the header lacks; none where the header does not say what its rows are."""
    lacking = set(contract.titled) - columns.keys()
    if not lacking or not set(contract.natural_key) - set(contract.titled) <= columns.keys():
        return {}
    found: dict[str, str] = {}
    for _, cells in above:
        told = [text for text in cells if text]
        for place, text in enumerate(told):
            for label in _STATED.finditer(text):
                _, name = headers.get(_normal(label[1]), (0, ""))
                value = label[2] or (told[place + 1] if place + 1 < len(told) else "")
                if name in lacking and value and not _STATED.match(value):
                    found.setdefault(name, value)
    return found


def _match(
    labels: Mapping[int, _Label], headers: Mapping[str, tuple[int, str]], contract: Contract, profile: Profile | None
) -> dict[str, int]:
    """Column name → cell index, by normalised header → (rank, column name).

    Where two cells claim a column, the likelier reading, then the header that stands earlier in the contract (the
    profile's, the proper name, the aliases), then the left one has it. A cell that lost under another header than
    the winner's has the column's spare, where there is one; the spare's own headers go first.
    """
    claims = sorted(
        (order, *headers[reading], index, reading)
        for index, label in labels.items()
        for order, reading in enumerate(label.readings)
        if reading in headers
    )
    columns: dict[str, int] = {}
    winners: dict[str, str] = {}
    for _, _, name, index, reading in claims:
        if name not in columns and index not in columns.values():
            columns[name], winners[name] = index, reading
    lost = [claim for claim in claims if claim[3] not in columns.values() and claim[4] != winners[claim[2]]]
    for name in sorted({claim[2] for claim in lost}):
        spare = contract.spare(name)
        if spare is not None:
            own = contract.own_headers(spare.name, profile)
            columns[spare.name] = min((c for c in lost if c[2] == name), key=lambda c: (c[4] not in own, c))[3]
    return columns


def _top(sheet: Sheet, search_rows: int) -> Sheet:
    """The rows in which a header is sought, with the merges that begin there."""
    rows = sheet.rows[:search_rows]
    last = rows[-1][0] if rows else 0
    return replace(sheet, rows=rows, merges=tuple(merge for merge in sheet.merges if merge[0] <= last))


def _readings(top: Sheet) -> Iterator[tuple[int, tuple[Row, ...], Mapping[int, _Label]]]:
    """Every row alone, and with its successor: (position, rows, cell index → label)."""
    for position, row in enumerate(top.rows):
        cells = row[1]
        yield position, (row,), {i: _Label(text, (_normal(text),)) for i, text in enumerate(cells) if text}
        if position + 1 < len(top.rows):
            below = top.rows[position + 1]
            yield position, (row, below), _two_row_labels(cells, _group_texts(top, row, below[1]), below[1])


def _two_row_labels(top: list[str], groups: list[str], bottom: list[str]) -> dict[int, _Label]:
    """Group and column together read more precisely than the column alone: 录入 + 时间 before 时间."""
    labels: dict[int, _Label] = {}
    for index, low in enumerate(bottom):
        high = top[index] if index < len(top) else ""
        group = groups[index] if index < len(groups) else ""
        if not _normal(low) or low == high:
            if high or low:
                labels[index] = _Label(high or low, (_normal(high or low),))
        elif group:
            labels[index] = _Label(f"{group}/{low}", (_normal(group) + _normal(low), _normal(low)))
        else:
            labels[index] = _Label(low, (_normal(low),))
    labels.update({i: _Label(text, (_normal(text),)) for i, text in enumerate(top) if i >= len(bottom) and text})
    return labels


def _group_texts(sheet: Sheet, row: Row, bottom: list[str]) -> list[str]:
    """The upper row with each group's text above all of its columns.

    In a workbook that is what the merged ranges say. Where the row has none (a CSV has lost them), an empty cell
    above a filled one belongs to the group on its left.
    """
    number, cells = row
    groups = list(cells)
    spread = [merge for merge in sheet.merges if merge[0] <= number <= merge[2] and merge[1] < merge[3]]
    for _, first, _, last in spread:
        for index in range(first + 1, min(last + 1, len(groups))):
            groups[index] = groups[index] or groups[first]
    if not spread:
        for index in range(1, min(len(groups), len(bottom))):
            if not groups[index] and bottom[index]:
                groups[index] = groups[index - 1]
    return groups


@lru_cache(maxsize=4096)
def _normal(text: str) -> str:
    return normal_header(text) if len(text) <= _LONGEST_HEADER else ""


def is_header(text: str, words: Collection[str]) -> bool:
    """Whether a text is one of these normalised headers."""
    return _normal(text) in words
