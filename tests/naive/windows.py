"""Windows of time in which something is owed: weeks, months, quarters, half-years, years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from naive.clock import first_day, last_day, months, next_month

MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Window:
    """Its name, and its first and last day."""

    name: str
    first: date
    last: date

    def months(self) -> list[str]:
        """The months it touches."""
        return months(self.first.isoformat()[:7], self.last.isoformat()[:7])


def windows(cycle: str, since: date, until: date) -> list[Window]:
    """All windows of a cycle that begin on or after `since` and by `until`, in order."""
    found = []
    if cycle in MONTHS:
        step = MONTHS[cycle]
        month = f"{since.year}-01"
        while first_day(month) <= until:
            end = next_month(month, step - 1)
            found.append(Window(_name(cycle, month), first_day(month), last_day(end)))
            month = next_month(month, step)
    elif cycle == "half_month":
        for month in months(since.isoformat()[:7], until.isoformat()[:7]):
            first, last = first_day(month), last_day(month)
            found.append(Window(f"{month}-H1", first, first.replace(day=15)))
            found.append(Window(f"{month}-H2", first.replace(day=16), last))
    else:
        length = {"day": 1, "week": 7, "two_weeks": 14}[cycle]
        # weeks run from Monday
        at = since if length == 1 else since - timedelta(days=since.weekday())
        while at <= until:
            year, week, _ = at.isocalendar()
            name = at.isoformat() if length == 1 else f"{year}-W{week:02d}"
            found.append(Window(name, at, at + timedelta(days=length - 1)))
            at += timedelta(days=length)
    return [one for one in found if since <= one.first <= until]


def _name(cycle: str, month: str) -> str:
    year, number = month[:4], int(month[5:7])
    return {
        "year": year,
        "half_year": f"{year}-H{(number + 5) // 6}",
        "quarter": f"{year}-Q{(number + 2) // 3}",
    }.get(cycle, month)
