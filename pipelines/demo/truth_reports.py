"""What counties owe as senders: each month's two ledgers in time, and in them each column that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from pipelines.demo.cells import Line, Word
from pipelines.demo.counties import COUNTIES
from pipelines.demo.deliveries import arrival
from pipelines.demo.facts import AS_OF, Deadline, Plan
from pipelines.demo.ledgers import patrol_lines, problem_lines
from pipelines.demo.mistakes import add_mistakes
from pipelines.demo.places import CITY, Land, end_of, first_day, last_day, next_month
from pipelines.demo.truth import Obligation, is_sent, scope

DUE_DAY = 5
LEAST_PERCENT = 95
# What must be filled in each row of a ledger.
REQUIRED = {
    "patrol": ("grid", "inspectors", "started_at", "findings"),
    "problem": ("problem_no", "description", "source", "grid", "category", "discovered_at"),
}
# What duties need beside: the first of each `any_of` in sql/metrics.toml. A new need is one more word here.
NEEDED = {
    "patrol": ("inspectors", "kind", "entered_at", "sites"),
    "problem": (
        *("nature", "listing", "received_at", "registered_at", "assigned_at", "accepted_at", "first_action_at"),
        *("document_no", "rectify_due", "rectified_at", "reinspected_at", "beyond_authority", "escalated_at"),
        *("needs_filing", "filed_at", "decided_at", "feedback_at", "replied_at"),
        *("must_disclose", "disclosed_at", "closed_at"),
    ),
}


def reports(plan: Plan) -> Iterable[Obligation]:
    """One duty a county, month and ledger, and one a column of each; the detachment owes none."""
    for month in scope(plan):
        if end_of(last_day(month)) >= AS_OF:
            continue
        for county_id in COUNTIES:
            if county_id != CITY:
                for table, fields in REQUIRED.items():
                    yield _ledger(plan, county_id, month, table)
                    lines = _lines(plan, county_id, month, table)
                    for field in dict.fromkeys((*fields, *NEEDED[table])):
                        yield _column(plan, county_id, month, (table, field), lines)


def _ledger(plan: Plan, county_id: str, month: str, table: str) -> Obligation:
    due_at, met_at = _due(plan.land, month), _came(plan, county_id, month, table)
    if met_at is not None:
        state = "on_time" if met_at <= due_at else "late"
    else:
        state = "overdue" if due_at < AS_OF else "pending"
    name = f"export_submission/{county_id}/{month}/{table}"
    return _duty(name, county_id, month, ("table", table), (due_at, due_at), met_at, state)


def _column(plan: Plan, county_id: str, month: str, asked: tuple[str, str], lines: Sequence[Line]) -> Obligation:
    """A column comes with its ledger: late with a late one is no second lateness."""
    table, field = asked
    named, came = _due(plan.land, month), _came(plan, county_id, month, table)
    due_at = max(named, came) if came else named
    is_met = came is not None and _is_filled(county_id, month, table, field, lines)
    if is_met:
        state = "on_time"
    elif due_at >= AS_OF:
        state = "pending"
    else:
        state = "overdue" if came else "unreported"
    name = f"field_completeness/{county_id}/{month}/{table}/{field}"
    subject = ("field", f"{table}.{field}")
    return _duty(name, county_id, month, subject, (due_at, due_at), came if is_met else None, state)


def _due(land: Land, month: str) -> datetime:
    """The end of the fifth of the next month, or of the first working day after it."""
    named = first_day(next_month(month)).replace(day=DUE_DAY)
    day = land.workday_after(named - timedelta(days=1), 1)
    assert day is not None  # the calendar reaches beyond the as-of moment
    return end_of(day)


def _came(plan: Plan, county_id: str, month: str, table: str) -> datetime | None:
    return arrival(plan.deliveries[county_id, month], table) if is_sent(plan, county_id, month, table) else None


def _lines(plan: Plan, county_id: str, month: str, table: str) -> Sequence[Line]:
    """The rows of a ledger that came, those that go back among them."""
    if not is_sent(plan, county_id, month, table):
        return ()
    delivery = plan.deliveries[county_id, month]
    planned = (patrol_lines if table == "patrol" else problem_lines)(plan, delivery)
    return add_mistakes(table, planned, delivery)


def _is_filled(county_id: str, month: str, table: str, field: str, lines: Sequence[Line]) -> bool:
    """Whether a ledger that came has the column, and nearly all cells that must be filled are; where a cell may
    rightly be empty, the column is enough."""
    if f"{table}.{field}" in COUNTIES[county_id].lacking(month):
        return False
    if field not in REQUIRED[table] and field != "rectify_due":
        return True
    return 100 * sum(not _is_lacking(line, field) for line in lines) >= LEAST_PERCENT * len(lines)


def _is_lacking(line: Line, field: str) -> bool:
    """Whether a cell that must be filled is not; what is put right on the spot, told twice or withdrawn needs no
    deadline."""
    cell = line.cell(field)
    if isinstance(cell, Deadline):
        closure = line.cell("closure")
        is_withdrawn = isinstance(closure, Word) and closure.value in {"void", "merged"}
        return cell.kind == "none" and not (line.cell("corrected_on_spot") or line.cell("is_duplicate") or is_withdrawn)
    return cell is None


def _duty(
    name: str,
    county_id: str,
    month: str,
    subject: tuple[str, str],
    due: tuple[datetime, datetime],
    met_at: datetime | None,
    state: str,
) -> Obligation:
    """due: as named, and as it counts."""
    return Obligation(
        metric_id=name.split("/", 1)[0],
        obligation_id=name,
        grid_id=county_id,
        owner_level=2,
        county_id=county_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        round=1,
        about_month=month,
        period=next_month(month),
        started_at=datetime.combine(first_day(next_month(month)), time()),
        original_due_at=due[0],
        due_at=due[1],
        is_extended=False,
        met_at=met_at,
        state=state,
    )
