"""Sites: key ones in every window of their cycle, all of them once a year."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta

from naive.clock import end_of, first_day, holds, month_of, start_of
from naive.duty import Duty
from naive.inputs import Row
from naive.patrols import Patrols
from naive.windows import Window, windows

# column of a version → the header that tells it
CARRIED = {
    "is_key": "is_key", "cycle": "cycle", "cycle_visits": "cycle", "listing": "listing", "valid_to": "valid_to",
}  # fmt: skip
GRACE = timedelta(days=7)


class Sites:
    """Sites by their number or name, period by period, as the list stood when a window ended."""

    def __init__(self, patrols: Patrols) -> None:
        self.patrols, self.inputs, self.grids = patrols, patrols.inputs, patrols.grids
        self.deliveries = patrols.deliveries
        self.told = self._told()
        self.changes = sorted({row["known"] for row in self.told})
        self._known: dict[int, dict[str, list[Row]]] = {}
        # every site ever listed, under each name and place it ever had
        self.ever: dict[str, list[Row]] = {}
        for on in self.changes:
            for site_id, rows in self.known(on).items():
                self.ever.setdefault(site_id, []).extend(rows)
        self.naming: dict[str, list[Row]] = {}
        for patrol in sorted(patrols.all, key=lambda p: (p["started_at"], p["row_id"])):
            for name in {self.word(site) for site in patrol["sites"] or []}:
                self.naming.setdefault(name, []).append(patrol)

    def _told(self) -> list[Row]:
        """Every version of every row, with the day from which it is known."""
        rows = [dict(row) for versions in self.inputs.versions["site"].values() for row in versions]
        first: dict[str, date] = {}
        for row in rows:
            own = row["site_no"] if row["site_no"] is not None else f"{row['grid_id']}/{row['name']}"
            row["site_id"] = f"{row['county_id']}/{own}"
            row["on"] = row["file_received_at"].date()
            first[row["site_id"]] = min(first.get(row["site_id"], date.max), row["on"])
        for row in rows:
            begun = first[row["site_id"]]
            row["known"] = begun - GRACE if row["on"] <= begun + GRACE else row["on"]
        return rows

    def known(self, on: date) -> dict[str, list[Row]]:
        """The sites and their periods as the lists told by that day have them."""
        number = bisect_right(self.changes, on)
        if number not in self._known:
            at = self.changes[number - 1] if number else date.min
            self._known[number] = self._standing([r for r in self.told if r["known"] <= at])
        return self._known[number]

    @staticmethod
    def _standing(told: list[Row]) -> dict[str, list[Row]]:
        by_key: dict[str, Row] = {}
        for row in sorted(told, key=lambda r: r["version_no"]):
            before = by_key.get(row["row_key"], {})
            # what a later list has no column for stays as it was
            lacking = {name: before[name] for name, column in CARRIED.items() if before and column not in row["fields"]}
            by_key[row["row_key"]] = {**row, **lacking}
        by_start: dict[tuple[str, date | None], Row] = {}
        for row in sorted(by_key.values(), key=lambda r: (r["file_received_at"], r["row_id"])):
            by_start[row["site_id"], row["valid_from"]] = row
        periods: dict[str, list[Row]] = {}
        for (site_id, _), row in sorted(by_start.items(), key=lambda pair: pair[0][1] or date.min):
            before = periods.setdefault(site_id, [])
            if before and row["valid_from"] is not None:
                end = row["valid_from"] - timedelta(days=1)
                before[-1]["valid_to"] = min(before[-1]["valid_to"] or end, end)
            before.append(row)
        return periods

    def word(self, name: str) -> str:
        """A site's name as it is compared."""
        return self.inputs.grid_words[name]

    def throughout(self, site_id: str, window: Window) -> Row | None:
        """The site as it is at the window's end, where it is listed on every day of it."""
        days, last = 0, None
        for row in self.known(window.last).get(site_id, []):
            since = max(row["valid_from"] or window.first, window.first)
            until = min(row["valid_to"] or window.last, window.last)
            days += max((until - since).days + 1, 0)
            last = row if since <= until else last
        return last if days == (window.last - window.first).days + 1 else None

    def at(self, site_id: str, on: date, told_by: date) -> Row | None:
        """The site as it is listed that day, by what was told until another."""
        return next((row for row in self.known(told_by).get(site_id, []) if holds(row, on)), None)

    def is_key_throughout(self, site_id: str, window: Window) -> bool:
        """Whether it is listed as a key site on every day."""
        days = (window.first + timedelta(days=n) for n in range((window.last - window.first).days + 1))
        return all((row := self.at(site_id, on, window.last)) is not None and row["is_key"] for on in days)

    def unmet(self, home: str, window: Window, table: str = "patrol") -> str:
        """The state of what was not done: known only from the ledgers, which are owed when their months end."""
        if self.inputs.as_of <= end_of(window.last):
            return "pending"
        lacking = [month for month in window.months() if not self.deliveries.has(home, month, table)]
        if not lacking:
            return "overdue"
        return "unreported" if all(self.deliveries.is_over(month) for month in window.months()) else "pending"

    def owner(self, site: Row) -> str:
        """The county of the site, or the grid above it that lists it."""
        if self.grids.level(site["grid_id"]) <= 2:
            return str(site["grid_id"])
        return str(self.grids.home[site["grid_id"]]["county_id"])

    def visits(self, site: Row, owner: str, window: Window, whose: str) -> list[datetime]:
        """The first patrol of every day on which somebody went to it: `own` people, anybody (`any`), or `maybe` own."""
        found: dict[date, datetime] = {}
        home = self.grids.home[owner]["county_id"]
        where = site["grid_id"] if self.namesakes(site, home) > 1 else owner
        for patrol in self.naming.get(self.word(site["name"]), []):
            at, key = patrol["started_at"], patrol["row_key"]
            near = {*self.grids.above(where, at), *self.grids.below(where, at)}
            if patrol["county_id"] not in (home, "city") or patrol["grid_id"] not in near:
                continue
            grids = set(self.patrols.credit[key]) | (self.patrols.unsure[key] if whose == "maybe" else set())
            theirs = whose == "any" or any(owner in self.grids.above(g, at) for g in grids)
            if theirs and window.first <= at.date() <= window.last:
                found.setdefault(at.date(), at)
        return sorted(found.values())

    def namesakes(self, site: Row, home: str) -> int:
        """How many sites of the county bear the name; only then a patrol's own place has to tell them apart."""
        return sum(
            any(self.word(row["name"]) == self.word(site["name"]) for row in rows)
            for rows in self.ever.values()
            if self.grids.home[self.owner(rows[-1])]["county_id"] == home
        )

    def begun(self, cycle: str) -> list[Window]:
        """The windows of a cycle since the first month, begun by the moment."""
        return windows(cycle, first_day(self.deliveries.months[0]), self.inputs.as_of.date())

    def key_visits(self) -> list[Duty]:
        """Each key site in each window of its cycle, as often as that says; once a quarter where it says nothing."""
        found = []
        for site_id, periods in self.ever.items():
            for cycle in {row["cycle"] or "quarter" for row in periods}:
                for window in self.begun(cycle):
                    # a window follows the cycle in force when it begins
                    site = self.at(site_id, window.first, window.last)
                    if site is None or (site["cycle"] or "quarter") != cycle:
                        continue
                    if self.is_key_throughout(site_id, window):
                        count = (site["cycle_visits"] or 1) if site["cycle"] else 1
                        found += self._duties("key_site_visit", site_id, site, window, count)
        return found + self._lists_lacking("key_site_visit", "quarter")

    def sweeps(self) -> list[Duty]:
        """Every site once a year."""
        found = []
        for site_id in self.ever:
            for window in self.begun("year"):
                site = self.throughout(site_id, window)
                if site is not None:
                    found += self._duties("site_sweep", site_id, site, window, 1)
        return found + self._lists_lacking("site_sweep", "year")

    def _duties(self, metric_id: str, site_id: str, site: Row, window: Window, count: int) -> list[Duty]:
        owner, due = self.owner(site), end_of(window.last)
        is_key = metric_id == "key_site_visit"
        days = self.visits(site, owner, window, "own" if is_key else "any")
        possible = len(self.visits(site, owner, window, "maybe")) if is_key else 0
        home = self.grids.home[owner]["county_id"]
        unmet = self.unmet(home, window)
        found = []
        for k in range(1, count + 1):
            at = days[k - 1] if k <= len(days) else None
            if at is None and unmet == "overdue" and k <= possible:
                continue  # by people nobody knows: it may have been one of theirs
            name = f"{metric_id}/{site_id}/{window.name}" + (f"/{k}" if is_key else "")
            found.append(
                Duty(metric_id, name, owner, month_of(due), start_of(window.first), due, due, at,
                     "on_time" if at else unmet, owner_level=self.grids.level(owner))
            )  # fmt: skip
        return found

    def _lists_lacking(self, metric_id: str, cycle: str) -> list[Duty]:
        """One a window of each county that had not sent a list when it ended, but for the days of grace."""
        sent: dict[str, date] = {}
        for place, told in self.deliveries.delivered.items():
            if place[2] == "site":
                sent[place[0]] = min(sent.get(place[0], date.max), told["first"].date() - GRACE)
        for row in self.told:
            county = self.grids.home[row["grid_id"]]["county_id"]
            sent[county] = min(sent.get(county, date.max), row["known"])
        return [
            Duty(metric_id, f"{metric_id}/table/{county}/{window.name}", county, month_of(window.last),
                 start_of(window.first), None, None, None, "unreported", owner_level=2)
            for county in self.grids.counties
            for window in self.begun(cycle)
            if self.inputs.as_of > end_of(window.last) and sent.get(county, date.max) > window.last
        ]  # fmt: skip
