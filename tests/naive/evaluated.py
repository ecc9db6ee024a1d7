"""What grids say of themselves against what their own duties came to, item by item."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from naive.clock import end_of, month_of
from naive.deliveries import Deliveries
from naive.duty import Duty
from naive.grids import Grids
from naive.indicators import Fact
from naive.inputs import Inputs, Row

_BRACKETED, _NUMBERED = re.compile(r"[(（【\[].*?[)）】\]]"), re.compile(r"^\s*[0-9一二三四五六七八九十]+[、.．,，]")


def name_of(item: str) -> str:
    """An item without brackets, number, points and signs."""
    bare = _NUMBERED.sub("", _BRACKETED.sub("", item))
    return re.sub(r"\d+分$", "", "".join(sign for sign in bare if sign.isalnum()).lower())


class Evaluated:
    """Gaps of the items that can be compared."""

    def __init__(self, inputs: Inputs, grids: Grids, deliveries: Deliveries, sql: Path) -> None:
        self.inputs, self.grids, self.deliveries = inputs, grids, deliveries
        listed = tomllib.loads((sql / "self_items.toml").read_text("utf-8"))
        self.items: list[Row] = listed["item"]
        self.lines: list[Row] = listed["line"]

    def facts(self, duties: Iterable[Duty]) -> Iterator[Fact]:
        """One an item whose metrics had enough duties of the grid itself in a whole year."""
        counts: dict[tuple[str, str, str], list[int]] = {}
        undated: Counter[tuple[str, str, str]] = Counter()
        due: dict[str, date] = {}
        for duty in duties:
            if duty.metric_id == "self_evaluation_submission" and duty.due_at is not None:
                due[duty.obligation_id.removeprefix(f"{duty.metric_id}/")] = duty.due_at.date()
            if duty.state in ("on_time", "late", "overdue", "unreported"):
                one = counts.setdefault((duty.metric_id, duty.grid_id, duty.period[:4]), [0, 0, 0])
                one[0] += duty.state == "on_time"
                one[1] += 1
                one[2] += duty.state == "unreported"
            undated[duty.metric_id, duty.grid_id, duty.period[:4]] += duty.state in ("no_deadline", "bad_dates")
        for row in self.inputs.now["self_evaluation"]:
            year, grid_id = row["year"], row["grid_id"]
            if row["submitted_at"] > self.inputs.as_of or not self._is_whole(grid_id, year) or not self._is_scored(row):
                continue
            means = self._meant(row["item"], date(year, 12, 31))
            parts = [counts.get((metric_id, grid_id, str(year)), [0, 0, 0]) for metric_id in means]
            on_time, whole, silent = (sum(part[place] for part in parts) for place in (0, 1, 2))
            if not means or whole == 0 or whole < max(self.inputs.metrics[name]["min_n"] for name in means):
                continue
            dateless = sum(undated[metric_id, grid_id, str(year)] for metric_id in means)
            if self._is_hidden(means, grid_id, year, dateless, whole - silent):
                continue
            gap = row["self_score"] / row["max_score"] - on_time / whole
            on = due.get(f"{grid_id}/{year}", date(year + 1, 1, 31))
            yield "self_gap", grid_id, month_of(on), on, math.floor(gap * 10000 + 0.5), 1

    def _is_hidden(self, means: set[str], grid_id: str, year: int, dateless: int, due: int) -> bool:
        """Too many duties without usable dates, or a metric that could not be seen for too many months."""
        on = date(year, 12, 31)
        (line,) = (one for one in self.lines if one["valid_from"] <= on <= one.get("valid_to", date.max))
        whose = (grid_id, self.grids.home[grid_id]["county_id"])
        blind = {
            (row["metric_id"], row["month"]) for row in self.inputs.staging.get("blind", [])
            if row["metric_id"] in means and row["whose"] in whose and row["month"][:4] == str(year)
        }  # fmt: skip
        months = Counter(metric_id for metric_id, _ in blind)
        most = max(months.values(), default=0)
        share = Fraction(str(line["undated_at_most"]))
        return most > line["blind_months_at_most"] or dateless > share * (due + dateless)

    def _is_whole(self, grid_id: str, year: int) -> bool:
        asked = self.deliveries.is_asked(str(self.grids.home[grid_id]["county_id"]), f"{year}-01")
        return asked and self.inputs.as_of > end_of(date(year, 12, 31))

    @staticmethod
    def _is_scored(row: Row) -> bool:
        most, own = row["max_score"], row["self_score"]
        return row["item"] is not None and most is not None and own is not None and most > 0 and 0 <= own <= most

    def _meant(self, item: str, on: date) -> set[str]:
        """The metrics of an item: those listed then, or the one of that name."""
        name = name_of(item)
        listed = [
            one for one in self.items
            if one["valid_from"] <= on <= one.get("valid_to", date.max) and name in map(name_of, one["names"])
        ]  # fmt: skip
        named = [
            m["id"] for m in self.inputs.metrics.values() if m["kind"] == "obligation" and name_of(m["zh"]) == name
        ]
        return {metric_id for one in listed for metric_id in one["metrics"]} | set(named)
