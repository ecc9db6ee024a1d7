"""Problems that come back, and complaints about places where a patrol had just seen nothing: only words change."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipelines.demo.facts import Patrol, Problem
from pipelines.demo.places import CITY

COMPLAINTS = {"petition", "hotline", "media", "spot_check", "inspection", "assigned"}
PASSED_WITHIN = timedelta(days=30)
BACK_WITHIN = timedelta(days=85)


def echoed(seed: int, problems: Sequence[Problem], patrols: Sequence[Patrol]) -> list[Problem]:
    """The problems, some of them about a site where there had been one like it, or a patrol without a finding."""
    clear: dict[str, list[Patrol]] = {}
    for patrol in patrols:
        if patrol.findings == 0:
            clear.setdefault(patrol.grid_id, []).append(patrol)
    earlier: dict[tuple[str, str], list[Problem]] = {}
    found = []
    for problem in sorted(problems, key=lambda p: (p.county_id, p.discovered_at.at, p.number)):
        rng = random.Random(f"{seed}/{problem.problem_id}/echo")
        here = earlier.setdefault((problem.county_id, problem.grid_id), [])
        if not problem.patrol_no:
            problem = _again(rng, problem, here) or _complained(rng, problem, clear.get(problem.grid_id, []))
        here.append(problem)
        found.append(problem)
    return found


def _again(rng: random.Random, problem: Problem, earlier: Sequence[Problem]) -> Problem | None:
    """The same trouble at the same site, put right not long ago."""
    over = [p for p in earlier if _was_put_right(p, problem)]
    if not over or rng.random() > 0.14:
        return None
    first = rng.choice(over)
    return replace(problem, site=first.site, category=first.category, description=first.description)


def _was_put_right(earlier: Problem, later: Problem) -> bool:
    done = earlier.rectified[-1] if earlier.rectified else None
    at = later.discovered_at.at
    return bool(earlier.site) and done is not None and timedelta(days=12) < at - done.at < BACK_WITHIN


def _complained(rng: random.Random, problem: Problem, clear: Sequence[Patrol]) -> Problem:
    """A complaint about a site that a patrol had passed, or about nowhere in particular."""
    if problem.source not in COMPLAINTS:
        return problem
    at = problem.discovered_at.day
    passed = [p for p in clear if timedelta() < at - p.started_at.day <= PASSED_WITHIN]
    chance = rng.random()
    if passed and chance < 0.35:
        return replace(problem, site=rng.choice(passed).sites[0])
    return replace(problem, site="") if chance > 0.88 and problem.county_id != CITY else problem
