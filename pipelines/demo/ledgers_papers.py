"""What is kept beside the ledgers as rows: sites, self-evaluations, back-checks, plans, records, decisions."""

from __future__ import annotations

from pipelines.demo.cells import Cell, Grid, Line, Word
from pipelines.demo.counties import COUNTIES
from pipelines.demo.evaluations import told_in
from pipelines.demo.facts import Delivery, Plan
from pipelines.demo.facts_papers import Evaluation, Site
from pipelines.demo.sites import listed_by

WINDOWS = {"week": "周", "month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}
PER_WINDOW = "CEF"  # styles that write 1次/季度 for 每季度1次


def site_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The list of sites, where this month sends one."""
    return [_site(site) for site in listed_by(plan.papers.sites, delivery.county_id, delivery.month)]


def _site(site: Site) -> Line:
    return Line(
        f"{site.number}/{site.valid_from}",
        {
            "site_no": site.number,
            "name": site.name,
            "kind": Word("site.kind", site.kind),
            "grid": Grid(site.grid_id),
            "is_key": site.is_key,
            "risk": site.risk,
            "cycle": _cycle(site),
            "listing": Word("site.listing", site.listing) if site.listing else None,
            "valid_from": site.valid_from,
            "valid_to": site.valid_to,
        },
    )


def _cycle(site: Site) -> Cell:
    if not site.window:
        return None
    window = WINDOWS[site.window]
    is_per = COUNTIES[site.county_id].style in PER_WINDOW
    return f"{site.visits}次/{window}" if is_per else f"每{window}{site.visits}次"


def evaluation_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The self-evaluations sent in a month, and those sent again with what became of their measures."""
    return [_evaluation(row) for row in told_in(plan.papers.evaluations, delivery.county_id, delivery.month)]


def _evaluation(row: Evaluation) -> Line:
    is_receipt = not row.item
    return Line(
        f"{row.grid_id}/{row.year}/{row.item}",
        {
            "grid": Grid(row.grid_id),
            "year": f"{row.year}年度" if COUNTIES[row.county_id].style in "CF" else str(row.year),
            "item": row.item or None,
            "max_score": None if is_receipt else row.most,
            "self_score": None if is_receipt else row.points,
            "basis": None if is_receipt else "据本网格台账",
            "shortfall": row.shortfall or None,
            "cause": row.cause or None,
            "improvement": row.improvement or None,
            "owner": row.owner or None,
            "improvement_due": row.due,
            "improvement_done_at": row.done_on,
            "evidence": None if is_receipt else "见附件（示例）",
            "submitted_at": row.submitted_at,
            "document_no": row.document_no,
        },
    )


def backcheck_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """The back-checks of a month."""
    return [
        Line(
            f"{one.patrol_no}{one.problem_no}/{one.checked_at.at}",
            {
                "patrol_no": one.patrol_no or None,
                "problem_no": one.problem_no or None,
                "grid": Grid(one.grid_id),
                "site": one.site or None,
                "sampled_by": Word("backcheck.sampled_by", one.sampled_by),
                "checked_at": one.checked_at,
                "checker": one.checker,
                "result": Word("backcheck.result", one.result),
            },
        )
        for one in plan.papers.backchecks
        if (one.county_id, one.told) == (delivery.county_id, delivery.month)
    ]


def plan_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """How often grids are to patrol that month."""
    return [
        Line(
            f"{row.grid_id}/{row.month}/{row.special}",
            {
                "grid": None if row.is_whole_county else Grid(row.grid_id),
                "whole_county": Grid(row.grid_id) if row.is_whole_county else None,
                "plan_month": _month(row.county_id, row.month),
                "required_patrols": row.required,
                "special_name": row.special or None,
                "special_from": row.first,
                "special_to": row.last,
                "notice_no": row.notice_no or None,
                "notice_on": row.notice_on,
            },
        )
        for row in plan.papers.plans
        if (row.county_id, row.told) == (delivery.county_id, delivery.month)
    ]


def _month(county_id: str, month: str) -> str:
    """A month as the county writes it."""
    match COUNTIES[county_id].style:
        case "C" | "F":
            return f"{month[:4]}年{int(month[5:])}月"
        case "D":
            return month.replace("-", "")
        case _:
            return month


def record_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """Meetings, self-checks, schemes and rules of a month."""
    return [
        Line(
            f"{one.grid_id}/{one.kind}/{one.held_on}",
            {
                "kind": Word("grid_record.kind", one.kind),
                "grid": Grid(one.grid_id),
                "held_on": one.held_on,
                "subject": one.subject,
                "document_no": one.document_no or None,
            },
        )
        for one in plan.papers.records
        if (one.county_id, one.told) == (delivery.county_id, delivery.month)
    ]


def decision_lines(plan: Plan, delivery: Delivery) -> list[Line]:
    """Who was held to account in a month."""
    return [
        Line(
            f"{one.person}/{one.decided_on}",
            {
                "person": one.person,
                "grid": Grid(one.grid_id),
                "post": one.post,
                "matter": one.matter,
                "decided_on": one.decided_on,
                "measure": Word("accountability.measure", one.measure),
                "document_no": one.document_no,
            },
        )
        for one in plan.papers.decisions
        if (one.county_id, one.told) == (delivery.county_id, delivery.month)
    ]
