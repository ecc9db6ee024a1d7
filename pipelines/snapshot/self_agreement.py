"""How far what grids said of a year agrees with what is computed: published bias and limits, and the pairs behind."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import Scope, Snapshot
from pipelines.snapshot.made import made

FEWEST_PAIRS = 10  # of fewer the limits say more about chance than about the grids


@dataclass(frozen=True)
class Agreement:
    """How far the grids of a scope agreed with what is computed, a pair a grid; percentage points."""

    scope_kind: str
    scope: str
    pairs: int
    bias: float | None
    bias_low: float | None
    bias_high: float | None
    lower: float | None
    upper: float | None
    icc: float | None
    icc_low: float | None
    icc_high: float | None
    missing_zh: str

    @property
    def is_few(self) -> bool:
        """Too few pairs to draw limits from."""
        return self.pairs < FEWEST_PAIRS

    def is_outside(self, difference: float) -> bool:
        """Whether a difference lies beyond the limits; never where there are too few pairs for any."""
        if self.is_few or self.lower is None or self.upper is None:
            return False
        return not self.lower <= difference <= self.upper


@dataclass(frozen=True)
class Pair:
    """One grid: the means over its items compared, in percent, and self − computed in percentage points."""

    grid_id: str
    name: str
    county_name: str
    level: int
    items: int
    self_percent: float
    computed_percent: float
    mean: float
    difference: float


def agreements(snapshot: Snapshot, scope: Scope, year: int) -> tuple[Agreement, ...]:
    """Over all, by level, by county: only what the scope sees whole."""
    sql = """
        select * from published.self_agreement
        where year = $year and pair_kind = 'grid' and (
            (scope_kind in ('all', 'level') and 'city' in (from visible_county))
            or (scope_kind = 'county' and scope in (from visible_county)))
        order by list_position(['all', 'level', 'county'], scope_kind), scope"""
    return tuple(made(Agreement, row) for row in snapshot.ask(scope, sql, year=year))


def pairs(snapshot: Snapshot, scope: Scope, scope_kind: str, scope_value: str, year: int) -> tuple[Pair, ...]:
    """The grids behind one line of `agreements`, from the top down."""
    sql = """
        , mean as (
            select gap.grid_id, count(*) as items, avg(gap.self_share) * 100 as self_percent,
                avg(gap.computed_share) * 100 as computed_percent
            from published.self_gap as gap
            join place on place.grid_id = gap.grid_id
            where gap.state = 'compared' and gap.year = $year and gap.grid_id in (from visible_grid)
                and case $kind when 'level' then cast(gap.owner_level as varchar)
                    when 'county' then place.county_id else 'all' end = $value
            group by gap.grid_id
        )
        select mean.*, place.name, place.level,
            case when place.level = 3 then county.name end as county_name,
            (self_percent + computed_percent) / 2 as mean, self_percent - computed_percent as difference
        from mean
        join place on place.grid_id = mean.grid_id
        left join place as county on county.grid_id = place.county_id
        order by place.level, place.code, place.grid_id"""
    found = snapshot.ask(scope, sql, kind=scope_kind, value=scope_value, year=year)
    return tuple(made(Pair, row) for row in found)
