"""The monthly totals as counties report them: counted from their own books, now and then wrongly."""

from __future__ import annotations

import random
from collections.abc import Iterable

from pipelines.demo.cells import Grid, Line
from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Delivery, Plan
from pipelines.demo.known import as_known

BY_TOWNSHIP = ("taojiang", "heshan")  # the others report one sum for the county
REPORTING = (*BY_TOWNSHIP, "anhua", "yuanjiang", "nanxian")
WRONG = 0.15


def summary_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The totals of a month, for the county and, in two counties, for each township."""
    if delivery.county_id not in REPORTING:
        return []
    towns = plan.land.towns(delivery.county_id) if delivery.county_id in BY_TOWNSHIP else ()
    return [_total(plan, delivery, grid_id) for grid_id in (delivery.county_id, *(t.grid_id for t in towns))]


def _total(plan: Plan, delivery: Delivery, grid_id: str) -> Line:
    county_id, month = delivery.county_id, delivery.month
    rng = random.Random(f"{county_id}/{month}/{grid_id}/summary")
    went = [
        p
        for p in plan.patrols
        if (p.county_id, p.month) == (county_id, month) and plan.land.lies_in(p.grid_id, grid_id)
    ]
    known = [
        now
        for problem in plan.problems
        if problem.county_id == county_id and plan.land.lies_in(problem.grid_id, grid_id)
        if (now := as_known(problem, delivery.compiled_at)) is not None
    ]
    totals = {
        "person_times": sum(len(set(p.inspectors)) for p in went),
        "site_times": sum(len(p.sites) for p in went),
        "problems": _in(month, (p.discovered_at.at for p in known)),
        "closed": _in(month, (p.closed_at.at for p in known if p.closed_at)),
    }
    if rng.random() < WRONG:
        name = rng.choice(list(totals))
        totals[name] += rng.choice((1, 2, 5))
    about = month if COUNTIES[county_id].style in "AB" else f"{month[:4]}年{int(month[5:])}月"
    return Line(f"{grid_id}/{month}", {"grid": Grid(grid_id), "about_month": about, **totals})


def _in(month: str, moments: Iterable[object]) -> int:
    return sum(f"{moment:%Y-%m}" == month for moment in moments)
