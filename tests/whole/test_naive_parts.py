"""The second computation by itself: its windows of time, and that every part of it yields duties and facts."""

from __future__ import annotations

from datetime import date

import pytest
from drawn import draw, lay
from naive.efforts import PatrolFacts
from naive.indicators import ProblemFacts
from naive.inputs import load
from naive.second import Second
from naive.values import STATES, indicator_values
from naive.windows import windows
from roots import SQL

from pipelines.demo.truth_rounds import PLANTED


@pytest.mark.parametrize(
    ("cycle", "names"),
    [
        ("week", ["2026-W40", "2026-W41"]),
        ("half_month", ["2026-10-H1"]),
        ("month", ["2026-10"]),
        ("quarter", ["2026-Q4"]),
        ("year", []),
    ],
)
def test_windows_begin_within_the_time_asked_about(cycle: str, names: list[str]) -> None:
    found = windows(cycle, date(2026, 9, 28) if cycle == "week" else date(2026, 10, 1), date(2026, 10, 11))
    assert [window.name for window in found] == names


def test_every_metric_that_is_owed_has_a_part() -> None:
    """None rests on the models alone: the demo plants a truth of a few (`pipelines/demo/truth_rounds.PLANTED`)."""
    second = Second(load(lay(draw(1), "2027-01-05 09:00").con, SQL), SQL)
    owed = {name for name, metric in second.inputs.metrics.items() if metric["kind"] == "obligation"}
    assert {name for names in second.parts() for name in names.split()} == owed
    assert set(PLANTED) <= owed


def test_every_part_yields_duties_of_its_own_and_known_states() -> None:
    """Also those of which the catalogue knows nothing yet."""
    inputs = load(lay(draw(1), "2027-01-05 09:00").con, SQL)
    second = Second(inputs, SQL)
    for names in second.parts():
        for name in names.split():
            inputs.metrics.setdefault(name, {"id": name, "level": "1,2,3", "kind": "obligation"})
    rule = {"value": 24, "day_kind": "hour", "valid_from": date(2021, 5, 7)}
    levels = [{**rule, "metric": "patrol_frequency", "limit_class": f"level{n}", "value": n} for n in (1, 2, 3)]
    inputs.limits = [*inputs.limits, {**rule, "metric": "patrol_entry"}, *levels]
    duties = second.duties()
    assert len({duty.obligation_id for duty in duties}) == len(duties)
    assert {duty.state for duty in duties} <= set(STATES)
    named = {duty.metric_id for duty in duties}
    assert {"patrol_frequency", "patrol_entry", "post_filled", "key_site_visit", "upper_guidance", "feedback"} <= named
    days = [d for d in duties if d.metric_id == "patrol_frequency" and d.grid_id == "anhua" and d.period == "2026-10"]
    assert [duty.obligation_id[-1] for duty in days] == ["1", "2"]


def test_facts_are_carried_up_to_the_city_and_combined() -> None:
    second = Second(load(lay(draw(1), "2026-12-20 09:00").con, SQL), SQL)
    facts = [*ProblemFacts(second.problems, second.patrols).facts(second.rectification.duties())]
    facts += PatrolFacts(second.patrols).facts()
    listed = {fact[0]: {"combine": "share" if fact[5] else "sum"} for fact in facts}
    values = indicator_values(facts, listed, second.grids, second.deliveries.months)
    shares = [fact for fact in facts if fact[0] == "non_self_found_share"]
    city = values["non_self_found_share", "city", "year", "2026"]
    assert (city["numerator"], city["denominator"]) == (sum(fact[4] for fact in shares), len(shares))
    assert 0 < city["value"] < 1
    patrols = values["findings_per_100_patrols", "city", "year", "2026"]
    assert patrols["denominator"] == len(second.patrols.all)
