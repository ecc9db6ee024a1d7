"""Back-checks, plans of patrols, records of meetings and decisions on people, by the chance of each month."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Patrol, Problem
from pipelines.demo.facts_papers import Backcheck, Decision, PlanRow, Record
from pipelines.demo.moments import Moment
from pipelines.demo.places import CITY, Land, first_day, last_day
from pipelines.demo.roster import Post

CHECKERS = {CITY: 8, "anhua": 3, "heshan": 3}  # back-checks a month
UNNUMBERED = "DH"  # styles whose patrols bear no number
RECORDERS = ("anhua", "taojiang", "heshan", "nanxian")
# Special periods: the month, its name, first and last day, number and date of the notice; one was never announced.
SPECIAL = (
    ("2025-01", "春节期间", (2025, 1, 28), (2025, 2, 4), "益环网〔2025〕2号（示例）", (2025, 1, 20)),
    ("2025-06", "高考期间", (2025, 6, 7), (2025, 6, 10), "", None),
    ("2025-10", "国庆中秋期间", (2025, 10, 1), (2025, 10, 8), "益环网〔2025〕21号（示例）", (2025, 9, 25)),
    ("2026-02", "春节期间", (2026, 2, 16), (2026, 2, 23), "益环网〔2026〕3号（示例）", (2026, 2, 9)),
    ("2026-08", "汛期", (2026, 8, 1), (2026, 8, 15), "", None),
    ("2026-10", "国庆期间", (2026, 10, 1), (2026, 10, 7), "益环网〔2026〕19号（示例）", (2026, 9, 24)),
)
MATTERS = ("未按要求开展巡查", "巡查记录与现场不符", "整改督促不力", "问题上报不及时")
DECIDERS = {
    CITY: ("2025-03", "2025-09", "2026-04", "2026-09"),
    "nanxian": ("2025-06", "2026-07"),
    "ziyang": ("2026-05",),
}
SUBJECTS = {
    "scheme": "年度网格化巡查实施方案",
    "rule": "网格巡查工作制度",
    "team": "成立巡查小组",
    "meeting": "网格工作例会",
    "self_check": "履职情况自查",
    "training": "网格员业务培训",
    "reward": "年度考核奖惩",
}


def plan_backchecks(
    seed: int, patrols: Sequence[Patrol], problems: Sequence[Problem], months: Sequence[str], counties: Sequence[str]
) -> tuple[Backcheck, ...]:
    """Some of the month's patrols and problems checked once more, most at random, some on suspicion."""
    found: list[Backcheck] = []
    for county_id in (c for c in CHECKERS if c in counties):
        for month in months:
            rng = random.Random(f"{seed}/{county_id}/{month}/backcheck")
            of = [c for c in counties if c != CITY] if county_id == CITY else [county_id]
            seen = [p for p in patrols if p.month == month and p.county_id in of and p.started_at.day < last_day(month)]
            seen = [p for p in seen if COUNTIES[p.county_id].style not in UNNUMBERED]
            known = [p for p in problems if p.county_id in of and p.discovered_at.at.strftime("%Y-%m") == month]
            for count in range(CHECKERS[county_id]):
                pool: Sequence[Patrol | Problem] = known if count % 3 == 2 and known else seen
                if pool:
                    found.append(_backcheck(rng, county_id, month, rng.choice(pool)))
    return tuple(found)


def _backcheck(rng: random.Random, county_id: str, month: str, about: Patrol | Problem) -> Backcheck:
    is_patrol = isinstance(about, Patrol)
    first = (about.started_at if isinstance(about, Patrol) else about.discovered_at).day
    day = first + timedelta(days=rng.randint(0, (last_day(month) - first).days))
    return Backcheck(
        county_id=county_id,
        told=month,
        patrol_no=about.number if is_patrol else "",
        problem_no="" if is_patrol else about.number,
        grid_id=about.grid_id,
        site=about.sites[0] if isinstance(about, Patrol) else about.site,
        sampled_by=rng.choices(("random", "targeted"), (78, 22))[0],
        checked_at=Moment(datetime.combine(day, time(rng.randint(18, 22), rng.randint(0, 59)))),
        checker=f"{COUNTIES[county_id].short}示例复核员{rng.randint(1, 3)}",
        result=rng.choices(("confirmed", "partly", "refuted", "unverifiable"), (74, 12, 8, 6))[0],
    )


def plan_plans(land: Land, months: Sequence[str], counties: Sequence[str]) -> tuple[PlanRow, ...]:
    """Plans by grid, by whole county, and the detachment's special periods for every county."""
    found: list[PlanRow] = []
    for month in months:
        if "taojiang" in counties and month[5:] in {"03", "06", "09"}:
            found.append(PlanRow("taojiang", _before(month), month, "taojiang", True, 3))
            found += [
                PlanRow("taojiang", _before(month), month, t.grid_id, False, 5) for t in land.towns("taojiang")[:2]
            ]
        if "heshan" in counties and month >= "2026-01":
            found += [PlanRow("heshan", _before(month), month, t.grid_id, False, 3) for t in land.towns("heshan")[::3]]
        if "anhua" in counties:
            found += _own_special(month)
        if CITY in counties:
            found += _announced(month)
    return tuple(found)


def _before(month: str) -> str:
    """A plan comes with the ledgers of the month before: one that comes afterwards plans nothing."""
    return f"{first_day(month) - timedelta(days=1):%Y-%m}"


def _own_special(month: str) -> Iterable[PlanRow]:
    """Anhua asks one township for more in the dry months, and for a week before a festival of its own."""
    if month[5:] in {"11", "12"}:
        yield PlanRow("anhua", _before(month), month, "g430923105", False, 6)
    if month == "2026-09":
        notice = ("黄茶节期间", date(2026, 9, 8), date(2026, 9, 14), "安网办〔2026〕9号（示例）", date(2026, 9, 1))
        yield PlanRow("anhua", _before(month), month, "g430923101", False, 2, *notice)


def _announced(month: str) -> Iterable[PlanRow]:
    for when, name, first, last, notice_no, notice_on in SPECIAL:
        if when == month:
            for county_id in (c for c in COUNTIES if c != CITY):
                noticed = date(*notice_on) if notice_on else None
                days = (name, date(*first), date(*last), notice_no, noticed)
                yield PlanRow(CITY, _before(month), month, county_id, True, 1 if name != "春节期间" else 2, *days)


def plan_records(seed: int, land: Land, months: Sequence[str], counties: Sequence[str]) -> tuple[Record, ...]:
    """Meetings every month, self-checks twice a year, schemes and rules in spring; not in every township."""
    found: list[Record] = []
    for county_id in (c for c in RECORDERS if c in counties):
        for month in months:
            rng = random.Random(f"{seed}/{county_id}/{month}/record")
            grids = [county_id, *(town.grid_id for town in land.towns(county_id))]
            found += [_record(rng, county_id, month, grid, "meeting") for grid in grids if rng.random() < 0.1]
            kinds = {"02": ("scheme", "rule"), "03": ("team", "rule"), "06": ("self_check",), "09": ("training",)}
            kinds["12"] = ("self_check", "reward")
            for kind in kinds.get(month[5:], ()):
                found += [_record(rng, county_id, month, grid, kind) for grid in grids if rng.random() < 0.45]
    return tuple(found)


def _record(rng: random.Random, county_id: str, month: str, grid_id: str, kind: str) -> Record:
    day = first_day(month) + timedelta(days=rng.randint(0, 26))
    number = f"{COUNTIES[county_id].short}网〔{month[:4]}〕{rng.randint(1, 99)}号" if rng.random() < 0.7 else ""
    return Record(county_id, month, grid_id, kind, day, SUBJECTS[kind] + "（示例）", number)


def plan_decisions(
    seed: int, posts: Sequence[Post], months: Sequence[str], counties: Sequence[str]
) -> tuple[Decision, ...]:
    """Now and then somebody is held to account."""
    found: list[Decision] = []
    for sender, when in DECIDERS.items():
        for month in (m for m in when if m in months and sender in counties):
            rng = random.Random(f"{seed}/{sender}/{month}/decision")
            day = first_day(month) + timedelta(days=rng.randint(5, 26))
            held = [p for p in posts if sender in (CITY, p.county_id) and p.covers(day)]
            for post in rng.sample(held, 2):
                measure = rng.choice(("talk", "talk", "written_inspection", "criticism", "admonition", "adjustment"))
                found.append(
                    Decision(
                        county_id=sender,
                        told=month,
                        grid_id=post.grid_id,
                        person=post.name,
                        post={"grid_chief": "网格长", "body_head": "机构负责人"}.get(post.post, "网格员"),
                        matter=rng.choice(MATTERS),
                        decided_on=day,
                        measure=measure,
                        document_no=f"{COUNTIES[sender].short}问〔{month[:4]}〕{rng.randint(1, 30)}号（示例）",
                    )
                )
    return tuple(found)
