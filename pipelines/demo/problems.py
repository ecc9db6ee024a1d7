"""What was found and what became of it: ordinary problems, by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import NO_DEADLINE, Deadline, Patrol, Problem, Suspension
from pipelines.demo.moments import Moment, whole_day
from pipelines.demo.places import CITY, UNITS, Land, first_day, last_day
from pipelines.demo.roster import Post
from pipelines.demo.story import Story, handled

DESCRIPTIONS = {
    "air": ("物料露天堆放未覆盖，扬尘明显", "锅炉烟气异常，治理设施未正常运行"),
    "water": ("沟渠水体发黑发臭，疑有污水直排", "污水处理设施停运，出水浑浊"),
    "soil": ("废渣堆场防渗层破损", "农田边沟见不明黑色淤泥"),
    "noise": ("夜间作业噪声扰民", "切割设备未采取隔声措施"),
    "solid_waste": ("建筑垃圾随意倾倒于河堤", "一般固废与危险废物混存"),
    "ecology": ("林地违规取土，植被破坏", "湖洲滩涂见违规圈围"),
    "fume": ("餐饮油烟净化设施未清洗", "油烟直排居民楼道"),
    "other": ("环保台账记录不全", "雨污分流标识缺失"),
}
OTHER_SOURCES = ("petition", "hotline", "report", "referred", "media", "patrol", "other")
CITY_SOURCES = ("spot_check", "inspection", "assigned")
PER_TOWN = 0.56


def plan_problems(
    seed: int,
    land: Land,
    posts: Sequence[Post],
    patrols: Sequence[Patrol],
    months: Sequence[str],
    counties: Sequence[str],
) -> tuple[Problem, ...]:
    """The ordinary problems of these counties and months, numbered by discovery within county and month."""
    found: list[Problem] = []
    for county_id in counties:
        staff = [p.name for p in posts if p.county_id == county_id and p.grid_id in (county_id, *UNITS)]
        for month in months:
            rng = random.Random(f"{seed}/{county_id}/{month}/problem")
            story = Story(rng, land, COUNTIES[county_id], staff)
            wanted = 4 if county_id == CITY else max(2, round(PER_TOWN * len(land.towns(county_id))))
            sources = [
                p
                for p in patrols
                if p.county_id == county_id and p.month == month == p.started_at.at.strftime("%Y-%m") and p.findings
            ]
            made = [_discovered(story, month, sources) for _ in range(wanted)]
            made.sort(key=lambda p: (p.discovered_at.at, p.grid_id, p.description))
            numbered = [replace(p, number=story.county.problem_no(month, n)) for n, p in enumerate(made, start=1)]
            found += [_told(story, problem) for problem in numbered]
    return tuple(found)


def _discovered(story: Story, month: str, patrols: Sequence[Patrol]) -> Problem:
    """A problem at its discovery: by a patrol that had findings, else by somebody else."""
    rng, county_id = story.rng, story.county.county_id
    patrol = rng.choice(patrols) if patrols and rng.random() < 0.6 else None
    towns = story.land.towns(county_id)
    place = story.land.places[patrol.grid_id] if patrol else rng.choice(towns)
    seen = patrol.started_at if patrol else story.between(first_day(month), last_day(month))
    category = rng.choice(list(DESCRIPTIONS))
    found_by = "patrol" if patrol else rng.choice(CITY_SOURCES if county_id == CITY else OTHER_SOURCES)
    return Problem(
        county_id=county_id,
        number="",
        grid_id=place.grid_id,
        discovered_at=seen if seen.is_day else Moment(seen.at + timedelta(minutes=rng.randint(5, 25))),
        deadline=NO_DEADLINE,
        description=rng.choice(DESCRIPTIONS[category]),
        source=found_by,
        category=category,
        site=patrol.sites[0] if patrol else f"{place.name}示例{rng.choice(('砖厂', '养殖场', '饭店', '采石场'))}",
        duty_grid=_duty(story, place.grid_id),
        patrol_no=patrol.number if patrol else "",
    )


def _duty(story: Story, grid_id: str) -> str | None:
    """The grid the ledger names as responsible: mostly none, else the county, now and then the township."""
    chance = story.rng.random()
    if chance < 0.7:
        return None
    return story.land.county_grid(grid_id) if chance < 0.86 else grid_id


def _told(story: Story, problem: Problem) -> Problem:
    """The same problem with its papers, its deadline and what became of it."""
    rng = story.rng
    if rng.random() < 0.14:
        kind = rng.choice(("spot", "spot", "spot", "at", "none"))
        spot = problem.discovered_at
        limit = Deadline(kind, whole_day(spot.day + timedelta(days=5)) if kind == "at" else None)
        keeps_date = story.county.has_rectified and rng.random() < 0.5
        return replace(
            problem,
            deadline=limit,
            corrected_on_spot=True,
            rectified=(spot,) if keeps_date else (),
            closed_at=spot,
            closure="normal",
        )
    problem = _with_papers(story, problem)
    problem = replace(problem, deadline=_deadline(story, problem))
    return _cancelled(story, problem) if rng.random() < 0.03 else handled(story, problem)


def _with_papers(story: Story, problem: Problem) -> Problem:
    """Assignment, document and service, each there or not, one after the other."""
    rng, found = story.rng, problem.discovered_at
    assigned = story.later(found, 1, 2) if rng.random() < 0.3 else None
    issued = story.later(assigned or found, 1, 2) if rng.random() < 0.3 else None
    served = story.later(issued, 1, 3) if issued and rng.random() < 0.6 else None
    return replace(problem, assigned_at=assigned, issued_at=issued, served_at=served)


def _deadline(story: Story, problem: Problem) -> Deadline:
    rng, day = story.rng, problem.discovered_at.day
    kind = rng.choices(
        ("at", "days", "workdays", "months", "month_end", "spot", "none", "long_term", "year_end"),
        (54, 16, 9, 3, 7, 3, 5, 2, 2),
    )[0]
    target = day + timedelta(days=rng.choice((7, 10, 15, 20, 30)))
    match kind:
        case "at":
            return Deadline("at", whole_day(target))
        case "days" | "workdays":
            count = rng.choice((7, 10, 15, 30) if kind == "days" else (5, 10, 15))
            return Deadline(kind, count=count, wording=rng.randint(0, 2))
        case "months":
            return Deadline(kind, count=rng.choice((1, 1, 2, 3)), wording=rng.randint(0, 1))
        case "month_end" | "year_end":
            month = f"{day.year}-12" if kind == "year_end" else target.strftime("%Y-%m")
            return Deadline(kind, month=month, wording=rng.randint(0, 1))
        case _:
            return Deadline(kind, wording=rng.randint(0, 1))


def _cancelled(story: Story, problem: Problem) -> Problem:
    """Void, merged, suspended, or a duplicate of another."""
    kind = story.rng.choice(("void", "merged", "suspended", "duplicate"))
    if kind == "duplicate":
        return replace(problem, is_duplicate=True)
    problem = replace(problem, closed_at=story.later(problem.discovered_at, 1, 6), closure=kind)
    return _approved(story, problem) if kind == "suspended" else problem


def _approved(story: Story, problem: Problem) -> Problem:
    """Put off with leave from above, or without: closed on an even day or an odd one, so that nothing else is drawn."""
    closed_at = problem.closed_at
    if closed_at is None or closed_at.day.day % 2:
        return problem
    duty = problem.duty_grid or story.land.county_grid(problem.grid_id)
    return replace(problem, suspension=Suspension(story.land.places[duty].parent_id, closed_at))
