"""履职追溯: what is on record of one grid, or one of its sites, around a day, as one timeline.

Who stood in post is told by `history_posts`, what is not known by `history_gaps`. Nothing here judges anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from pipelines.snapshot.door import Row, Scope, Snapshot
from pipelines.snapshot.history_posts import Change, changes
from pipelines.snapshot.history_problems import CHOSEN, Step, steps
from pipelines.snapshot.mask import Mask
from pipelines.snapshot.walk import OBLIGATION, Obligation, told_duties

NOT_LISTED = ("patrol_entry",)
"""Duties without a line of their own: when a patrol was entered stands with the patrol."""
_DAY_END = time(23, 59, 59)
_PATROLS = f"""{CHOSEN}
, here as (
    select patrol.*, credit.basis, credit.reason_zh
    from published.patrol as patrol
    left join published.patrol_credit as credit
        on credit.patrol_id = patrol.patrol_id and credit.grid_id in ('', $grid_id)
    where patrol.grid_id in (from visible_grid) and $grid_id in (from visible_grid)
        and (patrol.grid_id = $grid_id or credit.grid_id = $grid_id
            -- a patrol of the county's may name the site alone
            or ($site_id <> '' and patrol.grid_id = (select county_id from place where grid_id = $grid_id)))
        and cast(patrol.started_at as date) between $first and $last
        and ($site_id = '' or patrol.patrol_id in (
            select named.patrol_id from published.patrol_site as named
            where named.site in (select word from called)))
)
select
    here.patrol_id, here.started_at, here.started_at_precision,
    (coalesce(here.by_grid_id, '') <> '' and by_grid.grid_id is null)
        or (posted.posts is null and coalesce(posted.is_posted, false)) as is_by_others,
    case when is_by_others then '' else coalesce(here.inspectors, '') end as inspectors,
    case when is_by_others then '' else coalesce(here.leader, '') end as leader,
    coalesce(here.kind, '') as kind, coalesce(here.sites, '') as sites,
    here.findings, here.corrected_on_spot, coalesce(here.note, '') as note,
    here.entered_at, here.version_no,
    coalesce(here.absent_in_latest, false) as absent_in_latest, place.name as grid_name,
    coalesce(by_grid.name, '') as by_grid_name, coalesce(here.reason_zh, '') as reason_zh,
    coalesce(posted.posts, []) as posts,
    case when is_by_others then '' else coalesce(here.row_id, '') end as row_id
from here
join place on place.grid_id = here.grid_id
left join place as by_grid on by_grid.grid_id = here.by_grid_id and by_grid.grid_id in (from visible_grid)
left join (
    select went.patrol_id, bool_or(coalesce(went.grid_id, '') <> '') as is_posted,
        list(distinct {{'name': went.name, 'grid': place.name, 'post': went.post}})
            filter (where place.grid_id is not null) as posts
    from published.patrol_inspector as went
    left join place on place.grid_id = went.grid_id and place.grid_id in (from visible_grid)
    group by went.patrol_id
) as posted on posted.patrol_id = here.patrol_id
order by here.started_at, here.patrol_id"""
_DUTIES = f"""{OBLIGATION}{CHOSEN}
select duty.* from duty
where
    duty.metric_id not in {(*NOT_LISTED, "")} and duty.subject_kind <> 'field'
    and (
        ($site_id = '' and (duty.grid_id = $grid_id or (duty.subject_kind = 'grid' and duty.subject_id = $grid_id)))
        or ($site_id <> '' and duty.subject_kind = 'site' and duty.subject_id = $site_id
            and exists (select 1 from called))
        or (duty.subject_kind = 'problem' and duty.subject_id in (select problem_id from chosen))
    )
    and (
        cast(coalesce(duty.due_at, duty.started_at) as date) between $first and $last
        or (
            duty.subject_kind = 'problem' and duty.subject_id in (select problem_id from chosen)
            and cast(duty.due_at as date) < $first and (duty.met_at is null or cast(duty.met_at as date) >= $first)
        )
    )
order by duty.due_at, duty.metric_id, duty.obligation_id"""
_SITES = """
select site.site_id, max_by(site.name, coalesce(site.valid_from, date '1900-01-01')) as name
from published.site as site
where coalesce(site.grid_id, site.county_id) = $grid_id and $grid_id in (from visible_grid)
group by site.site_id
order by name, site.site_id"""


@dataclass(frozen=True)
class Patrol:
    """One patrol as its ledger has it now (version_no). findings and note are what was written, None and '' where
    nothing was. posts: name, grid and post that day. reason_zh: why it counts for no grid; '' where it does.
    is_by_others: the people were of grids out of scope, then who went is '' and row_id too."""

    patrol_id: str
    inspectors: str
    leader: str
    kind: str
    sites: str
    findings: int | None
    corrected_on_spot: int | None
    note: str
    entered_at: datetime | None
    version_no: int | None
    absent_in_latest: bool
    grid_name: str
    by_grid_name: str
    reason_zh: str
    posts: tuple[tuple[str, str, str], ...]
    row_id: str
    is_by_others: bool = False


What: TypeAlias = Patrol | Step | Change | Obligation


@dataclass(frozen=True)
class Event:
    """One line of the timeline.

    at: the instant, None where only the day is known; half: am or pm where only that is. is_end: a limit that runs to
    the end of its day. An undated duty stands at the day it began (is_undated).
    """

    day: date
    at: datetime | None
    half: str
    is_end: bool
    is_undated: bool
    what: What


def sites_of(snapshot: Snapshot, scope: Scope, grid_id: str) -> dict[str, str]:
    """The sites on the list of this very grid, by id, with their latest names."""
    mask = Mask(snapshot, scope)
    return {row["site_id"]: mask.text(row["name"] or "") for row in snapshot.ask(scope, _SITES, grid_id=grid_id)}


def timeline(
    snapshot: Snapshot, scope: Scope, grid_id: str, site_id: str, day: date, before: int, after: int
) -> tuple[Event, ...]:
    """Everything on record between `before` days before the day and `after` days after it, in order of time.

    Problems that were alive then bring their whole story up to the last day, and their duties that fell due before
    the span and were not met by then. What bears only the day stands before what bears a clock, a limit that runs to
    the end of its day last. A grid or site out of scope has nothing; a site that is not the grid's neither.
    """
    first, last = day - timedelta(days=before), day + timedelta(days=after)
    asked = {"grid_id": grid_id, "site_id": site_id, "first": first, "last": last}
    events = [_patrol_event(row, Mask(snapshot, scope)) for row in snapshot.ask(scope, _PATROLS, **asked)]
    events += [_at(at, step) for at, step in steps(snapshot, scope, grid_id, site_id, first, last)]
    events += [_duty_event(duty) for duty in told_duties(snapshot, scope, snapshot.ask(scope, _DUTIES, **asked))]
    if not site_id:
        came_and_went = changes(snapshot, scope, grid_id, day, first, last)
        events += [Event(on, None, "", False, False, told) for on, told in came_and_went]
    return tuple(sorted(events, key=_order))


def nearest(events: Iterable[Event], day: date) -> tuple[Event | None, tuple[Event, ...], Event | None]:
    """The last patrol before the day, those on it, and the first one after it."""
    patrols = [event for event in events if isinstance(event.what, Patrol)]
    before = [event for event in patrols if event.day < day]
    after = [event for event in patrols if event.day > day]
    same = tuple(event for event in patrols if event.day == day)
    return (before[-1] if before else None, same, after[0] if after else None)


def stood(duty: Obligation, day: date) -> str:
    """How a duty stood at the end of a day, as far as is known now: not_begun, running, over, met, undated; void and
    unknown (nothing delivered, or its dates contradict each other) whatever the day."""
    if duty.state in ("void", "unreported", "bad_dates"):
        return "void" if duty.state == "void" else "unknown"
    if duty.started_at is not None and duty.started_at.date() > day:
        return "not_begun"
    if duty.met_at is not None and duty.met_at.date() <= day:
        return "met"
    if duty.due_at is None:
        return "undated"
    return "over" if duty.due_at.date() < day else "running"


def _order(event: Event) -> tuple[date, bool, time]:
    clock = event.at.time() if event.at else time(12) if event.half == "pm" else time()
    return (event.day, event.is_end, clock)


def _at(at: datetime, what: What) -> Event:
    """The ledgers of problems keep no precision: as everywhere, midnight to the second is how a mere day is read."""
    is_day = at.time() == time()
    return Event(at.date(), None if is_day else at, "", False, False, what)


def _patrol_event(row: Row, mask: Mask) -> Event:
    at, precision = row.pop("started_at"), row.pop("started_at_precision")
    posts = tuple(sorted((mask.name(one["name"]), one["grid"], one["post"]) for one in row["posts"]))
    texts = {name: mask.text(row[name]) for name in ("patrol_id", "sites", "note", "reason_zh")}
    names = {name: mask.name(row[name]) for name in ("inspectors", "leader")}
    half = ("pm" if at.hour >= 12 else "am") if precision == "half_day" else ""
    return Event(
        at.date(),
        at if precision == "minute" else None,
        half,
        False,
        False,
        Patrol(**{**row, **texts, **names, "posts": posts}),
    )


def _duty_event(duty: Obligation) -> Event:
    at = duty.due_at or duty.started_at
    if at is None:
        raise ValueError(f"义务 {duty.obligation_id} 既无起算也无时限，排不进时间线 (duty without any date)")
    is_end = duty.due_at is not None and at.time().replace(microsecond=0) == _DAY_END
    is_undated = duty.due_at is None
    return Event(at.date(), None if is_end or is_undated else at, "", is_end, is_undated, duty)
