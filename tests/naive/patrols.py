"""Whose each patrol was, and what the grids owed and did in each month."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from naive.clock import end_of, first_day, last_day, month_of, start_of
from naive.deliveries import Deliveries
from naive.duty import Duty
from naive.grids import Grids
from naive.inputs import Inputs, Row
from naive.people import People


class Patrols:
    """Patrols that have happened, with the grids they count for."""

    def __init__(self, inputs: Inputs, grids: Grids, people: People, deliveries: Deliveries) -> None:
        self.inputs, self.grids, self.people, self.deliveries = inputs, grids, people, deliveries
        self.all = [row for row in inputs.now["patrol"] if row["started_at"] <= inputs.as_of]
        self.by_id = {row["row_key"]: row for row in self.all}
        self.went: dict[str, set[str]] = {}
        self.credit: dict[str, list[str]] = {}
        held: dict[tuple[str, str, object], list[str]] = {}
        for row in self.all:
            when = row["started_at"].date()
            if row["by_grid_id"] is not None:
                own = {row["by_grid_id"]}
            else:
                own = set()
                for name in self.names(row):
                    key = (name, row["county_id"], when)
                    if key not in held:
                        held[key] = people.held_by(*key)
                    own |= set(held[key] or [""])
                own = own or {""}
            self.went[row["row_key"]] = own
            chain = grids.above(row["grid_id"], when)
            self.credit[row["row_key"]] = sorted(g for g in own if g and g in chain)

    @staticmethod
    def names(row: Row) -> list[str]:
        """Everybody who went, the leader too."""
        listed = list(row["inspectors"] or [])
        return listed + ([row["leader"]] if row["leader"] is not None else [])

    @cached_property
    def by_grid(self) -> dict[str, list[Row]]:
        """Grid → patrols that count for it, in order."""
        found: dict[str, list[Row]] = {}
        for row in sorted(self.all, key=lambda r: (r["started_at"], r["row_id"])):
            for grid_id in self.credit[row["row_key"]]:
                found.setdefault(grid_id, []).append(row)
        return found

    @cached_property
    def unsure(self) -> dict[str, set[str]]:
        """Patrol → grids whose own patrol it may have been, as far as anybody can say."""
        found: dict[str, set[str]] = {}
        for row in self.all:
            when, place, maybe = row["started_at"].date(), row["grid_id"], set()
            for grid_id in self.went[row["row_key"]]:
                if grid_id and grid_id != place and place in self.grids.above(grid_id, when):
                    maybe.add(grid_id)
            if "" in self.went[row["row_key"]]:
                for grid_id in {*self.grids.above(place, when), *self.grids.below(place, when)}:
                    home = self.grids.home[grid_id]["county_id"]
                    is_known = self.people.inspectors_on(grid_id, when) and not self._is_returned(row, grid_id, when)
                    if home == row["county_id"] and not is_known:
                        maybe.add(grid_id)
            found[row["row_key"]] = maybe
        return found

    def _is_returned(self, patrol: Row, grid_id: str, when: date) -> bool:
        """Whether one who went and is in no post stands in a row of this grid's roster that awaits mending."""
        return any(
            row["grid_id"] == grid_id
            and row["name"] in self.names(patrol)
            and (row["valid_from"] is None or row["valid_from"] <= when)
            and (row["valid_to"] is None or when <= row["valid_to"])
            and not self.people.held_by(row["name"], patrol["county_id"], when)
            for row in self.inputs.staging["returned_people"]
        )

    @cached_property
    def blind(self) -> set[tuple[str, date]]:
        """Grids and days on which somebody went and nobody can say whether it was the grid's own, or where."""
        return {(g, row["started_at"].date()) for row in self.all for g in self.unsure[row["row_key"]]}

    def is_blind(self, grid_id: str, first: date, last: date) -> bool:
        """Whether there is such a day among these."""
        return any(grid == grid_id and first <= on <= last for grid, on in self.blind)

    def owed(self) -> list[tuple[str, str, Row]]:
        """Grid, month, the grid as it was at the month's end: who owes coverage, measurable or not."""
        found = []
        for month in self.deliveries.months:
            first, last = first_day(month), last_day(month)
            for grid_id in self.grids.periods:
                then = self.grids.then(grid_id, last)
                if not then["is_patrol_grid"] or then["level"] not in (1, 2, 3):
                    continue
                if not self.grids.throughout(grid_id, first, last):
                    continue
                if self.deliveries.owes(then["county_id"], month, "patrol"):
                    found.append((grid_id, month, then))
        return found

    def coverage(self) -> list[Duty]:
        """One a patrol grid and month, met by the first patrol that counts for it."""
        found = []
        for grid_id, month, then in self.owed():
            due = end_of(last_day(month))
            mine = [p for p in self.by_grid.get(grid_id, []) if month_of(p["started_at"]) == month]
            met_at = mine[0]["started_at"] if mine else None
            is_over = self.inputs.as_of > due
            delivered = self.deliveries.has(then["county_id"], month, "patrol")
            if met_at is None and is_over and delivered and self.is_blind(grid_id, first_day(month), due.date()):
                continue
            if met_at is not None:
                state = "on_time"
            elif not is_over:
                state = "pending"
            else:
                state = "overdue" if delivered else "unreported"
            found.append(
                Duty(
                    "patrol_coverage", f"patrol_coverage/{grid_id}/{month}", grid_id, month, start_of(first_day(month)),
                    due, due, met_at, state, owner_level=then["level"],
                )
            )  # fmt: skip
        return found
