"""data/raw, data/state and data/releases suffice: everything else deleted, the rebuilt tables are the same bytes."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from builds import exported
from roots import write_small
from test_fixed_month import EXPLANATION, PROBLEM, Life

from pipelines.release.shelf import read_shelf

ADDED = "补-1,示例问题,南洲镇,巡查发现,2026-10-08,2026-10-20,2026-10-12,待办"


@pytest.mark.slow
def test_everything_else_can_be_deleted_and_comes_back_the_same(tmp_path: Path) -> None:
    write_small(tmp_path)
    (tmp_path / "data/raw/_demo.json").unlink()  # a clock of its own, as real data have
    life = Life(tmp_path, now=datetime(2026, 11, 10, 9, 0))
    assert life.run("fix", "2026-10")[0] == 0
    # Without a receipt: when it came stands in data/state/receipts.csv alone.
    late = tmp_path / "data/raw/2026-10/nanxian/补报.csv"
    late.write_text(",".join(PROBLEM) + f"\n{ADDED}\n", "utf-8")
    life.now = datetime(2026, 11, 12, 9, 0)
    assert life.run("restate")[0] == 0
    folder = tmp_path / "data/state/explanations"
    folder.mkdir(parents=True)
    (folder / "x.toml").write_text(EXPLANATION, "utf-8")  # of no duty there is here: that too comes back
    life.now = datetime(2026, 11, 18, 9, 0)
    assert life.run("fix", "2026-10")[0] == 0
    assert life.run("build", "--plain")[0] == 1, "the explanation is told as unread"
    before = exported(tmp_path)
    assert life.ask("select count(*) > 0 from published.restatement") == [(True,)]
    assert life.ask("select count(*) from published.release") == [(2,)]

    for path in (tmp_path / "data").iterdir():
        if path.name not in ("raw", "state", "releases"):
            shutil.rmtree(path)
    shutil.rmtree(tmp_path / "export")
    assert life.run("build", "--plain")[0] == 1
    after = exported(tmp_path)
    assert len(before) == len(after) > 40
    assert {table for table in before if before[table] != after[table]} == set()
    assert read_shelf(tmp_path / "data/releases").damaged == ()
