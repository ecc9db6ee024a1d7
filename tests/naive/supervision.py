"""What grids above owe: guidance, surprise inspections, following up what is listed; and patrols entered in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from naive.clock import day, end_of, first_day, last_day, month_of, plus_days, start_of
from naive.duty import Duty, by_dates
from naive.inputs import Row
from naive.patrols import Patrols
from naive.problems import Case, Problems
from naive.rectify import is_out, silent
from naive.sites import Sites
from naive.windows import Window, windows

FROM_ABOVE = ("spot_check", "supervision", "guidance")


class Supervision:
    """Duties of the grids above, and of entering patrols."""

    def __init__(self, patrols: Patrols, problems: Problems, sites: Sites) -> None:
        self.patrols, self.problems, self.sites = patrols, problems, sites
        self.inputs, self.grids, self.deliveries = patrols.inputs, patrols.grids, patrols.deliveries

    def guidance(self) -> list[Duty]:
        """Once a quarter, of every grid below by the one above it."""
        found = []
        for window in windows("quarter", first_day(self.deliveries.months[0]), self.inputs.as_of.date()):
            for grid_id in self.grids.periods:
                then = self.grids.then(grid_id, window.last)
                if then["level"] not in (2, 3) or not self.grids.throughout(grid_id, window.first, window.last):
                    continue
                owner = str(then["parent_id"])
                if not self.grids.is_under(grid_id, owner, window.first, window.last):
                    continue
                came = [
                    p["started_at"] for p in self.patrols.by_grid.get(owner, [])
                    if p["kind"] in FROM_ABOVE and grid_id in self.grids.above(p["grid_id"], p["started_at"])
                ]  # fmt: skip
                found.append(self._owed("upper_guidance", f"{grid_id}/{window.name}", owner, window, came, "patrol"))
        return found

    def surprises(self) -> list[Duty]:
        """Each unit goes unannounced to a key enterprise every month; not asked where none can say whose it was."""
        found = []
        for grid_id, month, then in self.patrols.owed():
            if then["level"] != 1:
                continue
            window = Window(month, first_day(month), last_day(month))
            surprising = [
                p for p in self.patrols.all
                if p["kind"] == "surprise" and p["sites"] and self._is_of_key_enterprise(p)
            ]  # fmt: skip
            own = {p["row_key"] for p in self.patrols.by_grid.get(grid_id, [])}
            came = [p["started_at"] for p in surprising if p["row_key"] in own]
            duty = self._owed("surprise_inspection", f"{grid_id}/{month}", grid_id, window, came, "patrol")
            maybe = [p for p in surprising if grid_id in self.patrols.unsure[p["row_key"]]]
            if duty.state == "overdue" and any(month_of(p["started_at"]) == month for p in maybe):
                continue
            found.append(duty)
        return found

    def _is_of_key_enterprise(self, patrol: Row) -> bool:
        """A key enterprise listed that day; where no list says which are key, any site; as told by month's end."""
        when = patrol["started_at"]
        until = last_day(month_of(when))
        says_key = {
            self.grids.home[row["grid_id"]]["county_id"]
            for rows in self.sites.known(until).values() for row in rows if row["is_key"] is not None
        }  # fmt: skip
        around = {*self.grids.above(patrol["grid_id"], when), *self.grids.below(patrol["grid_id"], when)}
        if any(county in around and county not in says_key for county in self.grids.counties):
            return True
        names = {self.sites.word(site) for site in patrol["sites"]}
        for site_id in self.sites.ever:
            site = self.sites.at(site_id, day(patrol["started_at"]), until)
            if site and site["is_key"] and site["kind"] == "enterprise" and self.sites.word(site["name"]) in names:
                return True
        return False

    def listed(self) -> list[Duty]:
        """The unit above goes after every listed problem and site each month."""
        found = []
        for month in self.deliveries.months:
            if not self.deliveries.is_asked("city", month):
                continue
            window = Window(month, first_day(month), last_day(month))
            for case in self.problems.cases.values():
                place = case.now["grid_id"]
                unit = self.grids.at_level(place, 1, window.last)
                if unit and self._is_listed(case, month) and self._is_open(case, start_of(window.first)):
                    visits = self.problems.visits.of_problem.get(case.key, [])
                    came = [v["done_at"] for v in visits if self._is_above(v["by_grid_id"], place, v["done_at"])]
                    came += self._named(case.now["site"], place, of_no_problem=True)
                    name = f"problem/{case.key}/{month}"
                    duty = self._owed("listed_followup", name, unit, window, came, "follow_up")
                    is_void = is_out(case, duty.due_at, duty.met_at)
                    found.append(replace(duty, state="void") if is_void else duty)
            for site_id in self.sites.ever:
                site = self.sites.throughout(site_id, window)
                days = (window.first + timedelta(days=n) for n in range((window.last - window.first).days + 1))
                if not all(
                    (row := self.sites.at(site_id, on, window.last)) and row["listing"] is not None for on in days
                ):
                    continue
                unit = self.grids.at_level(site["grid_id"], 1, window.last) if site else None
                if site and unit:
                    came = self._after_site(site)
                    name = f"site/{site_id}/{month}"
                    found.append(self._owed("listed_followup", name, unit, window, came, "follow_up"))
        return found

    @staticmethod
    def _is_listed(case: Case, month: str) -> bool:
        """What the last word on it says, each from the month of its ledger; of a late ledger, from its receipt."""
        told = [v for v in case.versions if "listing" in v["fields"]]
        listed = [v["file_received_at"] for v in told if v["listing"] is not None]
        if not listed:
            return False
        words = []
        for version in told:
            received, of_month = version["file_received_at"], str(version["month"])
            in_time = received <= end_of(plus_days(last_day(of_month), 7))
            corrects = version["listing"] is None and received <= end_of(plus_days(min(listed), 7))
            since = of_month if in_time or corrects else max(of_month, month_of(received))
            if since <= month:
                words.append((since, version["version_no"], version["listing"]))
        return bool(words) and max(words, key=lambda word: word[:2])[2] is not None

    def _is_open(self, case: Case, at: datetime) -> bool:
        ended = [self.problems.happened(case.now, name) for name in ("cleared_at", "closed_at")]
        ended.append(case.rounds[-1].met_at)
        gone = [case.voided.at] if case.voided else []
        gone += [case.split_at] if case.is_split else []
        is_gone = any(since is None or since < at for since in gone)
        return case.now["discovered_at"] < at and not is_gone and not any(e is not None and e < at for e in ended)

    def _is_above(self, by: str | None, place: str, when: datetime) -> bool:
        """Whether a visit was made by the unit above the place that day, or by the detachment."""
        return by is not None and by in (self.grids.at_level(place, 1, when), "city")

    def _named(self, site: str | None, place: str, *, of_no_problem: bool) -> list[datetime]:
        """Visits of the unit above the place that name a site."""
        if site is None:
            return []
        return [
            v["done_at"] for v in self.problems.visits.book
            if v["site"] is not None and self._is_above(v["by_grid_id"], place, v["done_at"])
            and self.sites.word(v["site"]) == self.sites.word(site) and not (of_no_problem and v["problem_id"])
        ]  # fmt: skip

    def _after_site(self, site: Row) -> list[datetime]:
        name, place = self.sites.word(site["name"]), site["grid_id"]
        patrols = [
            p for p in self.sites.naming.get(name, [])
            if self.grids.at_level(place, 1, p["started_at"]) in self.patrols.credit[p["row_key"]]
        ]  # fmt: skip
        return self._named(site["name"], place, of_no_problem=False) + [p["started_at"] for p in patrols]

    def _owed(self, metric_id: str, name: str, owner: str, window: Window, came: list[datetime], table: str) -> Duty:
        inside = [at for at in came if window.first <= at.date() <= window.last]
        met, due = min(inside, default=None), end_of(window.last)
        home = self.grids.home[owner]["county_id"]
        state = by_dates(due, met, self.inputs.as_of)
        if met is None:
            state = self.sites.unmet(home, window, table)
        return Duty(metric_id, f"{metric_id}/{name}", owner, month_of(due), start_of(window.first), due, due, met,
                    state, owner_level=self.grids.level(owner))  # fmt: skip

    def entries(self) -> list[Duty]:
        """Every patrol is entered within a day of its end."""
        found = silent("patrol_entry", self.deliveries, table="patrol")
        for patrol in self.patrols.all:
            if "entered_at" not in patrol["fields"]:
                continue
            name = "ended_at" if patrol["ended_at"] is not None else "started_at"
            start, met = patrol[name], patrol["entered_at"]
            exact = patrol[f"{name}_precision"] == "minute"
            met = met if met is not None and met <= self.inputs.as_of else None
            hours = self.inputs.limit("patrol_entry", day(start))["value"]
            due = start + timedelta(hours=hours) if exact else end_of(plus_days(start, hours // 24))
            both = exact and patrol["entered_at_precision"] == "minute"
            wrong = met is not None and (day(met) < day(start) or (both and met < start))
            credited = self.patrols.credit[patrol["row_key"]]
            owner = min(credited, key=lambda g: (-self.grids.level(g), g)) if credited else self._keeper(patrol)
            state = "bad_dates" if wrong else by_dates(due, met, self.inputs.as_of)
            found.append(
                Duty("patrol_entry", f"patrol_entry/{patrol['row_key']}", owner, month_of(due), start, due, due, met,
                     state, owner_level=self.grids.level(owner))
            )  # fmt: skip
        return found

    def _keeper(self, patrol: Row) -> str:
        if patrol["county_id"] != "city":
            return str(patrol["county_id"])
        return self.grids.at_level(patrol["grid_id"], 1, patrol["started_at"]) or "city"
