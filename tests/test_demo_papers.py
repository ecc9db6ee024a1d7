"""What the demo tells beyond patrols and rectification: every column somewhere, each sender in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from roots import SQL

from pipelines.demo.cells import Line
from pipelines.demo.counties import COUNTIES
from pipelines.demo.deliveries import NOT_SENT
from pipelines.demo.facts import Delivery, Plan, Problem
from pipelines.demo.facts_handling import Case, Handling, Retold
from pipelines.demo.headers import columns_of
from pipelines.demo.known import as_known
from pipelines.demo.moments import Moment
from pipelines.demo.packets import LINES
from pipelines.demo.places import load_land
from pipelines.demo.plan import MONTHS, SEED, make_plan

HANDLING = (
    *("registered_at", "first_action_at", "received_at", "accepted_at", "replied_at", "assigned_at"),
    *("document_no", "document_issued_at", "nature", "beyond_authority", "escalated_at", "referred_at"),
    *("referred_to", "needs_filing", "filed_at", "decided_at", "penalty_no", "fine_amount", "measures"),
    *("feedback_due", "feedback_at", "feedback_direction", "must_disclose", "disclosed_at", "listing"),
    *("assignment_no", "petition_no", "handler", "reinspector", "supervisor_grid", "cleared_at"),
    *("verified_at", "progress"),
)
SENDERS = {
    "site": {"anhua", "taojiang", "ziyang", "yuanjiang", "nanxian", "heshan", "gaoxin"},
    "self_evaluation": {"anhua", "taojiang", "ziyang", "yuanjiang", "nanxian", "heshan", "gaoxin", "city"},
    "backcheck": {"anhua", "heshan", "city"},
    "patrol_plan": {"anhua", "taojiang", "heshan", "city"},
    "grid_record": {"anhua", "taojiang", "nanxian", "heshan"},
    "accountability": {"nanxian", "ziyang", "city"},
    "monthly_summary": {"anhua", "taojiang", "yuanjiang", "nanxian", "heshan"},
    "grid": {"taojiang", "city"},
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_land(SQL), SEED, MONTHS, None)


def sent(plan: Plan, table: str) -> Iterator[tuple[Delivery, Line, set[str]]]:
    """Every row of a table, and the cells for which its ledger has a column."""
    for delivery in plan.deliveries.values():
        county = COUNTIES[delivery.county_id]
        lines = LINES[table](plan, delivery) if table in delivery.tables else []
        columns = (
            {cell for _, cell in columns_of(county.style, table, county.lacking(delivery.month))} if lines else set()
        )
        yield from ((delivery, line, columns) for line in lines)


def test_every_column_of_the_handling_is_filled_somewhere_and_empty_somewhere(plan: Plan) -> None:
    filled: Counter[str] = Counter()
    rows = 0
    for _, line, columns in sent(plan, "problem"):
        rows += 1
        filled.update(cell for cell in HANDLING if cell in columns and line.cell(cell) is not None)
    assert {cell for cell in HANDLING if not filled[cell]} == set()
    assert {cell for cell in HANDLING if filled[cell] == rows} == set()


@pytest.mark.parametrize("table", SENDERS)
def test_each_table_comes_from_its_senders_and_every_column_is_filled(plan: Plan, table: str) -> None:
    rows = list(sent(plan, table))
    assert {delivery.county_id for delivery, _, _ in rows} == SENDERS[table]
    asked = set().union(*(columns for _, _, columns in rows)) - {"#", "is_key_area", "valid_to"}
    assert {cell for cell in asked if all(line.cell(cell) is None for _, line, _ in rows)} == set()


def test_self_evaluations_come_in_time_late_without_items_or_never(plan: Plan) -> None:
    late: dict[str, list[bool]] = {}
    for row in plan.papers.evaluations:
        late.setdefault(row.county_id, []).append(row.submitted_at.day > date(row.year + 1, 1, 31))
    assert "datonghu" not in late and all(late["yuanjiang"])
    assert all(0 < 10 * sum(late[c]) < 3 * len(late[c]) for c in ("anhua", "heshan", "taojiang"))
    assert {bool(row.item) for row in plan.papers.evaluations if row.county_id == "gaoxin"} == {False}
    lacking = [row for row in plan.papers.evaluations if row.shortfall]
    assert {bool(row.improvement) for row in lacking} == {True, False}
    done = [row for row in lacking if row.done_on and row.due]
    assert {row.done_on > row.due for row in done if row.done_on and row.due} == {True, False}


def test_a_measure_is_told_as_done_only_later(plan: Plan) -> None:
    told: dict[str, list[tuple[str, bool]]] = {}
    for delivery, line, _ in sent(plan, "self_evaluation"):
        told.setdefault(f"{delivery.county_id}/{line.key}", []).append(
            (delivery.month, line.cell("improvement_done_at") is not None)
        )
    twice = [versions for versions in told.values() if len(versions) > 1]
    assert len(twice) > 100
    assert {tuple(is_done for _, is_done in sorted(versions)) for versions in twice} == {(False, True)}


def test_patrols_name_listed_sites_mostly_in_the_words_of_the_list(plan: Plan) -> None:
    names = {site.name for site in plan.papers.sites}
    named = Counter(site for patrol in plan.patrols for site in patrol.sites)
    exact = sum(count for site, count in named.items() if site in names)
    nearly = sum(count for site, count in named.items() if site.endswith("南厂区"))
    assert exact > 3000 and 50 < nearly < exact / 10
    weekly = {site.name for site in plan.papers.sites if site.window == "week"}
    assert all(named[name] > 20 for name in weekly)
    key = {site.name for site in plan.papers.sites if site.kind == "enterprise" and site.is_key}
    surprised = {
        (plan.land.places[plan.land.county_grid(p.grid_id)].parent_id, p.month)
        for p in plan.patrols
        if p.county_id == "city" and p.kind == "surprise" and key & set(p.sites)
    }
    assert 50 < len(surprised) < 96, "most units most months, not all"


def test_units_follow_up_what_is_listed_in_most_months(plan: Plan) -> None:
    assert {visit.kind for visit in plan.papers.follow_ups} == {"supervise", "urge"}, "none opens a round"
    assert {bool(visit.number) for visit in plan.papers.follow_ups} == {True, False}
    problems = {problem.number: problem for problem in plan.problems}
    for visit in plan.papers.follow_ups:
        if visit.number:
            problem = problems[visit.number]
            assert problem.handling.listed_at and problem.handling.listed_at.day < visit.done_at.day
            assert plan.land.lies_in(problem.grid_id, visit.by_grid)
    assert NOT_SENT["city", "2025-08"] == {"patrol"}
    assert any((p.county_id, p.month) == ("city", "2025-08") for p in plan.patrols), "they went; nobody sent it"


def test_everybody_in_these_papers_is_invented(plan: Plan) -> None:
    names = [problem.handling.handler for problem in plan.problems if problem.handling.handler]
    names += [visit.checker for visit in plan.papers.follow_ups] + [one.person for one in plan.papers.decisions]
    names += [one.checker for one in plan.papers.backchecks]
    names += [row.owner for row in plan.papers.evaluations if row.owner]
    assert len(names) > 1500
    assert [name for name in names if "示例" not in name] == []


def test_troubles_come_back_and_complaints_follow_an_all_clear(plan: Plan) -> None:
    back = complained = 0
    clear = [p for p in plan.patrols if p.findings == 0]
    for problem in plan.problems:
        if problem.source not in {"petition", "hotline"} or not problem.site:
            continue
        day = problem.discovered_at.day
        complained += any(
            problem.site in p.sites and timedelta() < day - p.started_at.day <= timedelta(days=30)
            for p in clear
            if p.grid_id == problem.grid_id
        )
        back += any(
            (earlier.site, earlier.category, earlier.county_id) == (problem.site, problem.category, problem.county_id)
            and timedelta() < day - earlier.rectified[-1].day <= timedelta(days=90)
            for earlier in plan.problems
            if earlier.rectified
        )
    assert complained > 20 and back > 5


def test_a_ledger_shows_of_the_handling_what_was_known_then(plan: Plan) -> None:
    at = Moment(datetime(2026, 7, 1, 10, 0))
    later = replace(at, at=datetime(2026, 8, 3, 9, 0))
    problem: Problem = replace(
        next(p for p in plan.problems if p.discovered_at.at < at.at),
        handling=Handling(
            registered_at=at,
            case=Case(needs_filing=True, filed_at=at, decided_at=later, penalty_no="示例"),
            retold=(Retold("registered_at", later, datetime(2026, 9, 1)),),
        ),
    )
    shown = [as_known(problem, cut) for cut in (datetime(2026, 7, 31), datetime(2026, 8, 31), datetime(2026, 9, 30))]
    told = [(p.handling.registered_at, p.handling.case.filed_at, p.handling.case.decided_at) for p in shown if p]
    assert told == [(None, at, None), (later, at, later), (at, at, later)]
