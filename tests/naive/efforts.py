"""Indicators of patrols: findings, effort, who led, what a back-check said."""

from __future__ import annotations

from collections.abc import Iterator

from naive.clock import day, first_day, holds, last_day, month_of, plus_days
from naive.frequency import Frequency
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
            yield "findings_per_100_patrols", patrol["grid_id"], month, day(patrol["started_at"]), patrol["findings"], 1
            for grid_id in self.patrols.credit[patrol["row_key"]]:
                yield from self._led(patrol, grid_id, month)
        for grid_id, rows in self.patrols.by_grid.items():
            for month in {month_of(row["started_at"]) for row in rows}:
                yield from self._effort(grid_id, month, [r for r in rows if month_of(r["started_at"]) == month])
        yield from self._gaps()
        yield from self._checked()
        yield from self._key_periods()

    def _led(self, patrol: Row, grid_id: str, month: str) -> Iterator[Fact]:
        on = day(patrol["started_at"])
        names = set(self.patrols.names(patrol))
        if any(
            row["grid_id"] == grid_id and row["post"] in CHIEFS and row["name"] in names and holds(row, on)
            for row in self.patrols.people.posts
        ):
            yield "chief_led_patrols", grid_id, month, on, 1, None

    def _effort(self, grid_id: str, month: str, rows: list[Row]) -> Iterator[Fact]:
        for on in {day(row["started_at"]) for row in rows}:
            yield "effort_patrol_days", grid_id, month, on, 1, None
        for _ in {who for row in rows for who in self._who(row, grid_id)}:
            yield "effort_inspectors", grid_id, month, last_day(month), 1, None
        lengths = [seconds for seconds in map(self._seconds, rows) if seconds is not None]
        if lengths:
            yield "effort_hours", grid_id, month, last_day(month), sum(lengths), None
        sites = {self.inputs.grid_words[site] for row in rows for site in row["sites"] or []}
        if sites:
            yield "effort_sites", grid_id, month, last_day(month), len(sites), None

    def _who(self, row: Row, grid_id: str) -> Iterator[str]:
        """Everybody where the ledger says whose patrol it was; else those of this grid. By number where it is known."""
        people, on = self.patrols.people, day(row["started_at"])
        for name in set(self.patrols.names(row)):
            held = people.held_by(name, row["county_id"], on)
            if row["by_grid_id"] is None and grid_id not in held:
                continue
            if not held:
                yield name
            for grid in held if row["by_grid_id"] is not None else [grid_id]:
                posts = [post for post in people.on(grid, on) if post["name"] == name]
                first = min(posts, key=lambda post: (post["post"], post["person_id"] is None, post["person_id"]))
                yield name if first["person_id"] is None else first["person_id"]

    def _seconds(self, row: Row) -> int | None:
        """How long it took, where both ends are told to the minute and make sense."""
        if row["ended_at"] is None or not row["ended_at_precision"] == "minute" == row["started_at_precision"]:
            return None
        seconds = int((row["ended_at"] - row["started_at"]).total_seconds())
        return seconds if 0 < seconds <= 86400 and row["ended_at"] <= self.inputs.as_of else None

    def _gaps(self) -> Iterator[Fact]:
        """How many days in a row nobody went, in every month of a grid that can be judged."""
        for duty in self.patrols.coverage():
            month = duty.period
            home = self.patrols.grids.then(duty.grid_id, last_day(month))["county_id"]
            if not self.patrols.deliveries.has(home, month, "patrol"):
                continue
            days = {day(p["started_at"]) for p in self.patrols.by_grid.get(duty.grid_id, [])}
            is_over = self.patrols.deliveries.is_over(month)
            until = plus_days(last_day(month), 1) if is_over else self.inputs.as_of.date()
            longest = run = 0
            at = first_day(month)
            while at < until:
                run = 0 if at in days else run + 1
                longest = max(longest, run)
                at = plus_days(at, 1)
            yield "effort_longest_gap_days", duty.grid_id, month, last_day(month), longest, None

    def _key_periods(self) -> Iterator[Fact]:
        """Days gone on within special periods and on other days, each times how many the others are."""
        frequency = Frequency(self.patrols)
        for duty in self.patrols.coverage():
            month, grid_id = duty.period, duty.grid_id
            then = self.patrols.grids.then(grid_id, last_day(month))
            if not self.patrols.deliveries.has(then["county_id"], month, "patrol"):
                continue
            until = min(last_day(month), self.inputs.as_of.date())
            every = {plus_days(first_day(month), n) for n in range((until - first_day(month)).days + 1)}
            inside = frequency.special_days(grid_id, then, month) & every
            outside = every - inside
            if inside and outside:
                went = {day(patrol["started_at"]) for patrol in self.patrols.by_grid.get(grid_id, [])}
                yield (
                    "key_period_ratio", grid_id, month, last_day(month), len(inside & went) * len(outside),
                    len(outside & went) * len(inside),
                )  # fmt: skip

    def _checked(self) -> Iterator[Fact]:
        for row in self.inputs.now["backcheck"]:
            random = row["sampled_by"] == "random" and row["checked_at"] <= self.inputs.as_of
            if random and row["result"] != "unverifiable" and row["grid_id"] is not None:
                agrees = int(row["result"] == "confirmed")
                at = row["checked_at"]
                yield "backcheck_agreement", row["grid_id"], month_of(at), day(at), agrees, 1
