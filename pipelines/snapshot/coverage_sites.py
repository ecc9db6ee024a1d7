"""Key sites at or below a grid: visited, owed and overdue in a month, and those that nobody was ever at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipelines.snapshot.door import MONTH_END, Row, Scope, Snapshot, below
from pipelines.snapshot.mask import Mask


@dataclass(frozen=True)
class Site:
    """A key site listed at the month's end (or at the as-of day).

    The counts are its visits that fell due in the month. last_visit: the latest until then, by whomever; None: none
    on record. next_due: the next visit's last day, None where none is known. cycle '' where the list gives none.
    """

    site_id: str
    name: str
    grid_id: str
    grid_name: str
    county_name: str
    owner_id: str
    cycle: str
    visits_per: int | None
    due: int
    met: int
    overdue: int
    unreported: int
    pending: int
    missed_ever: int
    last_visit: datetime | None
    last_row_id: str
    next_due: date | None
    row_id: str

    @property
    def is_never(self) -> bool:
        """Whether a visit was due at least once and nobody is known to have been there, ever."""
        return self.last_visit is None and self.missed_ever > 0


@dataclass(frozen=True)
class Sites:
    """Sites, not visits. listed: key sites on the list; due: with a visit that fell due in the month; visited: of
    these, with all of them made; overdue, unreported: with one that was not; pending: with one whose term runs."""

    listed: int
    due: int
    visited: int
    overdue: int
    unreported: int
    pending: int
    never: tuple[Site, ...]
    sites: tuple[Site, ...]


def key_sites(snapshot: Snapshot, scope: Scope, grid_id: str, month: str) -> Sites:
    """The key sites that lie at or below the grid; those never visited and those overdue first."""
    sql = f"""
        , span as (
            select
                least({MONTH_END.format(month="$month")}, cast(as_of as date)) as last_day,
                least({MONTH_END.format(month="$month")} + interval 1 day, as_of) as known_to
            from published.build
        ), listed as (
            select site.*, coalesce(site.grid_id, site.county_id) as where_id
            from published.site as site
            cross join span
            where site.is_key
                and span.last_day between coalesce(site.valid_from, date '1900-01-01')
                    and coalesce(site.valid_to, date '9999-12-31')
                and coalesce(site.grid_id, site.county_id) in (from visible_grid)
                and {below("coalesce(site.grid_id, site.county_id)", "span.last_day")}
            qualify row_number() over (
                partition by site.site_id order by coalesce(site.valid_from, date '1900-01-01') desc) = 1
        ), duty as (
            select
                owed.subject_id as site_id, max(owed.grid_id) as owner_id,
                {_count("true", "in_month")}, {_count("owed.met_at is not null", "met")},
                {_count("owed.state = 'overdue'", "overdue")}, {_count("owed.state = 'unreported'", "unreported")},
                {_count("owed.state = 'pending'", "pending")},
                count(*) filter (where owed.state = 'overdue' and owed.due_at < span.known_to) as missed_ever,
                max(owed.met_at) filter (where owed.met_at < span.known_to) as met_at,
                max_by(owed.met_row_id, owed.met_at)
                    filter (where owed.met_at < span.known_to) as met_row_id,
                cast(min(owed.due_at) filter (where owed.due_at >= span.known_to) as date) as next_due
            from published.obligation as owed
            cross join span
            where owed.metric_id in ('key_site_visit', 'site_sweep') and owed.subject_kind = 'site'
                and owed.grid_id in (from visible_grid)
            group by owed.subject_id
        ), called as (
            select site_id, county_id, unnest([name, site_no]) as word from listed
        ), seen as (
            -- whoever wrote the very name of the site was there, if not as its owner
            select
                called.site_id, max(patrol.started_at) as started_at, max_by(patrol.row_id, patrol.started_at) as row_id
            from called
            cross join span
            join published.patrol_site as named on named.site = called.word
            join published.patrol as patrol on patrol.patrol_id = named.patrol_id
            join place as there on there.grid_id = patrol.grid_id
            where called.county_id in (patrol.county_id, there.county_id)
                and patrol.grid_id in (from visible_grid) and patrol.started_at < span.known_to
            group by called.site_id
        )
        select
            listed.site_id, listed.name, listed.where_id as grid_id, place.name as grid_name,
            coalesce(county.name, '') as county_name, coalesce(duty.owner_id, '') as owner_id,
            coalesce(listed.cycle, '') as cycle, listed.visits_per, coalesce(duty.in_month, 0) as due,
            coalesce(duty.met, 0) as met, coalesce(duty.overdue, 0) as overdue,
            coalesce(duty.unreported, 0) as unreported, coalesce(duty.pending, 0) as pending,
            coalesce(duty.missed_ever, 0) as missed_ever,
            greatest(duty.met_at, seen.started_at) as last_visit,
            coalesce(case when coalesce(seen.started_at > duty.met_at, duty.met_at is null)
                then seen.row_id else duty.met_row_id end, '') as last_row_id,
            duty.next_due, listed.row_id
        from listed
        join place on place.grid_id = listed.where_id
        left join place as county on county.grid_id = place.county_id and place.level = 3
        left join duty on duty.site_id = listed.site_id
        left join seen on seen.site_id = listed.site_id
        order by
            last_visit is not null or missed_ever = 0, overdue = 0, unreported = 0, county.code, place.code,
            listed.name, listed.site_id"""
    return _summed(snapshot, scope, snapshot.ask(scope, sql, grid_id=grid_id, month=month))


def _count(condition: str, name: str) -> str:
    return (
        f"count(*) filter (where owed.metric_id = 'key_site_visit' and owed.period = $month and {condition}) as {name}"
    )


def _summed(snapshot: Snapshot, scope: Scope, found: list[Row]) -> Sites:
    mask = Mask(snapshot, scope)
    sites = tuple(Site(**{**row, **{key: mask.text(row[key]) for key in ("site_id", "name")}}) for row in found)
    owed = [site for site in sites if site.due]
    return Sites(
        listed=len(sites),
        due=len(owed),
        visited=sum(site.met == site.due for site in owed),
        overdue=sum(site.overdue > 0 for site in owed),
        unreported=sum(site.unreported > 0 for site in owed),
        pending=sum(site.pending > 0 for site in owed),
        never=tuple(site for site in sites if site.is_never),
        sites=sites,
    )
