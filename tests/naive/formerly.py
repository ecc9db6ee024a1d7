"""Why something is owed, as ledgers told it before a later one took it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from naive.clock import day, end_of
from naive.inputs import Row
from naive.rounds import MISTAKE_DAYS, says_nothing

INSTANTS = ("received_at", "accepted_at", "filed_at", "decided_at", "closed_at")
# name → the column it stands in, and what a row says of it
FLAGS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "needs_filing": ("needs_filing", lambda row: row["needs_filing"] is True),
    "must_disclose": ("must_disclose", lambda row: row["must_disclose"] is True),
    "beyond_authority": ("beyond_authority", lambda row: row["beyond_authority"] is True),
    "violation": ("nature", lambda row: row["nature"] == "violation"),
    "denied": ("corrected_on_spot", lambda row: row["corrected_on_spot"] is False),
    "assignment_no": ("assignment_no", lambda row: row["assignment_no"] is not None),
}


@dataclass
class Former:
    """What is no longer told: until when each thing was, the dates that stood there, and the source."""

    until: dict[str, datetime] = field(default_factory=dict)
    at: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    source: str | None = None


def former(told: list[Row]) -> Former:
    """From all rows of one problem that did not go back."""
    found = Former()
    for name, (column, holds) in FLAGS.items():
        until = _taken_back([row for row in told if column in row["fields"]], holds)
        if until is not None:
            found.until[name] = until[1]
    for name in INSTANTS:
        rows = [row for row in told if name in row["fields"] and not says_nothing(row, name)]
        taken = _taken_back(rows, lambda row, name=name: _is_dated(row, name))  # type: ignore[misc]
        if taken is not None and taken[0][name] <= end_of(taken[2]):
            found.at[name] = taken[0][name], taken[0][f"{name}_precision"]
            found.until[name] = taken[1]
    rows = [row for row in told if "source" in row["fields"]]
    sources = []
    for source in {row["source"] for row in rows if row["source"] is not None}:
        taken = _taken_back(rows, lambda row, source=source: row["source"] == source)  # type: ignore[misc]
        if taken is not None:
            sources.append((taken[1], source))
    if sources:
        found.until["source"], found.source = max(sources)
    return found


def _is_dated(row: Row, name: str) -> bool:
    """Whether the row dates it; what is put off is not closed."""
    return row[name] is not None and not (name == "closed_at" and row["closure"] == "suspended")


def _taken_back(rows: list[Row], holds: Callable[[Row], bool]) -> tuple[Row, datetime, datetime] | None:
    """The last row that says so, when the next version said otherwise, and when it was last said; if that was late."""
    saying = [row for row in rows if holds(row)]
    if not saying:
        return None
    last = max(saying, key=lambda row: row["version_no"])
    after = [row["file_received_at"] for row in rows if row["version_no"] > last["version_no"]]
    if not after:
        return None
    received = [row["file_received_at"] for row in saying]
    if (day(min(after)) - day(min(received))).days <= MISTAKE_DAYS:
        return None
    return last, min(after), max(received)
