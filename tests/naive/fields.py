"""The columns of every ledger owed: what stood in all valid files together after each receipt."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cached_property
from pathlib import Path

from naive.clock import first_day, next_month, start_of
from naive.deliveries import Deliveries, Place
from naive.duty import Duty
from naive.inputs import Inputs, Row


class Fields:
    """Rows as they were in force: not repeated, not yet replaced, not yet mended."""

    def __init__(self, inputs: Inputs, deliveries: Deliveries, sql: Path) -> None:
        self.inputs, self.deliveries, self.sql = inputs, deliveries, sql
        self.files = {row["file_id"]: row for row in inputs.staging["source_file"]}
        self.replaced: dict[tuple[str, str, str], datetime] = {}
        for row in inputs.staging["resend"]:
            earlier, later = self.files[row["earlier_id"]], self.files[row["later_id"]]
            if later["received_at"] > earlier["received_at"]:
                key = (row["table_name"], row["earlier_id"], later["month"])
                self.replaced[key] = min(self.replaced.get(key, datetime.max), later["received_at"])

    @cached_property
    def asked(self) -> dict[str, list[str]]:
        """Table → the columns that must be filled, and the first of each need of any duty."""
        needs = set()
        for metric in self.inputs.metrics.values():
            # a number beside the duties asks for nothing
            for need in metric.get("need", []) if metric["kind"] == "obligation" else ():
                # a column of another table is written with it: follow_up.done_at
                table, _, column = need["any_of"][0].rpartition(".")
                needs.add((table or need["table"], column))
        found = {}
        for table in sorted({table for table, _ in needs}):
            contract = tomllib.loads((self.sql / f"contracts/{table}.toml").read_text("utf-8"))
            columns = contract.get("column", contract.get("columns"))
            named = columns.items() if isinstance(columns, dict) else [(one["name"], one) for one in columns]
            found[table] = [n for n, column in named if column.get("required") or (table, n) in needs]
        return found

    @cached_property
    def repeated(self) -> set[str]:
        """Rows that say again what a row of the same county and month, still in force, has said."""
        body = {row["row_id"]: row for row in self.inputs.body}
        together: dict[tuple[object, ...], list[tuple[tuple[object, ...], Row]]] = {}
        for row in self.inputs.staging["row_outcome"]:
            file, line = self.files.get(row["file_id"]), body.get(row["row_id"])
            if file is None or line is None:
                continue
            record = row["rejected_content"] or row["row_key"]
            order = (file["received_at"], file["sha256"], row["file_id"], line["sheet_name"], line["row_number"])
            key = (row["table_name"], record, file["county_id"], file["month"])
            together.setdefault(key, []).append((order, row))
        found = set()
        for (table, _, _, month), rows in together.items():
            rows.sort(key=lambda pair: pair[0])
            for n, (order, row) in enumerate(rows):
                for before, earlier in rows[:n]:
                    gone = self.replaced.get((str(table), earlier["file_id"], str(month)))
                    if before < order and not (gone and gone <= order[0]):  # type: ignore[operator]
                        both = row["disposition"] == "rejected" == earlier["disposition"]
                        if row["disposition"] == "identical" or both:
                            found.add(row["row_id"])
        return found

    @cached_property
    def mended(self) -> dict[str, datetime]:
        """Row → since when another row stands for it."""
        outcome = {row["row_id"]: row for row in self.inputs.staging["row_outcome"]}
        found: dict[str, datetime] = {}
        for row in self.inputs.staging["successor"]:
            if row["disposition"] == "rejected":
                later = self.files[outcome[row["by_row_id"]]["file_id"]]
                found[row["row_id"]] = min(found.get(row["row_id"], datetime.max), later["received_at"])
        versions: dict[tuple[str, str], list[Row]] = {}
        for row in outcome.values():
            if row["disposition"] != "rejected":
                versions.setdefault((row["table_name"], row["row_key"]), []).append(row)
        for rows in versions.values():
            for earlier in rows if len(rows) > 1 else []:
                mine = self.files[earlier["file_id"]]
                for later in rows:
                    file = self.files[later["file_id"]]
                    if (
                        later["disposition"] == "accepted" and later["version_no"] > earlier["version_no"]
                        and file["month"] == mine["month"] and file["received_at"] > mine["received_at"]
                    ):  # fmt: skip
                        at = found.get(earlier["row_id"], datetime.max)
                        found[earlier["row_id"]] = min(at, file["received_at"])
        return found

    @cached_property
    def empty(self) -> set[tuple[str, str]]:
        """Row and column: a cell that should be filled and is not."""
        found = {(row["row_id"], row["column_name"]) for row in self.inputs.staging["finding"]}
        for row in self.inputs.staging["problem_rows"]:
            excused = row["corrected_on_spot"] or row["is_duplicate"] or row["closure"] in ("void", "merged")
            if row["rectify_due_kind"] is None and not excused:
                found.add((row["row_id"], "rectify_due"))
        return found

    def duties(self) -> list[Duty]:
        """One a county, closed month, ledger and column."""
        lines: dict[tuple[str, str, str], list[str]] = {}
        for row in self.inputs.body:
            if row["row_id"] not in self.repeated:
                lines.setdefault((row["file_id"], row["sheet_name"], row["table_name"]), []).append(row["row_id"])
        sheets: dict[Place, list[Row]] = {}
        for sheet in self.deliveries.sheets:
            place = (sheet["county_id"], sheet["month"], sheet["table_name"])
            rows = lines.get((sheet["content_id"], sheet["sheet_name"], sheet["table_name"]), [])
            gone = self.replaced.get((sheet["table_name"], sheet["content_id"], sheet["month"]), datetime.max)
            sheets.setdefault(place, []).append({**sheet, "rows": rows, "gone": gone})
        return [
            self._duty(place, name, sheets.get(place, []))
            for place in self.deliveries.reports()
            for name in self.asked.get(place[2], [])
        ]

    def _duty(self, place: Place, name: str, sheets: list[Row]) -> Duty:
        county, month, table = place
        period, due = next_month(month), self.deliveries.due(month)
        one = self.deliveries.delivered.get(place)
        if due is not None and one is not None:
            due = max(due, one["first"])
        start = start_of(first_day(period))
        met = self._enough_since(name, sheets, due, self.inputs.limit("field_completeness", start.date())["value"])
        if one is None:
            met = None
        as_of = self.inputs.as_of
        if due is None:
            state = "pending"
        elif met is not None:
            state = "on_time" if met <= due else "late"
        elif as_of <= due:
            state = "pending"
        else:
            state = "overdue" if one is not None else "unreported"
        key = f"field_completeness/{county}/{month}/{table}/{name}"
        return Duty("field_completeness", key, county, period, start, due, due, met, state, owner_level=2)

    def _enough_since(self, name: str, sheets: list[Row], due: datetime | None, percent: int) -> datetime | None:
        moments = {sheet["received_at"] for sheet in sheets} | {s["gone"] for s in sheets if s["gone"] < datetime.max}
        for sheet in sheets:
            moments |= {self.mended[row] for row in sheet["rows"] if row in self.mended}
        history = [(at, self._is_enough(name, sheets, at, percent)) for at in sorted(moments)]
        if not history or not history[-1][1]:
            return None
        run = [pair for pair in history if due is not None and pair[0] <= due]
        if not run or not run[-1][1]:
            run = history
        since = run[-1][0]
        for at, enough in reversed(run):
            if not enough:
                break
            since = at
        return since

    def _is_enough(self, name: str, sheets: list[Row], at: datetime, percent: int) -> bool:
        fixed = {(row["table_name"], row["county_id"], row["column_name"]) for row in self.inputs.seed["constant"]}
        found = filled = 0
        has_header = False
        for sheet in sheets:
            if not sheet["received_at"] <= at < sheet["gone"]:
                continue
            given = name in sheet["fields"] or (sheet["table_name"], sheet["county_id"], name) in fixed
            has_header |= given
            for row in sheet["rows"]:
                if self.mended.get(row, datetime.max) > at:
                    found += 1
                    filled += given and (row, name) not in self.empty
        return has_header and 100 * filled >= percent * found
