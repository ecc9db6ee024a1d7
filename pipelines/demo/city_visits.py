"""The detachment's units follow up what is listed for supervision, in their own ledger: most months, not all."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from pipelines.demo.facts import Problem
from pipelines.demo.facts_papers import FollowUp, Site
from pipelines.demo.moments import Moment
from pipelines.demo.places import CITY, Land, first_day, last_day
from pipelines.demo.roster import Post

VISITED = 0.75


def plan_follow_ups(
    seed: int,
    land: Land,
    posts: Sequence[Post],
    problems: Iterable[Problem],
    sites: Iterable[Site],
    months: Sequence[str],
) -> tuple[FollowUp, ...]:
    """One visit a month by the unit above to each listed problem still open, and to each listed site."""
    teams: dict[str, list[str]] = {}
    for post in posts:
        if post.county_id == CITY:
            teams.setdefault(post.grid_id, []).append(post.name)
    found = [
        visit
        for problem in problems
        for month in months
        if _is_open_in(problem, month)
        for visit in _visit(seed, land, teams, month, problem.grid_id, problem.number, problem.site)
    ]
    found += [
        visit
        for site in sites
        for month in months
        if site.listing and site.told <= month and site.covers(first_day(month), last_day(month))
        for visit in _visit(seed, land, teams, month, site.grid_id, "", site.name)
    ]
    return tuple(sorted(set(found), key=lambda v: (v.done_at.at, v.number, v.site)))


def _is_open_in(problem: Problem, month: str) -> bool:
    """Listed before the month, and not over before it."""
    listed = problem.handling.listed_at
    if listed is None or listed.day >= first_day(month):
        return False
    ends = [m.day for m in (*problem.rectified[-1:], problem.closed_at, problem.handling.cleared_at) if m]
    return not ends or min(ends) >= first_day(month)


def _visit(
    seed: int, land: Land, teams: Mapping[str, Sequence[str]], month: str, grid_id: str, number: str, site: str
) -> Iterable[FollowUp]:
    rng = random.Random(f"{seed}/{month}/{number}/{site}/city")
    unit = land.places[land.county_grid(grid_id)].parent_id
    if unit not in teams or rng.random() > VISITED:
        return
    day = date(int(month[:4]), int(month[5:]), 1) + timedelta(days=rng.randint(3, last_day(month).day - 1))
    at = datetime.combine(day, time(rng.randint(9, 16), rng.randint(0, 59)))
    yield FollowUp(number, site, unit, Moment(at), rng.choice(("supervise", "supervise", "urge")), teams[unit][1])
