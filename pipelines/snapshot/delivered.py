"""What is missing of a month's deliveries, and what was sent back.

A `county_id` of '' asks for every sender the scope may see, `city` for the detachment alone, a unit for its counties
and the detachment.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import Frame, Row, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.senders import sent_by

_MISSING = """
        select distinct
            given.month, given.county_id, place.name as county_name, place.code,
            metric.needed_table as table_name, metric.needed_table_zh as table_zh
        from published.measurable as given
        join published.metric_catalogue as metric on metric.metric_id = given.metric_id
        cross join published.build as build
        left join place on place.grid_id = given.county_id
        where not given.is_delivered and given.county_id in (from visible_county)
            and given.month <= $month and strftime(build.as_of, '%Y-%m') > given.month
        order by given.month, table_name, place.code"""
GONE = """
        , gone as (
            select 'patrol' as table_name, patrol_id as record_id, row_id from published.patrol where absent_in_latest
            union all
            select 'problem' as table_name, problem_id as record_id, row_id from published.problem
            where absent_in_latest
        )"""
"""Continues a `with` list: the rows whose record no later file of their table contains."""


@dataclass(frozen=True)
class ReturnedFinding:
    """One finding on a row that went back: where the row stands, what is wrong with it and how to mend it."""

    county_id: str
    county_name: str
    table_name: str
    row_id: str
    path: str
    sheet_name: str
    row_number: int
    column_zh: str
    value: str
    message_zh: str
    mend_zh: str


@dataclass(frozen=True)
class AbsentRow:
    """A row whose record a later file of the same table no longer holds."""

    county_id: str
    county_name: str
    table_name: str
    record_id: str
    row_id: str
    path: str
    sheet_name: str
    row_number: int


def missing_rows(snapshot: Snapshot, scope: Scope, month: str) -> list[Row]:
    """Ledgers a metric needs that a sender did not deliver in a month up to `month` that is over, oldest first.

    Columns: month, county_id, county_name, code, table_name, table_zh.
    """
    return snapshot.ask(scope, _MISSING, month=month)


def returned(
    snapshot: Snapshot, scope: Scope, month: str, county_id: str = "", limit: int = 200
) -> list[ReturnedFinding]:
    """Findings that sent rows back which no later re-send has mended, by file, sheet and row; at most `limit`.

    `status` prints all.
    """
    sql = f"""
        select
            finding.county_id, coalesce(place.name, '') as county_name, finding.table_name, finding.row_id, file.path,
            line.sheet_name, line.row_number, coalesce(finding.column_zh, '') as column_zh,
            coalesce(finding.value, '') as value, finding.message_zh, coalesce(finding.mend_zh, '') as mend_zh
        from published.quarantine as finding
        join published.source_row as line on line.row_id = finding.row_id
        join published.source_file as file on file.file_id = finding.file_id
        left join place on place.grid_id = finding.county_id
        where finding.is_awaiting
            and finding.month = $month and finding.county_id in (from visible_county)
            and {sent_by("finding.county_id")}
        order by finding.county_id = 'city', place.code, file.path, finding.file_id, line.sheet_name, line.row_number,
            finding.column_name, finding.rule
        limit $limit"""
    found = snapshot.ask(scope, sql, month=month, county_id=county_id, limit=limit)
    mask = Mask(snapshot, scope)
    result = []
    for row in found:
        value, message = mask.finding(row["column_zh"], row["value"], row["message_zh"])
        result.append(ReturnedFinding(**{**mask.place(row), "value": value, "message_zh": message}))
    return result


def absent(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[AbsentRow]:
    """Rows of a month's files that no later re-send of their table contains; they stay, and count."""
    sql = f"""{GONE}
        select
            file.county_id, coalesce(place.name, '') as county_name, gone.table_name, gone.record_id, gone.row_id,
            file.path, line.sheet_name, line.row_number
        from gone
        join published.source_row as line on line.row_id = gone.row_id
        join published.source_file as file on file.file_id = line.file_id
        left join place on place.grid_id = file.county_id
        where file.month = $month and file.county_id in (from visible_county)
            and {sent_by("file.county_id")}
        order by file.county_id = 'city', place.code, file.path, file.file_id, line.sheet_name, line.row_number"""
    mask = Mask(snapshot, scope)
    found = snapshot.ask(scope, sql, month=month, county_id=county_id)
    return [AbsentRow(**{**mask.place(row), "record_id": mask.text(row["record_id"])}) for row in found]


def totals(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> Row:
    """The rows of a month's folder over all visible deliveries: found, accepted, rejected, identical.

    Of those rejected, `awaiting` still await correction and `mended` were put right by a later re-send.
    """
    sql = f"""
        , sent_back as (
            select row_id, bool_or(is_awaiting) as is_awaiting
            from published.quarantine
            where severity = 'reject' and month = $month and county_id in (from visible_county)
                and {sent_by("county_id")}
            group by row_id
        )
        select
            cast(coalesce(sum(found), 0) as bigint) as found, cast(coalesce(sum(accepted), 0) as bigint) as accepted,
            cast(coalesce(sum(rejected), 0) as bigint) as rejected,
            cast(coalesce(sum(identical), 0) as bigint) as identical,
            (select count(*) from sent_back where is_awaiting) as awaiting,
            (select count(*) from sent_back where not is_awaiting) as mended
        from published.submission
        where month = $month and county_id in (from visible_county) and {sent_by("county_id")}"""
    return snapshot.ask(scope, sql, month=month, county_id=county_id)[0]


def unreported(snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, owner_level: str) -> Frame:
    """Where duties are unreported: county_id, county_name, n. One line a county, the detachment's own last."""
    sql = f"""
        select duty.county_id, coalesce(county.name, duty.county_id) as county_name, count(*) as n
        from published.obligation as duty
        left join place as county on county.grid_id = duty.county_id
        where duty.metric_id = $metric_id and duty.period = $month and duty.state = 'unreported'
            and ($level = 'all' or cast(duty.owner_level as varchar) = $level)
            and duty.grid_id in (from visible_grid)
            and {below("duty.grid_id", "cast(coalesce(duty.due_at, duty.started_at) as date)")}
        group by duty.county_id, county.name, county.code order by duty.county_id = 'city', county.code"""
    return snapshot.frame(scope, sql, metric_id=metric_id, grid_id=grid_id, month=month, level=owner_level)
