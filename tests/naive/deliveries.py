"""Who sent which ledger of which month, when; which months are owed; the duties of sending."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from naive.clock import end_of, first_day, last_day, month_of, months, next_month, plus_days, start_of
from naive.duty import Duty
from naive.grids import Grids
from naive.inputs import Inputs, Row

Place = tuple[str, str, str]  # county, month, table


class Deliveries:
    """Sheets sent, and what counts as delivered."""

    def __init__(self, inputs: Inputs, grids: Grids) -> None:
        self.inputs, self.grids = inputs, grids
        self.sheets = self._sheets()
        self.delivered = self._delivered()
        self.months = self._months()

    def _sheets(self) -> list[Row]:
        mending: dict[tuple[str, str], list[Row]] = {}
        for row in self.inputs.staging["mend"]:
            if row["is_known"]:
                mending.setdefault((row["file_id"], row["table_name"]), []).append(row)
        by_file: dict[str, list[Row]] = {}
        for sheet in self.inputs.sheets:
            if sheet["table_name"] != "":
                by_file.setdefault(sheet["file_id"], []).append(sheet)
        found = []
        for file in self.inputs.staging["source_file"]:
            if not file["is_own"]:
                continue
            for sheet in by_file.get(file["file_id"], []):
                table = sheet["table_name"]
                total = sum(s["found"] for s in by_file[file["file_id"]] if s["table_name"] == table)
                mends = mending.get((file["file_id"], table), [])
                month = max(m["mended_month"] for m in mends) if mends and len(mends) == total else file["month"]
                found.append(
                    {**sheet, "content_id": file["content_id"], "county_id": file["county_id"], "month": month,
                     "received_at": file["received_at"]}
                )  # fmt: skip
        most: dict[Place, int] = {}
        for sheet in found:
            place = (sheet["county_id"], sheet["month"], sheet["table_name"])
            most[place] = max(most.get(place, 0), sheet["found"])
        return [s for s in found if s["found"] > 0 or most[s["county_id"], s["month"], s["table_name"]] == 0]

    def _delivered(self) -> dict[Place, Row]:
        usable, dated = set(), set()
        for row in self.inputs.staging["row_outcome"]:
            if row["disposition"] != "rejected":
                usable.add((row["file_id"], row["table_name"]))
        for table, column in (("patrol", "started_at"), ("problem", "discovered_at")):
            for row in self.inputs.told[table]:
                dated.add((row["file_id"], table, month_of(row[column])))
        found: dict[Place, Row] = {}
        for sheet in self.sheets:
            table, content = sheet["table_name"], sheet["content_id"]
            of_month = (content, table, sheet["month"]) in dated
            if sheet["found"] > 0 and ((content, table) not in usable or (table == "patrol" and not of_month)):
                continue
            place = (sheet["county_id"], sheet["month"], table)
            at = sheet["received_at"]
            one = found.setdefault(place, {"first": at, "is_of_month": False})
            one["first"] = min(one["first"], at)
            one["is_of_month"] |= of_month
        return found

    @cached_property
    def stated_from(self) -> dict[str, str | None]:
        """Sender → the month from which it owes, where that was settled."""
        settled = {row["county_id"]: row["reports_from"] for row in self.inputs.seed["sender"]}
        return {row["county_id"]: settled.get(row["county_id"]) for row in self.inputs.seed["grid"]}

    def _months(self) -> list[str]:
        last = month_of(self.inputs.as_of)
        settled = [m for m in self.stated_from.values() if m is not None and m <= last]
        brought = [p[1] for p, one in self.delivered.items() if one["is_of_month"] and p[1] <= last]
        first = min([*settled, *brought], default=last)
        begin = month_of(min(row["valid_from"] for row in self.inputs.seed["grid"]))
        return months(max(first, begin), last)

    @cached_property
    def opening(self) -> str:
        """The first month anybody delivered who owed by then; the month of the moment where nobody did."""
        last = month_of(self.inputs.as_of)
        opened = []
        for (county, month, _), one in self.delivered.items():
            since = self.stated_from.get(county)
            if one["is_of_month"] and month <= last and (since is None or month >= since):
                opened.append(month)
        return min(opened, default=last)

    def has(self, county: str, month: str, table: str) -> bool:
        """Whether it was delivered."""
        return (county, month, table) in self.delivered

    def is_asked(self, county: str, month: str) -> bool:
        """Whether the sender owes ledgers of that month."""
        return month in self.months and month >= (self.stated_from.get(county) or self.opening)

    def owes(self, county: str, month: str, table: str) -> bool:
        """Whether duties that rest on this ledger exist: owed, or delivered all the same."""
        return self.is_asked(county, month) or self.has(county, month, table)

    def is_over(self, month: str) -> bool:
        """Whether the month has ended."""
        return self.inputs.as_of > end_of(last_day(month))

    def due(self, month: str) -> datetime | None:
        """Until when the ledgers of a month may come: the stated day of the next month, or the next working day."""
        opens = first_day(next_month(month))
        at = plus_days(opens, self.inputs.limit("export_submission", opens)["value"] - 1)
        worked = self.inputs.calendar
        while at in worked and not worked[at]:
            at = plus_days(at, 1)
        return end_of(at) if at in worked else None

    def submissions(self) -> list[Duty]:
        """One a county, closed month and ledger."""
        found = []
        for county, month, table in self.reports():
            due, period = self.due(month), next_month(month)
            one = self.delivered.get((county, month, table))
            met = one["first"] if one else None
            if due is None:
                state = "pending"
            elif met is not None:
                state = "on_time" if met <= due else "late"
            else:
                state = "overdue" if self.inputs.as_of > due else "pending"
            name = f"export_submission/{county}/{month}/{table}"
            start = start_of(first_day(period))
            found.append(Duty("export_submission", name, county, period, start, due, due, met, state, owner_level=2))
        return found

    def reports(self) -> list[Place]:
        """The ledgers of closed months that counties owe."""
        return [
            (county, month, table)
            for county in self.grids.counties
            for month in self.months
            for table in ("patrol", "problem")
            if self.is_over(month) and self.is_asked(county, month)
        ]
