"""A snapshot that stands damaged is not taken for published: the next build notices, says so, and mends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from roots import build, write_small

from pipelines.cli import main
from pipelines.snapshot import read_pointer


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sound")
    write_small(root)
    build(root)
    return root


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[: len(data) // 2])


def junk(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"junk")


def snapshot_file(root: Path) -> Path:
    return read_pointer(root / "data/published").path


def row_file(root: Path) -> Path:
    return sorted((root / "data/published/rows").glob("*.parquet"))[0]


def another(path: Path) -> None:
    """Another build under this one's name."""
    path.chmod(0o644)
    with duckdb.connect(str(path)) as writable:
        writable.execute("update published.build set build_id = 'other'")


HURTS: list[tuple[Callable[[Path], Path], Callable[[Path], None], str]] = [
    (snapshot_file, cut, "不完整"),
    (snapshot_file, junk, "无法打开"),
    (snapshot_file, another, "另一次发布 other"),
    (row_file, Path.unlink, "原始行缺失或不完整"),
    (row_file, cut, "原始行缺失或不完整"),
]


@pytest.mark.parametrize(
    ("which", "hurt", "said"),
    [
        # Cut short, snapshot and rows alike, always; the other ways to be hurt in the slow suite.
        pytest.param(*case, id=f"{case[0].__name__} {case[2]}", marks=() if case[1] is cut else pytest.mark.slow)
        for case in HURTS
    ],
)
def test_damage_is_noticed_told_and_mended(
    sound: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    which: Callable[[Path], Path],
    hurt: Callable[[Path], None],
    said: str,
) -> None:
    shutil.copytree(sound / "data", tmp_path / "data")
    assert main(["build", "--plain", "--root", str(tmp_path)]) == 0
    assert "沿用已发布的快照" in capsys.readouterr().out
    path = which(tmp_path)
    whole = path.stat().st_size
    hurt(path)
    assert main(["build", "--plain", "--root", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "已发布的快照有损" in out
    assert said in out
    assert which(tmp_path).stat().st_size == whole
    assert main(["build", "--plain", "--root", str(tmp_path)]) == 0
    assert "沿用已发布的快照" in capsys.readouterr().out
