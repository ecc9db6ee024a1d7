"""Who has sent which table of a month, when, and what became of its rows: by sender and table, then file by file.

A `county_id` of '' asks for every sender the scope may see, `city` for the detachment alone, a unit for its counties
and the detachment.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from pipelines.snapshot.delivered import GONE
from pipelines.snapshot.door import Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.senders import senders_above, sent_by

_ABSENT = f"""{GONE}, vanished as (
            select line.file_id, gone.table_name, count(*) as absent
            from gone
            join published.source_row as line on line.row_id = gone.row_id
            group by line.file_id, gone.table_name
        )"""
# A table whose duty is known is missing once that is overdue; where nobody owes it by a day, once the month is over.
# Files all of whose rows went back deliver nothing: unusable.
_STANDINGS = f"""{_ABSENT}, sent as (
            select
                one.county_id, one.month, one.table_name, count(*) as files, min(file.received_at) as first_received_at,
                max(file.received_at) as last_received_at, cast(sum(one.found) as bigint) as found,
                cast(sum(one.accepted) as bigint) as accepted, cast(sum(one.rejected) as bigint) as rejected,
                cast(sum(one.identical) as bigint) as identical, cast(sum(one.warned) as bigint) as warned,
                cast(sum(one.revised) as bigint) as revised, cast(sum(one.relabelled) as bigint) as relabelled,
                cast(sum(vanished.absent) as bigint) as absent
            from published.submission as one
            join published.source_file as file on file.file_id = one.file_id
            left join vanished on vanished.file_id = one.file_id and vanished.table_name = one.table_name
            where list_contains($months, one.month)
            group by one.county_id, one.month, one.table_name
        ), lacking as (
            select distinct
                given.county_id, given.month, metric.needed_table as table_name,
                strftime(build.as_of, '%Y-%m') > given.month as is_over
            from published.measurable as given
            join published.metric_catalogue as metric on metric.metric_id = given.metric_id
            cross join published.build as build
            where not given.is_delivered and metric.needed_table <> '' and list_contains($months, given.month)
        ), duty as (
            select
                grid_id as county_id, about_month as month, subject_id as table_name, min(state) as state,
                min(due_at) as due_at
            from published.obligation
            where metric_id = 'export_submission' and subject_kind = 'table' and list_contains($months, about_month)
            group by grid_id, about_month, subject_id
        ), known as (
            select county_id, month, table_name from sent
            union select county_id, month, table_name from lacking
            union select county_id, month, table_name from duty
        )
        select
            known.county_id, known.month, known.table_name,
            case
                when sent.files > 0 and known.table_name <> '' and (
                    lacking.county_id is not null or (sent.found > 0 and sent.rejected = sent.found)) then 'unusable'
                when sent.files > 0 and duty.state = 'late' then 'late'
                when sent.files > 0 then 'received'
                when duty.state in ('overdue', 'unreported') then 'missing'
                when duty.state = 'pending' or not lacking.is_over then 'pending'
                when lacking.is_over then 'missing'
                else ''
            end as standing,
            duty.due_at, coalesce(sent.files, 0) as files, sent.first_received_at, sent.last_received_at,
            coalesce(sent.found, 0) as found, coalesce(sent.accepted, 0) as accepted,
            coalesce(sent.rejected, 0) as rejected, coalesce(sent.identical, 0) as identical,
            coalesce(sent.warned, 0) as warned, coalesce(sent.revised, 0) as revised,
            coalesce(sent.relabelled, 0) as relabelled, coalesce(sent.absent, 0) as absent
        from known
        left join sent
            on sent.county_id = known.county_id and sent.month = known.month and sent.table_name = known.table_name
        left join lacking
            on lacking.county_id = known.county_id and lacking.month = known.month
            and lacking.table_name = known.table_name
        left join duty
            on duty.county_id = known.county_id and duty.month = known.month and duty.table_name = known.table_name
        where {{seen}}
        order by known.month, known.county_id, known.table_name"""
_IN_SIGHT = _STANDINGS.format(seen=f"known.county_id in (from visible_county) and {sent_by('known.county_id')}")
_OF_SENDERS = "with" + _STANDINGS.format(seen="list_contains($senders, known.county_id)").lstrip().removeprefix(",")
_LACKING = ("missing", "unusable")
FILE_STANDING = """file_standing as (
            select
                file.file_id,
                case
                    when file.state in ('identical', 'refused') then file.state
                    when sum(one.rejected) > 0 and coalesce(max(awaited.lines), 0) = 0 then 'settled'
                    when sum(one.rejected) > 0 and sum(one.accepted) + sum(one.identical) = 0 then 'all_back'
                    when sum(one.rejected) > 0 or file.state = 'partial' then 'some_back'
                    else 'landed'
                end as standing
            from published.source_file as file
            left join published.submission as one on one.file_id = file.file_id
            left join (
                select file_id, count(*) as lines from published.quarantine
                where is_awaiting group by file_id
            ) as awaited on awaited.file_id = file.file_id
            group by file.file_id, file.state
        )"""
"""A relation of a `with` list: how each file stands as a whole, in all its tables and sheets. settled: rows went back,
and later ones stand for all of them."""
_FILES = f"""{_ABSENT}, {FILE_STANDING}
        select
            file.county_id, file.file_id, file.path, file.received_at, file_standing.standing,
            coalesce(file.reason_zh, '') as reason_zh, coalesce(file.mend_zh, '') as mend_zh,
            coalesce(one.table_name, '') as table_name, coalesce(one.version, 0) as version,
            coalesce(one.found, 0) as found, coalesce(one.accepted, 0) as accepted,
            coalesce(one.rejected, 0) as rejected, coalesce(one.identical, 0) as identical,
            coalesce(one.warned, 0) as warned, coalesce(one.revised, 0) as revised,
            coalesce(one.relabelled, 0) as relabelled, coalesce(vanished.absent, 0) as absent
        from published.source_file as file
        join file_standing on file_standing.file_id = file.file_id
        left join published.submission as one on one.file_id = file.file_id
        left join vanished on vanished.file_id = one.file_id and vanished.table_name = one.table_name
        where file.month = $month and file.county_id in (from visible_county) and {sent_by("file.county_id")}
        order by file.county_id, one.table_name, one.version, file.received_at, file.path"""


@dataclass(frozen=True)
class Counts:
    """Rows of a table. found = accepted + rejected + identical; the others are part of those, absent counts rows of
    patrols and problems that a later file no longer holds."""

    found: int
    accepted: int
    rejected: int
    identical: int
    warned: int
    revised: int
    relabelled: int
    absent: int


@dataclass(frozen=True)
class Standing(Counts):
    """One table of one sender and month. table_name: '' for what was not recognised.

    standing: received, late, unusable (all its rows went back), missing, pending, or '' where neither sent nor owed.
    due_at: the end of the last day for sending it, None where nobody owes it by a day.
    """

    county_id: str
    month: str
    table_name: str
    standing: str
    due_at: datetime | None
    files: int
    first_received_at: datetime | None
    last_received_at: datetime | None


_UNTOLD: dict[str, Any] = {one.name: 0 for one in fields(Counts)} | {
    "files": 0,
    "first_received_at": None,
    "last_received_at": None,
}


@dataclass(frozen=True)
class SentFile(Counts):
    """One table in one file. standing: of the whole file, landed, settled (later rows stand for all that went back),
    some_back (rows of some table, or a sheet), all_back, refused or identical; reason_zh,
    mend_zh: of the file, as published.

    version: the how-manieth of this sender, month and table; 0 of a file that holds none.
    """

    county_id: str
    file_id: str
    path: str
    received_at: datetime
    standing: str
    reason_zh: str
    mend_zh: str
    table_name: str
    version: int


def needed_tables(snapshot: Snapshot) -> tuple[str, ...]:
    """The tables that must come every month: metrics are counted from them, or somebody owes them by a day."""
    found = snapshot.ask_unscoped("""
        select needed_table as table_name from published.metric_catalogue where needed_table <> ''
        union
        select subject_id as table_name from published.obligation where metric_id = 'export_submission'
        order by table_name""")
    return tuple(row["table_name"] for row in found)


def standings(snapshot: Snapshot, scope: Scope, months: tuple[str, ...], county_id: str = "") -> list[Standing]:
    """Every table that was sent in one of these months or had to be, by month, sender and table."""
    found = snapshot.ask(scope, _IN_SIGHT, months=list(months), county_id=county_id)
    return [Standing(**row) for row in found]


def lacking(snapshot: Snapshot, scope: Scope, month: str, county_id: str = "") -> list[Standing]:
    """What had to come in a month and did not, or came without one row that can be used."""
    return [one for one in standings(snapshot, scope, (month,), county_id) if one.standing in _LACKING]


def lacking_above(snapshot: Snapshot, scope: Scope, month: str) -> list[Standing]:
    """The same of senders that bear on the scope and lie outside it: its county's and the detachment's.

    That it did not come is all that is told: counts are 0, and when a file came that had to go back stays untold.
    """
    senders = list(senders_above(snapshot, scope))
    if not senders:
        return []
    found = [Standing(**row) for row in snapshot.ask_unscoped(_OF_SENDERS, months=[month], senders=senders)]
    return [replace(one, **_UNTOLD) for one in found if one.standing in _LACKING]


def sent_files(snapshot: Snapshot, scope: Scope, month: str, county_id: str) -> list[SentFile]:
    """The files of a month's folder, a line for each table in them, by table and version."""
    mask = Mask(snapshot, scope)
    found = map(mask.place, snapshot.ask(scope, _FILES, month=month, county_id=county_id))
    return [SentFile(**{**row, "reason_zh": mask.text(row["reason_zh"])}) for row in found]
