"""What a grid itself is past due with: of a month, of earlier ones, how long, and whether for the first time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pipelines.snapshot.door import Row, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.walk import OBLIGATION, Obligation, told_duties

LONG_DAYS = 30
# What is owed anew each period and lapses with it: a month without a patrol cannot be made good in the next.
LAPSING = ("coverage", "supervision", "assurance")
_LAPSES = "list_contains($lapsing, metric.concept)"


@dataclass(frozen=True)
class Standing:
    """A grid's overdue duties of one metric. of_month: due in the month; carried: due before it, still open and still
    to be done; longest_days: of what can still be done, None where nothing can; was_overdue: some of the metric's
    duties were past due when the month began."""

    grid_id: str
    grid_name: str
    metric_id: str
    metric_zh: str
    lapses: bool
    of_month: int
    carried: int
    longest_days: int | None
    oldest_due: date
    was_overdue: bool

    @property
    def is_long(self) -> bool:
        """Whether anything that can still be done is more than LONG_DAYS past due."""
        return self.longest_days is not None and self.longest_days > LONG_DAYS

    @property
    def is_first(self) -> bool:
        """Overdue for the first time: not when the month began, and nothing for long."""
        return not self.was_overdue and not self.is_long


@dataclass(frozen=True)
class Source:
    """The row a duty was formed by; path as received below data/raw."""

    row_id: str
    path: str
    sha256: str
    received_at: datetime
    sheet_name: str
    row_number: int


@dataclass(frozen=True)
class Ledger:
    """A file in which a deed would stand, had it been reported."""

    path: str
    sha256: str
    received_at: datetime


def standings(
    snapshot: Snapshot, scope: Scope, grid_id: str, month: str, metric_id: str = "", *, is_below: bool = False
) -> list[Standing]:
    """By grid and metric, in the catalogue's order; of the grid itself or, with is_below, of all that stand below it
    at the month's end too. metric_id '': of every metric."""
    began = datetime.combine(_first(month), time()) - timedelta(seconds=1)
    whose = below("owed.grid_id", "$last_day") if is_below else "owed.grid_id = $grid_id"
    sql = f"""
        , duty as (
            select
                owed.grid_id, owed.metric_id, owed.state, owed.period, owed.due_at, owed.met_at,
                metric.zh as metric_zh, metric.place, {_LAPSES} as lapses,
                date_diff('day', cast(owed.due_at as date), cast(build.as_of as date)) as days_over,
                owed.state = 'overdue' and owed.period = $month as is_of_month,
                owed.state = 'overdue' and owed.period < $month and not {_LAPSES} as is_carried
            from published.obligation as owed
            cross join published.build as build
            join published.metric_catalogue as metric on metric.metric_id = owed.metric_id
            where owed.grid_id in (from visible_grid) and {whose} and owed.state in ('overdue', 'late')
                and owed.period <= $month and $metric_id in ('', owed.metric_id)
        )
        select
            duty.grid_id, any_value(place.name) as grid_name, duty.metric_id, any_value(duty.metric_zh) as metric_zh,
            bool_or(duty.lapses) as lapses,
            count(*) filter (where is_of_month) as of_month, count(*) filter (where is_carried) as carried,
            max(days_over) filter (where (is_of_month or is_carried) and not lapses) as longest_days,
            min(cast(due_at as date)) filter (where is_of_month or is_carried) as oldest_due,
            bool_or(
                period < $month and (period = $previous or not lapses) and due_at <= $began
                and coalesce(met_at > $began, true)
            ) as was_overdue
        from duty join place on place.grid_id = duty.grid_id
        group by duty.grid_id, duty.metric_id
        having of_month + carried > 0
        order by any_value(place.level), any_value(place.code), duty.grid_id, any_value(duty.place), duty.metric_id"""
    found = snapshot.ask(
        scope, sql, grid_id=grid_id, month=month, metric_id=metric_id, lapsing=list(LAPSING), began=began,
        previous=f"{began:%Y-%m}", last_day=_last(month),
    )  # fmt: skip
    return [Standing(**row) for row in found]


def overdue(snapshot: Snapshot, scope: Scope, grid_id: str, month: str, metric_ids: list[str]) -> list[Obligation]:
    """The grid's own duties of these metrics that `standings` counts, by metric and due day, oldest first; of what was
    due before, is_listed tells whether the problem is listed in the month or was in its own."""
    sql = f"""{OBLIGATION}, now_listed as (select subject_id from listed where period = $month)
        select duty.* replace (
            duty.is_listed or (duty.subject_kind = 'problem' and duty.metric_id <> 'listed_followup'
                and duty.subject_id in (from now_listed)) as is_listed)
        from duty
        join published.metric_catalogue as metric on metric.metric_id = duty.metric_id
        where duty.grid_id = $grid_id and list_contains($metric_ids, duty.metric_id) and duty.state = 'overdue'
            and (duty.period = $month or (duty.period < $month and not {_LAPSES}))
        order by metric.place, duty.metric_id, duty.due_at, duty.obligation_id"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, month=month, metric_ids=metric_ids, lapsing=list(LAPSING))
    return told_duties(snapshot, scope, found)


def unreported(snapshot: Snapshot, scope: Scope, grid_id: str, month: str, metric_id: str = "") -> list[Obligation]:
    """The grid's own duties of the month of which nobody knows, because the ledger did not come."""
    sql = f"""{OBLIGATION}
        select duty.* from duty
        join published.metric_catalogue as metric on metric.metric_id = duty.metric_id
        where duty.grid_id = $grid_id and duty.state = 'unreported' and duty.period = $month
            and $metric_id in ('', duty.metric_id)
        order by metric.place, duty.metric_id, duty.due_at, duty.obligation_id"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, month=month, metric_id=metric_id)
    return told_duties(snapshot, scope, found)


def sources(snapshot: Snapshot, scope: Scope, duties: list[Obligation]) -> dict[str, Source]:
    """The rows that formed these duties, by row id; duties that no row forms have none."""
    found = snapshot.ask(
        scope,
        """
        select line.row_id, file.path, file.sha256, file.received_at, line.sheet_name, line.row_number
        from published.source_row as line
        join published.source_file as file on file.file_id = line.file_id
        where list_contains($rows, line.row_id) and line.row_id in (
            select duty_row_id from published.obligation where grid_id in (from visible_grid))""",
        rows=[duty.duty_row_id for duty in duties if duty.duty_row_id],
    )
    mask = Mask(snapshot, scope)
    return {row["row_id"]: Source(**mask.place(row)) for row in found}


def ledgers(snapshot: Snapshot, scope: Scope, duties: list[Obligation]) -> list[Ledger]:
    """The files in which the deeds of these duties would stand, as far as the scope sees who sent them."""
    found = snapshot.ask(
        scope,
        """
        select distinct file.path, file.sha256, file.received_at
        from published.obligation as owed
        join published.metric_catalogue as metric on metric.metric_id = owed.metric_id
        join published.submission as sent
            on sent.county_id = owed.county_id and sent.table_name = metric.needed_table
            and sent.month = coalesce(owed.about_month, owed.period) and sent.accepted > 0
        join published.source_file as file on file.file_id = sent.file_id
        where list_contains($ids, owed.metric_id || '|' || owed.obligation_id)
            and owed.grid_id in (from visible_grid) and file.county_id in (from visible_county)
        order by file.path, file.received_at""",
        ids=[f"{duty.metric_id}|{duty.obligation_id}" for duty in duties if not duty.duty_row_id],
    )
    mask = Mask(snapshot, scope)
    return [Ledger(**mask.place(row)) for row in found]


def above(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> tuple[Row, ...]:
    """The visible grid itself and all above it at the month's end, lowest first: grid_id, name, level. What stands
    above is named even where the scope does not see its numbers; empty where the scope does not see the grid."""
    found = snapshot.ask(
        scope,
        """
        select place.grid_id, place.name, place.level
        from published.grid_path as path join place on place.grid_id = path.ancestor_id
        where path.leaf_id = $grid_id and path.leaf_id in (from visible_grid)
            and $last_day between path.valid_from and path.valid_to
        order by place.level desc""",
        grid_id=grid_id,
        last_day=_last(month),
    )
    return tuple(found)


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _last(month: str) -> date:
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])
