"""Many problems told by several ledgers in one house, and their duties in short."""

from __future__ import annotations

from typing import Any

from house import House, problem

FULL = [*problem("A"), "document_issued_at", "assigned_at"]
VISITS = ["problem_no", "by_grid", "done_at", "kind", "result", "new_due"]
U1, CITY = "第一网格单元", "市支队"


class Told:
    """Ledgers of the county, each at its receipt with the problems it tells; the last version is what stands."""

    def __init__(self, as_of: str = "2026-12-20 09:00") -> None:
        self.house = House(as_of=as_of)
        self.ledgers: dict[tuple[str, str], list[dict[str, str]]] = {}

    def case(self, number: str, *versions: tuple[str, str, dict[str, str]]) -> None:
        """One problem in several ledgers: (received, month of the folder, what differs from the usual row)."""
        for received, month, given in versions:
            row = problem(number, **given)
            self.ledgers.setdefault((received, month), []).append({**dict.fromkeys(FULL, ""), **row})

    def build(self, *, is_reversed: bool = False) -> House:
        for (received, month), rows in sorted(self.ledgers.items(), reverse=is_reversed):
            self.house.ledger("problem", rows, received=f"{received} 10:00", month=month, fields=FULL)
        return self.house.build()


def duty(house: House, number: str) -> dict[str, Any]:
    return house.one(f"select * from published.obligation where obligation_id = 'rectification/anhua/{number}/r1'")


def short(found: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """State, original and counting deadline as days of the year."""
    days = [str(found[name])[5:10] if found[name] else None for name in ("original_due_at", "due_at")]
    return (found["state"], days[0], days[1])


OCT, NOV, DEC = ("2026-10-16", "2026-10"), ("2026-11-16", "2026-11"), ("2026-12-05", "2026-12")
