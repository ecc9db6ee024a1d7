"""How each county keeps its books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def _columns(table: str, cells: str) -> frozenset[str]:
    return frozenset(f"{table}.{cell}" for cell in cells.split())


_NO_CASES = _columns(
    "problem", "needs_filing filed_at decided_at penalty_no fine_amount measures must_disclose disclosed_at"
)
_NO_REPORTS = _columns("problem", "beyond_authority escalated_at referred_at referred_to")
_VISITS = _columns("problem", "reinspected_at reinspector reinspection_result new_due")
_NOT_ENTERED = _columns("patrol", "entered_at")


@dataclass(frozen=True)
class County:
    """One sender.

    folder: its name under the month. short, prefix: of the names of its people and its numbers. style: A to I,
    each sender its own.
    is_daily: its books hold days, not minutes. is_cumulative: each problem ledger repeats all earlier ones.
    visits_in_ledger: re-inspections stand in columns of the problem ledger. names_by_grid: share of patrols whose
    实施网格 is stated (0: no such column). has_bare_numbers: its problem numbers are digits only, and spreadsheets
    keep them as numbers. lacks: columns it never kept, written `table.cell`. gained: columns and the month since
    which it keeps them. lost: columns and the one month whose ledger leaves them out.
    """

    county_id: str
    folder: str
    short: str
    prefix: str
    style: str
    is_daily: bool = False
    is_cumulative: bool = False
    visits_in_ledger: bool = False
    names_by_grid: float = 0.0
    has_bare_numbers: bool = False
    lacks: frozenset[str] = frozenset()
    gained: Mapping[str, str] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_rectified(self) -> bool:
        """True where 整改完成时间 is kept."""
        return "problem.rectified_at" not in self.lacks

    def lacking(self, month: str) -> frozenset[str]:
        """The columns that its ledgers of a month do not have."""
        not_yet = (column for column, since in self.gained.items() if month < since)
        lost = (column for column, at in self.lost.items() if month == at)
        apart = frozenset() if self.visits_in_ledger else _VISITS
        return self.lacks.union(not_yet, lost, apart)

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
        County("taojiang", "桃江县", "桃江", "TJ", "C", names_by_grid=0.6, lacks=_columns("problem", "nature listing")),
        County(
            "ziyang",
            "ziyang",
            "资阳",
            "ZY",
            "E",
            names_by_grid=0.6,
            lacks=_columns("problem", "supervisor_grid"),
            gained={"problem.first_action_at": "2025-07"},
        ),
        County("yuanjiang", "430981", "沅江", "YJ", "F", lost={"problem.registered_at": "2026-03"}),
        County(
            "datonghu",
            "大通湖区",
            "大通湖",
            "DTH",
            "G",
            names_by_grid=0.6,
            lacks=_NO_CASES | _NOT_ENTERED | _columns("problem", "rectified_at registered_at assignment_no"),
        ),
        County(
            "nanxian",
            "nanxian",
            "南县",
            "NX",
            "D",
            is_daily=True,
            is_cumulative=True,
            visits_in_ledger=True,
            lacks=_NOT_ENTERED | _columns("problem", "nature feedback_at"),
            gained={"problem.must_disclose": "2025-09", "problem.disclosed_at": "2025-09"},
        ),
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
            lacks=_NO_REPORTS | _NOT_ENTERED | _columns("problem", "received_at first_action_at handler"),
        ),
        County("city", "city", "支队", "ZD", "I", is_cumulative=True, names_by_grid=0.7),
    )
}
