"""Indicators of patrols: findings, effort, who led, what a back-check said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from naive.clock import day, first_day, holds, last_day, month_of
from naive.indicators import Fact
from naive.inputs import Row
from naive.patrols import Patrols

CHIEFS = ("grid_chief", "body_head")


class PatrolFacts:
    """Facts of patrols."""

    def __init__(self, patrols: Patrols) -> None:
        self.patrols, self.inputs = patrols, patrols.inputs

    def facts(self) -> Iterator[Fact]:
        """All of them."""
        for patrol in self.patrols.all:
            month = month_of(patrol["started_at"])
            yield "findings_per_100_patrols", patrol["grid_id"], month, 100 * patrol["findings"], 1
            for grid_id in self.patrols.credit[patrol["row_key"]]:
                yield from self._led(patrol, grid_id, month)
        for grid_id, rows in self.patrols.by_grid.items():
            for month in {month_of(row["started_at"]) for row in rows}:
                yield from self._effort(grid_id, month, [r for r in rows if month_of(r["started_at"]) == month])
        yield from self._checked()

    def _led(self, patrol: Row, grid_id: str, month: str) -> Iterator[Fact]:
        on = day(patrol["started_at"])
        names = set(self.patrols.names(patrol))
        if any(
            row["grid_id"] == grid_id and row["post"] in CHIEFS and row["name"] in names and holds(row, on)
            for row in self.patrols.people.posts
        ):
            yield "chief_led_patrols", grid_id, month, 1, 0

    def _effort(self, grid_id: str, month: str, rows: list[Row]) -> Iterator[Fact]:
        days = sorted({day(row["started_at"]) for row in rows})
        for _ in days:
            yield "effort_patrol_days", grid_id, month, 1, 0
        for _ in {name for row in rows for name in self.patrols.names(row)}:
            yield "effort_inspectors", grid_id, month, 1, 0
        for row in rows:
            if row["ended_at"] is not None and row["ended_at_precision"] == "minute" == row["started_at_precision"]:
                seconds = (row["ended_at"] - row["started_at"]).total_seconds()
                yield "effort_hours", grid_id, month, int(seconds), 0
            for _ in set(row["sites"] or []):
                yield "effort_sites", grid_id, month, 1, 0
        yield "effort_longest_gap_days", grid_id, month, self._gap(days, month), 0

    def _gap(self, days: list[date], month: str) -> int:
        last = min(last_day(month), self.inputs.as_of.date())
        stops = [first_day(month), *days, last]
        return max((later - earlier).days for earlier, later in pairwise(stops))

    def _checked(self) -> Iterator[Fact]:
        for row in self.inputs.now["backcheck"]:
            random = row["sampled_by"] == "random" and row["checked_at"] <= self.inputs.as_of
            if random and row["result"] != "unverifiable" and row["grid_id"] is not None:
                agrees = int(row["result"] == "confirmed")
                yield "backcheck_agreement", row["grid_id"], month_of(row["checked_at"]), agrees, 1
