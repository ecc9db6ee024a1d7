"""Ledgers that come once more: what the first sending says wrongly, and what only the second puts right.

The plan knows what is right. Nothing of a first sending is part of it, and so the truth never hangs on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipelines.demo.case_kit import day, moment
from pipelines.demo.cells import Grid, Line, Word
from pipelines.demo.counties import COUNTIES
from pipelines.demo.facts import Deadline, Delivery, Plan, Visit
from pipelines.demo.ledgers import STATUS, status_words, visit_line
from pipelines.demo.moments import Moment, whole_day
from pipelines.demo.patrol_maker import STRANGER, Staff
from pipelines.demo.places import first_day
from pipelines.demo.roster import held_posts, known_rows

Lines = Sequence[Line]


def first_sent(plan: Plan, delivery: Delivery, table: str, lines: Lines) -> tuple[Lines, Lines]:
    """The lines of a table as first sent and as sent again; both the same where only another sheet was wrong."""
    match delivery.county_id, delivery.month, table:
        case "anhua", "2026-07", "patrol":  # two rows corrected, and the last left out of the correction
            wrong = [lines[0].but(inspectors=(STRANGER,)), lines[1].but(findings=6), *lines[2:]]
            return wrong, lines[:-1]
        case "nanxian", "2026-06" | "2025-04", "patrol":  # a book without numbers: one part of a row differs
            return [_other_day(lines[0]), lines[1].but(inspectors=(STRANGER,)), *lines[2:]], lines
        case "ziyang", "2026-08", "patrol":  # entered by mistake; it alone would have met the duty
            return _withdrawn(lines, _invented(plan, lines[0], "g430902203", delivery))
        case "yuanjiang", "2025-09", "patrol":
            return _withdrawn(lines, _invented(plan, lines[0], "g430981112", delivery))
        case "heshan", "2026-08", "follow_up":  # a failed re-inspection that there never was
            about = [problem for problem in plan.problems if problem.number == "HSWT-202607-908"]
            visit = Visit(moment("08-20 10:00"), "reinspect", "fail", "heshan", "示例复查员", day("09-10"))
            return _withdrawn(lines, visit_line(about[0], visit)) if about else (lines, lines)
        case "taojiang", "2026-09", "problem":  # a limit that August told otherwise; a wrong category
            wrong = list(lines)
            known = [place for place, line in enumerate(lines) if place != 1 and _has_date_since_august(line)]
            for place in known[:1]:
                wrong[place] = wrong[place].but(rectify_due=Deadline("days", count=45))
            wrong[1] = wrong[1].but(category=Word("problem.category", "other"), site="示例另一加工点")
            return wrong, lines
        case "city", "2025-11", "problem":  # nothing but the words of one column
            words = dict(zip(status_words("city", "2025-11"), STATUS, strict=True))
            return [line.but(status=words[str(line.cells["status"])]) for line in lines], lines
    return lines, lines


def _has_date_since_august(line: Line) -> bool:
    found, due = line.cells["discovered_at"], line.cells["rectify_due"]
    return isinstance(found, Moment) and found.day < date(2026, 9, 1) and isinstance(due, Deadline) and due.kind == "at"


def _other_day(line: Line) -> Line:
    """The same patrol a day too late, or too early at the end of the month."""
    started = line.cells["started_at"]
    assert isinstance(started, Moment)
    other = started.day + timedelta(days=1)
    if other.month != started.day.month:
        other = started.day - timedelta(days=1)
    return line.but(started_at=whole_day(other))


def _withdrawn(lines: Lines, extra: Line) -> tuple[Lines, Lines]:
    return [*lines, extra], [*lines, extra.but(is_withdrawn=True)]


def _invented(plan: Plan, like: Line, grid_id: str, delivery: Delivery) -> Line:
    """A patrol that never was, by the people of a township of which nobody went that month."""
    started = first_day(delivery.month).replace(day=15)
    staff = Staff(held_posts(known_rows(plan.roster, delivery.month)), delivery.county_id)
    number = COUNTIES[delivery.county_id].patrol_no(delivery.month, 9700)
    names = tuple(staff.of(grid_id, started)[-2:])
    at = like.cells["started_at"]
    assert isinstance(at, Moment)
    shift = started - at.day
    ended = like.cells["ended_at"]
    return replace(
        like.but(
            patrol_no=number,
            grid=Grid(grid_id),
            by_grid=None,
            inspectors=names,
            leader=names[0],
            started_at=Moment(at.at + shift, at.is_day),
            ended_at=Moment(ended.at + shift) if isinstance(ended, Moment) else None,
        ),
        key=number,
    )
