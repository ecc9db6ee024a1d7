"""The handling of a problem as cells of a ledger."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime

from pipelines.demo.cells import Cell, Grid, Word
from pipelines.demo.facts import Problem
from pipelines.demo.facts_handling import Answer, Case
from pipelines.demo.known import original_due
from pipelines.demo.places import Land


def handling_cells(land: Land, problem: Problem, compiled_at: datetime) -> Mapping[str, Cell]:
    """What a ledger compiled then says of the handling, of a problem as it was known then."""
    handling = problem.handling
    return {
        "registered_at": handling.registered_at,
        "received_at": handling.received_at,
        "first_action_at": handling.first_action_at,
        "nature": Word("problem.nature", handling.nature) if handling.nature else None,
        "document_no": handling.document_no or None,
        "handler": handling.handler or None,
        "supervisor_grid": Grid(handling.supervisor_grid) if handling.supervisor_grid else None,
        "beyond_authority": handling.beyond_authority,
        "escalated_at": handling.escalated_at,
        "referred_at": handling.referred_at,
        "referred_to": handling.referred_to if handling.referred_at else None,
        "assignment_no": handling.assignment_no or None,
        "petition_no": handling.petition_no or None,
        "listing": Word("problem.listing", handling.listing) if handling.listed_at else None,
        "verified_at": handling.verified_at,
        "cleared_at": handling.cleared_at,
        "progress": Word("problem.progress", _progress(land, problem, compiled_at))
        if _keeps_progress(problem)
        else None,
        **_case_cells(handling.case),
        **_answer_cells(handling.answer),
    }


def _case_cells(case: Case) -> Mapping[str, Cell]:
    return {
        "needs_filing": case.needs_filing,
        "filed_at": case.filed_at,
        "decided_at": case.decided_at,
        "penalty_no": case.penalty_no if case.decided_at else None,
        "fine_amount": case.fine if case.decided_at and case.fine else None,
        "measures": case.measures if case.filed_at and case.measures else None,
        "must_disclose": case.must_disclose,
        "disclosed_at": case.disclosed_at,
    }


def _answer_cells(answer: Answer) -> Mapping[str, Cell]:
    return {
        "accepted_at": answer.accepted_at,
        "replied_at": answer.replied_at,
        "feedback_due": answer.due,
        "feedback_at": answer.fed_back_at,
        "feedback_direction": Word("problem.feedback_direction", answer.direction) if answer.direction else None,
    }


def _keeps_progress(problem: Problem) -> bool:
    """One problem in twelve goes without."""
    return zlib.crc32(problem.problem_id.encode()) % 12 > 0


def _progress(land: Land, problem: Problem, compiled_at: datetime) -> str:
    """How far it had come by then."""
    handling = problem.handling
    if handling.cleared_at:
        return "cleared"
    if handling.verified_at:
        return "verified"
    if problem.rectified or problem.closure == "normal":
        return "done"
    due_at, _ = original_due(problem, land)
    if due_at is not None and due_at < compiled_at:
        return "overdue"
    return "in_progress" if handling.first_action_at or problem.visits else "not_started"
