"""What is owed by the year, and who was in post every day of the month."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from naive.clock import end_of, first_day, holds, last_day, month_of, plus_days, plus_workdays, start_of
from naive.deliveries import Deliveries
from naive.duty import Duty, by_dates
from naive.grids import Grids
from naive.inputs import Inputs, Row
from naive.people import People

FIXED = ("area", "staff", "duty", "task", "reward")
MANAGED = ("rule", "meeting", "self_check")


class Yearly:
    """Self-evaluation, the five fixed, posts filled, running of the grid."""

    def __init__(self, inputs: Inputs, grids: Grids, people: People, deliveries: Deliveries) -> None:
        self.inputs, self.grids, self.people, self.deliveries = inputs, grids, people, deliveries
        self.years = list(range(int(deliveries.months[0][:4]), inputs.as_of.year + 1))
        self.leaves = [g for g in grids.periods if grids.level(g) in (1, 2, 3)]

    def senders(self, table: str) -> set[str]:
        """Who ever delivered a table."""
        return {place[0] for place in self.deliveries.delivered if place[2] == table}

    def evaluations(self) -> list[Duty]:
        """Every grid, by the end of the next January."""
        sent: dict[tuple[str, int], list[Row]] = {}
        senders = set()
        for versions in self.inputs.versions["self_evaluation"].values():
            for row in versions:
                if row["submitted_at"] <= self.inputs.as_of:
                    sent.setdefault((row["grid_id"], row["year"]), []).append(row)
                    senders.add((row["county_id"], row["year"]))
        found = []
        for year in self.years:
            start, due = datetime(year + 1, 1, 1), self.evaluation_due(year)
            for grid_id in self.leaves:
                if self.inputs.as_of < start or not self.grids.stands(grid_id, date(year, 12, 31)):
                    continue
                met, is_contradicted = self._sent(sent.get((grid_id, year), []), year, due)
                state = "bad_dates" if is_contradicted else by_dates(due, met, self.inputs.as_of)
                if state == "overdue" and (self.grids.home[grid_id]["county_id"], year) not in senders:
                    state = "unreported"
                found.append(
                    self._duty("self_evaluation_submission", f"{grid_id}/{year}", grid_id, start, due, met, state)
                )
        return found

    @staticmethod
    def _sent(rows: list[Row], year: int, due: datetime) -> tuple[datetime | None, bool]:
        """When the year was reported on, and whether that contradicts itself: before its last quarter nobody could."""
        if not rows:
            return None, False
        credible = [row for row in rows if row["submitted_at"] >= datetime(year, 10, 1)]
        if not credible:
            return min(row["submitted_at"] for row in rows), True
        met = min(row["submitted_at"] for row in credible)
        opened = min(row["file_received_at"] for row in rows).date()
        first = [row["submitted_at"] for row in credible if (row["file_received_at"].date() - opened).days <= 7]
        return met, met <= due and (not first or min(first) > due)

    @staticmethod
    def evaluation_due(year: int) -> datetime:
        """The end of the January after it."""
        return datetime(year + 1, 1, 31, 23, 59, 59)

    def improvements(self) -> list[Duty]:
        """Each shortfall has a measure, an owner and a date; each measure is done by its date."""
        found = []
        for row in self.inputs.now["self_evaluation"]:
            start = row["submitted_at"]
            if start > self.inputs.as_of:
                continue
            fields, grid_id = set(row["fields"]), row["grid_id"]
            if row["shortfall"] is not None and {"shortfall", "improvement", "owner", "improvement_due"} <= fields:
                due = self.evaluation_due(row["year"])
                full = row["improvement"] and row["owner"] and row["improvement_due_kind"]
                met = start if full else None
                state = by_dates(due, met, self.inputs.as_of)
                state = "bad_dates" if start < datetime(row["year"], 10, 1) else state
                opens = datetime(row["year"] + 1, 1, 1)
                found.append(self._duty("improvement_defined", row["row_key"], grid_id, opens, due, met, state))
            if row["improvement"] is not None and {"improvement", "improvement_done_at"} <= fields:
                until = self._improvement_due(row)
                done = row["improvement_done_at"]
                # what was written before it came is a plan
                told = [v["file_received_at"] for v in self._tellings(row["row_key"])]
                known = min(self.inputs.as_of, end_of(max(told)))
                done = done if done is not None and done <= known else None
                state = by_dates(until, done, self.inputs.as_of)
                found.append(self._duty("improvement_done", row["row_key"], grid_id, start, until, done, state))
        return found

    def _tellings(self, key: str) -> list[Row]:
        """Every row that told it, those that told the same again too."""
        return [row for row in self.inputs.told["self_evaluation"] if row["row_key"] == key]

    def _improvement_due(self, row: Row) -> datetime | None:
        kind, at, number = row["improvement_due_kind"], row["improvement_due_at"], row["improvement_due_number"]
        start = row["submitted_at"]
        if kind == "days":
            return end_of(plus_days(start, number))
        if kind == "working_days":
            nth = plus_workdays(self.inputs.calendar, start, number)
            return end_of(nth) if nth else None
        if kind == "same_day":
            return end_of(start)
        if kind == "year_end" and at is None:
            return end_of(date(start.year, 12, 31))
        if at is None or (kind == "date" and row["improvement_due_precision"] == "minute"):
            return at  # type: ignore[no-any-return]
        return end_of(at)

    def fixed(self) -> list[Duty]:
        """Five documents of every grid, each by the end of the year; once fixed, it holds."""
        dated: dict[tuple[str, str], date] = {}
        sent = set()
        for row in self.inputs.now["grid"]:
            grid_id = self._registered(row)
            for kind in FIXED:
                document, on = row[f"fixed_{kind}"], row[f"fixed_{kind}_on"]
                if f"fixed_{kind}" in row["fields"]:
                    sent.add(row["county_id"])
                since = on or row["valid_from"]
                if (document is not None or on is not None) and since <= self.inputs.as_of.date():
                    dated[grid_id, kind] = min(dated.get((grid_id, kind), date.max), since)
        found = []
        for year in self.years:
            first, due = start_of(date(year, 1, 1)), end_of(date(year, 12, 31))
            for grid_id in self.leaves:
                for kind in FIXED if self.grids.stands(grid_id, min(due, self.inputs.as_of).date()) else ():
                    on = dated.get((grid_id, kind))
                    met = None if on is None or on > due.date() else max(start_of(on), first)
                    state = by_dates(due, met, self.inputs.as_of)
                    if state == "overdue" and self.grids.home[grid_id]["county_id"] not in sent:
                        state = "unreported"
                    found.append(self._duty("five_fixed", f"{grid_id}/{year}/{kind}", grid_id, first, due, met, state))
        return found

    def _registered(self, row: Row) -> str:
        """The grid a row of the register means: two lists give some towns each other's code, so the name decides."""
        seeds = [seed for seed in self.inputs.seed["grid"] if str(seed["code"])[:6] == str(row["code"])[:6]]
        named = [seed for seed in seeds if row["name"] in (seed["name"], *str(seed["aliases"] or "").split(";"))]
        coded = [seed for seed in seeds if seed["code"] == row["code"]]
        return str(next((seed["grid_id"] for seed in [*named, *coded]), f"g{row['code']}"))

    def posts(self) -> list[Duty]:
        """A named responsible person on every day of the month; who is lent elsewhere without a deputy is none."""
        held: dict[str, list[Row]] = {}
        for row in self.people.posts:
            if self.people.is_responsible(row):
                held.setdefault(row["grid_id"], []).append(row)
        lent = [r for r in self.people.absences if r["kind"] == "seconded" and r["deputy"] is None]
        sent = self.senders("person")
        found = []
        for month in self.deliveries.months:
            first, last = first_day(month), last_day(month)
            for grid_id in self.leaves:
                if not self.grids.throughout(grid_id, first, last):
                    continue
                due = end_of(last)
                days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
                acting = self._acting(grid_id)
                filled = all(
                    self._is_filled(held.get(grid_id, []), lent, on) or any(holds(row, on) for row in acting)
                    for on in days
                )
                met = due if filled and self.inputs.as_of > due else None
                state = by_dates(due, met, self.inputs.as_of)
                if state == "overdue" and self.grids.home[grid_id]["county_id"] not in sent:
                    state = "unreported"
                found.append(self._duty("post_filled", f"{grid_id}/{month}", grid_id, start_of(first), due, met, state))
        return found

    def _acting(self, grid_id: str) -> list[Row]:
        """Rows that name somebody to stand in for the responsible person of a grid."""
        return [
            row for row in self.people.absences
            if row["grid_id"] == grid_id and self.people.is_responsible(row)
            and (row["deputy"] is not None or row["kind"] == "acting")
        ]  # fmt: skip

    @staticmethod
    def _is_filled(posts: list[Row], lent: list[Row], on: date) -> bool:
        for row in posts:
            away = any(r["grid_id"] == row["grid_id"] and r["name"] == row["name"] and holds(r, on) for r in lent)
            if holds(row, on) and not away:
                return True
        return False

    def management(self) -> list[Duty]:
        """One record of each kind a year, asked of a sender from the year of its first folder with such records.

        A rule once made holds in the years after.
        """
        held: dict[tuple[str, int, str], date] = {}
        first_year: dict[str, int] = {}
        told = set()
        for county_id, month, table in self.deliveries.delivered:
            if table == "grid_record":
                first_year[county_id] = min(first_year.get(county_id, 9999), int(month[:4]))
                told.add((county_id, int(month[:4])))
        for row in self.inputs.now["grid_record"]:
            if row["held_on"] <= self.inputs.as_of.date():
                key = (row["grid_id"], row["held_on"].year, row["kind"])
                held[key] = min(held.get(key, date.max), row["held_on"])
                told.add((row["county_id"], row["held_on"].year))
        found = []
        for year in self.years:
            first, due = start_of(date(year, 1, 1)), end_of(date(year, 12, 31))
            for grid_id in self.leaves:
                sender = self.grids.home[grid_id]["county_id"]
                end = min(due, self.inputs.as_of).date()
                if year < first_year.get(sender, 9999) or not self.grids.stands(grid_id, end):
                    continue
                for kind in MANAGED:
                    of_kind = [on for (grid, _, what), on in held.items() if (grid, what) == (grid_id, kind)]
                    since = min((on for on in of_kind if on.year <= year), default=None)
                    on = since if kind == "rule" else held.get((grid_id, year, kind))
                    state = by_dates(due, start_of(on) if on else None, self.inputs.as_of)
                    if state == "overdue" and (sender, year) not in told:
                        state = "unreported"
                    name = f"{grid_id}/{year}/{kind}"
                    met = start_of(on) if on else None
                    found.append(self._duty("grid_management", name, grid_id, first, due, met, state))
        return found

    def _duty(self, metric_id: str, name: str, grid_id: str, start: datetime, due: datetime | None,
              met: datetime | None, state: str) -> Duty:  # fmt: skip
        period = month_of(due or start)
        level = self.grids.level(grid_id)
        return Duty(metric_id, f"{metric_id}/{name}", grid_id, period, start, due, due, met, state, owner_level=level)
