"""Looking back at a fixed as-of, what happened after it has not happened, whatever files tell of it by now."""

from __future__ import annotations

from datetime import date
from typing import Any

from house import PROBLEM_FIELDS, House, problem
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

AS_OF, KNOWN_AT = "2026-11-08 23:59:59", "2026-12-01 09:00"
STEPS = (
    "registered_at", "first_action_at", "rectified_at", "closed_at", "feedback_at", "disclosed_at", "reinspected_at",
    "document_issued_at",
)  # fmt: skip
FIELDS = [*PROBLEM_FIELDS, *(name for name in STEPS if name not in PROBLEM_FIELDS), "must_disclose", "reinspection"]
OBLIGATION = ("handling_step", "rectification", "export_submission", "field_completeness")
COUNTED = " union all by name ".join(
    f"select metric_id, obligation_id, grid_id, period, state, met_at from obligations.{name}" for name in OBLIGATION
)

early = st.dates(min_value=date(2026, 10, 9), max_value=date(2026, 11, 1))
later = st.dates(min_value=date(2026, 11, 9), max_value=date(2026, 11, 25))
case = st.fixed_dictionaries(
    {"due": st.sampled_from(["2026-10-12", "2026-10-31", "2026-11-20", ""])},
    optional={name: st.one_of(early, later) for name in STEPS},
)


def ledgers(house: House, cases: list[dict[str, Any]], *, is_late_known: bool) -> House:
    """The ledger of the month as it was, and a month later the same with all that has been done since."""
    then = [
        problem(str(number), **{name: str(value) for name, value in one.items() if name == "due" or str(value) < AS_OF})
        for number, one in enumerate(cases)
    ]
    now = [problem(str(number), **{k: str(v) for k, v in one.items()}) for number, one in enumerate(cases)]
    house.ledger("problem", then, fields=FIELDS)
    if is_late_known:
        house.ledger("problem", now, fields=FIELDS, month="2026-11", received="2026-11-28 10:00")
        # A ledger that should have been there by the as-of, and was sent afterwards.
        house.ledger("problem", [problem("N", grid="南洲镇")], county="nanxian", received="2026-11-27 10:00")
    return house.build()


def counted(house: House) -> set[tuple[Any, ...]]:
    own = f"select * from ({COUNTED}) where obligation_id like '%anhua%' or metric_id = 'export_submission'"
    return {tuple(row.values()) for row in house.rows(own)}


@given(st.lists(case, min_size=8, max_size=12))
@settings(deadline=None, max_examples=4, phases=[Phase.generate])  # each example is two warehouses
def test_progress_is_no_restatement(cases: list[dict[str, Any]]) -> None:
    fixed = counted(ledgers(House(as_of=AS_OF), cases, is_late_known=False))
    again = counted(ledgers(House(as_of=AS_OF, known_at=KNOWN_AT), cases, is_late_known=True))
    assert again == fixed
    assert any(row[4] == "overdue" for row in fixed), "something could have become late"
