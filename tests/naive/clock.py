"""Days, months and working days."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

FAR = datetime(9999, 12, 31)


def day(moment: date | datetime) -> date:
    """The calendar day."""
    return moment.date() if isinstance(moment, datetime) else moment


def end_of(moment: date | datetime) -> datetime:
    """The last second of the day."""
    return datetime.combine(day(moment), time(23, 59, 59))


def start_of(moment: date | datetime) -> datetime:
    """The first second of the day."""
    return datetime.combine(day(moment), time())


def month_of(moment: date | datetime) -> str:
    """Year and month as 2026-05."""
    return f"{moment.year:04d}-{moment.month:02d}"


def first_day(month: str) -> date:
    """The first day of the month."""
    return date(int(month[:4]), int(month[5:7]), 1)


def last_day(month: str) -> date:
    """The last day of the month."""
    first = first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def next_month(month: str, step: int = 1) -> str:
    """The month so many after it."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + step
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def months(first: str, last: str) -> list[str]:
    """All months from one to another."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def plus_months(moment: date | datetime, count: int) -> date:
    """The same day so many months later, or the last of a month that has no such day."""
    month = next_month(month_of(moment), count)
    return first_day(month).replace(day=min(day(moment).day, last_day(month).day))


def plus_days(moment: date | datetime, count: int) -> date:
    """The day so many days later."""
    return day(moment) + timedelta(days=count)


def plus_workdays(worked: Mapping[date, bool], moment: date | datetime, count: int) -> date | None:
    """The count-th working day after this day; None where the calendar ends before it."""
    at = day(moment)
    if at not in worked:
        return None
    if count == 0:
        while at in worked and not worked[at]:
            at -= timedelta(days=1)
        return at if at in worked else None
    while count > 0:
        at += timedelta(days=1)
        if at not in worked:
            return None
        count -= worked[at]
    return at


def holds(row: Mapping[str, object], on: date) -> bool:
    """Whether a period with valid_from and valid_to covers the day."""
    since, until = row["valid_from"], row["valid_to"]
    return (since is None or since <= on) and (until is None or on <= until)  # type: ignore[operator]
