"""Grid × ISO week: on how many days the people of each grid patrolled it, and where that cannot be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipelines.snapshot.door import CITY, MONTH_END, Row, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask

# What a cell without a patrol is: not_owed (no such duty then), unreported, not_measurable, pending (not over), none.
SILENT = ("unreported", "not_measurable", "pending", "none", "not_owed")


@dataclass(frozen=True)
class Cell:
    """A grid's week. days: patrol-days credited; state 'patrolled' or one of SILENT.

    is_partial: days is the least there can be, for part of the week is not reported, not measurable or not over.
    """

    days: int
    state: str
    is_partial: bool


@dataclass(frozen=True)
class Line:
    """A grid with its weeks by their Monday; of the city a county with all that lies below it (days of all grids)."""

    grid_id: str
    name: str
    county_name: str
    level: int
    cells: Mapping[date, Cell]


@dataclass(frozen=True)
class Calendar:
    """The weeks by their Mondays, oldest first, and the lines. is_summed: the lines are counties, added up."""

    mondays: tuple[date, ...]
    lines: tuple[Line, ...]
    is_summed: bool


@dataclass(frozen=True)
class Walked:
    """A patrol that counts for a grid."""

    patrol_id: str
    started_at: datetime
    has_time: bool
    kind: str
    inspectors: str
    sites: str
    findings: int | None
    row_id: str


# Every patrol grid below $grid_id on every day of the weeks, with what is known of that day.
_DAYS = f"""
, span as (
    select
        {MONTH_END.format(month="$month")} as month_end, as_of,
        least({MONTH_END.format(month="$month")}, cast(as_of as date)) as last_day,
        cast(date_trunc('week', least({MONTH_END.format(month="$month")}, cast(as_of as date))) as date) as last_monday
    from published.build
), day as (
    select cast(unnest(generate_series(
        last_monday - interval 7 day * ($weeks - 1), least(last_monday + interval 6 day, month_end),
        interval 1 day)) as date) as day
    from span
), owner as (
    select
        one.grid_id as leaf_id, one.county_id, day.day, strftime(day.day, '%Y-%m') as month,
        case when $summed then one.county_id else one.grid_id end as line_id
    from published.grid as one
    cross join day
    where one.is_patrol_grid and day.day between one.valid_from and coalesce(one.valid_to, date '9999-12-31')
        and one.grid_id in (from visible_grid) and (not $summed or one.county_id <> 'city')
        and {below("one.grid_id", "day.day")}
), walked as (
    select distinct grid_id, cast(started_at as date) as day
    from published.patrol_credit where basis <> 'none' and grid_id in (from visible_grid)
), blind as (
    select distinct grid_id, month from published.unmeasurable_grid
    where metric_id in ('patrol_coverage', 'patrol_frequency')
), told as (
    select
        owner.line_id, owner.leaf_id, owner.day,
        case
            when walked.day is not null then 'patrolled'
            when sender.county_id is null then 'not_owed'
            when owner.day > span.last_day then 'pending'
            when strftime(span.as_of, '%Y-%m') <= owner.month and not sender.is_delivered then 'pending'
            when not sender.is_delivered then 'unreported'
            when blind.grid_id is not null or sender.measurable = 'no' then 'not_measurable'
            else 'none'
        end as state
    from owner
    cross join span
    left join walked on walked.grid_id = owner.leaf_id and walked.day = owner.day and walked.day <= span.last_day
    left join published.measurable as sender
        on sender.metric_id = 'patrol_coverage' and sender.county_id = owner.county_id and sender.month = owner.month
    left join blind on blind.grid_id = owner.leaf_id and blind.month = owner.month
)"""


def calendar(snapshot: Snapshot, scope: Scope, grid_id: str, month: str, weeks: int) -> Calendar:
    """The patrol grids at or below a grid over the weeks that end with the month (or with the as-of day in it).

    Days after the month are left out of its last week; days that are still to come are pending.
    """
    is_summed = grid_id == CITY
    sql = f"""{_DAYS}
        select
            told.line_id, cast(date_trunc('week', told.day) as date) as monday,
            count(*) filter (where state = 'patrolled') as patrolled,
            {", ".join(f"count(*) filter (where state = '{state}') as {state}" for state in SILENT)},
            any_value(place.name) as name, any_value(place.level) as level, any_value(place.code) as code,
            any_value(county.name) as county_name, any_value(county.code) as county_code
        from told
        join place on place.grid_id = told.line_id
        left join place as county on county.grid_id = place.county_id
        group by told.line_id, monday
        order by any_value(place.level), any_value(county.code), any_value(place.code), told.line_id, monday"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, month=month, weeks=weeks, summed=is_summed)
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["line_id"], []).append(row)
    mondays = {row["monday"] for row in found}
    first, last = min(mondays, default=date.min), max(mondays, default=date.min)
    whole = tuple(first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)) if mondays else ()
    return Calendar(whole, tuple(_line(rows) for rows in grouped.values()), is_summed)


def walked(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> list[Walked]:
    """The patrols of a month that count for this very grid, latest first."""
    found = snapshot.ask(
        scope,
        """
        select
            credit.patrol_id, credit.started_at, coalesce(patrol.started_at_precision = 'minute', false) as has_time,
            coalesce(patrol.kind, '') as kind, coalesce(patrol.inspectors, '') as inspectors,
            coalesce(patrol.sites, '') as sites, patrol.findings, credit.row_id
        from published.patrol_credit as credit
        left join published.patrol as patrol on patrol.patrol_id = credit.patrol_id
        where credit.basis <> 'none' and credit.grid_id = $grid_id and credit.grid_id in (from visible_grid)
            and strftime(credit.started_at, '%Y-%m') = $month
        order by credit.started_at desc, credit.patrol_id""",
        grid_id=grid_id,
        month=month,
    )
    mask = Mask(snapshot, scope)
    return [
        Walked(
            **{
                **row,
                "patrol_id": mask.text(row["patrol_id"]),
                "inspectors": mask.name(row["inspectors"]),
                "sites": mask.text(row["sites"]),
            }
        )
        for row in found
    ]


def _line(rows: list[Row]) -> Line:
    one = rows[0]
    return Line(
        grid_id=one["line_id"],
        name=one["name"],
        county_name=(one["county_name"] or "") if one["level"] == 3 else "",
        level=one["level"],
        cells={row["monday"]: _cell(row) for row in rows},
    )


def _cell(row: Row) -> Cell:
    unsure = row["unreported"] + row["not_measurable"] + row["pending"]
    if row["patrolled"]:
        return Cell(row["patrolled"], "patrolled", unsure > 0)
    return Cell(0, next(state for state in SILENT if row[state]), False)
