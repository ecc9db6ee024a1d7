"""Every figure walks back to its cells: 200 random figures, both directions."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.snapshot import Snapshot
from pipelines.trace import trace_figure, trace_row

FIGURES = 200


def test_two_hundred_random_figures_reach_their_cells(demo: Snapshot, demo_root: Path) -> None:
    values = demo.ask_unscoped(
        "select metric_id, grid_id, owner_level, period, on_time, obligations from published.metric_value"
        " where period_kind = 'month' and obligations > 0 order by all"
    )
    sample = random.Random(2021).sample(values, FIGURES)
    walked_rows = 0
    for figure in sample:
        duties = demo.ask_unscoped(
            "select o.* from published.obligation as o join published.grid_path as p on p.leaf_id = o.grid_id"
            " where o.metric_id = $metric and p.ancestor_id = $grid and o.period = $period"
            " and ($level = 'all' or cast(o.owner_level as varchar) = $level)",
            metric=figure["metric_id"], grid=figure["grid_id"], period=figure["period"], level=figure["owner_level"],
        )  # fmt: skip
        assert len(duties) == figure["obligations"]
        assert sum(duty["state"] == "on_time" for duty in duties) == figure["on_time"]
        for duty in duties[:3]:
            for row_id in filter(None, (duty["duty_row_id"], duty["met_row_id"])):
                walked_rows += 1
                assert_reaches_cells(demo, demo_root, row_id)
    assert walked_rows > FIGURES / 2


def assert_reaches_cells(demo: Snapshot, root: Path, row_id: str) -> None:
    (row,) = demo.ask_unscoped(
        "select r.*, f.path, f.sha256 from published.source_row as r"
        " join published.source_file as f on f.file_id = r.file_id where r.row_id = $row_id",
        row_id=row_id,
    )
    original = root / "data/raw" / row["path"]
    assert hashlib.sha256(original.read_bytes()).hexdigest() == row["sha256"]
    cells = pq.read_table(
        root / "data/published/rows" / f"{row['sha256']}.parquet",
        filters=[("sheet_name", "=", row["sheet_name"]), ("row_number", "=", row["row_number"])],
    ).to_pylist()
    assert len(cells) == 1
    assert any(cell for cell in cells[0]["cells"])


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
