"""The problems that every rule of rectification must get right, one by one, each a case of something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.demo.case_kit import by, case, day, fail, moment, passed
from pipelines.demo.facts import Deadline, Extension, Problem, Suspension


def planned_cases(months: Sequence[str], counties: Sequence[str]) -> tuple[Problem, ...]:
    """The cases found in these months and reported by these counties."""
    return tuple(
        problem
        for make in (_anhua, _anhua_dates, _heshan, _nanxian, _small_counties, _deadlines, _city)
        for problem in make()
        if problem.county_id in counties and problem.discovered_at.at.strftime("%Y-%m") in months
    )


def _anhua() -> Iterable[Problem]:
    """To the minute; extensions; parents and duplicates. Re-inspections in a table of their own."""
    c, town = "anhua", "g430923101"
    yield case(c, 1, town, "06-10 09:20", by("06-20 12:00"), "06-20 12:00", about="恰在末分完成")
    yield case(c, 2, town, "06-10 09:40", by("06-20 12:00"), "06-20 12:01", about="晚一分钟完成")
    extended = case(c, 3, town, "06-12 10:00", by("06-30"), "07-10 15:00", about="延期内完成")
    yield replace(extended, extension=Extension(day("07-15"), "u1", moment("06-28 09:00")))
    late = case(c, 4, town, "06-12 10:30", by("06-30"), "07-10 15:30", about="批准晚于原时限")
    yield replace(late, extension=Extension(day("07-15"), "u1", moment("07-02 09:00")))
    own = case(c, 5, town, "06-12 11:00", by("06-30"), "07-10 16:00", about="本级自批延期")
    yield replace(own, extension=Extension(day("07-15"), c, moment("06-28 09:30")))
    by_county = case(c, 6, "g430923105", "08-12 11:00", by("08-31"), "09-08 16:00", about="乡镇整改县级批延期")
    yield replace(by_county, duty_grid="g430923105", extension=Extension(day("09-10"), c, moment("08-31 16:30")))
    running = case(c, 7, town, "10-12 11:00", by("10-31"), about="延期未满")
    yield replace(running, extension=Extension(day("11-20"), "city", moment("10-29 10:00")))
    parent = case(c, 8, town, "07-06 09:00", by("07-26"), about="信访件拆分前")
    yield parent
    for number, done in ((9, "07-20 10:00"), (10, "07-30 10:00")):
        child = case(c, number, town, "07-06 09:00", by("07-26"), done, about="信访件拆分后")
        yield replace(child, parent_no=parent.number, source="petition")
    yield replace(case(c, 11, town, "07-07 09:00", by("07-26"), about="重复件"), is_duplicate=True)
    yield case(
        c,
        12,
        town,
        "06-15 09:00",
        by("06-25"),
        "06-24 15:00",
        "07-09 15:00",
        about="复查不合格后按期",
        visits=(fail("06-29 10:00", c, "07-10"), passed("07-12 10:00", c)),
    )
    yield case(
        c,
        13,
        town,
        "06-16 09:00",
        by("06-25"),
        "06-24 16:00",
        about="复查不合格未定新时限",
        visits=(fail("07-02 10:00", c),),
    )
    yield case(
        c,
        14,
        town,
        "07-02 09:00",
        by("07-12"),
        "07-08 09:00",
        "07-20 09:00",
        about="同月两次完成，台账只见后一次",
        visits=(fail("07-14 10:00", c, "07-25"),),
    )
    yield case(
        c,
        15,
        town,
        "07-03 09:00",
        by("07-12"),
        "07-11 09:00",
        about="复查不合格，后经验收合格",
        visits=(fail("08-03 10:00", c, "08-20", "partial", "look_back"), passed("08-19 10:00", c, "accept")),
    )


def _anhua_dates() -> Iterable[Problem]:
    """Dates that contradict each other, and limits counted in days."""
    c, town = "anhua", "g430923103"
    yield case(c, 21, town, "08-05 09:00", by("08-25"), "08-03 10:00", about="整改早于发现")
    yield case(c, 22, town, "08-06 09:00", by("08-01"), "08-16 10:00", about="时限早于发现")
    days = Deadline("days", count=15)
    served = case(c, 23, town, "09-01 09:00", days, "09-19 10:00", about="自送达起算")
    yield replace(served, served_at=moment("09-04 10:00"))
    issued = case(c, 24, town, "09-01 09:10", days, "09-19 10:00", about="自文书下达起算")
    yield replace(issued, issued_at=moment("09-03 10:00"), assigned_at=moment("09-02 10:00"))
    assigned = case(c, 25, town, "09-01 09:20", days, "09-17 10:00", about="自交办起算")
    yield replace(assigned, assigned_at=moment("09-02 11:00"))
    yield case(c, 26, town, "09-01 09:30", days, "09-17 10:00", about="自发现起算")
    holiday = Deadline("workdays", count=10)
    for number, done, about in ((27, "10-14 10:00", "跨国庆，末日完成"), (28, "10-15 10:00", "跨国庆，晚一日")):
        across = case(c, number, town, "09-22 09:00", holiday, done, about=about)
        yield replace(across, served_at=moment("09-23 10:00"))
    beyond = Deadline("workdays", count=60)
    yield case(c, 29, town, "10-20 09:00", beyond, about="时限超出已发布日历")


def _heshan() -> Iterable[Problem]:
    """Monthly ledger and a table of visits: three rounds, open rounds, cancelled ones, a long wait."""
    c, town = "heshan", "g430903103"
    yield case(
        c,
        1,
        town,
        "05-11 09:20",
        by("05-25"),
        "05-24 10:00",
        "06-18 10:00",
        "07-28 10:00",
        about="两次复查不合格，第三轮超期",
        visits=(fail("06-02 10:00", c, "06-20"), fail("07-02 10:00", c, "07-20")),
    )
    yield case(c, 2, town, "05-12 09:20", by("05-30"), "08-14 11:00", about="五月发现八月完成")
    failed = (fail("09-02 14:00", c, "09-25"),)
    yield case(c, 3, town, "08-12 09:20", by("08-30"), "08-28 11:00", about="第二轮超期未办", visits=failed)
    failed = (fail("10-12 14:00", c, "11-25", kind="look_back"),)
    yield case(c, 4, town, "09-14 09:20", by("09-30"), "09-29 11:00", about="第二轮未到期", visits=failed)
    for number, closure in ((5, "void"), (6, "merged"), (8, "forced")):
        closed = case(c, number, town, f"07-{10 + number} 10:10", by("07-31"), about="办结方式各不相同")
        yield replace(closed, closed_at=moment("07-28 16:10"), closure=closure)
    for number, about, by_grid, at in (
        (7, "上级批准缓办", "u4", "07-27 09:00"),
        (10, "本级自批缓办", c, "07-27 09:30"),
        (17, "时限已过才批准缓办", "city", "08-03 09:00"),
        (18, "缓办未写批准", "", ""),
    ):
        put_off = case(c, number, town, "07-17 10:10", by("07-31"), about=about)
        approval = Suspension(by_grid, moment(at)) if by_grid else None
        yield replace(put_off, closed_at=moment("08-04 16:10"), closure="suspended", suspension=approval)
    failed = (fail("10-10 09:30", c, "10-25"),)
    town_owes = case(c, 9, town, "09-15 10:20", by("09-30"), about="未完成即复查", visits=failed)
    yield replace(town_owes, duty_grid=town)


def _nanxian() -> Iterable[Problem]:
    """Books that know days only, the one re-inspection in the ledger itself."""
    c, town = "nanxian", "g430921102"
    yield case(c, 1, town, "05-08", by("05-20"), "05-20", about="末日完成")
    yield case(c, 2, town, "05-08", by("05-20"), "05-21", about="次日完成")
    late = (fail("07-03", c, "07-15"),)
    yield case(c, 3, town, "06-10", by("06-30"), "06-26", "07-22", about="第二轮超期完成", visits=late)
    yield case(c, 4, town, "06-11", by("06-30"), "06-26", "07-12", about="第二轮按期完成", visits=late)
    yield case(c, 5, town, "09-08", by("09-20"), "09-18", about="第二轮超期未办", visits=(fail("10-08", c, "10-20"),))
    yield case(c, 6, town, "09-09", by("09-20"), "09-18", about="第二轮未到期", visits=(fail("10-19", c, "11-16"),))
    yield case(c, 7, town, "09-10", by("09-20"), "09-18", about="第二轮未定时限", visits=(fail("10-08", c),))
    own = case(c, 8, town, "06-12", by("06-30"), "07-08", about="本级自批延期")
    yield replace(own, extension=Extension(day("07-10"), c, moment("06-28")))
    same_day = case(c, 9, town, "06-12", by("06-30"), "07-08", about="原时限当日获批延期")
    yield replace(same_day, extension=Extension(day("07-10"), "city", moment("06-30")))
    yield case(c, 10, town, "06-15", by("06-30"), "06-11", about="整改早于发现")
    yield case(c, 11, town, "05-25", Deadline("spot"), "05-25", about="立行立改当日完成")


def _small_counties() -> Iterable[Problem]:
    """Told only after a missing ledger; known by its closing date; numbers that are mere digits."""
    missed = case("ziyang", 1, "g430902104", "08-20 09:30", by("09-10"), "09-08", about="九月完成，十月才报")
    yield replace(missed, closed_at=moment("09-12"), closure="normal")
    yield case("ziyang", 2, "g430902105", "09-21 09:30", by("10-08"), "10-06", about="九月发现，十月才报")
    for number, closed in ((1, "06-19"), (2, "06-27")):
        known = case("datonghu", number, "g430971123", "06-03 10:00", by("06-20"), about="只有办结时间")
        yield replace(known, closed_at=moment(closed), closure="normal")
    yield case("gaoxin", 1, "g430972109", "07-09", by("07-24"), "08-04", about="超期完成")


def _deadlines() -> Iterable[Problem]:
    """Every way of stating a deadline."""
    c, town = "taojiang", "g430922113"
    yield case(c, 1, town, "06-03 09:10", Deadline("spot"), "06-03", about="立行立改按期")
    yield case(c, 2, town, "06-03 09:30", Deadline("spot"), "06-05", about="立行立改超期")
    yield case(c, 3, town, "06-04 09:30", Deadline("month_end", month="2026-06"), "06-30", about="月底前末日")
    july = Deadline("month_end", month="2026-07", wording=1)
    yield case(c, 4, town, "06-04 09:40", july, "08-01", about="月底后一日")
    yield case(c, 5, town, "06-05 09:30", Deadline("year_end"), about="年底前")
    december = Deadline("year_end", month="2026-12", wording=1)
    yield case(c, 6, town, "06-05 09:40", december, "07-07", about="写明年份，已完成")
    yield case(c, 7, town, "06-08 09:30", Deadline("long_term"), about="长期坚持")
    yield case(c, 8, town, "06-08 09:40", Deadline("none"), "07-02", about="未填时限")
    yield case(c, 9, town, "06-09 09:40", Deadline("workdays", count=5, wording=1), "06-16", about="五个工作日")


def _city() -> Iterable[Problem]:
    """The detachment's own ledger: problems anywhere, owed by county, township or unit."""
    c = "city"
    yield case(c, 1, "g430903104", "06-17 09:10", by("07-05"), "07-02 10:00", about="由所在县区承担")
    stated = case(c, 2, "g430981105", "06-18 09:10", by("07-05"), "07-09 10:00", about="写明由乡镇承担")
    yield replace(stated, duty_grid="g430981105", source="spot_check")
    yield case(c, 3, "u2", "07-15 09:10", by("07-31"), "07-30 10:00", about="由一级网格单元承担")
    approved = case(c, 4, "g430921127", "08-13 09:10", by("08-31"), "09-11 10:00", about="支队批准延期")
    yield replace(approved, extension=Extension(day("09-15"), "city", moment("08-30 10:00")))
    failed = (fail("09-16 10:00", "u4", "09-30"), passed("09-29 10:00", "u4"))
    yield case(c, 5, "g430903001", "08-14 09:10", by("08-31"), "08-30 10:00", about="单元复查", visits=failed)
