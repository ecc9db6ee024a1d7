"""What a build_id hangs on: also on what was not read, because the snapshot tells of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipelines import steps
from pipelines.settings import Settings

NOW = datetime(2026, 11, 23, 9, 0)


def build_id(root: Path) -> str:
    settings = Settings(root=root)
    return steps.look(settings, steps.read_rules(settings), NOW).moment.build_id


def test_what_was_not_read_enters_the_build_id(tmp_path: Path) -> None:
    folder = tmp_path / "data/raw/2026-10/anhua"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("x", "utf-8")
    seen = [build_id(tmp_path), build_id(tmp_path)]
    (tmp_path / "data/raw/b.csv").write_text("x", "utf-8")
    seen.append(build_id(tmp_path))
    (folder / "_receipts.csv").write_text("文件,收到时间\na.csv,昨天\n", "utf-8")
    seen.append(build_id(tmp_path))
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
