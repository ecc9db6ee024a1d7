"""How often a grid was patrolled: the k-th day of those that plan or rule require, in months and special periods."""

from __future__ import annotations

from datetime import datetime

from naive.clock import end_of, first_day, last_day, month_of, months, start_of
from naive.duty import Duty
from naive.inputs import Row
from naive.patrols import Patrols


def is_special(plan: Row) -> bool:
    """Whether a plan is of a special period."""
    return plan["special_name"] is not None or plan["special_from"] is not None


def is_binding(plan: Row) -> bool:
    """A special period binds with its dates, number and date of notice."""
    needed = ("special_from", "special_to", "notice_no", "notice_on")
    return not is_special(plan) or all(plan[name] is not None for name in needed)


class Frequency:
    """Duties of the patrol days required."""

    def __init__(self, patrols: Patrols) -> None:
        self.patrols, self.inputs = patrols, patrols.inputs
        self.plans = sorted(
            (p for p in self.inputs.now["patrol_plan"] if is_binding(p)),
            key=lambda p: (p["file_received_at"], p["row_id"]),
        )

    def duties(self) -> list[Duty]:
        """The k-th day of every grid-month and of every special period."""
        found = []
        for grid_id, month, then in self.patrols.owed():
            ordinary = self._days(grid_id, then, month, None)
            if ordinary is None:
                continue
            found += ordinary
            for plan in self._stated(grid_id, then, month, special=True):
                if plan["special_from"] <= self.inputs.as_of.date():
                    found += self._days(grid_id, then, month, plan) or []
        return found

    def _stated(self, grid_id: str, then: Row, month: str, *, special: bool) -> list[Row]:
        """The plans that hold for a grid: those naming it, else those of its whole county."""
        own, whole = [], []
        for plan in self.plans:
            if plan["plan_month"] != month or is_special(plan) != special:
                continue
            if plan["grid_id"] == grid_id:
                own.append(plan)
            elif plan["grid_id"] is None and plan["whole_county_id"] == then["county_id"] and then["level"] == 3:
                whole.append(plan)
        return own + whole if special else own or whole

    def _days(self, grid_id: str, then: Row, month: str, plan: Row | None) -> list[Duty] | None:
        if plan is None:
            first, last = first_day(month), last_day(month)
            stated = self._stated(grid_id, then, month, special=False)
            rule = self.inputs.limit("patrol_frequency", first, f"level{then['level']}")["value"]
            required, part = (stated[-1]["required_patrols"] if stated else rule), month
        else:
            first, last = plan["special_from"], plan["special_to"]
            required, part = plan["required_patrols"] or 1, f"{month}/special/{first}"
        met: dict[object, datetime] = {}
        for patrol in self.patrols.by_grid.get(grid_id, []):
            if first <= patrol["started_at"].date() <= last:
                met.setdefault(patrol["started_at"].date(), patrol["started_at"])
        days = sorted(met.values())
        due = end_of(last)
        touched = months(month_of(first), month_of(last))
        delivered = all(self.patrols.deliveries.has(then["county_id"], m, "patrol") for m in touched)
        is_over = self.inputs.as_of > due
        blind = any((grid_id, m) in self.patrols.blind for m in touched)
        if len(days) < required and is_over and delivered and blind:
            return None
        found = []
        for k in range(1, required + 1):
            at = days[k - 1] if k <= len(days) else None
            unmet = ("overdue" if delivered else "unreported") if is_over else "pending"
            name = f"patrol_frequency/{grid_id}/{part}/{k}"
            found.append(
                Duty("patrol_frequency", name, grid_id, month_of(last), start_of(first), due, due, at,
                     "on_time" if at else unmet, owner_level=then["level"])
            )  # fmt: skip
        return found
