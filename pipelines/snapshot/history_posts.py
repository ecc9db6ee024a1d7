"""Who stood in post at a grid and above it on a day, what the roster cannot say of that, and who came and went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.mask import Mask

# The grid asked for and those above it on the day, by their names of that day, as far as the scope reaches.
CHAIN = """
, link as (
    select grid.grid_id, grid.name, grid.level, place.county_id
    from published.grid_path as path
    join published.grid as grid
        on grid.grid_id = path.ancestor_id
        and $day between grid.valid_from and coalesce(grid.valid_to, date '9999-12-31')
    join place on place.grid_id = grid.grid_id
    where path.leaf_id = $grid_id and $day between path.valid_from and path.valid_to
        and path.leaf_id in (from visible_grid) and grid.grid_id in (from visible_grid) and grid.level between 1 and 3
)"""
_POSTS = f"""{CHAIN}
, roster as (
    select county_id, min(month) as since from published.submission
    where table_name = 'person' and accepted > 0 group by county_id
), held as (
    select grid_id, '' as post, name, since, deputy, row_id from published.in_charge
    where $day between valid_from and valid_to
    union all
    select grid_id, post, name, valid_from, null, row_id from published.person_post
    where post in ('inspector', 'department_head')
        and $day between valid_from and coalesce(valid_to, date '9999-12-31')
), away as (
    select grid_id, name, min(kind) as kind, min(row_id) as row_id, string_agg(distinct deputy, '、') as deputy
    from published.absence
    where kind in ('leave', 'seconded') and $day between valid_from and coalesce(valid_to, date '9999-12-31')
    group by grid_id, name
), asked as (
    select *, '' as post from link
    union all
    select distinct link.*, held.post from link join held on held.grid_id = link.grid_id and held.post <> ''
)
select
    asked.grid_id, asked.name as grid_name, asked.level,
    coalesce(nullif(asked.post, ''), case when asked.level = 3 then 'body_head' else 'grid_chief' end) as post,
    coalesce(held.name, '') as name, held.since, coalesce(held.deputy, away.deputy, '') as deputy,
    coalesce(away.kind, '') as away, coalesce(away.row_id, '') as away_row_id,
    coalesce(held.row_id, '') as row_id, coalesce(roster.since, '') as roster_since
from asked
left join held on held.grid_id = asked.grid_id and held.post = asked.post
left join away on away.grid_id = asked.grid_id and away.name = held.name
left join roster on roster.county_id = asked.county_id
order by asked.level desc, asked.post, held.since nulls last, held.name"""
_CHANGES = f"""{CHAIN}
, change as (
    select 'joined' as word, valid_from as day, name, grid_id, post, '' as deputy, row_id from published.person_post
    union all
    select 'left', valid_to, name, grid_id, post, '', row_id from published.person_post where valid_to is not null
    union all
    select kind || '_from', valid_from, name, grid_id, '', coalesce(deputy, ''), row_id from published.absence
    union all
    select kind || '_to', valid_to, name, grid_id, '', coalesce(deputy, ''), row_id from published.absence
    where valid_to is not null
)
select change.word, change.day, change.name, change.post, change.deputy, link.name as grid_name, change.row_id
from change join link on link.grid_id = change.grid_id
where change.day between $first and $last
order by change.day, change.word, link.level desc, change.name"""


@dataclass(frozen=True)
class Post:
    """One post of the chain and who held it on the day.

    status: held; acting (nobody, a deputy stood in); vacant; no_roster (its sender never sent one: not known);
    before_roster (nobody found, and the roster came only from roster_since on, so that who had left before may be
    missing: not known either). days: in post including the day. away: leave or seconded that day, '' for neither.
    """

    grid_id: str
    grid_name: str
    level: int
    post: str
    name: str
    since: date | None
    days: int | None
    deputy: str
    away: str
    away_row_id: str
    status: str
    roster_since: str
    row_id: str


@dataclass(frozen=True)
class Change:
    """Somebody came or went: joined, left (the last day), leave_from, leave_to, seconded_…, acting_…"""

    word: str
    name: str
    post: str
    deputy: str
    grid_name: str
    row_id: str


def posts(snapshot: Snapshot, scope: Scope, grid_id: str, day: date) -> tuple[Post, ...]:
    """The posts of the grid and of those above it on the day, lowest first; none where there was no such grid."""
    mask = Mask(snapshot, scope)
    return tuple(_post(row, day, mask) for row in snapshot.ask(scope, _POSTS, grid_id=grid_id, day=day))


def changes(
    snapshot: Snapshot, scope: Scope, grid_id: str, day: date, first: date, last: date
) -> list[tuple[date, Change]]:
    """Who came and went between two days at the grid and those above it, with the day."""
    mask = Mask(snapshot, scope)
    found = snapshot.ask(scope, _CHANGES, grid_id=grid_id, day=day, first=first, last=last)
    return [
        (row.pop("day"), Change(**{**row, "name": mask.name(row["name"]), "deputy": mask.name(row["deputy"])}))
        for row in found
    ]


def _post(row: Row, day: date, mask: Mask) -> Post:
    days = (day - row["since"]).days + 1 if row["since"] else None
    names = {"name": mask.name(row["name"]), "deputy": mask.name(row["deputy"])}
    return Post(**{**row, **names}, days=days, status=_status(row, day))


def _status(row: Row, day: date) -> str:
    if row["name"]:
        return "held"
    if row["deputy"]:
        return "acting"
    if not row["roster_since"]:
        return "no_roster"
    return "before_roster" if f"{day:%Y-%m}" < row["roster_since"] else "vacant"
