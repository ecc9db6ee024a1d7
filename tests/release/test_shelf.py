"""A fixed month is whole or it is told, with the file, what it should be and what it is: every byte counts."""

from __future__ import annotations

import json
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelves import TABLES, fill, look_back, put

from pipelines.release import manifest
from pipelines.release.folder import write_whole
from pipelines.release.shelf import pinned_builds, read_shelf
from pipelines.release.stages import FINAL, PRELIMINARY
from pipelines.settings import CODE_ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for month, stage in (("2026-09", PRELIMINARY), ("2026-09", FINAL), ("2026-10", PRELIMINARY)):
        put(tmp_path / "releases", month, stage)
    return tmp_path / "releases"


def reasons(root: Path) -> dict[str, str]:
    return {release.name: release.reason_zh for release in read_shelf(root).damaged}


def rewrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_whole_ones_may_be_used_and_nobody_can_write_them(root: Path) -> None:
    shelf = read_shelf(root)
    assert [one.name for one in shelf.releases] == ["2026-09/preliminary", "2026-09/final", "2026-10/preliminary"]
    assert (shelf.damaged, shelf.astray) == ((), ())
    assert shelf.last == shelf.releases[-1]
    for release in shelf.releases:
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in release.folder.iterdir()}
        assert modes == dict.fromkeys([*(f"{name}.parquet" for name in TABLES), "manifest.json"], 0o444)
    assert pinned_builds(root) == {"2026-09-preliminary", "2026-09-final", "2026-10-preliminary"}


def drop_table(folder: Path) -> None:
    (folder / "obligation.parquet").unlink()


def alter_table(folder: Path) -> None:
    path = folder / "metric_value.parquet"
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    rewrite(path, bytes(content))


def add_stranger(folder: Path) -> None:
    (folder / "score.parquet").write_bytes(b"x")


def drop_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def alter_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    rewrite(path, path.read_bytes().replace(b"2026-11-09 05:00:00", b"2026-11-06 05:00:00"))


def forge_manifest(folder: Path) -> None:
    """Alter it and mend its own digest: the one after it still knows."""
    content = json.loads((folder / "manifest.json").read_text("utf-8"))
    del content["digest"]
    (folder / "manifest.json").unlink()
    manifest.write(folder, {**content, "fixed_at": "2026-11-06 05:00:00"})


def drop_all(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (drop_table, "缺少 obligation.parquet（应有，sha256 "),
        (alter_table, "metric_value.parquet 被改过：sha256 应为 "),
        (add_stranger, "多出 score.parquet"),
        (drop_manifest, "缺少 manifest.json"),
        (alter_manifest, "manifest.json 被改过：所记摘要 "),
        (forge_manifest, "manifest.json 与 2026-10/preliminary 所记不符：sha256 应为 "),
        (drop_all, "整个文件夹不见了（2026-10/preliminary 记有它"),
    ],
)
def test_each_kind_of_harm_is_told_with_the_remedy(root: Path, harm: Callable[[Path], None], words: str) -> None:
    whole, copy = read_shelf(root), root.parent / "copy"
    shutil.copytree(root / "2026-09/final", copy)
    harm(root / "2026-09/final")
    told = reasons(root)
    assert list(told) == ["2026-09/final"], "the others are used all the same"
    assert words in told["2026-09/final"]
    assert "请从备份恢复该文件夹（data/releases/2026-09/final）" in told["2026-09/final"]
    assert read_shelf(root).identity != whole.identity, "the next build is another"
    shutil.rmtree(root / "2026-09/final", ignore_errors=True)
    shutil.copytree(copy, root / "2026-09/final")
    assert read_shelf(root).identity == whole.identity, "restored, it is what it was"


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_no_single_byte_can_be_altered_unnoticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    root = tmp_path_factory.mktemp("bytes")
    folder = put(root, "2026-10")
    path = folder / data.draw(st.sampled_from([*(f"{name}.parquet" for name in TABLES), "manifest.json"]))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    rewrite(path, bytes(content))
    blank = path.name == "manifest.json" and is_blank(path, bytes(content))
    assert bool(reasons(root)) != blank
    shutil.rmtree(root)


def is_blank(path: Path, content: bytes) -> bool:
    """Whether the altered text still says the same: a blank between two words of JSON become another blank."""
    rewrite(path, content)
    try:
        manifest.read(path.parent, manifest.RELEASE)
    except manifest.ManifestError:
        return False
    return True


def test_a_release_in_another_place_is_not_that_months(root: Path) -> None:
    shutil.copytree(root / "2026-10", root / "2026-08")
    told = reasons(root)
    assert list(told) == ["2026-08/preliminary"]
    assert "写的是 2026-10/preliminary，放错了文件夹" in told["2026-08/preliminary"]


def test_nobody_knows_what_to_keep_while_a_manifest_is_damaged(root: Path) -> None:
    alter_manifest(root / "2026-09/final")
    assert pinned_builds(root) is None


def test_what_lies_there_otherwise_is_told_and_harms_nothing(root: Path) -> None:
    (root / "说明.txt").write_text("x", "utf-8")
    (root / "2026-10" / "备份").mkdir()
    (root / ".DS_Store").write_bytes(b"x")
    (root / "2026-10" / ".final.tmp").mkdir()
    shelf = read_shelf(root)
    assert [path for path, _ in shelf.astray] == ["releases/2026-10/备份", "releases/说明.txt"]
    assert shelf.damaged == ()


def test_the_newest_whole_look_back_is_the_one_shown(root: Path) -> None:
    look_back(root, "2026-10", datetime(2026, 11, 12, 9))
    newest = look_back(root, "2026-10", datetime(2026, 11, 13, 9))
    assert [one.folder for one in read_shelf(root).restatements] == [newest]
    alter_table(newest)
    shelf = read_shelf(root)
    assert [one.known_at for one in shelf.restatements] == [datetime(2026, 11, 12, 9)]
    ((path, reason),) = shelf.astray
    assert path == f"releases/2026-10/restated/{newest.name}"
    assert "metric_value.parquet 被改过" in reason
    alter_table(root / "2026-10/preliminary")
    assert read_shelf(root).restatements == (), "of a damaged month nothing is said"


def test_a_look_back_at_another_release_is_not_used(root: Path) -> None:
    folder = look_back(root, "2026-10", datetime(2026, 11, 12, 9))
    shutil.rmtree(root / "2026-10/preliminary")
    put(root, "2026-10", build_id="another")
    shelf = read_shelf(root)
    assert shelf.restatements == ()
    assert [path for path, _ in shelf.astray] == [f"releases/2026-10/restated/{folder.name}"]


def test_nothing_is_written_twice(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(FileExistsError, match="不得改写"):
        put(root, "2026-10")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


CHILD = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from pipelines.release import folder, manifest
from shelves import fill, put

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def die_in_second(beside):
    fill(beside)
    (beside / "obligation.parquet").write_bytes(b"PAR")
    die()

root, point = Path(sys.argv[1]), sys.argv[2]
if point == "half a table":
    import shelves
    shelves.fill = die_in_second
elif point == "before the manifest":
    manifest.write = die
elif point == "before the rename":
    Path.rename = die
put(root, "2026-11")
"""


@pytest.mark.parametrize("point", ["half a table", "before the manifest", "before the rename"])
def test_killed_while_writing_leaves_nothing_half_and_the_next_goes_on(root: Path, point: str) -> None:
    before = read_shelf(root)
    paths = [str(CODE_ROOT), str(Path(__file__).parent)]
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(root), point, *paths], capture_output=True, text=True, cwd=CODE_ROOT
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    assert (root / "2026-11" / ".preliminary.tmp").is_dir(), "it died where it was meant to"
    assert read_shelf(root) == before
    put(root, "2026-11")
    assert [one.name for one in read_shelf(root).releases][-1] == "2026-11/preliminary"
    assert [path.name for path in (root / "2026-11").iterdir()] == ["preliminary"]


def test_what_fails_while_writing_leaves_nothing(root: Path) -> None:
    def full(beside: Path) -> dict[str, int]:
        fill(beside)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(root / "2026-11" / FINAL, full, {})
    assert list((root / "2026-11").iterdir()) == []
