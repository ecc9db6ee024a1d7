"""Which months a figure is of: one, those of its year up to it, or all of the year."""

from __future__ import annotations

SPANS = ("month", "to_date", "year")  # the published period_kind
# All months before the one asked for: of duties alone, no figure is published of it.
BEFORE = "before"


def published_period(month: str, span: str) -> str:
    """The period a published value is filed under: 2026-10, of a whole year 2026."""
    return month[:4] if span == "year" else month


def duty_period(month: str, span: str) -> str:
    """The months whose duties make up that value, as `bounds` reads them: 2026-10, 2026-01/2026-10, 2026; of what came
    before a month /2026-09."""
    if span == BEFORE:
        year, number = int(month[:4]), int(month[5:])
        return f"/{year - 1}-12" if number == 1 else f"/{year}-{number - 1:02d}"
    return f"{month[:4]}-01/{month}" if span == "to_date" else published_period(month, span)


def bounds(period: str) -> tuple[str, str]:
    """First and last month of 2026-10, of the year 2026, or of 2026-01/2026-10; '' for no first one, as in /2026-09."""
    if "/" in period:
        first, _, last = period.partition("/")
        return first, last
    return (f"{period}-01", f"{period}-12") if len(period) == len("2026") else (period, period)
