"""Fixed months made by hand: two small Parquet files each, chained, so that damage can be tried without a build."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.release.folder import write_whole
from pipelines.release.manifest import RELEASE, RESTATEMENT
from pipelines.release.shelf import read_shelf
from pipelines.release.stages import PRELIMINARY

TABLES = ("metric_value", "obligation")


def fill(beside: Path) -> dict[str, int]:
    """Two tables of three rows."""
    for name in TABLES:
        duckdb.sql(f"copy (select '{name}' as what, unnest([1, 2, 3]) as n) to '{beside / name}.parquet'")
    return dict.fromkeys(TABLES, 3)


def put(root: Path, month: str, stage: str = PRELIMINARY, **more: Any) -> Path:
    """Write a release behind those that stand, and return its folder."""
    last = read_shelf(root).last
    content = {
        "kind": RELEASE, "month": month, "stage": stage, "sequence": int(last.content["sequence"]) + 1 if last else 1,
        "fixed_at": "2026-11-09 05:00:00", "fixed_by": "示例", "as_of": "2026-11-09 00:00:00",
        "known_at": "2026-11-09 00:00:00", "build_id": f"{month}-{stage}", "catalogue_version": "1",
        "code_version": "c", "is_demo": False, "sources": [],
        "previous": {"month": last.month, "stage": last.stage, "sha256": last.sha256} if last else None,
        **more,
    }  # fmt: skip
    write_whole(root / month / stage, fill, content)
    return root / month / stage


def look_back(root: Path, month: str, at: datetime, stage: str = PRELIMINARY) -> Path:
    """Write a look back at a release as of a moment, and return its folder."""
    release = read_shelf(root).of(month, stage)
    assert release is not None
    content = {
        "kind": RESTATEMENT, "month": month, "stage": stage, "release": release.sha256,
        "restated_at": at.isoformat(" "), "as_of": "2026-11-09 00:00:00", "known_at": at.isoformat(" "),
        "catalogue_version": "1", "code_version": "c", "is_demo": False, "inputs": "i",
    }  # fmt: skip
    folder = root / month / "restated" / f"{stage}-{at:%Y%m%dT%H%M%S}"
    write_whole(folder, fill, content)
    return folder
