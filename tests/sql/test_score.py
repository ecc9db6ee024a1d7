"""Scores: points against goals, the assessable weight, findings no mean can hide, silence that never pays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from house import RULES, House, patrol, person, problem
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import engine
from pipelines.points import score as score_points

MODELS = {model.name: model for model in RULES.models}
STATES = ("on_time", "late", "overdue", "unreported")
LEVEL3 = next(card for card in RULES.catalogue.scorecard.cards if card.level == 3)
PLACES = [weight.metric for weight in LEVEL3.weights]
WEIGHTS = {weight.metric: weight.weight for weight in LEVEL3.weights}
TOWNS = ("g430923209", "g430923113", "g430923114", "g430923111", "g430923105")


class Bench:
    """The card of level 3 over sums laid in by hand: grid → metric → (on time, late, overdue, unreported, undated)."""

    def __init__(self) -> None:
        self.house = House()
        self.house.build().rows("select 1 from published.score limit 1")
        self.house.is_lent = True
        self.con = self.house.warehouse.con
        # Every month can be seen, but for what a test says.
        self.con.execute("delete from core.measurable")

    def blinded(self, metric: str, *months: str) -> None:
        """The county's ledger lacks a column of the metric in these months."""
        self.con.execute("delete from core.measurable")
        for month in months:
            self.con.execute(
                "insert into core.measurable by name select ? as metric_id, 'anhua' as county_id, ? as month,"
                " 'no' as measurable, '缺列' as reason_zh, true as is_delivered",
                [metric, month],
            )

    def scored(self, sums: dict[str, dict[str, tuple[int, ...]]]) -> dict[str, dict[str, Any]]:
        """Grid → its score of the month."""
        self.con.execute("delete from points.metric_sum")
        for grid_id, metrics in sums.items():
            for metric_id, counts in metrics.items():
                on_time, late, overdue, unreported, undated = (*counts, 0, 0, 0, 0)[:5]
                self.con.execute(
                    "insert into points.metric_sum by name select ? as metric_id, ? as grid_id, '3' as owner_level,"
                    " 'month' as period_kind, '2026-11' as period, ? as on_time, ? as late, ? as overdue,"
                    " ? as unreported, ? as no_deadline, 0 as bad_dates, 0 as pending, 0 as void",
                    [metric_id, grid_id, on_time, late, overdue, unreported, undated],
                )
        engine.build_table(self.con, "published.score_part", MODELS["published.score_part"].sql)
        engine.build_computed(self.con, "points.score", MODELS["points.score"].sql, score_points.compute)
        return {
            row["grid_id"]: row
            for row in self.rows("select * from points.score where level = 3 and period_kind = 'month'")
        }

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of a query."""
        cursor = self.con.execute(query)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


def part_of(bench: Bench, metric: str) -> dict[str, Any]:
    """The first township's line of a metric, this month."""
    where = f"grid_id = '{TOWNS[0]}' and metric_id = '{metric}' and period_kind = 'month' and period = '2026-11'"
    return bench.rows(f"select * from published.score_part where {where}")[0]


def one(bench: Bench, **metrics: tuple[int, ...]) -> dict[str, Any]:
    return bench.scored({TOWNS[0]: metrics})[TOWNS[0]]


counts = st.tuples(*[st.integers(0, 12)] * 4)
cards = st.dictionaries(st.sampled_from(PLACES), counts, min_size=1)


@settings(max_examples=12, deadline=None)
@given(cards, st.sampled_from(PLACES))
def test_score_is_points_over_assessable_and_nobody_gains_by_doing_less_or_saying_less(
    bench: Bench, owed: dict[str, tuple[int, int, int, int]], metric: str
) -> None:
    own = owed.get(metric, (0, 0, 0, 0))
    done_more = owed | {metric: (own[0] + 1, *own[1:])}
    done_at_all = owed | {metric: (own[0] + 1, own[1], own[2] - 1, own[3])} if own[2] else done_more
    silent = owed | {metric: (*own[:2], 0, own[3] + own[2])}
    mute = owed | {metric: (0, 0, 0, sum(own))}
    found = bench.scored(dict(zip(TOWNS, (owed, done_more, done_at_all, silent, mute), strict=True)))
    mine, *others = (found[town] for town in TOWNS)
    if mine["score"] is not None:
        assert others[0]["score"] >= mine["score"] - 1e-9
        assert others[1]["score"] >= mine["score"] - 1e-9
        assert others[2]["score"] == pytest.approx(mine["score"])
        assert others[3]["score"] <= mine["score"] + 1e-9
        assert others[3]["assessable"] == mine["assessable"]
        assert 0 <= mine["geometric"] <= mine["score"] <= 100
    parts = bench.rows(f"select * from published.score_part where grid_id = '{TOWNS[0]}' and points is not null")
    assert mine["assessable"] == pytest.approx(sum(row["assessed"] for row in parts))
    assert mine["counted"] == sum(sum(counted) for counted in owed.values())
    if parts:
        whole = sum(row["points"] for row in parts) * 100 / sum(row["assessed"] for row in parts)
        assert mine["score"] == pytest.approx(whole)


def test_a_point_is_earned_between_floor_and_goal(bench: Bench) -> None:
    found = one(bench, patrol_coverage=(1,), patrol_frequency=(31, 9), rectification=(6, 4), feedback=(19, 1))
    points = {
        row["metric_id"]: row["points"]
        for row in bench.rows(f"select * from published.score_part where grid_id = '{TOWNS[0]}' and state = 'scored'")
    }
    # (0.775 - 0.6) / (0.95 - 0.6) is one half of 15; 0.6 is the floor, 0.95 the goal.
    assert points == pytest.approx({"patrol_coverage": 20, "patrol_frequency": 7.5, "rectification": 0, "feedback": 4})
    assert (found["assessable"], found["counted"], found["missed"]) == (54, 71, 14)
    assert found["score"] == pytest.approx(100 * 31.5 / 54)


def test_no_mean_hides_a_group_that_failed(bench: Bench) -> None:
    fine = dict.fromkeys(PLACES, (20,))
    assert one(bench, **fine)["finding"] == "attained"
    terrible = one(bench, **(fine | {"feedback": (0, 0, 20), "petition_closure": (0, 20)}))
    assert terrible["score"] == pytest.approx(92)
    assert terrible["geometric"] == 0
    assert terrible["finding"] == "failed"
    assert "信访反馈得分率 0%，没有按期 40 件" in terrible["finding_zh"]


def test_a_failed_metric_inside_a_good_group_is_no_attainment(bench: Bench) -> None:
    fine = dict.fromkeys(PLACES, (20,))
    found = one(bench, **(fine | {"escalation": (14, 6), "problem_registration": (400,)}))
    assert found["finding"] == "watch"
    assert "超出本级权限问题上报移送及时率 14/20" in found["finding_zh"]


def test_a_duty_ignored_over_and_over_fails_a_grid_whatever_else_it_does(bench: Bench) -> None:
    fine = dict.fromkeys(PLACES, (20,))
    found = one(bench, **(fine | {"violation_report": (0, 0, 50)}))
    assert (found["finding"], found["score"]) == ("failed", pytest.approx(95))
    assert "0/50" in found["finding_zh"]
    assert one(bench, **(fine | {"violation_report": (5, 0, 5)}))["finding"] == "failed"
    assert one(bench, **(fine | {"violation_report": (6, 0, 4)}))["finding"] == "watch"
    assert one(bench, **(fine | {"violation_report": (0, 0, 9)}))["finding"] == "watch"


def test_one_duty_alone_does_not_fail_a_grid_and_two_do(bench: Bench) -> None:
    fine = {"patrol_coverage": (1,), "patrol_frequency": (4,)}
    assert one(bench, **fine, rectification=(0, 1))["finding"] == "watch"
    assert one(bench, **fine, rectification=(0, 2))["finding"] == "failed"
    assert one(bench, patrol_coverage=(0, 0, 1), patrol_frequency=(0, 0, 4))["finding"] == "failed"


def test_little_weight_gives_no_finding_and_no_rank(bench: Bench) -> None:
    owed = {"rectification": (0, 30), "assigned_problem": (0, 9)}
    found = bench.scored({TOWNS[0]: owed, TOWNS[1]: owed | {"patrol_coverage": (1,)}, TOWNS[2]: {}})
    assert (found[TOWNS[0]]["finding"], found[TOWNS[0]]["assessable"]) == ("insufficient", 22)
    assert found[TOWNS[1]]["finding"] == "failed"
    assert found[TOWNS[2]]["score"] is None and found[TOWNS[2]]["finding"] == "insufficient"
    assert {row["compared"] for row in found.values()} == {1}
    assert {row["rank_low"] for row in found.values()} == {None}


def test_dates_left_out_are_no_attainment(bench: Bench) -> None:
    fine = dict.fromkeys(PLACES, (20,))
    assert one(bench, **(fine | {"rectification": (20, 0, 0, 0, 2)}))["finding"] == "attained"
    assert one(bench, **(fine | {"rectification": (20, 0, 0, 0, 3)}))["finding"] == "watch"
    # One closed problem and sixty without a deadline: nothing got, no place; what was not done is not hidden by it.
    some = {"patrol_coverage": (1,), "patrol_frequency": (20,), "rectification": (17, 3)}
    found = bench.scored({TOWNS[0]: some | {"rectification": (1, 0, 0, 0, 60)}, TOWNS[1]: some, TOWNS[2]: some})
    line = part_of(bench, "rectification")
    assert (line["state"], line["points"], line["assessed"], line["unseen"]) == ("undated", None, 0, 15)
    mine = found[TOWNS[0]]
    assert (mine["finding"], mine["rank_low"], mine["compared"]) == ("watch", None, 2)
    assert (mine["assessable"], mine["unseen"], mine["counted"]) == (35, 15, 21)
    assert one(bench, **(some | {"rectification": (1, 0, 9, 0, 60)}))["finding"] == "failed"
    assert part_of(bench, "rectification")["assessed"] == 15
    assert one(bench, patrol_coverage=(1,), patrol_frequency=(4,), rectification=(0, 0, 0, 0, 1))["finding"] == "watch"


def test_a_duty_seen_by_chance_earns_nothing_where_the_month_cannot_be_seen_and_its_loss_stands(bench: Bench) -> None:
    some = {"patrol_coverage": (1,), "patrol_frequency": (20,)}
    whole = one(bench, **some, rectification=(20,))
    try:
        bench.blinded("rectification", "2026-11")
        found = one(bench, **some, rectification=(1,))
        line = part_of(bench, "rectification")
        assert (line["state"], line["points"], line["unseen"]) == ("not_measurable", None, 15)
        assert (line["numerator"], line["denominator"]) == (1, 1)
        assert (found["assessable"], found["unseen"], found["counted"]) == (35, 15, 21)
        assert found["score"] <= whole["score"]
        # Two known misses of who knows how many: the points are lost, but a group is not failed by what is unknown.
        found = one(bench, **some, rectification=(0, 2))
        line = part_of(bench, "rectification")
        assert (line["state"], line["points"], line["assessed"], line["unseen"]) == ("scored", 0, 15, 15)
        assert (found["finding"], found["missed"]) == ("watch", 2)
        assert found["score"] == pytest.approx(70)
        assert one(bench, **some, rectification=(0, 0, 10))["finding"] == "failed"
        # 15 of 20 earns 3/7 of the points, none of which can be seen; the other 4/7 are lost.
        one(bench, **some, rectification=(15, 5))
        line = part_of(bench, "rectification")
        assert (line["points"], line["assessed"]) == (0, pytest.approx(15 * 4 / 7))
    finally:
        bench.blinded("rectification")


def test_blind_months_of_a_year_weigh_as_many_as_they_are(bench: Bench) -> None:
    months = bench.rows("select month from core.month where month like '2026-%' order by month")
    named = [row["month"] for row in months]
    try:
        bench.blinded("rectification", *named[1:])
        one(bench, rectification=(1,))
        query = f"select * from published.score_part where grid_id = '{TOWNS[0]}' and metric_id = 'rectification'"
        year = bench.rows(f"{query} and period_kind = 'year' and period = '2026'")[0]
        assert (year["months"], year["blind_months"]) == (len(named), len(named) - 1)
        assert year["unseen"] == pytest.approx(15 * (len(named) - 1) / len(named))
    finally:
        bench.blinded("rectification")


@settings(max_examples=10, deadline=None)
@given(cards, st.sampled_from(PLACES), st.integers(0, 12))
def test_leaving_a_column_out_never_beats_delivering_all_on_time(
    bench: Bench, owed: dict[str, tuple[int, int, int, int]], metric: str, hidden: int
) -> None:
    own = owed.get(metric, (0, 0, 0, 0))
    whole = one(bench, **(owed | {metric: (own[0] + hidden, *own[1:])}))
    try:
        bench.blinded(metric, "2026-11")
        found = one(bench, **(owed | {metric: own}))
    finally:
        bench.blinded(metric)
    if found["score"] is not None:
        if whole["score"] is not None:
            assert found["score"] <= whole["score"] + 1e-9
        assert found["geometric"] <= found["score"] + 1e-9
    assert found["unseen"] == WEIGHTS[metric]


def test_places_are_sure_where_records_are_long_and_far_apart_alone(bench: Bench) -> None:
    good, bad = dict.fromkeys(PLACES, (190, 10)), dict.fromkeys(PLACES, (130, 70))
    middling = dict.fromkeys(PLACES, (160, 40))
    found = bench.scored({TOWNS[0]: middling, TOWNS[1]: good, TOWNS[2]: bad})
    places = [(found[town]["rank_low"], found[town]["rank_high"], found[town]["compared"]) for town in TOWNS[:3]]
    assert places == [(2, 2, 3), (1, 1, 3), (3, 3, 3)]
    short = {
        town: {"patrol_coverage": (1,), "patrol_frequency": (9, late)}
        for town, late in zip(TOWNS[:3], (0, 1, 2), strict=True)
    }
    assert {(row["rank_low"], row["rank_high"]) for row in bench.scored(short).values() if row["rank_low"]} == {(1, 3)}
    few = bench.scored({town: {"patrol_coverage": (1,), "patrol_frequency": (8,)} for town in TOWNS[:3]})
    assert few[TOWNS[0]]["finding"] == "attained" and few[TOWNS[0]]["rank_low"] is None


def test_rows_in_any_order_give_the_same_scores(bench: Bench) -> None:
    one(bench, patrol_coverage=(1,), rectification=(3, 1))
    rows = bench.con.sql(MODELS["points.score"].sql).to_arrow_table()
    turned = rows.take(list(range(rows.num_rows))[::-1])
    assert score_points.compute(rows).equals(score_points.compute(turned))
    assert score_points.compute(rows.slice(0, 0)).num_rows == 0


def ledgers(house: House) -> House:
    house.ledger("person", [person("示例甲", "田庄乡"), person("示例乙", "安化县")], month="2026-09")
    for month in ("2026-09", "2026-10"):
        house.ledger("patrol", [patrol(f"{month}-1", "田庄乡", f"{month}-08", "示例甲、示例乙")], month=month)
    late = problem("A", "2026-09-01", "2026-09-20", rectified_at="2026-09-25", duty_grid="田庄乡")
    house.ledger("problem", [late], month="2026-09")
    return house.build()


def part(house: House, grid: str, metric: str, period: str = "2026-10", kind: str = "month") -> dict[str, Any]:
    return house.one(
        f"select * from published.score_part where grid_id = '{grid}' and metric_id = '{metric}'"
        f" and period = '{period}' and period_kind = '{kind}'"
    )


@pytest.fixture(scope="module")
def house() -> House:
    return ledgers(House())


def test_a_grid_is_scored_by_its_own_duties_and_told_what_was_left_out(house: House) -> None:
    # What townships failed to do is on no county's card.
    assert part(house, "anhua", "rectification", "2026-09")["state"] == "not_due"
    assert part(house, TOWNS[0], "rectification", "2026-09")["denominator"] == 1
    # The problem ledger of October never came: the county bears it, and the township is not called free of duties.
    assert (part(house, "anhua", "rectification")["unreported"], part(house, "anhua", "rectification")["points"]) == (
        1,
        0,
    )
    hidden = part(house, TOWNS[0], "rectification")
    assert (hidden["state"], hidden["reason_zh"]) == ("not_measurable", "所需台账未报送，看不出有没有应办的")
    lacking = part(house, TOWNS[0], "first_response", "2026-09")
    assert (lacking["state"], lacking["reason_zh"]) == ("not_measurable", "该县台账无“到场时间”列，本指标不可测")
    year = part(house, TOWNS[0], "first_response", "2026", "year")
    assert year["reason_zh"].startswith("2 个月判断不了，如：")


def test_a_new_card_from_a_day_on_changes_nothing_before_it(house: House) -> None:
    held = RULES.catalogue.scorecard
    cards = []
    for card in held.cards:
        if card.level != 3:
            cards.append(card)
            continue
        changed = {"patrol_coverage": 10, "rectification": 25}
        weights = tuple(replace(w, weight=changed.get(w.metric, w.weight)) for w in card.weights)
        cards.append(replace(card, valid_to=date(2026, 9, 30)))
        cards.append(replace(card, texts={**card.texts, "version": "2"}, weights=weights, valid_from=date(2026, 10, 1)))
    catalogue = replace(RULES.catalogue, scorecard=replace(held, cards=tuple(cards)))
    table = "select * from published.{} where period <= '2026-09' and period_kind <> 'year' order by all"
    after = ledgers(House(catalogue=catalogue))
    for name in ("score", "score_part"):
        assert after.rows(table.format(name)) == house.rows(table.format(name))
    assert [part(after, TOWNS[0], "patrol_coverage", p)["weight"] for p in ("2026-09", "2026-10")] == [20, 10]
    assert part(after, TOWNS[0], "patrol_coverage", "2026", "year")["version"] == "2"
    assert part(after, "anhua", "patrol_coverage")["version"] == "1"


def test_what_a_unit_or_county_leaves_out_is_no_attainment_and_no_blame_to_a_township(house: House) -> None:
    month = "period = '2026-09' and period_kind = 'month'"
    own = {row["grid_id"]: row for row in house.rows(f"select * from published.score where {month}")}
    for grid_id in ("anhua", TOWNS[0]):
        unseen = house.values(
            f"select cast(sum(weight) as bigint) from published.score_part where {month}"
            f" and grid_id = '{grid_id}' and state = 'not_measurable'"
        )
        assert unseen == [own[grid_id]["unseen"]]
        assert unseen[0] > 10
    lines = house.warehouse.con.sql(MODELS["points.score"].sql).to_arrow_table().to_pandas()
    perfect = lines[
        (lines.period == "2026-09") & (lines.period_kind == "month") & lines.grid_id.isin(["anhua", TOWNS[0]])
    ]
    seen = perfect[perfect.unseen == 0].index
    perfect.loc[seen, ["numerator", "denominator"]] = 30
    perfect.loc[seen, ["points", "assessed"]] = perfect.loc[seen, "weight"].astype(float)
    perfect.loc[seen, "share"] = 1.0
    found = score_points.compute(pa.Table.from_pandas(perfect, preserve_index=False)).to_pylist()
    assert {row["grid_id"]: row["finding"] for row in found} == {"anhua": "watch", TOWNS[0]: "attained"}
    assert next(row["finding_zh"] for row in found if row["level"] == 2).startswith(
        f"有 {own['anhua']['unseen']:.0f} 分不可测"
    )
