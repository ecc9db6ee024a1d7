"""The monthly totals as counties report them: counted from their own books, now and then wrongly."""

from __future__ import annotations

import random
from collections.abc import Iterable

from pipelines.demo.cells import Grid, Line
from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Delivery, Patrol, Plan, Problem
from pipelines.demo.known import as_known
from pipelines.demo.moments import Moment
from pipelines.demo.places import Land

BY_TOWNSHIP = ("taojiang", "heshan")  # the others report one sum for the county
REPORTING = (*BY_TOWNSHIP, "anhua", "yuanjiang", "nanxian")
WRONG = 0.15


def summary_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The totals of a month, for the county and, in two counties, for each township."""
    county_id, month = delivery.county_id, delivery.month
    if county_id not in REPORTING:
        return []
    towns = plan.land.towns(county_id) if county_id in BY_TOWNSHIP else ()
    went = [patrol for patrol in plan.patrols if (patrol.county_id, patrol.month) == (county_id, month)]
    mine = [as_known(problem, delivery.compiled_at) for problem in plan.problems if problem.county_id == county_id]
    known = [problem for problem in mine if problem is not None]
    return [_total(plan.land, delivery, grid_id, went, known) for grid_id in (county_id, *(t.grid_id for t in towns))]


def _total(
    land: Land, delivery: Delivery, grid_id: str, patrols: Iterable[Patrol], problems: Iterable[Problem]
) -> Line:
    month = delivery.month
    rng = random.Random(f"{month}/{grid_id}/summary")
    went = [patrol for patrol in patrols if land.lies_in(patrol.grid_id, grid_id)]
    known = [problem for problem in problems if land.lies_in(problem.grid_id, grid_id)]
    totals = {
        "person_times": sum(len(set(p.inspectors)) for p in went),
        "site_times": sum(len(p.sites) for p in went),
        "problems": _in(month, (p.discovered_at for p in known)),
        "closed": _in(month, (p.closed_at for p in known if p.closed_at)),
    }
    if rng.random() < WRONG:
        name = rng.choice(list(totals))
        totals[name] += rng.choice((1, 2, 5))
    is_iso = COUNTIES[delivery.county_id].style in "AB"
    about = month if is_iso else f"{month[:4]}年{int(month[5:])}月"
    return Line(f"{grid_id}/{month}", {"grid": Grid(grid_id), "about_month": about, **totals})


def _in(month: str, moments: Iterable[Moment]) -> int:
    return sum(f"{moment.at:%Y-%m}" == month for moment in moments)
