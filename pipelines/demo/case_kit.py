"""Short ways of writing down one problem with its dates.

Days are written 'MM-DD' or 'MM-DD HH:MM' of the year in which the cases stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Deadline, Problem, Visit
from pipelines.demo.moments import Moment, whole_day

YEAR = 2026


def moment(text: str) -> Moment:
    """'06-20 12:00' or '06-20' as a moment of that precision."""
    if " " in text:
        return Moment(datetime.fromisoformat(f"{YEAR}-{text}"))
    return whole_day(date.fromisoformat(f"{YEAR}-{text}"))


def day(text: str) -> date:
    """'06-20' as a day."""
    return moment(text).day


def by(text: str) -> Deadline:
    """A deadline on a day or at a minute."""
    return Deadline("at", moment(text))


def fail(text: str, by_grid: str, new_due: str = "", result: str = "fail", kind: str = "reinspect") -> Visit:
    """A failed re-inspection, with the new deadline it sets if any."""
    return Visit(moment(text), kind, result, by_grid, "示例复查员", day(new_due) if new_due else None)


def passed(text: str, by_grid: str, kind: str = "reinspect") -> Visit:
    """A visit that found all in order."""
    return Visit(moment(text), kind, "pass", by_grid, "示例复查员")


def case(
    county_id: str,
    number: int,
    grid_id: str,
    found: str,
    deadline: Deadline,
    *rectified: str,
    about: str,
    visits: Sequence[Visit] = (),
) -> Problem:
    """A problem found on a day and put right on others."""
    return Problem(
        county_id=county_id,
        number=COUNTIES[county_id].problem_no(f"{YEAR}-{found[:2]}", 900 + number),
        grid_id=grid_id,
        discovered_at=moment(found),
        deadline=deadline,
        description=f"示例：{about}",
        source="patrol",
        category="water",
        site=f"示例加工点{number}号",
        rectified=tuple(moment(text) for text in rectified),
        visits=tuple(visits),
    )
