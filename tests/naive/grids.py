"""Grids, their periods and who stood above whom on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from naive.clock import day, holds
from naive.inputs import Inputs, Row


class Grids:
    """Periods of every grid, and the chain above as it stood on a day."""

    def __init__(self, inputs: Inputs) -> None:
        self.home = {row["grid_id"]: row for row in inputs.staging["grid_home"]}
        self.seed = {row["grid_id"]: row for row in inputs.seed["grid"]}
        self.periods: dict[str, list[Row]] = {}
        for grid_id, periods in self._stated(inputs).items():
            periods.sort(key=lambda row: row["valid_from"])
            for one, following in pairwise(periods):
                end = following["valid_from"] - timedelta(days=1)
                one["valid_to"] = min(one["valid_to"], end) if one["valid_to"] else end
            begun = [p for n, p in enumerate(periods) if n == 0 or p["valid_from"] <= inputs.as_of.date()]
            self.periods[grid_id] = begun
        self.counties = [g for g, row in self.seed.items() if row["level"] == 2]

    def _stated(self, inputs: Inputs) -> dict[str, list[Row]]:
        current = {row["row_key"] for row in inputs.now["grid"]}
        ends: dict[Any, Any] = {}
        for versions in inputs.versions["grid"].values():
            for row in versions:
                key, on = (row["row_key"], row["valid_to"]), row["file_received_at"].date()
                ends[key] = min(ends.get(key, on), on)
        registered: dict[str, list[Row]] = {}
        for row in inputs.staging["grid_registered"]:
            registered.setdefault(row["grid_id"], []).append(row)
        found: dict[str, list[Row]] = {}
        for grid_id, rows in registered.items():
            kept = [row for row in rows if row["row_key"] in current] or rows
            listed = self.seed.get(grid_id, {})
            by_day: dict[Any, Row] = {}
            for row in sorted(kept, key=lambda r: (r["received_at"], r["month"], r["row_id"])):
                flag, end = self._by_detachment(row, kept), row["valid_to"]
                if end is not None and row["sender_id"] != "city":
                    # a county cannot take back what was owed before it said so
                    end = max(end, ends[row["row_key"], end])
                by_day[row["valid_from"]] = {
                    "grid_id": grid_id, "name": row["name"], "level": row["level"], "county_id": row["county_id"],
                    "parent_id": row["parent_id"] or listed.get("parent_id") or row["county_id"],
                    "is_patrol_grid": listed.get("is_patrol_grid", True) if flag is None else flag,
                    "valid_from": row["valid_from"], "valid_to": end,
                }  # fmt: skip
            found[grid_id] = list(by_day.values())
        for grid_id, row in self.seed.items():
            rows = found.setdefault(grid_id, [])
            if not any(one["valid_from"] <= row["valid_from"] for one in rows):
                rows.append({**row, "valid_to": None})
        return found

    @staticmethod
    def _by_detachment(row: Row, rows: list[Row]) -> bool | None:
        """Whether the grid patrols, by what the detachment last said of this period or an earlier one."""
        said = [
            other for other in rows
            if other["sender_id"] == "city" and other["is_patrol_grid"] is not None
            and other["valid_from"] <= row["valid_from"]
        ]  # fmt: skip
        order = sorted(said, key=lambda r: (r["valid_from"], r["received_at"], r["row_id"]))
        return bool(order[-1]["is_patrol_grid"]) if order else None

    def latest(self, grid_id: str) -> Row:
        """The last period that has begun."""
        return self.periods[grid_id][-1]

    def level(self, grid_id: str) -> int:
        """The level of a grid, begun or not."""
        return int(self.home[grid_id]["level"])

    def above(self, grid_id: str, on: date | datetime) -> list[str]:
        """The grid itself and all above it on a day."""
        chain = []
        at: str | None = grid_id
        while at is not None and at in self.periods and at not in chain:
            chain.append(at)
            at = self.then(at, day(on))["parent_id"]
        return chain

    def at_level(self, grid_id: str, level: int, on: date | datetime) -> str | None:
        """The grid of that level in the chain of a day."""
        return next((g for g in self.above(grid_id, on) if self.latest(g)["level"] == level), None)

    def below(self, grid_id: str, on: date | datetime) -> list[str]:
        """The grid itself and all below it on a day."""
        return [leaf for leaf in self.periods if grid_id in self.above(leaf, on)]

    def is_under(self, grid_id: str, upper: str, first: date, last: date) -> bool:
        """Whether one grid stood right below another on every day from first to last."""
        turns = [one["valid_from"] for one in self.periods[grid_id] if first < one["valid_from"] <= last]
        return all(self.then(grid_id, on)["parent_id"] == upper for on in [first, *turns])

    def stands(self, grid_id: str, on: date) -> bool:
        """Whether the grid stands that day."""
        return any(holds(period, on) for period in self.periods[grid_id])

    def bearer(self, grid_id: str, due: date, met: date | None, as_of: date) -> str:
        """Who answers for what falls due that day: for a grid abolished before it was done, the nearest above."""
        gone = [one["valid_to"] for one in self.periods[grid_id] if one["valid_to"] and one["valid_to"] < due]
        if not gone or self.stands(grid_id, due) or max(gone) >= as_of or (met is not None and met <= max(gone)):
            return grid_id
        return next(
            (one for one in self.above(grid_id, max(gone))[1:] if self.level(one) and self.stands(one, due)), grid_id
        )

    def throughout(self, grid_id: str, first: Any, last: Any) -> bool:
        """Whether its periods cover every day from first to last."""
        days = 0
        for one in self.periods[grid_id]:
            since = max(one["valid_from"], first)
            until = min(one["valid_to"] or last, last)
            days += max((until - since).days + 1, 0)
        return days == (last - first).days + 1

    def then(self, grid_id: str, last: Any) -> Row:
        """The latest of its periods begun by that day."""
        begun = [one for one in self.periods[grid_id] if one["valid_from"] <= last]
        return begun[-1] if begun else self.periods[grid_id][0]
