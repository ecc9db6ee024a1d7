"""The plan as rows of ledgers: which lines a county's table of a month holds, before any style is applied."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.demo.cells import Cell, Grid, Line, Word
from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Delivery, Patrol, Plan, Problem, RosterRow, Visit
from pipelines.demo.facts_papers import FollowUp
from pipelines.demo.known import as_known
from pipelines.demo.ledgers_handling import handling_cells
from pipelines.demo.moments import Moment
from pipelines.demo.places import CITY
from pipelines.demo.roster import known_rows

STATUS = ("已办结", "在办")
RELABELLED = {
    "nanxian": ("2026-08", ("已完成", "未完成")),
    "anhua": ("2025-06", ("办结", "未办结")),
    "city": ("2025-11", ("已销号", "未销号")),
}


def patrol_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The patrols of one month's ledger."""
    mine = [p for p in plan.patrols if (p.county_id, p.month) == (delivery.county_id, delivery.month)]
    return [_patrol(plan, patrol) for patrol in sorted(mine, key=lambda p: (p.started_at.at, p.number))]


def _patrol(plan: Plan, patrol: Patrol) -> Line:
    return Line(
        patrol.number,
        {
            "patrol_no": patrol.number,
            "grid": Grid(patrol.grid_id),
            "grid_code": plan.land.places[patrol.grid_id].code,
            "other_code": _other_code(plan, patrol.grid_id),
            "by_grid": Grid(patrol.by_grid) if patrol.by_grid else patrol.by_text or None,
            "inspectors": patrol.inspectors,
            "leader": patrol.leader,
            "kind": Word("patrol.kind", patrol.kind),
            "started_at": patrol.started_at,
            "ended_at": Moment(patrol.ended_at) if patrol.ended_at else None,
            "entered_at": patrol.entered_at,
            "sites": patrol.sites,
            "findings": patrol.findings,
            "corrected_on_spot": patrol.corrected,
            "note": "未发现异常" if patrol.findings == 0 else f"发现问题{patrol.findings}个，已登记",
        },
    )


def _other_code(plan: Plan, grid_id: str) -> str:
    place = plan.land.places[grid_id]
    return place.other_code or place.code


def problem_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The problems of one month's ledger: all so far, or only what was opened or changed since the last one."""
    county = COUNTIES[delivery.county_id]
    before = [d.compiled_at for d in plan.sent(delivery.county_id, "problem") if d.month < delivery.month]
    lines = []
    for problem in plan.problems:
        if problem.county_id != delivery.county_id:
            continue
        now = as_known(problem, delivery.compiled_at)
        then = as_known(problem, before[-1]) if before else None
        if now is not None and (county.is_cumulative or now != then):
            lines.append(_problem(plan, now, delivery))
    return lines


def _problem(plan: Plan, problem: Problem, delivery: Delivery) -> Line:
    county, extension = COUNTIES[problem.county_id], problem.extension
    approval = extension or problem.suspension
    visit = problem.visits[-1] if problem.visits and county.visits_in_ledger else None
    is_over = problem.closed_at is not None
    bare_number = int(problem.number) if county.has_bare_numbers else problem.number
    return Line(
        problem.number,
        {
            "problem_no": bare_number,
            "parent_problem_no": problem.parent_no or None,
            "is_duplicate": True if problem.is_duplicate else None,
            "description": problem.description,
            "source": Word("problem.source", problem.source),
            "patrol_no": problem.patrol_no or None,
            "grid": Grid(problem.grid_id),
            "grid_code": plan.land.places[problem.grid_id].code,
            "other_code": _other_code(plan, problem.grid_id),
            "site": problem.site or None,
            "duty_grid": Grid(problem.duty_grid) if problem.duty_grid else None,
            "category": Word("problem.category", problem.category),
            "discovered_at": problem.discovered_at,
            "assigned_at": problem.assigned_at,
            "document_issued_at": problem.issued_at,
            "served_at": problem.served_at,
            "corrected_on_spot": problem.corrected_on_spot,
            "rectify_due": problem.deadline,
            "extended_due": extension.due if extension else None,
            "extension_approved_by": Grid(approval.approved_by) if approval else None,
            "extension_approved_at": approval.approved_at if approval else None,
            "rectified_at": problem.rectified[-1] if problem.rectified else None,
            **_visit_cells(visit),
            "closed_at": problem.closed_at,
            "closure": Word("problem.closure", problem.closure) if problem.closure else None,
            "status": status_words(problem.county_id, delivery.month)[0 if is_over else 1],
            **handling_cells(plan.land, problem, delivery.compiled_at),
        },
    )


def status_words(county_id: str, month: str) -> tuple[str, str]:
    """The words for a closed and an open problem; a county may change them everywhere from a month on."""
    since, words = RELABELLED.get(county_id, ("9999-12", STATUS))
    return words if month >= since else STATUS


def _visit_cells(visit: Visit | None) -> dict[str, Cell]:
    return {
        "reinspected_at": visit.done_at if visit else None,
        "reinspector": visit.checker if visit else None,
        "reinspection_result": Word("problem.reinspection_result", visit.result) if visit else None,
        "new_due": visit.new_due if visit else None,
    }


def visit_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The visits made since the last such table, for counties that keep them apart."""
    if COUNTIES[delivery.county_id].visits_in_ledger:
        return []
    before = [d.compiled_at for d in plan.sent(delivery.county_id, "follow_up") if d.month < delivery.month]

    def is_new(done_at: Moment) -> bool:
        return done_at.at <= delivery.compiled_at and (not before or done_at.at > before[-1])

    lines = [
        visit_line(problem, visit)
        for problem in plan.problems
        for visit in problem.visits
        if problem.county_id == delivery.county_id and is_new(visit.done_at)
    ]
    of_units = plan.papers.follow_ups if delivery.county_id == CITY else ()
    return lines + [_unit_visit(visit) for visit in of_units if is_new(visit.done_at)]


def visit_line(problem: Problem, visit: Visit) -> Line:
    """One visit as a row."""
    return Line(
        f"{problem.number}/{visit.done_at.at:%Y%m%d%H%M}",
        {
            "problem_no": problem.number,
            "site": problem.site or None,
            "by_grid": Grid(visit.by_grid),
            "done_at": visit.done_at,
            "kind": Word("follow_up.kind", visit.kind),
            "result": Word("follow_up.result", visit.result) if visit.result else None,
            "new_due": visit.new_due,
            "checker": visit.checker,
        },
    )


def _unit_visit(visit: FollowUp) -> Line:
    """A unit's visit to what is listed for supervision, which opens no round."""
    return Line(
        f"{visit.number}/{visit.site}/{visit.done_at.at:%Y%m%d%H%M}",
        {
            "problem_no": visit.number or None,
            "site": visit.site or None,
            "by_grid": Grid(visit.by_grid),
            "done_at": visit.done_at,
            "kind": Word("follow_up.kind", visit.kind),
            "checker": visit.checker,
        },
    )


def roster_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The whole roster in the first month sent, later only rows that are new or changed."""
    before = [d.month for d in plan.sent(delivery.county_id, "person") if d.month < delivery.month]
    mine = [r for r in plan.roster if r.county_id == delivery.county_id]
    fresh: Sequence[RosterRow] = [r for r in mine if not before or r.told > before[-1]]
    return [_person(row) for row in known_rows(fresh, delivery.month)]


def _person(row: RosterRow) -> Line:
    return Line(
        f"{row.name}/{row.grid_id}/{row.kind}/{row.valid_from}",
        {
            "person_no": row.person_no,
            "name": row.name,
            "grid": Grid(row.grid_id),
            "post": Word("person.post", row.post),
            "kind": Word("person.kind", row.kind),
            "deputy": row.deputy or None,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
        },
    )
