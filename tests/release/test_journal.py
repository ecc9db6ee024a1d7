"""What was fixed is written down apart from its folder: nothing that was fixed vanishes, or is fixed again, unseen."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from shelves import look_back, put

from pipelines.release import folder, journal
from pipelines.release.fixing import DamagedError, refuse_damage
from pipelines.release.shelf import pinned_builds, read_shelf, write_down


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two months and a look back, written down."""
    root = tmp_path / "data/releases"
    put(root, "2026-09")
    put(root, "2026-10")
    look_back(root, "2026-10", datetime(2026, 11, 12, 9))
    write_down(root)
    return root


def test_each_folder_has_one_line_and_writing_down_again_adds_none(root: Path) -> None:
    lines = journal.read(root).lines
    assert {(line.month, line.stage, line.kind) for line in lines.values()} == {
        ("2026-09", "preliminary", "release"),
        ("2026-10", "preliminary", "release"),
        ("2026-10", "preliminary", "restatement"),
    }
    assert [line.sha256 for line in lines.values()][:2] == [one.sha256 for one in read_shelf(root).releases]
    before = (root.parent / "state/releases.csv").read_bytes()
    write_down(root)
    assert (root.parent / "state/releases.csv").read_bytes() == before


def test_the_last_release_deleted_is_damaged_and_nothing_is_fixed_in_its_place(root: Path) -> None:
    shutil.rmtree(root / "2026-10/preliminary")
    ((name, reason),) = [(one.name, one.reason_zh) for one in read_shelf(root).damaged]
    assert name == "2026-10/preliminary"
    assert "整个文件夹不见了（data/state/releases.csv 记有它" in reason
    assert pinned_builds(root) is None, "nobody knows which build it points to"
    with pytest.raises(DamagedError, match="整个文件夹不见了"):
        refuse_damage(read_shelf(root))


def test_another_one_in_its_place_is_damaged_too(root: Path) -> None:
    shutil.rmtree(root / "2026-10")
    put(root, "2026-10", build_id="rewritten")
    (damaged,) = read_shelf(root).damaged
    assert "manifest.json 与 data/state/releases.csv 所记不符：sha256 应为 " in damaged.reason_zh
    write_down(root)
    assert read_shelf(root).damaged == (damaged,), "what was written down first stays"


def test_a_look_back_that_is_gone_is_told(root: Path) -> None:
    shutil.rmtree(root / "2026-10/restated")
    shelf = read_shelf(root)
    ((path, reason),) = shelf.astray
    assert path.startswith("releases/2026-10/restated/preliminary-20261112")
    assert "整个文件夹不见了" in reason
    assert shelf.damaged == ()


def test_killed_before_it_was_written_down_it_is_whole_and_written_down_next(root: Path) -> None:
    put(root, "2026-11")
    shelf = read_shelf(root)
    assert (shelf.damaged, [line.folder for line in shelf.unwritten]) == ((), ["2026-11/preliminary"])
    write_down(root)
    assert read_shelf(root).unwritten == ()
    assert read_shelf(root).identity == shelf.identity, "the same build as before"


def test_a_journal_nobody_can_read_forbids_to_fix(root: Path) -> None:
    path = journal.path_of(root)
    path.write_text(path.read_text("utf-8") + "2026-11,preliminary\n", "utf-8")
    shelf = read_shelf(root)
    assert shelf.damaged == ()
    assert [place for place, _ in shelf.astray] == ["state/releases.csv"]
    before = path.read_bytes()
    put(root, "2026-11")
    write_down(root)
    assert path.read_bytes() == before
    with pytest.raises(DamagedError, match=r"data/state/releases\.csv：第 5 行不是登记的一行；请从备份恢复"):
        refuse_damage(read_shelf(root))


def test_a_system_that_opens_no_folders_and_flushes_no_readers(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows: no handle of a folder, none to flush that is read-only, no read-only file removed."""
    opened = os.open
    flushed = []

    def refuse(path: Path, how: int, *more: int, **named: int) -> int:
        assert not Path(path).is_dir() or "dir_fd" in named or how & os.O_DIRECTORY, "PermissionError on Windows"
        if Path(path).suffix in (".parquet", ".json", ".tmp") and "dir_fd" not in named:
            assert how & os.O_RDWR, "EBADF on Windows"
            assert Path(path).stat().st_mode & 0o200, "read-only by then"
            flushed.append(Path(path).name)
        return opened(path, how, *more, **named)

    left = root / "2026-11/.preliminary.tmp"
    left.mkdir(parents=True)
    (left / "x.parquet").write_bytes(b"x")
    (left / "x.parquet").chmod(0o444)
    removed = shutil.rmtree

    def rmtree(path: Path) -> None:
        assert all(one.stat().st_mode & 0o200 for one in Path(path).rglob("*")), "PermissionError on Windows"
        removed(path)

    monkeypatch.setattr(folder.shutil, "rmtree", rmtree)
    monkeypatch.setattr(folder, "POSIX", False)
    monkeypatch.setattr(os, "open", refuse)
    put(root, "2026-11")
    write_down(root)
    monkeypatch.undo()
    assert flushed == ["manifest.json", "metric_value.parquet", "obligation.parquet", ".releases.csv.tmp"]
    assert read_shelf(root).damaged == ()
