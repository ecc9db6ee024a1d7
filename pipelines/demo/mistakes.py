"""Rows that must go back: added to the ledgers, never part of the plan, and so without effect on what was done.

Only how completely a ledger is filled in hangs on them: an empty cell that must be filled is one of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.demo.cells import BadDay, Cell, Line
from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Delivery
from pipelines.demo.moments import Moment, whole_day

NO_SUCH_TOWN = "示例新设镇"


@dataclass(frozen=True)
class Mistake:
    """What one county writes wrongly in one month. rule is a hint at the reason for the return."""

    county_id: str
    month: str
    table: str
    rule: str
    number: int


MISTAKES = (
    Mistake("anhua", "2024-11", "patrol", "unknown_grid", 1),
    Mistake("anhua", "2025-05", "problem", "empty_required", 1),
    Mistake("anhua", "2025-12", "patrol", "future", 1),
    Mistake("nanxian", "2025-01", "patrol", "bad_date", 1),
    Mistake("nanxian", "2025-09", "problem", "bad_date", 1),
    Mistake("taojiang", "2025-03", "patrol", "same_key_other_content", 1),
    Mistake("anhua", "2025-08", "follow_up", "empty_required", 1),
    Mistake("ziyang", "2024-12", "patrol", "bad_date", 1),
    Mistake("ziyang", "2025-06", "problem", "unknown_grid", 1),
    Mistake("ziyang", "2026-02", "patrol", "same_key_other_content", 1),
    Mistake("heshan", "2025-02", "patrol", "unknown_grid", 1),
    Mistake("heshan", "2025-10", "problem", "future", 1),
    Mistake("yuanjiang", "2025-03", "patrol", "future", 1),
    Mistake("yuanjiang", "2026-01", "problem", "same_key_other_content", 1),
    Mistake("datonghu", "2025-04", "patrol", "empty_required", 1),
    Mistake("datonghu", "2025-11", "problem", "bad_date", 1),
    Mistake("gaoxin", "2025-01", "patrol", "unknown_grid", 1),
    Mistake("gaoxin", "2025-12", "problem", "empty_required", 1),
    Mistake("city", "2025-02", "patrol", "empty_required", 1),
    Mistake("city", "2026-03", "problem", "unknown_grid", 1),
    Mistake("ziyang", "2026-07", "patrol", "bad_date", 1),
    Mistake("gaoxin", "2026-08", "patrol", "bad_date", 1),
    Mistake("anhua", "2026-05", "patrol", "unknown_grid", 1),
    Mistake("anhua", "2026-06", "patrol", "bad_date", 2),
    Mistake("anhua", "2026-06", "problem", "same_key_other_content", 1),
    Mistake("anhua", "2026-08", "patrol", "same_key_other_content", 3),
    Mistake("anhua", "2026-09", "follow_up", "empty_required", 1),
    Mistake("nanxian", "2026-05", "patrol", "bad_date", 1),
    Mistake("nanxian", "2026-06", "patrol", "empty_required", 2),
    Mistake("nanxian", "2026-06", "problem", "unknown_grid", 1),
    Mistake("nanxian", "2026-07", "patrol", "unknown_grid", 3),
    Mistake("taojiang", "2026-05", "patrol", "empty_required", 1),
    Mistake("taojiang", "2026-07", "patrol", "unknown_grid", 2),
    Mistake("taojiang", "2026-08", "problem", "bad_date", 1),
    Mistake("ziyang", "2026-06", "patrol", "future", 1),
    Mistake("ziyang", "2026-10", "problem", "empty_required", 1),
    Mistake("heshan", "2026-05", "person", "unknown_grid", 1),
    Mistake("heshan", "2026-06", "patrol", "bad_date", 1),
    Mistake("heshan", "2026-07", "problem", "same_key_other_content", 1),
    Mistake("heshan", "2026-10", "patrol", "future", 2),
    Mistake("yuanjiang", "2026-05", "patrol", "unknown_grid", 1),
    Mistake("yuanjiang", "2026-07", "patrol", "same_key_other_content", 2),
    Mistake("datonghu", "2026-07", "patrol", "bad_date", 1),
    Mistake("gaoxin", "2026-09", "patrol", "future", 1),
    Mistake("city", "2026-07", "problem", "future", 1),
)
# Where each table keeps the date, the cell that must not be empty and the one that may differ.
DATE_CELL = {"patrol": "started_at", "problem": "discovered_at", "follow_up": "done_at", "person": "valid_from"}
REQUIRED_CELL = {"patrol": "inspectors", "problem": "description", "follow_up": "by_grid", "person": "post"}


def add_mistakes(table: str, lines: Sequence[Line], delivery: Delivery) -> list[Line]:
    """The lines of a table with this month's mistakes after them."""
    found = list(lines)
    for mistake in MISTAKES:
        if (mistake.county_id, mistake.month, mistake.table) == (delivery.county_id, delivery.month, table):
            found += _wrong_lines(mistake, lines, delivery)
    return found


def _wrong_lines(mistake: Mistake, lines: Sequence[Line], delivery: Delivery) -> list[Line]:
    base = _fresh(mistake, lines[0])
    date_cell = DATE_CELL[mistake.table]
    match mistake.rule:
        case "unknown_grid":
            return [base.but(grid=f"{NO_SUCH_TOWN}{mistake.number}", grid_code=None, other_code=None)]
        case "bad_date":
            return [base.but(**{date_cell: BadDay(int(mistake.month[:4]), 2, 30)})]
        case "empty_required":
            return [base.but(**{REQUIRED_CELL[mistake.table]: None})]
        case "future":
            ahead = delivery.received_at + timedelta(days=40)
            is_daily = COUNTIES[delivery.county_id].is_daily
            return [base.but(**{date_cell: whole_day(ahead.date()) if is_daily else Moment(ahead), "ended_at": None})]
        case "same_key_other_content":
            other: dict[str, Cell] = {"findings": 7} if mistake.table == "patrol" else {"description": "示例：另一件事"}
            return [base, base.but(**other)]
    raise ValueError(f"没有这种错法：{mistake.rule} (unknown mistake)")


def _fresh(mistake: Mistake, like: Line) -> Line:
    """A row like another, but of a record of its own, marked by its number or, without one, by its site."""
    county = COUNTIES[mistake.county_id]
    cells: dict[str, Cell] = {}
    match mistake.table:
        case "patrol":
            number = county.patrol_no(mistake.month, 9900 + mistake.number)
            site = f"示例退回点位{mistake.number}"
            cells = {"patrol_no": number, "sites": (site,)}
            marker = site if county.style in "DH" else number
        case "problem":
            marker = county.problem_no(mistake.month, 990 + mistake.number)
            cells = {"problem_no": marker, "parent_problem_no": None, "rectified_at": None, "closed_at": None}
        case "follow_up":
            marker = f"示例退回点位{mistake.number}"
            cells = {"site": marker}
        case _:
            marker = f"{county.short}示例退{mistake.number}"
            cells = {"person_no": marker, "name": marker, "valid_from": date(2025, 1, 1)}
    return replace(like.but(**cells), key=marker, returned=mistake.rule, marker=marker)
