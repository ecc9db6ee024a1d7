"""Laws that hold for every metric, whatever the ledgers say: of sums, of time, and of how a ledger was sent.

The ledgers are drawn by chance (`tests/drawn.py`): problems told several times, visits, patrols, a roster.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from drawn import SENDINGS, Sending, draw, lay, moving
from house import House

AS_OF = "2026-12-20 09:00"
STATES = ("on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "void", "unreported")
DUTY = (
    "metric_id, obligation_id, grid_id, owner_level, county_id, subject_kind, subject_id, round, about_month, period,"
    " started_at, original_due_at, due_at, is_extended, met_at, state, person_at_start, person_at_due"
)
# a word of a contract → another of the same meaning
SYNONYMS = {
    "巡查发现": "自查发现", "信访投诉": "群众投诉", "12345热线": "市长热线", "上级交办": "交办", "环保督察": "督察反馈",
    "抽查发现": "上级抽查", "下级报告": "网格上报", "办结": "正常办结", "不合格": "未通过", "合格": "通过",
    "部分": "部分合格", "环境违法": "违法行为", "水": "水污染", "大气": "大气污染", "突击检查": "突击",
    "督查": "督导检查", "后督察": "回头看",
}  # fmt: skip


def told(house: House) -> dict[str, list[dict[str, Any]]]:
    """What a build says of duties, figures and indicators, but for the rows they rest on."""
    (extra,) = house.values("select count(*) from duckdb_tables() where table_name = 'indicator_value'")
    found = {
        "duties": house.rows(f"select {DUTY} from published.obligation order by all"),
        "values": house.rows("select * from published.metric_value order by all"),
        "unmeasurable": house.rows("select metric_id, grid_id, month from published.unmeasurable_grid order by all"),
    }
    if extra:
        found["indicators"] = house.rows("select * from published.indicator_value order by all")
        found["scores"] = house.rows("select * from published.score order by all")
    return found


def differing(one: dict[str, list[dict[str, Any]]], other: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The first rows that only one of them has."""
    found = []
    for table, rows in one.items():
        before, after = Counter(map(str, rows)), Counter(map(str, other[table]))
        found += [f"{table} before: {row}" for row in before - after]
        found += [f"{table} after: {row}" for row in after - before]
    return found[:10]


def shuffled(sending: Sending, chance: Random) -> list[Sending]:
    """The same rows in another order."""
    return [replace(sending, rows=chance.sample(sending.rows, len(sending.rows)))]


def split(sending: Sending, chance: Random) -> list[Sending]:
    """Two files that came at one moment instead of one; a book without numbers has no rows to tell apart by."""
    cut = chance.randint(1, len(sending.rows) - 1)
    return [replace(sending, rows=sending.rows[:cut]), replace(sending, rows=sending.rows[cut:])]


def twice(sending: Sending, chance: Random) -> list[Sending]:
    """Sent again at the same moment, where rows are known by their numbers."""
    return [sending, sending] if sending.table == "problem" else [sending]


def relabelled(sending: Sending, chance: Random) -> list[Sending]:
    """Other words of the same meaning in every row."""
    rows = [{name: SYNONYMS.get(text, text) for name, text in row.items()} for row in sending.rows]
    return [replace(sending, rows=rows)]


def rearranged(sendings: list[Sending], seed: int, *ways: Callable[[Sending, Random], list[Sending]]) -> list[Sending]:
    """All files sent in another way."""
    chance = Random(seed)
    for way in ways:
        sendings = [one for sending in sendings for one in way(sending, chance)]
    return sendings


def test_words_order_and_parts_of_a_ledger_move_nothing() -> None:
    before = told(lay(draw(1), AS_OF))
    after = told(lay(rearranged(draw(1), 1, relabelled, shuffled, twice, split), AS_OF))
    assert differing(before, after) == []
    assert len({row["state"] for row in before["duties"]}) == len(STATES)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4])
@pytest.mark.parametrize("way", [relabelled, shuffled, twice, split])
def test_each_way_by_itself_moves_nothing(way: Callable[[Sending, Random], list[Sending]], seed: int) -> None:
    before = told(lay(draw(seed), AS_OF))
    assert differing(before, told(lay(rearranged(draw(seed), seed, way), AS_OF))) == []


def sums(house: House) -> None:
    """States sum to obligations; every grid has its own duties and those of all that were below it on their day."""
    rows = house.rows("select * from published.metric_value where owner_level = 'all'")
    assert all(sum(row[state] for state in STATES) == row["obligations"] for row in rows)
    periods = house.rows("select grid_id, parent_id, valid_from from core.grid order by valid_from")
    counted: Counter[tuple[str, ...]] = Counter()
    for duty in house.rows("select * from published.obligation"):
        on = (duty["due_at"] or duty["started_at"]).date()
        at = duty["grid_id"]
        while at is not None:
            counted[duty["metric_id"], at, duty["period"], duty["state"]] += 1
            own = [one for one in periods if one["grid_id"] == at]
            at = ([one for one in own if one["valid_from"] <= on] or own[:1])[-1]["parent_id"]
    monthly = {(r["metric_id"], r["grid_id"], r["period"]): r for r in rows if r["period_kind"] == "month"}
    assert {key[:3] for key in counted} == set(monthly)
    for key, row in monthly.items():
        assert {state: row[state] for state in STATES} == {state: counted[*key, state] for state in STATES}
    yearly = {(r["metric_id"], r["grid_id"], r["period"]): r for r in rows if r["period_kind"] == "year"}
    for (metric_id, grid_id, year), row in yearly.items():
        parts = [r for (m, g, p), r in monthly.items() if (m, g, p[:4]) == (metric_id, grid_id, year)]
        assert all(row[state] == sum(part[state] for part in parts) for state in STATES)
    assert len(monthly) > 100


def test_roll_ups_are_the_sums_of_their_parts() -> None:
    sums(lay(draw(1), AS_OF))


def test_so_they_are_where_a_county_changed_its_unit_within_a_month() -> None:
    house = lay([*draw(1), moving()], AS_OF)
    sums(house)
    shares = house.values(
        "select obligations from published.metric_value where metric_id = 'rectification' and period_kind = 'month'"
        " and period = '2026-10' and owner_level = 'all' and grid_id in ('city', 'u1', 'u2', 'u3', 'u4')"
        " order by grid_id"
    )
    assert shares[0] == sum(shares[1:]) and min(shares[1:3]) > 10, "each duty stands with one unit, and once"


def states(sendings: list[Sending], as_of: str) -> dict[str, str]:
    """Duty → its state."""
    return {row["obligation_id"]: row["state"] for row in told(lay(sendings, as_of))["duties"]}


def passes(seed: int, moments: list[str]) -> None:
    """No duty once met in time is late at a later moment, or the other way, over the same files."""
    assert all(received < moments[0] for received, _ in SENDINGS)
    before: dict[str, str] = {}
    for moment in moments:
        now = states(draw(seed), moment)
        swapped = {
            key: (state, now[key])
            for key, state in before.items()
            if state in ("on_time", "late") and now.get(key) in ("on_time", "late") and now[key] != state
        }
        assert swapped == {}, moment
        before = now
    assert {"on_time", "late"} <= set(before.values())


def test_time_alone_turns_no_late_deed_punctual() -> None:
    passes(1, ["2026-12-10 09:00", "2027-03-01 09:00"])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_nor_does_it_in_many_ledgers(seed: int) -> None:
    passes(seed, ["2026-12-10 09:00", "2026-12-31 23:59", "2027-03-01 09:00"])
