"""Special periods with what they asked for and what was done; and the longest spans without any patrol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.snapshot.door import MONTH_END, Row, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask

LONGEST = 10
_OPEN = ("overdue", "unreported", "pending")


@dataclass(frozen=True)
class Special:
    """A special period under one notice, over the grids at or below a grid. Patrol-days: owed and made.

    period: the month that counts it, in which it ends. is_binding False: no notice of a number and day, so nothing is
    owed. owed, made, overdue, unreported, pending: patrol-days; grids: how many grids owe any, short: how many of them
    lack one. rows: the plan's rows behind it.
    """

    name: str
    first_day: date
    last_day: date
    notice_no: str
    notice_on: date | None
    is_binding: bool
    period: str
    grids: int
    short: int
    owed: int
    made: int
    overdue: int
    unreported: int
    pending: int
    asked_least: int | None
    asked_most: int | None
    row_id: str


@dataclass(frozen=True)
class Gap:
    """The longest span of a month in which nobody patrolled a grid, first and last day included.

    row_id: the patrol before it (or, where there is none, after it); '' where there was none in the whole month.
    """

    grid_id: str
    name: str
    county_name: str
    days: int
    first_day: date
    last_day: date
    row_id: str


def specials(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> list[Special]:
    """The special periods that have a day in the month, oldest first."""
    sql = f"""
        , plan as (
            select one.* from published.patrol_plan as one
            where one.is_special and one.special_from is not null and one.special_to is not null
                and one.special_from <= {MONTH_END.format(month="$month")}
                and one.special_to >= cast($month || '-01' as date)
                and (
                    (one.grid_id in (from visible_grid) and {below("one.grid_id", "one.special_to")})
                    or (one.is_whole_county and $grid_id in (from visible_grid) and exists (
                        select 1 from published.grid_path as path
                        where path.leaf_id = $grid_id and path.ancestor_id = one.grid_id
                            and one.special_to between path.valid_from and path.valid_to)))
        ), duty as (
            select
                owed.duty_row_id, split_part(owed.obligation_id, '/special/', 2) as part, owed.grid_id,
                count(*) filter (where owed.state <> 'void') as owed,
                count(*) filter (where owed.met_at is not null) as made,
                {", ".join(f"count(*) filter (where owed.state = '{state}') as {state}" for state in _OPEN)}
            from published.obligation as owed
            where owed.metric_id = 'patrol_frequency' and contains(owed.obligation_id, '/special/')
                and owed.grid_id in (from visible_grid) and {below("owed.grid_id", "cast(owed.due_at as date)")}
            group by owed.duty_row_id, part, owed.grid_id
        ), per_grid as (
            select duty_row_id, grid_id, sum(owed) as owed, sum(made) as made, sum(overdue) as overdue,
                sum(unreported) as unreported, sum(pending) as pending
            from duty group by duty_row_id, grid_id
        )
        select
            coalesce(plan.special_name, '') as name, plan.special_from as first_day, plan.special_to as last_day,
            coalesce(plan.notice_no, '') as notice_no, max(plan.notice_on) as notice_on,
            bool_or(plan.is_binding) as is_binding, strftime(plan.special_to, '%Y-%m') as period,
            count(distinct per_grid.grid_id) as grids,
            count(distinct per_grid.grid_id) filter (where per_grid.overdue > 0) as short,
            cast(coalesce(sum(per_grid.owed), 0) as bigint) as owed,
            cast(coalesce(sum(per_grid.made), 0) as bigint) as made,
            cast(coalesce(sum(per_grid.overdue), 0) as bigint) as overdue,
            cast(coalesce(sum(per_grid.unreported), 0) as bigint) as unreported,
            cast(coalesce(sum(per_grid.pending), 0) as bigint) as pending,
            min(plan.required_patrols) as asked_least, max(plan.required_patrols) as asked_most,
            coalesce(min(plan.row_id), '') as row_id
        from plan
        left join per_grid on per_grid.duty_row_id = plan.row_id
        group by plan.special_name, plan.special_from, plan.special_to, plan.notice_no
        order by plan.special_from, plan.special_to, notice_no, name"""
    mask = Mask(snapshot, scope)
    found = snapshot.ask(scope, sql, grid_id=grid_id, month=month)
    return [Special(**{**row, **{key: mask.text(row[key]) for key in ("name", "notice_no")}}) for row in found]


def longest_gaps(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> list[Gap]:
    """The longest of each grid at or below the grid, the ten longest of them and whatever equals the tenth."""
    sql = f"""
        , fact as (
            select grid_id, numerator as days, row_id
            from published.indicator_row as one
            where one.indicator_id = 'effort_longest_gap_days' and one.month = $month and one.numerator > 0
                and one.grid_id in (from visible_grid) and {below("one.grid_id", "one.on_day")}
            qualify rank() over (order by numerator desc) <= {LONGEST}
        ), walked as (
            select grid_id, row_id, cast(min(started_at) as date) as walked_on
            from published.patrol_credit group by grid_id, row_id
        )
        select
            fact.grid_id, place.name, coalesce(county.name, '') as county_name, fact.days,
            cast($month || '-01' as date) as month_first, coalesce(fact.row_id, '') as row_id, walked.walked_on
        from fact
        join place on place.grid_id = fact.grid_id
        left join place as county on county.grid_id = place.county_id and place.level = 3
        left join walked on walked.row_id = fact.row_id and walked.grid_id = fact.grid_id
        order by fact.days desc, county.code, place.code, fact.grid_id"""
    return [_gap(row) for row in snapshot.ask(scope, sql, grid_id=grid_id, month=month)]


def _gap(row: Row) -> Gap:
    """The row tells one end: the gap starts the day after that patrol, or began the month and ended the day before."""
    days, walked_on, month_first = row["days"], row.pop("walked_on"), row.pop("month_first")
    starts_month = walked_on is None or walked_on == month_first + timedelta(days=days)
    first = month_first if starts_month else walked_on + timedelta(days=1)
    return Gap(**row, first_day=first, last_day=first + timedelta(days=days - 1))
