"""What the grids above owe: surprise inspections by unit and month, guidance of every lower grid by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot.door import MONTH_END, Scope, Snapshot, below

YEAR = 12
QUARTERS = 4


@dataclass(frozen=True)
class Inspected:
    """A unit's month. state: on_time, overdue (the month is missing), unreported, pending or not_measurable."""

    month: str
    state: str
    met_at: datetime | None
    met_row_id: str


@dataclass(frozen=True)
class UnitYear:
    """A level-1 unit with its months, oldest first; a month in which nothing was asked for is absent."""

    grid_id: str
    name: str
    months: tuple[Inspected, ...]

    @property
    def made(self) -> int:
        """Months with one."""
        return len(self.named("on_time")) + len(self.named("late"))

    @property
    def due(self) -> int:
        """Months that can be judged."""
        return self.made + len(self.named("overdue"))

    def named(self, state: str) -> tuple[str, ...]:
        """The months in a state."""
        return tuple(one.month for one in self.months if one.state == state)


@dataclass(frozen=True)
class Guided:
    """A lower grid that had to be guided, spot-checked or supervised in a quarter, and by whom."""

    grid_id: str
    name: str
    county_name: str
    owner_id: str
    owner_name: str
    state: str


@dataclass(frozen=True)
class Quarter:
    """The guidance owed by one level in a quarter. period: its last month, which counts it. states: duties by state."""

    period: str
    owner_level: int
    states: Mapping[str, int]
    grids: tuple[Guided, ...]

    @property
    def due(self) -> int:
        """Those that can be judged: made in time or not."""
        return sum(self.states.get(state, 0) for state in ("on_time", "late", "overdue"))

    def in_state(self, state: str) -> tuple[Guided, ...]:
        """The grids in a state."""
        return tuple(one for one in self.grids if one.state == state)


def surprises(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> list[UnitYear]:
    """The units at, below or above the grid over the twelve months that end with the month."""
    sql = f"""
        , known as (
            select
                strftime(cast($month || '-01' as date) - interval 1 month * back.n, '%Y-%m') as month
            from (select unnest(generate_series(0, {YEAR - 1})) as n) as back
        ), unit as (
            select distinct place.grid_id, place.name, place.code
            from place
            where place.level = 1 and place.grid_id in (from visible_grid)
                and ({below("place.grid_id", MONTH_END.format(month="$month"))} or exists (
                    select 1 from published.grid_path as path
                    where path.leaf_id = $grid_id and path.ancestor_id = place.grid_id
                        and {MONTH_END.format(month="$month")} between path.valid_from and path.valid_to))
        )
        select
            unit.grid_id, unit.name, known.month,
            coalesce(owed.state, case
                when blind.grid_id is not null or sender.measurable = 'no' then 'not_measurable'
            end) as state,
            owed.met_at, coalesce(owed.met_row_id, '') as met_row_id
        from unit
        cross join known
        left join published.obligation as owed
            on owed.metric_id = 'surprise_inspection' and owed.grid_id = unit.grid_id and owed.period = known.month
        left join published.unmeasurable_grid as blind
            on blind.metric_id = 'surprise_inspection' and blind.grid_id = unit.grid_id and blind.month = known.month
        left join published.measurable as sender
            on sender.metric_id = 'surprise_inspection' and sender.county_id = 'city' and sender.month = known.month
        order by unit.code, unit.grid_id, known.month"""
    units: dict[tuple[str, str], list[Inspected]] = {}
    for row in snapshot.ask(scope, sql, grid_id=grid_id, month=month):
        months = units.setdefault((row["grid_id"], row["name"]), [])
        if row["state"]:
            months.append(Inspected(row["month"], row["state"], row["met_at"], row["met_row_id"]))
    return [UnitYear(unit_id, name, tuple(months)) for (unit_id, name), months in units.items()]


def guidance(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> list[Quarter]:
    """The last quarters up to the month's own, latest first, the upper level first; grids at or below the grid."""
    sql = f"""
        , latest as (
            select
                last_day(cast(date_trunc('quarter', cast($month || '-01' as date)) + interval 2 month as date)) as day
        )
        select
            owed.period, owed.owner_level, owed.state, lower.grid_id, lower.name,
            coalesce(county.name, '') as county_name, owner.grid_id as owner_id, owner.name as owner_name
        from published.obligation as owed
        cross join latest
        join place as lower on lower.grid_id = owed.subject_id
        join place as owner on owner.grid_id = owed.grid_id
        left join place as county on county.grid_id = lower.county_id and lower.level = 3
        where owed.metric_id = 'upper_guidance' and owed.grid_id in (from visible_grid)
            and owed.subject_id in (from visible_grid)
            and owed.period between strftime(latest.day - interval 3 month * {QUARTERS - 1}, '%Y-%m')
                and strftime(latest.day, '%Y-%m')
            and {below("owed.subject_id", "cast(owed.due_at as date)")}
        order by owed.period desc, owed.owner_level, county.code, lower.code, lower.grid_id"""
    quarters: dict[tuple[str, int], list[Guided]] = {}
    for row in snapshot.ask(scope, sql, grid_id=grid_id, month=month):
        grids = quarters.setdefault((row["period"], row["owner_level"]), [])
        grids.append(Guided(**{name: row[name] for name in Guided.__dataclass_fields__}))
    return [Quarter(period, level, _states(grids), tuple(grids)) for (period, level), grids in quarters.items()]


def _states(grids: list[Guided]) -> dict[str, int]:
    states: dict[str, int] = {}
    for one in grids:
        states[one.state] = states.get(one.state, 0) + 1
    return states
