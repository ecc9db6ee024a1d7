"""How each county keeps its books."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class County:
    """One sender.

    folder: its name under the month. short, prefix: of the names of its people and its numbers. style: A to I,
    each sender its own.
    is_daily: its books hold days, not minutes. is_cumulative: each problem ledger repeats all earlier ones.
    visits_in_ledger: re-inspections stand in columns of the problem ledger. has_rectified: 整改完成时间 is kept.
    names_by_grid: share of patrols whose 实施网格 is stated (0: no such column). has_bare_numbers: its problem
    numbers are digits only, and spreadsheets keep them as numbers.
    """

    county_id: str
    folder: str
    short: str
    prefix: str
    style: str
    is_daily: bool = False
    is_cumulative: bool = False
    visits_in_ledger: bool = False
    has_rectified: bool = True
    names_by_grid: float = 0.0
    has_bare_numbers: bool = False

    def problem_no(self, month: str, count: int) -> str:
        """The number of the count-th problem discovered in a month."""
        compact = month.replace("-", "")
        return f"{compact}{count:03d}" if self.has_bare_numbers else f"{self.prefix}WT-{compact}-{count:03d}"

    def patrol_no(self, month: str, count: int) -> str:
        """The number of the count-th patrol of a month."""
        return f"{self.prefix}XC-{month.replace('-', '')}-{count:04d}"


COUNTIES = {
    county.county_id: county
    for county in (
        County("anhua", "anhua", "安化", "AH", "A", is_cumulative=True, names_by_grid=0.15),
        County("taojiang", "桃江县", "桃江", "TJ", "C", names_by_grid=0.6),
        County("ziyang", "ziyang", "资阳", "ZY", "E", names_by_grid=0.6),
        County("yuanjiang", "430981", "沅江", "YJ", "F"),
        County("datonghu", "大通湖区", "大通湖", "DTH", "G", has_rectified=False, names_by_grid=0.6),
        County("nanxian", "nanxian", "南县", "NX", "D", is_daily=True, is_cumulative=True, visits_in_ledger=True),
        County("heshan", "赫山区", "赫山", "HS", "B"),
        County(
            "gaoxin",
            "gaoxin",
            "高新",
            "GX",
            "H",
            is_daily=True,
            is_cumulative=True,
            visits_in_ledger=True,
            has_bare_numbers=True,
        ),
        County("city", "city", "支队", "ZD", "I", is_cumulative=True, names_by_grid=0.7),
    )
}
