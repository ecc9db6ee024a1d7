"""Whose deliveries bear on a grid's figures: its county's and the detachment's, also where the reader sees neither.

That a sender sent nothing is no secret of its own: whoever is not told reads the silence as nothing done.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.snapshot.door import Scope, Snapshot


@dataclass(frozen=True)
class Sender:
    """Who sends. is_seen: whether the scope may see what came of it, not only that nothing came."""

    county_id: str
    name: str
    is_seen: bool


def sent_by(county: str) -> str:
    """SQL: whether this sender is the one $county_id asks for: '' asks for all, a unit for its counties and the
    detachment, since a unit itself sends nothing."""
    return (
        f"($county_id in ('', {county}) or {county} in ("
        "select of_unit.grid_id from place as of_unit where of_unit.parent_id = $county_id and of_unit.level = 2"
        " union all select 'city' from place as unit where unit.grid_id = $county_id and unit.level = 1))"
    )


def senders_of(snapshot: Snapshot, scope: Scope, grid_id: str) -> tuple[Sender, ...]:
    """The senders that bear on a grid, its county first; none of a grid out of sight."""
    found = snapshot.ask(
        scope,
        """, bearing as (
            select county_id from place where grid_id = $grid_id and grid_id in (from visible_grid)
            union
            select 'city' from visible_grid where grid_id = $grid_id
        )
        select bearing.county_id, coalesce(place.name, bearing.county_id) as name,
            bearing.county_id in (from visible_county) as is_seen
        from bearing
        left join place on place.grid_id = bearing.county_id
        where bearing.county_id is not null
        order by bearing.county_id = 'city', bearing.county_id""",
        grid_id=grid_id,
    )
    return tuple(Sender(**row) for row in found)


def senders_above(snapshot: Snapshot, scope: Scope) -> dict[str, str]:
    """By id, the names of those that bear on the scope and whose deliveries it may not see."""
    found = senders_of(snapshot, scope, scope.grid_id)
    return {one.county_id: one.name for one in found if not one.is_seen}
