"""How grids rate themselves, knowing what they did: some honestly, some too high, some too strictly; and what the
computed figures must therefore say of each item."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import floor

from pipelines.demo.evaluations import UNKNOWN_ITEM, items_of
from pipelines.demo.facts import AS_OF, Plan
from pipelines.demo.facts_papers import Evaluation
from pipelines.demo.truth import Obligation, is_sent

# What the first items are measured by, of the metrics whose truth is planted.
MEASURED = {0: "patrol_coverage", 1: "rectification"}
LEAST = 10
# Counties of one mind: everybody honest, everybody five to nine of thirty points too high.
HONEST, GENEROUS = ("heshan", "city"), ("nanxian",)
MOODS = {"honest": (0, 0), "generous": (5, 9), "strict": (-4, -2)}

UNDATED_AT_MOST = 10  # percent of what was due or had no usable dates

_Done = Mapping[tuple[str, str, int], tuple[int, int]]


@dataclass(frozen=True)
class Gap:
    """What an item says and what is computed. state '' : nothing was due, or nobody can say; gap in 1/10000."""

    grid_id: str
    year: int
    item: str
    on_time: int | None
    whole: int | None
    state: str
    gap_per_10000: int | None


def rated(plan: Plan, duties: Iterable[Obligation], seed: int) -> Plan:
    """The plan with the points that each grid gives itself for what it knows."""
    done = _done(duties)
    evaluations = tuple(_rated(row, done, seed) for row in plan.papers.evaluations)
    return replace(plan, papers=replace(plan.papers, evaluations=evaluations))


def gaps(plan: Plan, duties: Iterable[Obligation]) -> Iterator[Gap]:
    """Of every item that came and is measured by planted metrics, by none, or is a mere receipt."""
    known = list(duties)
    done, dateless, silent = _done(known), _count(known, "no_deadline", "bad_dates"), _count(known, "unreported")
    for row in plan.papers.evaluations:
        if row.submitted_at.at > AS_OF or not any(
            is_sent(plan, row.county_id, month, "self_evaluation") for month in (row.told, row.retold) if month
        ):
            continue
        if not row.item or row.item == UNKNOWN_ITEM:
            state = "no_metric" if row.item else "receipt_only"
            yield Gap(row.grid_id, row.year, row.item, None, None, state, None)
        elif metric := _metric(row):
            key = (metric, row.grid_id, row.year)
            on_time, whole = done.get(key, (0, 0))
            state = _state(plan, row.year, whole, whole - silent[key], dateless[key])
            share = row.points / row.most - on_time / whole if whole else 0.0
            gap = floor(share * 10000 + 0.5) if state == "compared" else None
            yield Gap(row.grid_id, row.year, row.item, on_time, whole, state, gap)


def _state(plan: Plan, year: int, whole: int, due: int, dateless: int) -> str:
    if plan.months[0] > f"{year}-01" or AS_OF.year <= year:
        return "year_partial"
    if dateless * 100 > UNDATED_AT_MOST * (due + dateless):
        return "undated"
    return "" if whole == 0 else "small" if whole < LEAST else "compared"


def _rated(row: Evaluation, done: _Done, seed: int) -> Evaluation:
    metric = _metric(row)
    on_time, whole = done.get((metric, row.grid_id, row.year), (0, 0)) if metric else (0, 0)
    if not whole:
        return row
    rng = random.Random(f"{seed}/{row.grid_id}/{row.year}/rating")
    mood = "honest" if row.county_id in HONEST else "generous" if row.county_id in GENEROUS else rng.choice(list(MOODS))
    honest = floor(row.most * on_time / whole + 0.5)
    return replace(row, points=min(row.most, max(0, honest + rng.randint(*MOODS[mood]))))


def _metric(row: Evaluation) -> str:
    names = items_of(row.county_id)
    return MEASURED.get(names.index(row.item), "") if row.item in names else ""


def _count(duties: Iterable[Obligation], *states: str) -> Counter[tuple[str, str, int]]:
    return Counter((duty.metric_id, duty.grid_id, int(duty.period[:4])) for duty in duties if duty.state in states)


def _done(duties: Iterable[Obligation]) -> dict[tuple[str, str, int], tuple[int, int]]:
    """(metric, grid, year) → duties in time, and all that count; what was not reported counts against."""
    found: dict[tuple[str, str, int], tuple[int, int]] = {}
    for duty in duties:
        if duty.state in {"on_time", "late", "overdue", "unreported"}:
            key = (duty.metric_id, duty.grid_id, int(duty.period[:4]))
            on_time, whole = found.get(key, (0, 0))
            found[key] = (on_time + (duty.state == "on_time"), whole + 1)
    return found
