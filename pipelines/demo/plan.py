"""The plan: all that happened and all that is sent, by seed. Months and counties are free to choose."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.demo.cases import planned_cases
from pipelines.demo.cases_again import later_cases
from pipelines.demo.cases_handled import handled_cases
from pipelines.demo.city_visits import plan_follow_ups
from pipelines.demo.counties import COUNTIES
from pipelines.demo.deliveries import plan_deliveries
from pipelines.demo.echoes import echoed
from pipelines.demo.evaluations import plan_evaluations
from pipelines.demo.facts import AS_OF, Patrol, Plan, Problem, RosterRow
from pipelines.demo.facts_papers import Papers
from pipelines.demo.handling import staff_of, with_handling
from pipelines.demo.papers import plan_backchecks, plan_decisions, plan_plans, plan_records
from pipelines.demo.patrols import plan_patrols
from pipelines.demo.places import Land, months_through
from pipelines.demo.problems import plan_problems
from pipelines.demo.roster import SOLE_POSTS, Post, held_posts, known_rows, plan_roster
from pipelines.demo.sites import name_sites, plan_sites

SEED = 20210507
MONTHS = months_through("2024-11", "2026-10")
LAST_SIX = MONTHS[-6:]


class PlanError(ValueError):
    """A demo that cannot be planned; says what was asked and what is possible."""


def make_plan(land: Land, seed: int, months: Sequence[str], counties: Sequence[str] | None) -> Plan:
    """Plan these months (ascending, all over at the as-of moment) and these senders, all nine by default.

    Each month of each county is drawn from its own chance, so that a part is planned as the whole is.
    Raises PlanError for an unknown county, no month at all, or a month that is not over.
    """
    asked = list(COUNTIES) if counties is None else [c for c in COUNTIES if c in counties]
    unknown = sorted(set(counties or ()) - set(COUNTIES))
    if unknown:
        raise PlanError(f"未知的报送单位 {unknown}；可用 {list(COUNTIES)} (unknown counties)")
    if not months or list(months) != sorted(set(months)) or months[-1] >= AS_OF.strftime("%Y-%m"):
        raise PlanError(f"月份应为升序、不重复且早于 {AS_OF:%Y-%m}，现为 {list(months)} (unusable months)")
    roster = plan_roster(seed, land, asked)
    posts = held_posts(roster_of_all_time(roster))
    of_city = plan_sites(seed, land)
    sites = tuple(site for site in of_city if site.county_id in asked)
    patrols = name_sites(seed, land, plan_patrols(seed, land, posts, months, asked), of_city)
    problems = _problems(seed, land, posts, patrols, months, asked)
    for problem in problems:
        _refuse_unclear(problem)
    return Plan(
        land=land,
        months=tuple(months),
        patrols=patrols,
        problems=tuple(sorted(problems, key=lambda p: (p.county_id, p.discovered_at.at, p.number))),
        roster=roster,
        deliveries=plan_deliveries(seed, months, asked),
        papers=Papers(
            sites=sites,
            follow_ups=plan_follow_ups(seed, land, posts, problems, sites, months),
            evaluations=plan_evaluations(seed, land, _chiefs(posts), asked),
            backchecks=plan_backchecks(seed, patrols, problems, months, asked),
            plans=plan_plans(land, months, asked),
            records=plan_records(seed, land, months, asked),
            decisions=plan_decisions(seed, posts, months, asked),
        ),
    )


def _problems(
    seed: int,
    land: Land,
    posts: Sequence[Post],
    patrols: Sequence[Patrol],
    months: Sequence[str],
    counties: Sequence[str],
) -> list[Problem]:
    """All problems with their handling: ordinary ones, and the cases that stand as they were worked out."""
    staff = staff_of(posts)
    ordinary = echoed(seed, plan_problems(seed, land, posts, patrols, months, counties), patrols)
    cases = [*planned_cases(months, counties), *later_cases(months, counties)]
    found = [with_handling(seed, land, p, staff.get(p.county_id, ()), is_planned=False) for p in ordinary]
    found += [with_handling(seed, land, p, staff.get(p.county_id, ()), is_planned=True) for p in cases]
    return [*found, *handled_cases(months, counties)]


def _chiefs(posts: Sequence[Post]) -> dict[str, str]:
    """Who answers for each grid, of those who ever did the first."""
    return {post.grid_id: post.name for post in reversed(posts) if post.post in SOLE_POSTS}


def roster_of_all_time(roster: Sequence[RosterRow]) -> tuple[RosterRow, ...]:
    """The last version of every row, however late it was told."""
    return known_rows(roster, "9999-12")


def _refuse_unclear(problem: Problem) -> None:
    """Hold the plan to what a ledger can say without doubt: one visit where one fits, no rounds beside an extension."""
    failed = [v.done_at.day for v in problem.visits if v.failed]
    if failed and (problem.corrected_on_spot or problem.extension):
        raise PlanError(f"{problem.problem_id}: 现场整改或延期的问题不安排复查不合格 (unclear rounds)")
    if problem.extension and problem.suspension:
        raise PlanError(f"{problem.problem_id}: 一行台账只写得下一次批准 (one approval fits)")
    if COUNTIES[problem.county_id].visits_in_ledger and len(problem.visits) > 1:
        raise PlanError(f"{problem.problem_id}: 台账只有一组复查列 (one visit fits)")
