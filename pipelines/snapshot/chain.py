"""Who answers for a grid on a day and who stands above it, with the departments that assist: 责任链."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.walk import Obligation

# A grid on a day.
Standing: TypeAlias = tuple[str, date | None]

# The grids above are those of that day, by their names of that day; a grid that has ended keeps its last.
_CHAIN = """
, asked as (
    select unnest($grids) as leaf_id, unnest($days) as on_day
), day as (
    select distinct on_day from asked
), standing as (
    select day.on_day, grid.grid_id, grid.name, grid.level
    from day
    cross join published.grid as grid
    qualify row_number() over (
        partition by day.on_day, grid.grid_id
        order by
            day.on_day >= grid.valid_from and (grid.valid_to is null or day.on_day <= grid.valid_to) desc,
            grid.valid_from <= day.on_day desc, grid.valid_from desc
    ) = 1
), link as (
    select asked.leaf_id, standing.*
    from asked
    join published.grid_path as path
        on path.leaf_id = asked.leaf_id and asked.on_day between path.valid_from and path.valid_to
    join standing on standing.grid_id = path.ancestor_id and standing.on_day = asked.on_day
), assisting as (
    select day.on_day, department.grid_id, list(department.department order by department.department) as departments
    from day
    join published.grid_department as department
        on day.on_day >= department.valid_from and (department.valid_to is null or day.on_day <= department.valid_to)
    group by day.on_day, department.grid_id
)
select
    link.leaf_id, link.on_day, link.grid_id, link.name, link.level, coalesce(charge.name, '') as person,
    coalesce(charge.deputy, '') as deputy, coalesce(assisting.departments, []) as departments
from link
left join published.in_charge as charge
    on charge.grid_id = link.grid_id and link.on_day between charge.valid_from and charge.valid_to
left join assisting on assisting.on_day = link.on_day and assisting.grid_id = link.grid_id
where link.level between 1 and 3 and link.grid_id in (from visible_grid)
order by link.leaf_id, link.on_day, link.level desc"""


@dataclass(frozen=True)
class Link:
    """One grid of a chain: who was responsible that day ('' where vacant), who stood in, and who assists."""

    grid_id: str
    name: str
    level: int
    person: str
    deputy: str
    departments: tuple[str, ...]


def standing(duty: Obligation) -> Standing:
    """The grid and the day a duty's chain is asked for: the due day."""
    return (duty.grid_id, duty.due_at.date() if duty.due_at else None)


def standings(duties: Iterable[Obligation]) -> tuple[Standing, ...]:
    """The grids and due days of these duties, each once; a duty without a due day has none."""
    return tuple(dict.fromkeys(standing(duty) for duty in duties if duty.due_at))


def chains(snapshot: Snapshot, scope: Scope, asked: tuple[Standing, ...]) -> dict[Standing, tuple[Link, ...]]:
    """By grid and day, the grid itself and those above it up to the top of the scope, lowest first."""
    if not asked:
        return {}
    grids, days = zip(*asked, strict=True)
    mask = Mask(snapshot, scope)
    found: dict[Standing, list[Link]] = {}
    for row in snapshot.ask(scope, _CHAIN, grids=list(grids), days=list(days)):
        found.setdefault((row["leaf_id"], row["on_day"]), []).append(_link(row, mask))
    return {key: tuple(links) for key, links in found.items()}


def _link(row: Row, mask: Mask) -> Link:
    return Link(
        row["grid_id"],
        row["name"],
        row["level"],
        mask.name(row["person"]),
        mask.name(row["deputy"]),
        tuple(row["departments"]),
    )
