"""The yearly self-evaluations: who sent them when, where points were missing, and what became of the measures."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts_papers import Evaluation
from pipelines.demo.moments import Moment, whole_day
from pipelines.demo.places import CITY, UNITS, Land

YEARS = (2024, 2025)
# One county evaluates itself late, one sends reports without items, one never sends anything.
LATE, ONLY_RECEIPTS, NEVER = "yuanjiang", "gaoxin", "datonghu"
ITEMS = (
    ("巡查覆盖率", 30),
    ("按期整改率", 30),
    ("问题登记及时率", 15),
    ("复查（后督察）及时率", 15),
    ("五定落实率", 10),
)
# Items are named by each county itself; one asks for something that nobody measures.
UNKNOWN_ITEM = "宣传教育"
OWN_NAMES = {
    "taojiang": ("1、巡查覆盖", "2、问题整改", "3、登记备案", "4、后续督察", "5、五定机制"),
    "ziyang": ("巡查覆盖率", "按期整改率", "问题登记及时率", "复查（后督察）及时率", UNKNOWN_ITEM),
}
SHORTFALLS = (
    ("个别月份巡查次数不足", "人手少，汛期任务重", "按月排班并逐周核对"),
    ("部分问题超期整改", "督促不够", "到期前三日提醒责任单位"),
    ("登记不及时", "台账由一人兼管", "当日登记，专人复核"),
    ("复查偏晚", "复查与巡查未统筹", "整改完成后十日内安排复查"),
)


def plan_evaluations(
    seed: int, land: Land, chiefs: Mapping[str, str], counties: Sequence[str]
) -> tuple[Evaluation, ...]:
    """Every item of every year. chiefs: the responsible person of each grid."""
    return tuple(
        row
        for county_id in counties
        if county_id != NEVER
        for year in YEARS
        for grid_id in _grids(land, county_id)
        for row in _of_grid(seed, county_id, grid_id, year, chiefs.get(grid_id, "示例责任人"))
    )


def _grids(land: Land, county_id: str) -> Sequence[str]:
    return UNITS if county_id == CITY else (county_id, *(town.grid_id for town in land.towns(county_id)))


def _of_grid(seed: int, county_id: str, grid_id: str, year: int, chief: str) -> Iterable[Evaluation]:
    rng = random.Random(f"{seed}/{grid_id}/{year}/evaluation")
    if rng.random() < 0.04:
        return  # never sent
    sent = _sent(rng, county_id, year)
    row = Evaluation(
        county_id=county_id,
        told=sent.at.strftime("%Y-%m"),
        grid_id=grid_id,
        year=year,
        item="",
        most=0,
        points=0,
        submitted_at=sent,
        document_no=f"{COUNTIES[county_id].short}自评〔{year + 1}〕{rng.randint(1, 60)}号",
    )
    if county_id == ONLY_RECEIPTS:
        yield row
        return
    for item, (_, most) in zip(items_of(county_id), ITEMS, strict=True):
        lost = rng.choice((0, 0, 0, 1, 2, 4))
        yield _with_shortfall(rng, replace(row, item=item, most=most, points=most - lost), chief, lost)


def items_of(county_id: str) -> tuple[str, ...]:
    """The items as a county names them, in the order of ITEMS."""
    return OWN_NAMES.get(county_id, tuple(name for name, _ in ITEMS))


def _sent(rng: random.Random, county_id: str, year: int) -> Moment:
    """In January, now and then some days too late; by one county in February and March."""
    first = date(year + 1, 1, 5)
    day = first + timedelta(days=rng.randint(36, 62) if county_id == LATE else rng.randint(0, 26))
    if rng.random() < 0.05:
        day = date(year + 1, 2, rng.randint(1, 20))
    county = COUNTIES[county_id]
    return whole_day(day) if county.is_daily else Moment(datetime.combine(day, time(rng.randint(9, 17), 20)))


def _with_shortfall(rng: random.Random, row: Evaluation, chief: str, lost: int) -> Evaluation:
    """What fell short, mostly with a measure, somebody and a date; a measure is carried out in time, late or not."""
    if lost < 2:
        return row
    shortfall, cause, improvement = rng.choice(SHORTFALLS)
    row = replace(row, shortfall=shortfall, cause=cause if rng.random() < 0.8 else "")
    if rng.random() < 0.18:
        return row
    due = date(row.year + 1, 6, 30) if rng.random() < 0.5 else row.submitted_at.day + timedelta(days=90)
    row = replace(
        row,
        improvement=improvement,
        owner=chief if rng.random() < 0.9 else "",
        due=due if rng.random() < 0.9 else None,
    )
    outcome = rng.choices(("on_time", "late", "open"), (60, 18, 22))[0]
    if outcome == "open":
        return row
    span = (due - row.submitted_at.day).days
    done = row.submitted_at.day + timedelta(days=rng.randint(20, span))
    if outcome == "late":
        done = due + timedelta(days=rng.randint(3, 45))
    return replace(row, done_on=done, retold=f"{row.year + 1}-{9 if done.month > 6 else 7:02d}")


def told_in(rows: Iterable[Evaluation], county_id: str, month: str) -> list[Evaluation]:
    """The rows a county sends in a month: first without, later with the day on which a measure was carried out."""
    mine = [row for row in rows if row.county_id == county_id]
    first = [replace(row, done_on=None) for row in mine if row.told == month]
    return first + [row for row in mine if row.retold == month and row.done_on is not None]
