"""One source row as it was received: its file, raw cells under their headers, findings, revisions and credits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask

KIND_ZH = {"header": "表头", "title": "标题", "body": "数据", "section": "小标题", "footnote": "注", "note": "说明"}


class UnknownRowError(LookupError):
    """A row_id that does not exist, or that the scope may not see; both read alike on purpose."""


@dataclass(frozen=True)
class Cell:
    """A raw cell: column number from 1, the header above it as written (empty where none), the text as written."""

    column: int
    header: str
    text: str


@dataclass(frozen=True)
class SourceRow:
    """A row of a file as received. sha256 is the whole file's; path is relative to data/raw.

    is_absent: its record is in no later file that re-sent this table; it stays, and counts. same_as: the earlier row
    that counts, where this one says the same; else empty."""

    row_id: str
    file_id: str
    path: str
    sha256: str
    county_id: str
    county_name: str
    month: str
    received_at: datetime
    received_basis: str
    sheet_name: str
    row_number: int
    kind: str
    table_name: str
    is_absent: bool
    same_as: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Finding:
    """What a rule found on a row; severity reject (sent back) or warn (kept). is_mended: a later re-send mended it."""

    severity: str
    is_mended: bool
    column_zh: str
    value: str
    message_zh: str
    mend_zh: str


@dataclass(frozen=True)
class Revision:
    """One field that a later row changed; field_zh is its Chinese name."""

    key: str
    field_zh: str
    old: str
    new: str
    from_row_id: str
    to_row_id: str
    received_at: datetime | None


@dataclass(frozen=True)
class Credit:
    """For which grid a patrol row counts; basis none: for no grid, with the reason."""

    patrol_id: str
    grid_name: str
    basis: str
    reason_zh: str


def source_row(snapshot: Snapshot, scope: Scope, row_id: str) -> SourceRow:
    """The row with its raw cells. Visible: rows of a visible county's files, what a visible duty or number cites.

    Raises UnknownRowError.
    """
    sql = """
        select
            line.row_id, line.sheet_name, line.row_number, line.kind, line.table_name,
            file.file_id, file.path, file.sha256, file.county_id, file.month, file.received_at, file.received_basis,
            coalesce(county.name, file.county_id) as county_name,
            line.row_id in (
                select row_id from published.patrol where absent_in_latest
                union all select row_id from published.problem where absent_in_latest) as is_absent,
            coalesce(again.same_as_row_id, '') as same_as
        from published.source_row as line
        join published.source_file as file on file.file_id = line.file_id
        left join place as county on county.grid_id = file.county_id
        left join published.repeated_row as again on again.row_id = line.row_id
        where line.row_id = $row_id and (
            file.county_id in (from visible_county)
            or exists (
                select 1 from published.obligation as duty
                where (duty.duty_row_id = $row_id or duty.met_row_id = $row_id)
                    and duty.grid_id in (from visible_grid)
            )
            or exists (
                select 1 from published.indicator_row as part
                where part.row_id = $row_id and part.grid_id in (from visible_grid)
            )
        )"""
    found = snapshot.ask(scope, sql, row_id=row_id)
    if not found:
        raise UnknownRowError(
            f"没有这一行：{row_id!r}；行号形如 anhua/2026-10/0a1b2c3d#巡查记录!5 (no such row in this snapshot)"
        )
    row = found[0]
    return SourceRow(**Mask(snapshot, scope).place(row), cells=_cells(snapshot, scope, row))


def findings_of(snapshot: Snapshot, scope: Scope, row_id: str) -> list[Finding]:
    """What the checks say of this row, rejections first. Empty where the row may not be seen."""
    found = snapshot.ask(
        scope,
        """
        select severity, is_mended, column_zh, value, message_zh, mend_zh from published.quarantine
        where row_id = $row_id and county_id in (from visible_county)
        order by severity, column_zh, rule""",
        row_id=row_id,
    )
    mask = Mask(snapshot, scope)
    return [_finding(mask, row) for row in found]


def revisions_of(snapshot: Snapshot, scope: Scope, row_id: str) -> list[Revision]:
    """The fields this row changed, and the fields a later row changed of it."""
    found = snapshot.ask(
        scope,
        """
        select change.* from published.revision as change
        join published.source_row as line on line.row_id = change.to_row_id
        join published.source_file as file on file.file_id = line.file_id
        where $row_id in (change.from_row_id, change.to_row_id) and file.county_id in (from visible_county)
        order by change.received_at, change.to_row_id, change.field""",
        row_id=row_id,
    )
    mask = Mask(snapshot, scope)
    return [
        Revision(
            **{name: mask.text(row[name] or "") for name in ("key", "old", "new")},
            **{name: row[name] or "" for name in ("from_row_id", "to_row_id")},
            field_zh=row["field_zh"] or row["field"],
            received_at=row["received_at"],
        )
        for row in found
    ]


def credits_of(snapshot: Snapshot, scope: Scope, row_id: str) -> list[Credit]:
    """For which grids the patrol in this row counts, or why for none. Empty for a row that is no patrol."""
    found = snapshot.ask(
        scope,
        """
        select credit.patrol_id, coalesce(place.name, '') as grid_name, credit.basis, credit.reason_zh
        from published.patrol_credit as credit
        left join place on place.grid_id = credit.grid_id
        where credit.row_id = $row_id and (
            credit.grid_id in (from visible_grid) or credit.where_grid_id in (from visible_grid))
        order by credit.patrol_id, credit.grid_id""",
        row_id=row_id,
    )
    mask = Mask(snapshot, scope)
    return [
        Credit(mask.text(row["patrol_id"]), row["grid_name"], row["basis"], row["reason_zh"] or "") for row in found
    ]


def _cells(snapshot: Snapshot, scope: Scope, row: Row) -> tuple[Cell, ...]:
    """The row's texts beside the header block nearest above it, or one below where none is above; stacked headers are
    joined by ／."""
    found = snapshot.ask_unscoped(
        """
        select row_number from published.source_row
        where file_id = $file_id and sheet_name = $sheet_name and kind = 'header'
            and ($kind = 'body' or $kind = 'footnote')
        order by row_number < $row_number desc, row_number desc""",
        **row,
    )
    block: list[int] = []
    for number in (line["row_number"] for line in found):
        if block and number != block[0] - 1:
            break
        block.insert(0, number)
    texts = snapshot.cells(row["sha256"], row["sheet_name"], [*block, row["row_number"]])
    own = texts.get(row["row_number"], ())
    headers = [_stacked(column) for column in zip_longest(*(texts.get(n, ()) for n in block), fillvalue="")]
    headers += [""] * (len(own) - len(headers))
    mask = Mask(snapshot, scope)
    pairs = zip_longest(headers, own, fillvalue="")
    return tuple(Cell(n, header, mask.cell(header, text)) for n, (header, text) in enumerate(pairs, start=1))


def _stacked(parts: tuple[str, ...]) -> str:
    kept: list[str] = []
    for part in (" ".join(part.split()) for part in parts):
        if part and part not in kept:
            kept.append(part)
    return "／".join(kept)


def _finding(mask: Mask, row: Row) -> Finding:
    column, value, message, mend = (row[name] or "" for name in ("column_zh", "value", "message_zh", "mend_zh"))
    value, message = mask.finding(column, value, message)
    return Finding(row["severity"], bool(row["is_mended"]), column, value, message, mend)
