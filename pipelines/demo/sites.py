"""The lists of key sites, and the patrols that name them: in the same words, or nearly so, or not at all."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipelines.demo.facts import Patrol
from pipelines.demo.facts_papers import Site
from pipelines.demo.moments import Moment
from pipelines.demo.patrol_maker import SITES
from pipelines.demo.places import CITY, Land, end_of, first_day, last_day

# When each county sent its list, and the month in which it sent one again with what had changed; one never sent any.
FIRST_LIST = {
    "anhua": "2024-11",
    "nanxian": "2024-11",
    "heshan": "2024-11",
    "ziyang": "2024-12",
    "taojiang": "2025-01",
    "yuanjiang": "2025-03",
    "gaoxin": "2025-06",
}
SECOND_LIST = {"anhua": "2025-12", "heshan": "2026-06", "nanxian": "2026-06", "taojiang": "2026-07"}
SENT_WHOLE_AGAIN = {"heshan", "nanxian"}  # the others send only what is new
KINDS = {
    "砖厂": "enterprise",
    "养殖场": "livestock",
    "采石场": "mine",
    "污水处理站": "wastewater",
    "水厂取水口": "water_source",
    "食品加工厂": "enterprise",
    "木材加工厂": "enterprise",
    "加油站": "other",
    "垃圾中转站": "landfill",
}
CYCLES = (("quarter", 1), ("quarter", 1), ("quarter", 1), ("month", 1), ("", 0), ("half_year", 1), ("year", 1))
RISKS = ("一般", "较大", "重大")


def plan_sites(seed: int, land: Land) -> tuple[Site, ...]:
    """Every period of every site of the city that some county lists, whenever its list was or will be sent."""
    return tuple(site for county_id in FIRST_LIST for site in _of_county(seed, land, county_id))


def _of_county(seed: int, land: Land, county_id: str) -> Iterable[Site]:
    rng = random.Random(f"{seed}/{county_id}/site")
    number = 0
    for place, town in enumerate(land.towns(county_id)):
        for word in rng.sample(SITES, rng.choice((1, 2, 2, 3))):
            number += 1
            window, visits = ("week", 1) if number == 3 else rng.choice(CYCLES)
            site = Site(
                county_id=county_id,
                told=FIRST_LIST[county_id],
                number=f"{county_id[:2].upper()}DW{number:03d}",
                name=f"{town.name}示例{word}{rng.randint(1, 3)}号",
                kind=KINDS[word],
                grid_id=town.grid_id,
                is_key=rng.choices((True, False, None), (62, 28, 10))[0],
                risk=rng.choice(RISKS),
                window=window,
                visits=visits,
                listing="listed_supervision" if number == 5 else "",
                valid_from=rng.choice((None, date(2023, 6, 1), date(2024, 1, 1), date(2025, 7, 1))),
            )
            yield site
            yield from _changed(site, place)


def _changed(site: Site, place: int) -> Iterable[Site]:
    """What the second list says of a site: more visits, listed, closed down, or nothing."""
    told = SECOND_LIST.get(site.county_id)
    if told is None:
        return
    since = first_day(told) + timedelta(days=14)
    match place % 8:
        case 1 if site.window != "week":
            yield replace(site, told=told, window="month", visits=2 if place % 3 == 0 else 1, valid_from=since)
        case 3:
            yield replace(site, told=told, listing="time_limited_treatment", valid_from=since)
        case 6:
            yield replace(site, told=told, valid_to=last_day(told))


def listed_by(sites: Iterable[Site], county_id: str, month: str) -> list[Site]:
    """The rows of the list that a county sends in a month."""
    is_again = SECOND_LIST.get(county_id) == month
    rows: dict[tuple[str, date | None], Site] = {}
    for site in sites:
        is_due = site.told == month or (is_again and county_id in SENT_WHOLE_AGAIN and site.told < month)
        if site.county_id == county_id and is_due:
            rows[site.number, site.valid_from] = site
    return list(rows.values())


def name_sites(seed: int, land: Land, patrols: Iterable[Patrol], sites: Sequence[Site]) -> tuple[Patrol, ...]:
    """The patrols with the listed sites they went to, and with when they were entered."""
    of_town: dict[str, dict[str, Site]] = {}
    for site in sites:
        of_town.setdefault(site.grid_id, {}).setdefault(site.name, site)
    return tuple(_named(seed, land, patrol, of_town) for patrol in patrols)


def _named(seed: int, land: Land, patrol: Patrol, of_town: Mapping[str, Mapping[str, Site]]) -> Patrol:
    rng = random.Random(f"{seed}/{patrol.county_id}/{patrol.number}/named")
    patrol = replace(patrol, entered_at=_entered(rng, patrol))
    if patrol.county_id == CITY:
        patrol = _of_unit(rng, land, patrol, of_town)
    near = list(of_town.get(patrol.grid_id, {}).values())
    if patrol.kind == "surprise":
        near = [site for site in near if _is_key_enterprise(site)] or near
    if land.places[patrol.grid_id].level < 3 or not near or rng.random() > (0.85 if patrol.county_id == CITY else 0.55):
        return patrol
    weights = [{"week": 12, "month": 4}.get(site.window, 1) + (2 if site.listing else 0) for site in near]
    named = _as_written(rng, land, rng.choices(near, weights)[0])
    return replace(patrol, sites=tuple(dict.fromkeys((named, *patrol.sites[1:]))))


def _of_unit(rng: random.Random, land: Land, patrol: Patrol, of_town: Mapping[str, Mapping[str, Site]]) -> Patrol:
    """A unit gives guidance, too, and surprises the key enterprises of the county it is in."""
    turned = {"follow_up": "guidance", "joint": "surprise"}.get(patrol.kind)
    if turned and rng.random() < 0.6:
        patrol = replace(patrol, kind=turned)
    county = land.county_grid(patrol.grid_id)
    towns = sorted(
        grid_id
        for grid_id, sites in of_town.items()
        if land.lies_in(grid_id, county) and any(map(_is_key_enterprise, sites.values()))
    )
    return replace(patrol, grid_id=rng.choice(towns)) if patrol.kind == "surprise" and towns else patrol


def _is_key_enterprise(site: Site) -> bool:
    return site.kind == "enterprise" and site.is_key is True


def _as_written(rng: random.Random, land: Land, site: Site) -> str:
    """Now and then not quite the name of the list."""
    if rng.random() > 0.08:
        return site.name
    town = land.places[site.grid_id].name
    return rng.choice((site.name.removeprefix(town), site.name.removesuffix("号"), f"{site.name}南厂区"))


def _entered(rng: random.Random, patrol: Patrol) -> Moment | None:
    """Mostly entered the same day, some days later, some without a time; never after the ledger was closed."""
    if patrol.started_at.is_day:
        return None
    hours = rng.uniform(0.2, 20) if rng.random() < 0.84 else rng.uniform(25, 120)
    if rng.random() < 0.01:
        hours = -5.0
    over = patrol.ended_at or patrol.started_at.at
    at = (over + timedelta(hours=hours)).replace(second=0, microsecond=0)
    return None if rng.random() < 0.04 or at > end_of(last_day(patrol.month)) else Moment(at)
