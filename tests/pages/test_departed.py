"""A 情况说明 outlives its duty: what was said of one that a correction took away is still read, by whoever may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import tiny_snapshot

from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.explained import departed
from pipelines.status import status
from pipelines.trace import trace_figure

TOLD = {
    "metric_id": "rectification", "obligation_id": "rectification/anhua/GONE/r1", "by_zh": "示例甲",
    "written_on": date(2026, 11, 5), "text": "示例：停电", "file": "x.toml", "entry": 1, "is_within_window": True,
    "grid_id": "anhua", "period": "2026-10", "is_gone": True,
}  # fmt: skip
GONE = "义务已不在（固化时超期，其后更正）"


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    published = tiny_snapshot.write(tmp_path)
    (path,) = published.glob("*.duckdb")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        for row in (TOLD, {**TOLD, "entry": 2, "is_gone": False, "obligation_id": "rectification/anhua/STAYS/r1"}):
            connection.execute(
                f"insert into published.explanation ({', '.join(row)}) values ({', '.join('?' * len(row))})",
                list(row.values()),
            )
    opened = open_snapshot(published)
    yield opened
    opened.close()


def test_it_stands_in_the_trace_of_its_figure_and_in_status(snapshot: Snapshot) -> None:
    lines = list(trace_figure(snapshot, "rectification", "anhua", "2026-10"))
    place = lines.index(f"{GONE}　安化县　rectification/anhua/GONE/r1")
    assert lines[place + 1] == "    情况说明 2026-11-05 示例甲：示例：停电"
    assert not any("STAYS" in line for line in lines)
    for metric, grid, month in (("rectification", "nanxian", "2026-10"), ("rectification", "anhua", "2026-09")):
        assert GONE not in "\n".join(trace_figure(snapshot, metric, grid, month))
    listed = [line for line in status(snapshot) if "情况说明" in line]
    assert len(listed) == 1 and "rectification/anhua/GONE/r1：义务已不在" in listed[0]


def test_whoever_may_not_see_the_grid_or_its_names_does_not(snapshot: Snapshot) -> None:
    assert [one.said.by for one in departed(snapshot, Scope("anhua", see_names=False))] == ["示*"]
    assert [one.obligation_id for one in departed(snapshot, Scope("anhua"))] == [TOLD["obligation_id"]]
    assert departed(snapshot, Scope("nanxian")) == []
