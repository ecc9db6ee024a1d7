"""Who held which post: invented people, every name marked 示例, and the changes of the year."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import RosterRow
from pipelines.demo.places import CITY, UNITS, Land

STEMS = "甲乙丙丁戊己庚辛壬癸"
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
NAMESAKE = "示例同名"
# A name of two characters, which some books pad with a blank; it stands once in its county.
SHORT_NAME, SHORT_NAMED_TOWN = "示例", "g430902104"
# Townships whose roster names no inspector: nobody can say whose people patrolled there. Another loses all of its own.
WITHOUT_INSPECTORS = ("g430981110",)
LOST_INSPECTORS, LOST_SINCE = "g430923109", "2026-09"
SOLE_POSTS = ("grid_chief", "body_head")


@dataclass(frozen=True)
class Post:
    """A person in a post from one day to another, both included; valid_to None is until now."""

    name: str
    county_id: str
    grid_id: str
    post: str
    valid_from: date
    valid_to: date | None

    def covers(self, day: date) -> bool:
        """True where the post was held that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def plan_roster(seed: int, land: Land, counties: Sequence[str]) -> tuple[RosterRow, ...]:
    """All versions of all roster rows of the counties, those known from the start first (told '')."""
    starters = [row for county_id in counties for row in _starters(seed, land, county_id)]
    changes = [row for row in _changes(land, starters) if row.county_id in counties]
    return (*starters, *changes)


def _starters(seed: int, land: Land, county_id: str) -> list[RosterRow]:
    rng = random.Random(f"{seed}/{county_id}/roster")
    county, number = COUNTIES[county_id], 0
    rows: list[RosterRow] = []
    order = {town.grid_id: place for place, town in enumerate(land.towns(CITY))}

    def add(name: str, grid_id: str, post: str) -> None:
        started = date(2021, 5, 7) + timedelta(days=rng.randint(0, 1200))
        rows.append(RosterRow(county_id, f"{county.prefix}{len(rows) + 1:03d}", name, grid_id, post, "post", started))

    def invented() -> str:
        nonlocal number
        number += 1
        return f"{county.short}示例{number:02d}"

    for grid_id in UNITS if county_id == CITY else (county_id,):
        add(invented(), grid_id, "grid_chief")
        for _ in range(3):
            add(invented(), grid_id, "inspector")
    for town in () if county_id == CITY else land.towns(county_id):
        add(head_name(order[town.grid_id]), town.grid_id, "body_head")
        for _ in range(0 if town.grid_id in WITHOUT_INSPECTORS else rng.choice((2, 2, 3))):
            add(invented(), town.grid_id, "inspector")
        if town.grid_id == SHORT_NAMED_TOWN:
            add(SHORT_NAME, town.grid_id, "inspector")
    return rows


def head_name(place: int) -> str:
    """示例甲一, 示例乙一 …: the head of the township at this place of the seed, or a later successor."""
    return f"示例{STEMS[place % 10]}{NUMERALS[place // 10]}"


def _changes(land: Land, starters: Sequence[RosterRow]) -> Iterable[RosterRow]:
    """Successions, departures, arrivals, absences and two double posts; of the counties that are there."""
    held: dict[tuple[str, str], list[RosterRow]] = {}
    for row in starters:
        held.setdefault((row.grid_id, row.post), []).append(row)
    fresh = iter(range(len(land.towns(CITY)), 120))

    def new(grid_id: str, post: str, name: str, since: date, told: str) -> Iterable[RosterRow]:
        for row in held.get((grid_id, post), [])[:1]:
            number = f"{COUNTIES[row.county_id].prefix}9{since:%m%d}"
            yield RosterRow(row.county_id, number, name, grid_id, post, "post", since, told=told)

    def gone(grid_id: str, post: str, until: date, told: str, which: int = 0) -> Iterable[RosterRow]:
        for row in held.get((grid_id, post), [])[which : which + 1]:
            yield replace(row, valid_to=until, told=told)

    def away(grid_id: str, post: str, kind: str, since: date, until: date, told: str) -> Iterable[RosterRow]:
        for row in held.get((grid_id, post), [])[:1]:
            deputy = held[grid_id, "inspector"][0].name
            yield replace(row, kind=kind, valid_from=since, valid_to=until, deputy=deputy, told=told)

    # A successor ends a predecessor whose row was never closed; elsewhere the row is closed by a later version.
    yield from new("g430923121", "body_head", head_name(next(fresh)), date(2026, 7, 10), "2026-07")
    yield from gone("nanxian", "grid_chief", date(2026, 8, 14), "2026-08")
    yield from new("nanxian", "grid_chief", "南县示例大队长", date(2026, 8, 15), "2026-08")
    yield from new("u2", "grid_chief", "支队示例新任", date(2026, 9, 1), "2026-09")
    yield from new("g430921103", "body_head", head_name(next(fresh)), date(2026, 6, 16), "2026-06")
    # Vacancies: one filled after six weeks, one still open.
    yield from gone("g430981114", "body_head", date(2026, 7, 31), "2026-08")
    yield from new("g430981114", "body_head", head_name(next(fresh)), date(2026, 9, 10), "2026-09")
    yield from gone("g430972109", "body_head", date(2026, 10, 14), "2026-10")
    # Absences of all three kinds.
    yield from away("g430903105", "body_head", "leave", date(2026, 6, 20), date(2026, 7, 5), "2026-06")
    yield from away("anhua", "grid_chief", "seconded", date(2026, 9, 25), date(2026, 10, 31), "2026-09")
    yield from away("g430922112", "body_head", "acting", date(2026, 10, 28), date(2026, 11, 30), "2026-10")
    yield from away("g430921125", "body_head", "leave", date(2026, 5, 20), date(2026, 6, 10), "")
    # Inspectors who leave and who come, one of them also of the county's own staff, and the namesake.
    yield from gone("g430923212", "inspector", date(2026, 7, 15), "2026-07", 1)
    yield from gone("g430903113", "inspector", date(2026, 8, 20), "2026-08", 1)
    yield from new("g430981105", "inspector", "沅江示例新员", date(2026, 9, 1), "2026-09")
    yield from new("g430923200", "inspector", NAMESAKE, date(2024, 3, 1), "")
    yield from new("g430921201", "inspector", NAMESAKE, date(2023, 4, 1), "")
    for row in held.get(("anhua", "inspector"), [])[2:]:
        yield replace(row, grid_id="g430923106", valid_from=date(2025, 1, 1))
    for place in range(len(held.get((LOST_INSPECTORS, "inspector"), []))):
        yield from gone(LOST_INSPECTORS, "inspector", date(2026, 8, 31), LOST_SINCE, place)
    # The year before: a chief succeeded, a head's vacancy of a month, a leave, and one more inspector.
    yield from new("taojiang", "grid_chief", "桃江示例大队长", date(2025, 3, 1), "2025-03")
    yield from gone("g430902105", "body_head", date(2025, 7, 15), "2025-07")
    yield from new("g430902105", "body_head", head_name(next(fresh)), date(2025, 8, 16), "2025-08")
    yield from away("heshan", "grid_chief", "leave", date(2025, 4, 20), date(2025, 5, 10), "2025-04")
    yield from new("g430972109", "inspector", "高新示例新员", date(2025, 10, 8), "2025-10")
    # Lent to others for weeks, and nobody named to stand in.
    for row in away("g430981105", "body_head", "seconded", date(2026, 8, 10), date(2026, 9, 20), "2026-08"):
        yield replace(row, deputy="")


def known_rows(rows: Iterable[RosterRow], through: str) -> tuple[RosterRow, ...]:
    """The latest version of every row told up to a month."""
    latest: dict[tuple[str, ...], RosterRow] = {}
    for row in sorted(rows, key=lambda r: r.told):
        if row.told <= through:
            latest[(row.county_id, *map(str, row.key))] = row
    return tuple(latest.values())


def held_posts(rows: Iterable[RosterRow]) -> tuple[Post, ...]:
    """Posts as they were really held: a chief or head ends on the day before the successor begins."""
    posts = sorted(
        (Post(r.name, r.county_id, r.grid_id, r.post, r.valid_from, r.valid_to) for r in rows if r.kind == "post"),
        key=lambda p: (p.grid_id, p.post, p.valid_from, p.name),
    )
    held = []
    for post, following in zip(posts, [*posts[1:], None], strict=True):
        if following and post.post in SOLE_POSTS and (post.grid_id, post.post) == (following.grid_id, following.post):
            eve = following.valid_from - timedelta(days=1)
            post = replace(post, valid_to=eve if post.valid_to is None else min(post.valid_to, eve))
        held.append(post)
    return tuple(held)
