"""More cases of rectification: put right on the day of the visit, visited before the deadline, completions taken back,
parts that do not count, and limits in weeks and months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pipelines.demo.case_kit import by, case, fail, moment
from pipelines.demo.facts import Claim, Deadline, Problem


def later_cases(months: Sequence[str], counties: Sequence[str]) -> tuple[Problem, ...]:
    """The cases found in these months and reported by these counties."""
    return tuple(
        problem
        for make in (_same_day, _before_the_deadline, _taken_back, _parts, _limits)
        for problem in make()
        if problem.county_id in counties and problem.discovered_at.at.strftime("%Y-%m") in months
    )


def _same_day() -> Iterable[Problem]:
    """Put right again on the very day of the failed visit; and done, for all the book says, on that day only."""
    failed = (fail("07-06 09:30", "anhua", "07-20"),)
    done = ("06-26 10:00", "07-06 16:00")
    yield case("anhua", 31, "g430923105", "06-08 09:00", by("06-28"), *done, about="复查当日改好", visits=failed)
    c, town = "nanxian", "g430921106"
    failed = (fail("07-06", c, "07-20"),)
    yield case(c, 31, town, "06-08", by("06-28"), "06-26", "07-06", about="复查当日改好，无时刻", visits=failed)
    failed = (fail("07-15", c, "07-30"),)
    yield case(c, 32, town, "07-08", by("07-20"), "07-15", about="只有复查当日的完成", visits=failed)


def _before_the_deadline() -> Iterable[Problem]:
    """Visited and found wanting while there was still time."""
    failed = (fail("07-03 10:00", "anhua", "08-15"),)
    for number, done, about in (
        (33, "08-10 10:00", "未到期即复查，逾期完成"),
        (34, "07-20 10:00", "未到期即复查，按期完成"),
    ):
        yield case("anhua", number, "g430923105", "06-09 09:00", by("07-30"), done, about=about, visits=failed)


def _taken_back() -> Iterable[Problem]:
    """A ledger shows a completion that later ones leave empty again."""

    def back(problem: Problem, at: str, until: str) -> Problem:
        return replace(problem, taken_back=(Claim(moment(at), datetime.fromisoformat(f"2026-{until} 12:00")),))

    c, town = "anhua", "g430923108"
    yield back(case(c, 35, town, "07-08 09:00", by("07-28"), about="完成后撤回"), "07-20 10:00", "08-15")
    late = case(c, 36, town, "07-08 09:10", by("07-28"), "09-05 10:00", about="撤回后重新完成")
    yield back(late, "07-20 10:10", "08-15")
    failed = (fail("08-20 10:00", c, "09-10"),)
    twice = case(c, 37, town, "06-08 09:20", by("06-28"), "09-05 10:30", about="复查前已撤回", visits=failed)
    yield back(twice, "06-25 10:00", "07-15")
    yield back(case("taojiang", 31, "g430922107", "07-08 09:00", by("07-28"), about="完成后撤回"), "07-20", "08-15")
    yield back(case("nanxian", 33, "g430921107", "07-08", by("07-28"), about="完成后撤回"), "07-20", "08-15")


def _parts() -> Iterable[Problem]:
    """A parent whose parts are all void or merged counts itself; one with a part that counts does not."""
    c, town = "heshan", "g430903107"
    for first, second in ((11, "merged"), (14, "normal")):
        parent = case(c, first, town, "06-11 09:00", by("06-30"), about="拆分前")
        yield parent
        for number, closure in ((first + 1, "void"), (first + 2, second)):
            part = case(c, number, town, "06-11 09:00", by("06-30"), about="拆分后")
            yield replace(part, parent_no=parent.number, closed_at=moment("06-24 10:00"), closure=closure)


def _limits() -> Iterable[Problem]:
    """Weeks, months and 限期; a month from the last day of a long one."""
    c, town = "taojiang", "g430922112"
    week, fortnight = Deadline("days", count=7, wording=2), Deadline("days", count=15, wording=2)
    yield case(c, 32, town, "06-10 09:10", week, "06-18", about="一周内，晚一日")
    yield case(c, 33, town, "06-10 09:20", fortnight, "06-25", about="限期15天，末日完成")
    yield case(c, 34, town, "06-10 09:30", Deadline("months", count=1), "07-10", about="1个月内，末日完成")
    yield case(c, 35, town, "08-31 09:40", Deadline("months", count=1), "10-01", about="1个月内，下月无此日")
