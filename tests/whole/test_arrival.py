"""The result hangs on what lies in data/raw and when it came, not on how it got into the warehouse: in one run or in
many, in any order, with files in between that are gone again. Compared are the exported bytes of every table."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from builds import MOMENT, exported, rules
from roots import SMALL_MONTHS, build, write_small

from pipelines import steps
from pipelines.settings import Settings
from pipelines.snapshot import read_pointer

# The same bytes twice: in a folder of another month, and beside itself. Both are dated by their first sight.
COPIES = {
    "2026-10/anhua/九月的.csv": "2026-09/anhua/巡查记录202609.csv",
    "2026-10/anhua/再发.csv": "2026-10/anhua/问题台账202610.csv",
}


@dataclass(frozen=True)
class Whole:
    """A delivery landed and built in one run: files by path, receipts aside, and what it exported."""

    root: Path
    files: tuple[str, ...]
    tables: dict[str, str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    root = tmp_path_factory.mktemp("whole")
    write_small(root)
    raw = root / "data/raw"
    for copy, original in COPIES.items():
        shutil.copy(raw / original, raw / copy)
    files = tuple(sorted(str(p.relative_to(raw)) for p in raw.glob("2*/*/*") if not p.name.startswith("_")))
    build(root)
    return Whole(root, files, exported(root))


def bring(whole: Whole, root: Path, name: str) -> None:
    """Lay one file of the delivery into another root, with the receipts of its folder."""
    target = root / "data/raw" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(whole.root / "data/raw/_demo.json", root / "data/raw")
    shutil.copy(whole.root / "data/raw" / Path(name).parent / "_receipts.csv", target.parent)
    shutil.copy(whole.root / "data/raw" / name, target)


def land_only(root: Path) -> None:
    """A run that ends after landing."""
    settings = Settings(root=root)
    outlook = steps.look(settings, rules(), MOMENT)
    with steps.open_warehouse(settings) as con:
        steps.land_files(con, settings, rules(), outlook)


def shuffled(files: tuple[str, ...], seed: int) -> list[str]:
    """Another order than by path, and not its reverse."""
    return random.Random(seed).sample(files, len(files))


@pytest.mark.slow
def test_one_file_a_run_in_another_order(tmp_path: Path, whole: Whole) -> None:
    for name in shuffled(whole.files, 5):
        bring(whole, tmp_path, name)
        land_only(tmp_path)
    build(tmp_path)
    assert exported(tmp_path) == whole.tables


@pytest.mark.slow
def test_months_one_by_one_backwards(tmp_path: Path, whole: Whole) -> None:
    builds = set()
    for month in reversed(SMALL_MONTHS):
        for name in whole.files:
            if name.startswith(month):
                bring(whole, tmp_path, name)
        build(tmp_path)
        builds.add(read_pointer(tmp_path / "data/published").build_id)
    assert len(builds) == len(SMALL_MONTHS)
    assert exported(tmp_path) == whole.tables


def removed(tmp_path: Path, whole: Whole, name: str) -> None:
    """Build all, take one file away, build again; and beside it a root that never saw the file."""
    seen, unseen = tmp_path / "seen", tmp_path / "unseen"
    shutil.copytree(whole.root / "data", seen / "data")
    (seen / "data/raw" / name).unlink()
    build(seen)
    shutil.copytree(seen / "data/raw", unseen / "data/raw")
    build(unseen)
    assert exported(seen) == exported(unseen) != whole.tables


@pytest.mark.slow
def test_a_file_taken_away_was_never_there(tmp_path: Path, whole: Whole) -> None:
    """The one that counted, while a copy of it stays."""
    removed(tmp_path, whole, "2026-09/anhua/巡查记录202609.csv")


@pytest.mark.slow
def test_any_file_taken_away_was_never_there(tmp_path: Path, whole: Whole) -> None:
    for number, name in enumerate(whole.files):
        removed(tmp_path / str(number), whole, name)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [6])
def test_one_file_a_whole_build_in_another_order(tmp_path: Path, whole: Whole, seed: int) -> None:
    for name in shuffled(whole.files, seed):
        bring(whole, tmp_path, name)
        build(tmp_path)
    assert exported(tmp_path) == whole.tables
