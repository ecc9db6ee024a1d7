"""What the tests of indicators ask of a house: the facts of one, and its number of a grid and period."""

from __future__ import annotations

from typing import Any

from house import House

TIANZHUANG, MEICHENG = "g430923209", "g430923118"


def facts(house: House, indicator_id: str) -> list[tuple[Any, ...]]:
    """Grid, month, subject, numerator and denominator of every fact, in that order."""
    found = house.rows(
        "select grid_id, month, subject_id, numerator, denominator from published.indicator_row"
        f" where indicator_id = '{indicator_id}' order by grid_id, month, subject_id"
    )
    return [tuple(row.values()) for row in found]


def subjects(house: House, indicator_id: str, *, counted: bool = False) -> list[str]:
    """What the facts are about, in order; counted: of a share those in the numerator alone."""
    found = facts(house, indicator_id)
    return sorted(str(subject).split("/")[-1] for _, _, subject, numerator, _ in found if numerator or not counted)


def value(house: House, indicator_id: str, grid: str, period: str, kind: str = "month") -> dict[str, Any] | None:
    """The number, or None where there is no fact."""
    found = house.rows(
        "select numerator, denominator, value, n, previous_year_value from published.indicator_value"
        f" where indicator_id = '{indicator_id}' and grid_id = '{grid}' and period_kind = '{kind}'"
        f" and period = '{period}'"
    )
    return found[0] if found else None


def number(house: House, indicator_id: str, grid: str, period: str, kind: str = "month") -> float | None:
    """The value alone."""
    found = value(house, indicator_id, grid, period, kind)
    return found["value"] if found else None
