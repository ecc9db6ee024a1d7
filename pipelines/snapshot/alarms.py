"""What a month's deliveries make people look at: causes found on rows, odd files and sheets, what was not read at all.

Nothing here knows a cause by name: whatever is published is told in its own words.
A `county_id` of '' asks for every sender the scope may see, `city` for the detachment alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import CITY, Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.senders import sent_by
from pipelines.way_back import LISTS

_SHOWN = 3
# The lists of choices of our own blank ledgers are hidden by us, and nothing in them is a row.
HIDDEN = f"(sheet.is_hidden and (sheet.sheet_name <> '{LISTS}' or sheet.found > 0))"
"""Whether a row of source_sheet, called sheet, was hidden by whoever sent it."""


@dataclass(frozen=True)
class FoundRow:
    """A row on which something was found."""

    row_id: str
    path: str
    sheet_name: str
    row_number: int


@dataclass(frozen=True)
class Cause:
    """One cause in one table: n rows of these counties have it. message_zh: of the first; `rows`: the first ones.

    severity: reject or warn. mended: of n, put right by a later file.
    """

    table_name: str
    rule: str
    severity: str
    counties: tuple[str, ...]
    n: int
    mended: int
    message_zh: str
    mend_zh: str
    rows: tuple[FoundRow, ...]


@dataclass(frozen=True)
class OddSheet:
    """A sheet that was hidden, was taken for no table, or has columns nobody uses."""

    county_id: str
    path: str
    sheet_name: str
    table_name: str
    is_hidden: bool
    found: int
    unused_columns: tuple[str, ...]


@dataclass(frozen=True)
class FileFinding:
    """Something about a whole file's table that is no row's fault: a column that vanished, rows of another month."""

    path: str
    table_name: str
    message_zh: str
    mend_zh: str


@dataclass(frozen=True)
class Unread:
    """What lies under data/raw and was not read, and why."""

    path: str
    reason_zh: str


def causes(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[Cause]:
    """Causes by table and column, those that send rows back first, then the most frequent."""
    sql = f"""
        select
            finding.table_name, finding.rule, finding.severity,
            list_sort(list(distinct finding.county_id)) as counties, count(distinct finding.row_id) as n,
            count(distinct finding.row_id) filter (where finding.is_mended) as mended,
            list({{
                'value': coalesce(finding.value, ''), 'column_zh': coalesce(finding.column_zh, ''),
                'message_zh': finding.message_zh, 'mend_zh': coalesce(finding.mend_zh, ''),
                'row_id': line.row_id, 'path': file.path, 'sheet_name': line.sheet_name, 'row_number': line.row_number}}
                order by finding.is_mended, file.path, line.sheet_name, line.row_number)[:{_SHOWN}] as rows
        from published.quarantine as finding
        join published.source_file as file on file.file_id = finding.file_id
        left join published.source_row as line on line.row_id = finding.row_id
        where finding.month = $month and finding.county_id in (from visible_county)
            and {sent_by("finding.county_id")}
        group by finding.table_name, finding.rule, finding.severity, finding.column_name
        order by finding.severity, n desc, finding.table_name, finding.rule, finding.column_name"""
    mask = Mask(snapshot, scope)
    return [_cause(mask, row) for row in snapshot.ask(scope, sql, month=month, county_id=county_id)]


def odd_sheets(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[OddSheet]:
    """By file and sheet; sheets that hold no rows and are not hidden are prose, which nobody has to be told of."""
    sql = f"""
        select
            file.county_id, file.path, sheet.sheet_name, sheet.table_name, {HIDDEN} as is_hidden, sheet.found,
            sheet.unused_columns
        from published.source_sheet as sheet
        join published.source_file as file on file.file_id = sheet.file_id
        where file.month = $month and file.county_id in (from visible_county) and {sent_by("file.county_id")}
            and file.state <> 'identical'
            and ({HIDDEN} or len(sheet.unused_columns) > 0 or (sheet.table_name = '' and sheet.found > 0))
        order by file.county_id, file.path, sheet.sheet_name"""
    mask = Mask(snapshot, scope)
    found = map(mask.place, snapshot.ask(scope, sql, month=month, county_id=county_id))
    return [
        OddSheet(**{**row, "unused_columns": tuple(mask.text(name) for name in row["unused_columns"] or ())})
        for row in found
    ]


def file_findings(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[FileFinding]:
    """By file and table."""
    sql = f"""
        select file.path, finding.table_name, finding.message_zh, finding.mend_zh
        from published.file_finding as finding
        join published.source_file as file on file.file_id = finding.file_id
        where finding.month = $month and finding.county_id in (from visible_county)
            and {sent_by("finding.county_id")}
        order by file.path, finding.table_name, finding.rule, finding.column_name"""
    mask = Mask(snapshot, scope)
    found = map(mask.place, snapshot.ask(scope, sql, month=month, county_id=county_id))
    return [FileFinding(**{**row, "message_zh": mask.text(row["message_zh"])}) for row in found]


def unread(snapshot: Snapshot, scope: Scope, month: str) -> list[Unread]:
    """Files of the month's folder, or of none, that were not read. Nobody knows whose: the city alone sees them."""
    if scope.grid_id != CITY:
        return []
    sql = r"""
        select path, reason_zh from published.misplaced_file
        where starts_with(path, $month) or not regexp_matches(path, '^\d{4}-\d{2}/')
        order by path, reason_zh"""
    mask = Mask(snapshot, scope)
    found = snapshot.ask_unscoped(sql, month=f"{month}/")
    return [Unread(*map(mask.text, (row["path"], row["reason_zh"]))) for row in found]


def _cause(mask: Mask, row: Row) -> Cause:
    first = row["rows"][0]
    _, message = mask.finding(first["column_zh"], first["value"], first["message_zh"])
    names = ("row_id", "path", "sheet_name", "row_number")
    rows = tuple(FoundRow(**mask.place({name: one[name] for name in names})) for one in row["rows"] if one["row_id"])
    kept = {name: row[name] for name in ("table_name", "rule", "severity", "n", "mended")}
    return Cause(**kept, counties=tuple(row["counties"]), message_zh=message, mend_zh=first["mend_zh"], rows=rows)
