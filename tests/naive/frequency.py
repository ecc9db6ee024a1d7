"""How often a grid was patrolled: the k-th day of those that plan or rule require, in months and special periods."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from naive.clock import end_of, first_day, last_day, month_of, months, plus_days, start_of
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
        current = {row["row_key"]: row for row in self.inputs.now["patrol_plan"]}
        versions = self.inputs.versions["patrol_plan"]
        plans = [told for key, row in current.items() if (told := self._as_bound(row, versions[key])) is not None]
        self.plans = sorted(plans, key=lambda p: (p["file_received_at"], p["row_id"]))

    @staticmethod
    def _as_bound(row: Row, versions: list[Row]) -> Row | None:
        """A plan as it stood when its month or period ended; told for the first time afterwards, it plans nothing."""
        ends = end_of(versions[0]["special_to"] or last_day(versions[0]["plan_month"]))
        first = min(version["file_received_at"] for version in versions)
        if first > ends:
            return None
        until = max(ends, end_of(first + timedelta(days=7)))
        last = [version for version in versions if version["file_received_at"] <= until][-1]
        if not is_binding(last):
            return None
        if is_special(last) and not last["special_from"] <= last["special_to"] >= last["notice_on"]:
            return None
        aim = {name: row[name] for name in ("grid_id", "whole_county_id", "plan_month", "county_id")}
        return {**last, **aim}

    def duties(self) -> list[Duty]:
        """The k-th day of every grid-month, and of every special period in the month it ends in; all or none."""
        found = []
        for grid_id, month, then in self.patrols.owed():
            parts = [self._days(grid_id, then, month, None)]
            for plan in self.specials(grid_id, then, month):
                if self._since(plan) <= self.inputs.as_of.date():
                    parts.append(self._days(grid_id, then, month, plan))
            if None not in parts:
                found += [duty for part in parts if part for duty in part]
        return found

    @staticmethod
    def _since(plan: Row) -> date:
        """Days before the notice are no part of it."""
        return max(plan["special_from"], plan["notice_on"])  # type: ignore[no-any-return]

    def specials(self, grid_id: str, then: Row, month: str) -> list[Row]:
        """The special periods of a grid that end in the month: of several for the same days the one that goes first."""
        by_days: dict[object, list[Row]] = {}
        for plan in self._aimed(grid_id, then):
            if is_special(plan) and month_of(plan["special_to"]) == month:
                by_days.setdefault((plan["special_from"], plan["special_to"]), []).append(plan)
        return [self._first(plans) for plans in by_days.values()]

    def special_days(self, grid_id: str, then: Row, month: str) -> set[date]:
        """The days of a month that lie in a special period of the grid."""
        days = [plus_days(first_day(month), n) for n in range(last_day(month).day)]
        periods = [plan for plan in self._aimed(grid_id, then) if is_special(plan)]
        return {on for on in days if any(self._since(plan) <= on <= plan["special_to"] for plan in periods)}

    def _aimed(self, grid_id: str, then: Row) -> list[Row]:
        """The plans that name the grid or its whole county."""
        return [
            plan for plan in self.plans
            if plan["grid_id"] == grid_id
            or (plan["grid_id"] is None and plan["whole_county_id"] == then["county_id"] and then["level"] == 3)
        ]  # fmt: skip

    @staticmethod
    def _first(plans: list[Row]) -> Row:
        """Its own plan before the county's, the detachment's before the county's own, then the latest."""

        def rank(plan: Row) -> tuple[object, ...]:
            return plan["grid_id"] is not None, plan["county_id"] == "city", plan["file_received_at"], plan["row_id"]

        citys = [plan["required_patrols"] or 0 for plan in plans if plan["county_id"] == "city"]
        return {**max(plans, key=rank), "at_least": max(citys, default=0)}

    def _required(self, grid_id: str, then: Row, month: str) -> int:
        """What the plan says; a county's own plan asks for no less than the rule and the detachment."""
        rule = int(self.inputs.limit("patrol_frequency", first_day(month), f"level{then['level']}")["value"])
        monthly = [p for p in self._aimed(grid_id, then) if not is_special(p) and p["plan_month"] == month]
        if not monthly:
            return rule
        plan = self._first(monthly)
        own = int(plan["required_patrols"])
        return own if plan["county_id"] == "city" else max(own, rule, plan["at_least"])

    def _days(self, grid_id: str, then: Row, month: str, plan: Row | None) -> list[Duty] | None:
        if plan is None:
            first, last = first_day(month), last_day(month)
            required, part = self._required(grid_id, then, month), month
        else:
            first, last = self._since(plan), plan["special_to"]
            own = plan["required_patrols"] if plan["required_patrols"] is not None else 1
            required = own if plan["county_id"] == "city" else max(own, plan["at_least"], 1)
            part = f"{month}/special/{plan['special_from']}"
        required = min(required, (last - first).days + 1)
        met: dict[object, datetime] = {}
        for patrol in self.patrols.by_grid.get(grid_id, []):
            if first <= patrol["started_at"].date() <= last:
                met.setdefault(patrol["started_at"].date(), patrol["started_at"])
        days = sorted(met.values())
        due = end_of(last)
        touched = months(month_of(first), month_of(last))
        delivered = all(self.patrols.deliveries.has(then["county_id"], m, "patrol") for m in touched)
        # no ledger shows the days of a period before its month is over
        is_over = self.inputs.as_of > end_of(last_day(month_of(last)))
        blind = self.patrols.is_blind(grid_id, first, last)
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
