"""Numbers as readers get them: beside the month before, with the facts and rows behind, within the scope."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from roots import build, write_small

from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.evidence import source_row
from pipelines.snapshot.indicators import facts, facts_of_row, indicators, values
from pipelines.trace import UnknownNameError, trace_figure, trace_row

CITY, ANHUA, NANXIAN = Scope(), Scope("anhua", see_names=False), Scope("nanxian")
MONTH = "2026-10"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    root: Path = tmp_path_factory.mktemp("indicators")
    write_small(root)
    build(root)
    snapshot = open_snapshot(root / "data" / "published")
    yield snapshot
    snapshot.close()


def test_every_number_is_what_its_facts_say_and_every_row_opens(small: Snapshot) -> None:
    found = values(small, CITY, "city", MONTH)
    assert list(found) == [indicator.metric_id for indicator in indicators(small)]
    told = {indicator_id for indicator_id, value in found.items() if value.n}
    assert {"open_overdue", "non_self_found_share", "findings_per_100_patrols", "effort_patrol_days"} <= told
    for indicator_id in told:
        behind = facts(small, CITY, indicator_id, "city", MONTH)
        counted = [fact.numerator for fact in behind if fact.numerator is not None]
        value = found[indicator_id]
        if counted:
            assert len(counted) == value.n
            assert value.numerator == (max if value.indicator.combine == "max" else sum)(counted)
        for fact in behind[:5]:
            for row_id in filter(None, (fact.row_id, fact.subject_row_id)):
                assert source_row(small, CITY, row_id).cells


def test_hours_open_each_patrol_of_the_month(small: Snapshot) -> None:
    found = facts(small, CITY, "effort_hours", "anhua", MONTH)
    assert found
    assert {(fact.subject_kind, fact.numerator) for fact in found} == {("patrol", None)}
    assert all(fact.row_id for fact in found)


def test_the_month_before_stands_beside(small: Snapshot) -> None:
    september = values(small, CITY, "anhua", "2026-09")["effort_patrol_days"]
    october = values(small, CITY, "anhua", MONTH)["effort_patrol_days"]
    assert september.value is not None
    assert (october.previous_month_value, october.previous_year_value) == (september.value, None)
    year = values(small, CITY, "anhua", "2026", "year")["effort_patrol_days"]
    assert year.numerator == september.numerator + october.numerator


def test_nothing_counted_is_nought_where_a_ledger_would_show_it_and_unknown_elsewhere(small: Snapshot) -> None:
    delivered, silent = (values(small, CITY, grid, MONTH)["enforcement_filed"] for grid in ("anhua", "taojiang"))
    assert silent.value is None
    assert silent.unmeasured == ("桃江县：该月所需台账未报送或各行全部退回",)
    assert (delivered.value is None) == bool(delivered.unmeasured)
    backchecks = values(small, CITY, "taojiang", MONTH)["backcheck_agreement"]
    assert (backchecks.value, backchecks.is_few) == (None, True)


def test_others_are_not_shown_and_names_are_covered(small: Snapshot) -> None:
    assert values(small, NANXIAN, "anhua", MONTH) == {}
    assert facts(small, NANXIAN, "open_overdue", "anhua", MONTH) == []
    assert {fact.county_name for fact in facts(small, NANXIAN, "findings_per_100_patrols", "city", MONTH)} == {"南县"}
    people = facts(small, ANHUA, "effort_inspectors", "anhua", MONTH)
    names = {row["name"] for row in small.ask_unscoped("select name from published.person")}
    open_to_all = facts(small, CITY, "effort_inspectors", "anhua", MONTH)
    assert {fact.subject_text for fact in open_to_all} & names
    shown = " ".join(f"{fact.subject_id} {fact.subject_text}" for fact in people)
    assert people and len(people) == len(open_to_all)
    assert [name for name in names if name in shown] == []


@pytest.mark.slow
def test_facts_are_told_in_the_unit_of_their_number(whole_demo: Snapshot) -> None:
    """Fines are counted in cents: the lines add up to the yuan above them, on every page and in `trace`."""
    months = whole_demo.ask_unscoped("select max(month) as month from published.indicator_row"
                                " where indicator_id = 'enforcement_fine'")  # fmt: skip
    month = months[0]["month"]
    number = values(whole_demo, CITY, "city", month)["enforcement_fine"]
    lines = facts(whole_demo, CITY, "enforcement_fine", "city", month)
    assert lines and number.value == sum(fact.amount or 0 for fact in lines) == number.indicator.amount(
        number.numerator
    )
    assert sum((fact.numerator or 0) for fact in lines) == 100 * number.value
    assert f"合计 {number.value:g}　" in "\n".join(trace_figure(whole_demo, "enforcement_fine", "city", month))


def test_trace_walks_a_number_and_a_row_back_to_it(small: Snapshot) -> None:
    lines = list(trace_figure(small, "open_overdue", "anhua", MONTH))
    n = values(small, CITY, "anhua", MONTH)["open_overdue"].n
    assert n > 0
    assert lines[0] == "超期未办结件数　安化县　2026-10"
    assert f"{n}（单位：件）　合计 {n}　明细 {n} 行" in lines
    assert sum(line.startswith("[") for line in lines) == n
    assert sum("来源 " in line for line in lines) >= n
    named = [next(iter(trace_figure(small, "open_overdue", name, MONTH))) for name in ("全市", "city")]
    assert named[0] == named[1]
    fact = facts(small, CITY, "open_overdue", "anhua", MONTH)[0]
    assert facts_of_row(small, CITY, fact.row_id)
    assert f"计入数值 超期未办结件数　{fact.grid_name}　2026-10：1" in list(trace_row(small, fact.row_id))


def test_trace_says_where_there_is_nothing_and_lists_what_it_knows(small: Snapshot) -> None:
    lines = list(trace_figure(small, "反弹率", "桃江县", MONTH))
    assert lines[2] == "没有可计的事实"
    assert any(line.startswith("不可测：桃江县") for line in lines)
    with pytest.raises(UnknownNameError, match="recurrence_rate（反弹率）"):
        trace_figure(small, "nothing", "anhua", MONTH)
