"""Cases of handling, each a problem with every date written out: what chance brings too seldom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.demo.case_kit import by, case, day, moment
from pipelines.demo.facts import Extension, Problem
from pipelines.demo.facts_handling import Answer, Case, Handling


def handled_cases(months: Sequence[str], counties: Sequence[str]) -> tuple[Problem, ...]:
    """The cases found in these months and reported by these counties."""
    return tuple(
        problem
        for make in (_petitions, _hotline, _registered, _cases_of_law, _again)
        for problem in make()
        if problem.county_id in counties and problem.discovered_at.at.strftime("%Y-%m") in months
    )


def _petitions() -> Iterable[Problem]:
    """Sixty days and an extension: answered within it, after it, extended too late, extended by itself."""
    c, town = "heshan", "g430903104"
    for number, closed, by_grid, approved, about in (
        (41, "08-21 10:00", "u4", "07-20 09:00", "信访延期内办结"),
        (42, "09-10 10:00", "u4", "07-20 09:10", "信访延期后仍超期"),
        (43, "08-21 10:20", "u4", "08-06 09:00", "信访期满才批延期"),
        (44, "08-21 10:30", c, "07-20 09:20", "信访自批延期"),
    ):
        problem = case(c, number, town, "05-25 09:00", by("08-01"), closed, about=about)
        yield replace(
            problem,
            source="petition",
            extension=Extension(day("08-30"), by_grid, moment(approved)),
            closed_at=moment(closed),
            closure="normal",
            handling=Handling(
                registered_at=moment("05-25 11:00"),
                received_at=moment("05-25 09:00"),
                first_action_at=moment("05-26 10:00"),
                nature="petition",
                petition_no=f"XF2026{number:05d}",
                answer=Answer(
                    accepted_at=moment("06-05 10:00"),
                    replied_at=moment(closed),
                    fed_back_at=moment(closed),
                    direction="petitioner",
                ),
            ),
        )


def _hotline() -> Iterable[Problem]:
    """The ticket's own limit: its last minute, one minute more; and a ticket that states none."""
    c, town = "anhua", "g430923103"
    for number, closed, about in ((41, "07-09 17:00", "工单末分办结"), (42, "07-09 17:01", "工单晚一分钟办结")):
        ticket = case(c, number, town, "07-02 09:00", by("07-09 17:00"), closed, about=about)
        yield _ticket(ticket, closed)
    without = case(
        c, 43, town, "07-02 09:30", replace(by("07-09"), kind="none", moment=None), "07-20 10:00", about="工单未定时限"
    )
    yield _ticket(without, "07-20 10:00")


def _ticket(problem: Problem, closed: str) -> Problem:
    at = moment(closed)
    answer = Answer(replied_at=at, fed_back_at=at, direction="petitioner")
    found = problem.discovered_at
    handling = Handling(registered_at=found, received_at=found, first_action_at=found, answer=answer)
    return replace(problem, source="hotline", closed_at=at, closure="normal", handling=handling)


def _registered() -> Iterable[Problem]:
    """Twenty-four hours to the minute; over the end of a month; registered and closed in one minute; before it was
    found."""
    c, town = "anhua", "g430923108"
    for number, registered, about in (
        (44, "07-01 16:00", "恰满二十四小时登记"),
        (45, "07-01 16:01", "登记晚一分钟，跨月"),
        (46, "06-30 09:00", "登记早于发现"),
        (47, "07-06 15:00", "登记与办结同一分钟"),
    ):
        problem = case(c, number, town, "06-30 16:00", by("07-15"), "07-06 15:00", about=about)
        handling = Handling(
            registered_at=moment(registered),
            first_action_at=moment("06-30 16:00"),
            nature="violation",
            handler="安化示例02",
        )
        yield replace(problem, closed_at=moment("07-06 15:00"), closure="normal", handling=handling)
    yield replace(
        case("nanxian", 41, "g430921103", "06-30", by("07-20"), "07-10", about="按日登记，次日末"),
        closed_at=moment("07-13"),
        closure="normal",
        handling=Handling(registered_at=moment("07-01"), first_action_at=moment("07-02"), cleared_at=moment("07-20")),
    )


def _cases_of_law() -> Iterable[Problem]:
    """Filed on the last day, decided too late; filed before it was found; disclosed late."""
    c, town = "yuanjiang", "g430981105"
    for number, filed, decided, disclosed, about in (
        (41, "06-18 10:00", "09-16 10:00", "09-25 10:00", "末日立案、末日决定、按期公开"),
        (42, "06-19 10:00", "09-18 10:00", "10-20 10:00", "立案、决定、公开各晚"),
        (43, "06-01 10:00", "07-20 10:00", None, "立案早于发现，未公开"),
    ):
        problem = case(c, number, town, "06-03 10:00", by("06-30"), "06-25 10:00", about=about)
        law = Case(
            needs_filing=True,
            filed_at=moment(filed),
            decided_at=moment(decided),
            penalty_no=f"益环罚〔2026〕{2900 + number}号（示例）",
            fine=20_000,
            measures="查封扣押",
            must_disclose=True,
            disclosed_at=moment(disclosed) if disclosed else None,
        )
        handling = Handling(registered_at=moment("06-03 12:00"), nature="violation", beyond_authority=True, case=law)
        yield replace(problem, handling=handling)


def _again() -> Iterable[Problem]:
    """Cleared, and back within ninety days; another site's trouble is another."""
    c, town = "taojiang", "g430922107"
    for number, found, done, site in (
        (41, "05-06 09:00", "05-20 10:00", "示例反弹砖厂"),
        (42, "07-30 09:00", "08-10 10:00", "示例反弹砖厂"),
        (43, "07-31 09:00", "08-10 10:00", "示例另一砖厂"),
    ):
        problem = case(c, number, town, found, by("08-20"), done, about="同一点位同一类型再次发生")
        handling = Handling(registered_at=moment(found), cleared_at=moment(done))
        yield replace(
            problem, site=site, source="petition", closed_at=moment(done), closure="normal", handling=handling
        )
