"""What a month's files changed in records sent before: corrections field by field, and words that were only replaced.

A `county_id` of '' asks for every sender the scope may see, `city` for the detachment alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.senders import sent_by

_SHOWN = 3


@dataclass(frozen=True)
class ChangedRow:
    """A row of a later file that changed its record."""

    row_id: str
    path: str
    sheet_name: str
    row_number: int


@dataclass(frozen=True)
class Change:
    """One field of one table that was changed in n rows; `rows` are the first of them.

    old, new: the words before and after where every row with the old word has the new one (is_relabel), else ''.
    """

    table_name: str
    field_zh: str
    is_relabel: bool
    old: str
    new: str
    n: int
    rows: tuple[ChangedRow, ...]


@dataclass(frozen=True)
class Revised:
    """How many rows of one table corrected records sent before; rows of mere words are not among them."""

    table_name: str
    n: int


def revised(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[Revised]:
    """By table, the most first; tables without any are left out."""
    sql = f"""
        select table_name, cast(sum(revised) as bigint) as n
        from published.submission
        where month = $month and county_id in (from visible_county) and {sent_by("county_id")}
        group by table_name
        having sum(revised) > 0
        order by n desc, table_name"""
    return [Revised(**row) for row in snapshot.ask(scope, sql, month=month, county_id=county_id)]


def changes(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[Change]:
    """Changed fields of a month's files by table, corrections before mere words, the most frequent first."""
    sql = f"""
        , changed as (
            select
                change.table_name, coalesce(change.field_zh, change.field) as field_zh, change.is_relabel,
                coalesce(change.old, '') as old, coalesce(change.new, '') as new, line.row_id, file.path,
                line.sheet_name, line.row_number
            from published.revision as change
            join published.source_row as line on line.row_id = change.to_row_id
            join published.source_file as file on file.file_id = line.file_id
            where file.month = $month and file.county_id in (from visible_county) and {sent_by("file.county_id")}
        )
        select
            table_name, field_zh, coalesce(is_relabel, false) as is_relabel,
            case when is_relabel then old else '' end as old, case when is_relabel then new else '' end as new,
            count(*) as n,
            list({{'row_id': row_id, 'path': path, 'sheet_name': sheet_name, 'row_number': row_number}}
                order by path, sheet_name, row_number)[:{_SHOWN}] as rows
        from changed
        group by all
        order by table_name, is_relabel, n desc, field_zh, old, new"""
    mask = Mask(snapshot, scope)
    found = snapshot.ask(scope, sql, month=month, county_id=county_id)
    return [_change(mask, row) for row in found]


def _change(mask: Mask, row: Row) -> Change:
    words = {name: mask.cell(row["field_zh"], row[name]) for name in ("old", "new")}
    rows = tuple(ChangedRow(**mask.place(one)) for one in row["rows"])
    return Change(**{**row, **words, "rows": rows})
