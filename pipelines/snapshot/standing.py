"""How the duties stand: build, months, published figures, townships. Reads metric_value and adds nothing up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipelines.snapshot.door import MONTH_END, Frame, Scope, Snapshot, below

# What leadership sees first: whether people went, and whether what they found was put right.
HEADLINE = ("patrol_coverage", "rectification")
COUNTS = "on_time, late, overdue, pending, no_deadline, bad_dates, void, unreported, obligations, due"
# A tile or a figure is judged by what is open first. Above one tenth without a date nothing is called good.
_TILE_STATE = """
    case
        when not place.is_patrol_grid and $metric_id in ('patrol_coverage', 'patrol_frequency') then 'not_owed'
        when value.overdue > 0 then 'overdue'
        when value.unreported > 0 then 'unreported'
        when coalesce(value.obligations, 0) - coalesce(value.void, 0) = 0 then case
            when blind.grid_id is not null or measured.measurable = 'no' then 'not_measurable'
            when not measured.is_delivered and strftime(build.as_of, '%Y-%m') > $month then 'unreported'
            else 'nothing_due'
        end
        when value.late > 0 then 'late'
        when value.bad_dates > 0 then 'bad_dates'
        when value.no_deadline * 10 > value.obligations then 'no_deadline'
        when value.due > 0 then 'on_time'
        when value.no_deadline > 0 then 'no_deadline'
        else 'pending'
    end"""
VERDICT = """
    case
        when due = 0 then 'nothing_due'
        when due < metric.min_n then 'few'
        when rate < value.target then 'below'
        when no_deadline * 10 > obligations then 'undated'
        when rate_if_unmet < value.target then 'silent'
        when coalesce(blind.grids, 0) > 0 then 'blind'
        else 'met'
    end"""


@dataclass(frozen=True)
class Build:
    """What the footer says of a snapshot."""

    build_id: str
    as_of: datetime
    built_at: datetime
    catalogue_version: str
    is_demo: bool


@dataclass(frozen=True)
class Month:
    """A month that the snapshot knows; over when its last second lies before the as-of moment."""

    month: str
    is_over: bool


@dataclass(frozen=True)
class Metric:
    """An entry of the catalogue. target 0–1; below min_n due duties no percentage is given. levels: who can owe it.
    place: in the catalogue's order."""

    metric_id: str
    zh: str
    concept: str
    clause: str
    formula_zh: str
    limit_zh: str
    target: float | None
    min_n: int
    version: str
    levels: tuple[str, ...] = ("1", "2", "3")
    place: int = 0
    en: str = ""
    formula_en: str = ""


@dataclass(frozen=True)
class Place:
    """A grid of level 0 to 3 and what lies above it."""

    grid_id: str
    name: str
    level: int
    parent_id: str
    county_id: str


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Duties by state as published: obligations is the sum of the eight, due = on_time + late + overdue."""

    on_time: int
    late: int
    overdue: int
    pending: int
    no_deadline: int
    bad_dates: int
    void: int
    unreported: int
    obligations: int
    due: int


class Undecided(Protocol):
    """Counts of duties that are in no rate."""

    @property
    def unreported(self) -> int: ...
    @property
    def pending(self) -> int: ...
    @property
    def no_deadline(self) -> int: ...


def undecided(counts: Undecided) -> str:
    """Where nothing is due: the state of the duties there are instead, the weightiest; '' where nobody owed anything.
    That a ledger did not come must not read as if there had been nothing to do."""
    return next((state for state in ("unreported", "no_deadline", "pending") if getattr(counts, state)), "")


@dataclass(frozen=True, kw_only=True)
class Figure(Counts):
    """A published monthly value. verdict: met, below, undated (> 10 % without date), silent (too much unreported),
    blind (met as far as it can be judged), few (under min_n), nothing_due. Percentages are for due ≥ min_n only.
    blind: grids of this level that owe the duty and cannot be judged; they are in none of the counts."""

    metric_id: str
    grid_id: str
    owner_level: str
    period: str
    rate: float | None
    rate_if_unmet: float | None
    on_time_original: int
    rate_original: float | None
    target: float | None
    has_percentage: bool
    verdict: str
    blind: int


def build_of(snapshot: Snapshot) -> Build:
    """The build this snapshot is."""
    row = snapshot.ask_unscoped("select build_id, as_of, catalogue_version, is_demo from published.build")[0]
    return Build(**row, built_at=snapshot.pointer.built_at)


def months(snapshot: Snapshot) -> list[Month]:
    """All months, oldest first: those with deliveries due, and later ones in which known duties fall due."""
    found = snapshot.ask_unscoped("""
        select known.month, strftime(build.as_of, '%Y-%m') > known.month as is_over
        from (
            select month from published.measurable
            union select period as month from published.metric_value where period_kind = 'month'
        ) as known
        cross join published.build as build order by known.month""")
    return [Month(row["month"], row["is_over"]) for row in found]


def metrics(snapshot: Snapshot) -> list[Metric]:
    """The catalogue's obligation metrics: the two headline ones first, then the others in the catalogue's order."""
    found = snapshot.ask_unscoped(
        """
        select metric_id, zh, concept, coalesce(clause, '') as clause, coalesce(formula_zh, '') as formula_zh,
            coalesce(limit_zh, '') as limit_zh, target, coalesce(min_n, 10) as min_n, coalesce(version, '') as version,
            string_split(level, ',') as levels, coalesce(place, 0) as place, coalesce(en, '') as en,
            coalesce(formula_en, '') as formula_en
        from published.metric_catalogue where kind = 'obligation'
        order by coalesce(list_position($headline, metric_id), 9), place""",
        headline=list(HEADLINE),
    )
    return [Metric(**{**row, "levels": tuple(row["levels"])}) for row in found]


def places(snapshot: Snapshot, scope: Scope) -> list[Place]:
    """The visible grids, from the top down."""
    found = snapshot.ask(
        scope,
        """select grid_id, name, level, coalesce(parent_id, '') as parent_id, coalesce(county_id, '') as county_id
        from place where grid_id in (from visible_grid) order by level, code, grid_id""",
    )
    return [Place(**row) for row in found]


def percent(rate: float) -> str:
    """A rate as printed: one decimal, and never 100.0 % where one duty is missing."""
    return f"{min(rate, 0.999) if rate < 1 else rate:.1%}"


def headline_level(metric: Metric, grid_level: int) -> str:
    """The owner level a page shows where none is asked for: townships for what they patrol, else all who owe."""
    return "3" if grid_level == 3 or (metric.concept == "coverage" and "3" in metric.levels) else "all"


def figures(snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str) -> dict[str, Figure]:
    """The published values of one month by owner level ('1', '2', '3', 'all'); absent where nobody owed anything."""
    sql = f"""
        , blind as (
            select own.level, count(*) as grids
            from published.unmeasurable_grid as lacking
            join place as own on own.grid_id = lacking.grid_id
            where lacking.metric_id = $metric_id and lacking.month = $month
                and {below("lacking.grid_id", MONTH_END.format(month="$month"))}
            group by rollup (own.level)
        )
        select
            value.metric_id, value.grid_id, value.owner_level, value.period, {COUNTS}, rate, rate_if_unmet,
            on_time_original, rate_original, value.target, due >= metric.min_n as has_percentage, {VERDICT} as verdict,
            coalesce(blind.grids, 0) as blind
        from published.metric_value as value
        join published.metric_catalogue as metric on metric.metric_id = value.metric_id
        left join blind on coalesce(cast(blind.level as varchar), 'all') = value.owner_level
        where value.metric_id = $metric_id and value.grid_id = $grid_id and value.grid_id in (from visible_grid)
            and value.period_kind = 'month' and value.period = $month
        order by value.owner_level"""
    found = snapshot.ask(scope, sql, metric_id=metric_id, grid_id=grid_id, month=month)
    return {row["owner_level"]: Figure(**row) for row in found}


def series(snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, owner_level: str) -> Frame:
    """One line a month: period, the counts by state, due, not_measurable (grids). Months without any are absent."""
    sql = f"""
        , owed as (
            select period, {COUNTS} from published.metric_value
            where metric_id = $metric_id and grid_id = $grid_id and grid_id in (from visible_grid)
                and owner_level = $level and period_kind = 'month'
        ), blind as (
            select lacking.month as period, count(*) as not_measurable
            from published.unmeasurable_grid as lacking
            join place as own on own.grid_id = lacking.grid_id
            where lacking.metric_id = $metric_id and lacking.grid_id in (from visible_grid)
                and {below("lacking.grid_id", MONTH_END.format(month="lacking.month"))}
                and ($level = 'all' or cast(own.level as varchar) = $level)
            group by lacking.month
        )
        select period, coalesce(columns(* exclude (period)), 0)
        from owed full join blind using (period) order by period"""
    return snapshot.frame(scope, sql, metric_id=metric_id, grid_id=grid_id, level=owner_level)


def tiles(snapshot: Snapshot, scope: Scope, metric_id: str, grid_id: str, month: str, level: int = 3) -> Frame:
    """The grids of a level below a grid: grid_id, name, level, county, is_patrol_grid, on_time, due, state, and the
    place on the map: of a township tile_x, tile_y and a width and height of 0, of a county the middle of its
    townships' places and how far they reach.

    Where there are no townships, the lowest grids there are, with an empty county_name.
    """
    sql = f"""
        , area as (
            select case when $level = 3 then grid_id else county_id end as grid_id,
                (min(tile_x) + max(tile_x)) / 2 as tile_x, (min(tile_y) + max(tile_y)) / 2 as tile_y,
                max(tile_x) - min(tile_x) as width, max(tile_y) - min(tile_y) as height
            from place where level >= 2 group by all
        )
        select
            place.grid_id, place.name, place.level, place.county_id,
            case when county.grid_id <> place.grid_id then county.name else '' end as county_name, place.is_patrol_grid,
            area.tile_x, area.tile_y, area.width, area.height,
            coalesce(value.on_time, 0) as on_time, coalesce(value.due, 0) as due,
            coalesce(value.unreported, 0) as unreported, coalesce(measured.is_delivered, false) as is_delivered,
            {_TILE_STATE} as state
        from place
        cross join published.build as build
        join place as county on county.grid_id = place.county_id
        left join area on area.grid_id = place.grid_id
        left join published.metric_value as value
            on value.grid_id = place.grid_id and value.metric_id = $metric_id
            and value.owner_level = cast(place.level as varchar)
            and value.period_kind = 'month' and value.period = $month
        left join published.measurable as measured
            on measured.metric_id = $metric_id and measured.county_id = place.county_id and measured.month = $month
        left join published.unmeasurable_grid as blind
            on blind.metric_id = $metric_id and blind.grid_id = place.grid_id and blind.month = $month
        where place.level = least($level, (select max(lowest.level) from published.grid as lowest))
            and place.grid_id in (from visible_grid)
            and place.grid_id in (
                select grid_id from published.grid
                where strftime(valid_from, '%Y-%m') <= $month
                    and coalesce(strftime(valid_to, '%Y-%m') >= $month, true))
            and {below("place.grid_id", MONTH_END.format(month="$month"))}
        order by place.grid_id"""
    return snapshot.frame(scope, sql, metric_id=metric_id, grid_id=grid_id, month=month, level=level)
