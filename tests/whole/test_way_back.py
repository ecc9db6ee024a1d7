"""Every figure walks back to its cells, and they are the right ones: 200 random figures, both directions.

The files are read again by `originals`, which shares no code with landing.
"""

from __future__ import annotations

import hashlib
import random
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import originals

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.evidence import Cell, SourceRow, source_row
from pipelines.snapshot.walk import Obligation, obligations
from pipelines.trace import trace_figure, trace_row

FIGURES = 200
OBLIGATION = 4
EVERYTHING = Scope()
DAYS_APART = {"started_at": "started_on", "discovered_at": "discovered_on"}


def test_two_hundred_random_figures_reach_their_cells(demo: Snapshot, demo_root: Path) -> None:
    values = demo.ask_unscoped(
        "select metric_id, grid_id, owner_level, period, on_time, obligations from published.metric_value"
        " where period_kind = 'month' and obligations > 0 order by all"
    )
    chance = random.Random(2021)
    by_metric = [[v for v in values if v["metric_id"] == metric] for metric in ("patrol_coverage", "rectification")]
    chosen: dict[str, Obligation] = {}
    for figure in (figure for some in by_metric for figure in chance.sample(some, FIGURES // 2)):
        key = (figure["metric_id"], figure["grid_id"], figure["period"], figure["owner_level"])
        duties = obligations(demo, EVERYTHING, *key)
        assert len(duties) == figure["obligations"]
        assert sum(duty.state == "on_time" for duty in duties) == figure["on_time"]
        told = [duty for duty in duties if duty.duty_row_id or duty.met_row_id]
        chosen |= {duty.obligation_id: duty for duty in chance.sample(told, min(OBLIGATION, len(told)))}
    # Few duties are met by a visit; chance alone might pass them by.
    rare = demo.ask_unscoped(
        "select duty.grid_id, duty.period from published.obligation as duty join published.source_row as row"
        " on row.row_id = duty.met_row_id where duty.metric_id = 'rectification' and row.table_name = 'follow_up'"
        " order by all limit 1"
    )
    for place in rare:
        duties = obligations(demo, EVERYTHING, "rectification", place["grid_id"], place["period"])
        chosen |= {duty.obligation_id: duty for duty in duties}
    walked: dict[tuple[str, str], int] = {}
    for duty in chosen.values():
        for role, row_id in (("duty", duty.duty_row_id), ("met", duty.met_row_id)):
            if row_id:
                row = source_row(demo, EVERYTHING, row_id)
                assert differences(demo_root, row, row.row_number) == []
                assert decisive(role, duty.round, row) == stated(role, duty, row), (duty.obligation_id, row_id)
                walked[role, row.table_name] = walked.get((role, row.table_name), 0) + 1
    assert sum(walked.values()) > 2 * FIGURES
    assert {
        ("duty", "problem"),
        ("duty", "follow_up"),
        ("met", "patrol"),
        ("met", "problem"),
        ("met", "follow_up"),
    } <= walked.keys()


def test_a_row_number_off_by_one_is_noticed(demo: Snapshot, demo_root: Path) -> None:
    """The comparison itself can fail: read one row further down, no row agrees with its cells."""
    found = demo.ask_unscoped(
        "select distinct met_row_id from published.obligation where met_row_id is not null order by all"
    )
    for line in random.Random(7).sample(found, 60):
        row = source_row(demo, EVERYTHING, line["met_row_id"])
        assert differences(demo_root, row, row.row_number) == []
        assert differences(demo_root, row, row.row_number + 1) != []


def differences(root: Path, row: SourceRow, number: int) -> list[tuple[str, object, object]]:
    """What the walk shows against the file itself: its digest, and every cell of line `number` of that sheet."""
    path = root / "data/raw" / row.path
    shown = originals.trimmed([cell.text for cell in row.cells])
    written = originals.sheets(path, row.county_id)[row.sheet_name].get(number, [])
    pairs = [("sha256", row.sha256, digest(path)), ("cells", shown, written)]
    return [(what, ours, theirs) for what, ours, theirs in pairs if ours != theirs]


@lru_cache(maxsize=512)
def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def decisive(role: str, number_of_round: int, row: SourceRow) -> tuple[str, datetime | None]:
    """What the row's own cells say: the number of the problem, and the moment that opened or met the duty."""
    if row.table_name == "patrol":
        return "", said(row, "started_at")
    number = cell(row, "problem_no").text
    if row.table_name == "follow_up":
        return number, said(row, "done_at")
    if role == "duty":
        return number, said(row, "discovered_at" if number_of_round == 1 else "reinspected_at")
    if text(row, "corrected_on_spot") == "是":
        return number, said(row, "discovered_at")
    return number, said(row, "rectified_at") or said(row, "closed_at")


def stated(role: str, duty: Obligation, row: SourceRow) -> tuple[str, datetime | None]:
    """What the obligation says of the same."""
    number = "" if row.table_name == "patrol" else duty.subject_id.partition("/")[2]
    return number, duty.started_at if role == "duty" else duty.met_at


def cell(row: SourceRow, meaning: str) -> Cell:
    """The cell in the column where this county writes it, under the header the county gave it."""
    place = originals.column(row.county_id, row.table_name, meaning)
    assert place is not None
    found = row.cells[place[0]]
    lowest = " ".join(place[1].rpartition("|")[2].split())  # a group's name stands above its first column only
    assert found.header.rpartition("／")[2] == lowest
    return found


def text(row: SourceRow, meaning: str) -> str:
    """The same, empty where the county has no such column."""
    return cell(row, meaning).text if originals.column(row.county_id, row.table_name, meaning) else ""


def said(row: SourceRow, meaning: str) -> datetime | None:
    day = text(row, DAYS_APART[meaning]) if meaning in DAYS_APART else ""
    return originals.moment(f"{day} {text(row, meaning)}".strip(), row.month)


def test_trace_prints_the_walk_in_both_directions(demo: Snapshot) -> None:
    down = "\n".join(trace_figure(demo, "rectification", "安化县", "2026-10"))
    (duty,) = demo.ask_unscoped(
        "select * from published.obligation where metric_id = 'rectification' and county_id = 'anhua'"
        " and period = '2026-10' and state = 'late' order by obligation_id limit 1"
    )
    assert duty["obligation_id"] in down
    assert duty["duty_row_id"] in down
    up = "\n".join(trace_row(demo, duty["duty_row_id"]))
    assert duty["obligation_id"] in up
    (file,) = demo.ask_unscoped(
        "select f.* from published.source_file as f join published.source_row as r on r.file_id = f.file_id"
        " where r.row_id = $row_id",
        row_id=duty["duty_row_id"],
    )
    assert file["sha256"] in up
    assert file["path"] in up
