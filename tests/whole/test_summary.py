"""The summary never says that nothing was due where in truth nothing could be judged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from house import House, patrol, problem

from pipelines.snapshot import Pointer, Snapshot
from pipelines.summary import summary


def test_counties_and_grids_that_cannot_be_judged_are_counted_beside_the_figure() -> None:
    house = House()
    fields = ["problem_no", "grid", "description", "source", "category", "discovered_at", "rectified_at"]
    house.ledger("problem", [problem("A")], fields=fields)
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    house.build()
    moment = datetime(2026, 11, 6, 9)
    snapshot = Snapshot(Pointer("house", Path("house"), moment, moment, False), Path("rows"), house.con)
    lines = {line.split(" ")[0]: line for line in summary(snapshot, "http://127.0.0.1:8501")}
    assert "1/8 个县区不可测" in lines["按期整改率"]
    assert "不可测 not measurable 1 个网格" in lines["巡查覆盖率"], "whose patrol 示例甲 made is unknown"
    assert "县区不可测" not in lines["巡查覆盖率"]
