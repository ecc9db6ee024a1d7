"""What became of the measures that self-evaluations promised: duties by year and place, and those that are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import Scope, Snapshot, below
from pipelines.snapshot.made import made
from pipelines.snapshot.mask import Mask

DEFINED, DONE = "improvement_defined", "improvement_done"


@dataclass(frozen=True)
class Counted:
    """Published duties of one place in one calendar year; owner_level as `obligations` understands it."""

    metric_id: str
    grid_id: str
    place_level: int
    owner_level: str
    period: str
    on_time: int
    late: int
    overdue: int
    pending: int
    no_deadline: int
    bad_dates: int
    due: int


@dataclass(frozen=True)
class Open:
    """A shortfall without a whole measure (DEFINED) or a measure that was not done in time and is not yet (DONE)."""

    metric_id: str
    grid_id: str
    name: str
    level: int
    county_id: str
    county_name: str
    year: int
    item: str
    shortfall: str
    improvement: str
    owner: str
    due_at: datetime | None
    days_over: int
    due_basis: str
    period: str
    row_id: str

    @property
    def head(self) -> str:
        """Under which grid it is listed: a township's under its county."""
        return self.county_id if self.level == 3 else self.grid_id


def counted(snapshot: Snapshot, scope: Scope, grid_id: str, year: int) -> tuple[Counted, ...]:
    """Duties that fall due in a calendar year: of the place, then of units and counties or townships below it.

    A unit stands for itself alone, its counties have lines of their own; a county and the city with all below.
    """
    sql = """
        select value.metric_id, value.grid_id, place.level as place_level, value.owner_level, value.period,
            value.on_time, value.late, value.overdue, value.pending, value.no_deadline, value.bad_dates, value.due
        from published.metric_value as value
        join place on place.grid_id = value.grid_id
        join place as chosen on chosen.grid_id = $grid_id
        where list_contains($metrics, value.metric_id) and value.period_kind = 'year'
            and value.period = cast($year as varchar) and value.grid_id in (from visible_grid)
            and (value.grid_id = $grid_id or place.parent_id = $grid_id or (chosen.level = 0 and place.level = 2))
            and value.owner_level = case place.level when 0 then 'all' when 2 then 'all'
                else cast(place.level as varchar) end
        order by place.level, place.code, value.grid_id, value.metric_id"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, year=year, metrics=[DEFINED, DONE])
    return tuple(made(Counted, row) for row in found)


def still_open(snapshot: Snapshot, scope: Scope, grid_id: str, year: int) -> tuple[Open, ...]:
    """Of the duties of a calendar year, as `counted`: what is overdue, by grid from the top down, the oldest first."""
    mask = Mask(snapshot, scope)
    sql = f"""
        select duty.metric_id, duty.grid_id, place.name, place.level, place.county_id,
            case when place.level = 3 then county.name end as county_name, told.year, told.item, told.shortfall,
            told.improvement, told.owner, duty.due_at,
            date_diff('day', cast(duty.due_at as date), cast(build.as_of as date)) as days_over,
            duty.due_basis, duty.period, told.row_id
        from published.obligation as duty
        cross join published.build as build
        join published.self_evaluation as told on told.self_evaluation_id = duty.subject_id
        join place on place.grid_id = duty.grid_id
        left join place as county on county.grid_id = place.county_id
        where list_contains($metrics, duty.metric_id) and duty.state = 'overdue'
            and substr(duty.period, 1, 4) = cast($year as varchar)
            and duty.grid_id in (from visible_grid)
            and {below("duty.grid_id", "cast(coalesce(duty.due_at, duty.started_at) as date)")}
        order by place.level, place.code, place.grid_id, duty.due_at, duty.obligation_id"""
    found = snapshot.ask(scope, sql, grid_id=grid_id, year=year, metrics=[DEFINED, DONE])
    covered = ("shortfall", "improvement", "owner")
    return tuple(made(Open, row | {name: mask.text(row[name]) for name in covered}) for row in found)
