"""Looking back, a column or a kind of ledger that came after the as-of shows nothing that could not be seen then."""

from __future__ import annotations

from typing import Any

from house import PROBLEM_FIELDS, House, problem

AS_OF, KNOWN_AT = "2026-11-08 23:59:59", "2026-12-01 09:00"
MORE = [*PROBLEM_FIELDS, "first_action_at", "registered_at"]


def duties(house: House) -> list[dict[str, Any]]:
    return house.build().rows("""
        select obligation_id from obligations.handling_step
        where metric_id = 'first_response' and grid_id <> 'x' and obligation_id like '%anhua%'""")


def seen(house: House) -> list[Any]:
    return house.values("""
        select measurable from published.measurable
        where metric_id = 'first_response' and county_id = 'anhua' and month = '2026-10'""")


def later(house: House) -> House:
    """The same ledger with the column filled nowhere, received after the as-of."""
    house.ledger("problem", [problem("1")], fields=MORE, received="2026-11-20 10:00")
    return house


def test_a_column_that_came_later_makes_no_duty() -> None:
    house = House(as_of=AS_OF, known_at=KNOWN_AT)
    house.ledger("problem", [problem("1")], fields=PROBLEM_FIELDS)
    assert duties(later(house)) == []
    assert seen(house) == ["no"]


def test_at_the_later_as_of_it_does() -> None:
    house = House(as_of=KNOWN_AT)
    house.ledger("problem", [problem("1")], fields=PROBLEM_FIELDS)
    assert len(duties(later(house))) == 1
    assert seen(house) == ["yes"]


def test_who_had_sent_nothing_by_then_is_judged_by_what_was_sent() -> None:
    house = House(as_of=AS_OF, known_at=KNOWN_AT)
    assert len(duties(later(house))) == 1
    assert seen(house) == ["yes"]
