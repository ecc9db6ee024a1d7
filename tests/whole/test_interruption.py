"""A build killed at any step leaves the former snapshot, and the next build comes to the same result."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from builds import exported
from roots import build, write_small

from pipelines import steps
from pipelines.lock import LockedError, exclusive
from pipelines.settings import CODE_ROOT, Settings
from pipelines.snapshot import Snapshot, open_snapshot, read_pointer

# The child builds and kills itself — the whole process, nothing is tidied up — when the named step is reached.
CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pipelines import publish, steps
from pipelines.landing import land as landing, receipts, store
from pipelines.settings import Settings

root, point, files = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def die_on_call(number, function):
    calls = []
    def counted(*args, **kwargs):
        calls.append(1)
        if len(calls) == number:
            die()
        return function(*args, **kwargs)
    return counted

if point == "first sight":
    receipts.os.fsync = die
elif point == "landing":
    landing.land_file = die_on_call(files, landing.land_file)
elif point == "half a row file":
    store.pq.ParquetWriter.write_table = die_on_call(files, store.pq.ParquetWriter.write_table)
elif point == "half a file":
    store.insert_rows = die_on_call(files, store.insert_rows)
elif point == "staging":
    steps.compute = die_on_call(10, steps.compute)
elif point == "published":
    steps.compute = die_on_call(60, steps.compute)
elif point == "checks":
    steps.check_all = die
elif point == "half a snapshot":
    publish._copy = die_on_call(9, publish._copy)
elif point == "before the swap":
    publish._swap = die

settings = Settings(root=root)
rules = steps.read_rules(settings)
steps.build(settings, rules, steps.look(settings, rules, datetime(2026, 11, 23, 9, 0)))
"""
POINTS = [
    "first sight", "landing", "half a row file", "half a file", "staging", "published", "checks", "half a snapshot",
    "before the swap",
]  # fmt: skip


def rarely(points: set[str]) -> list[Any]:
    """All points, those given in the slow suite only."""
    return [pytest.param(point, marks=[pytest.mark.slow] if point in points else []) for point in POINTS]


# One of each in the main suite: with nothing published before, and over a former snapshot.
FIRST = rarely(set(POINTS) - {"before the swap"})
LATER = rarely(set(POINTS) - {"half a snapshot"})
# Two of them dated by their receipts, the third by its first sight.
NEW = [
    "2026-10/anhua/问题台账202610.csv",
    "2026-10/nanxian/南县2026年10月环境问题网格化巡查报表.xlsx",
    "2026-10/nanxian/补报.csv",
]
ADDED = "问题编号,所属网格,问题描述,发现时间,整改时限\n补-1,南洲镇,示例问题,2026-10-08,30日内\n"


def kill(root: Path, point: str, files: int) -> None:
    """Build in a process that dies at `point`; of the steps of landing, at the `files`-th."""
    arguments = [sys.executable, "-c", CHILD, str(root), point, str(files)]
    child = subprocess.run(arguments, capture_output=True, text=True)
    assert child.returncode == -signal.SIGKILL, child.stderr


@dataclass(frozen=True)
class Undisturbed:
    """A root built twice without disturbance: before two files came and after; and what both builds exported."""

    root: Path
    former: dict[str, str]
    final: dict[str, str]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    root = tmp_path_factory.mktemp("undisturbed")
    write_small(root)
    (root / "data/raw" / NEW[-1]).write_text(ADDED, "utf-8")
    for name in NEW:
        (root / "data/raw" / name).rename(root / Path(name).name)
    build(root)
    former = exported(root)
    shutil.copytree(root / "data", root / "former")
    for name in NEW:
        (root / Path(name).name).rename(root / "data/raw" / name)
    build(root)
    return Undisturbed(root, former, exported(root))


@pytest.mark.parametrize("point", FIRST)
def test_killed_and_restarted(tmp_path: Path, undisturbed: Undisturbed, point: str) -> None:
    shutil.copytree(undisturbed.root / "data/raw", tmp_path / "data/raw")
    kill(tmp_path, point, files=4)
    published = tmp_path / "data/published"
    assert not (published / "current.json").exists(), "nothing half-made may be pointed to"
    build(tmp_path)
    assert exported(tmp_path) == undisturbed.final
    assert unfinished(published) == []


@pytest.mark.parametrize("point", LATER)
def test_killed_over_a_former_snapshot(tmp_path: Path, undisturbed: Undisturbed, point: str) -> None:
    shutil.copytree(undisturbed.root / "former", tmp_path / "data")
    published = tmp_path / "data/published"
    before = read_pointer(published)
    reader = open_snapshot(published)
    told = everything(reader)
    for name in NEW:
        shutil.copy(undisturbed.root / "data/raw" / name, tmp_path / "data/raw" / name)
    kill(tmp_path, point, files=2)
    assert read_pointer(published) == before
    assert exported(tmp_path) == undisturbed.former
    assert everything(reader) == told
    build(tmp_path)
    assert read_pointer(published) != before
    assert exported(tmp_path) == undisturbed.final != undisturbed.former
    assert everything(reader) == told, "who reads the former build goes on reading it"
    reader.close()
    assert exported(tmp_path, before.path) == undisturbed.former
    assert unfinished(published) == []


def everything(snapshot: Snapshot) -> dict[str, list[dict[str, object]]]:
    return {
        table: snapshot.ask_unscoped(f"select * from published.{table} order by all")
        for table in ("build", "obligation", "metric_value", "source_file")
    }


def unfinished(published: Path) -> list[Path]:
    return list(published.rglob(".*"))


def test_a_failed_check_keeps_the_former_snapshot(small_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(small_root)
    before = read_pointer(small_root / "data/published")
    (small_root / "data/raw/2026-10/anhua/_receipts.csv").write_text("file,received_at\n", "utf-8")
    original = steps.offences
    monkeypatch.setattr(
        steps,
        "offences",
        lambda con, check, shown=5: ["planted=1"] if check.table == "states_sum" else original(con, check),
    )
    with pytest.raises(steps.CheckError, match="states_sum"):
        build(small_root)
    assert read_pointer(small_root / "data/published") == before


def test_nothing_changed_means_no_run(small_root: Path) -> None:
    first = build(small_root)
    settings = Settings(root=small_root)
    rules = steps.read_rules(settings)
    again = steps.look(settings, rules, first.moment.as_of)
    assert again.moment == first.moment
    assert steps.is_published(settings, again)
    (small_root / "data/raw/2026-10/anhua/新到.csv").write_text("网格,开始时间\n", "utf-8")
    assert not steps.is_published(settings, steps.look(settings, rules, first.moment.as_of))


def test_a_second_start_says_who_holds_the_lock(tmp_path: Path) -> None:
    warehouse = tmp_path / "data/warehouse/work.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c",
         "import sys, time\nfrom pathlib import Path\nfrom pipelines.lock import exclusive\n"
         "with exclusive(Path(sys.argv[1]), 5):\n    print('held', flush=True)\n    time.sleep(60)", str(warehouse)],
        stdout=subprocess.PIPE, text=True, cwd=CODE_ROOT,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(LockedError, match=f"进程 {holder.pid}"), exclusive(warehouse, 0.2):
            pytest.fail("two holders at once")
    finally:
        holder.kill()
        holder.wait()
    time.sleep(0.1)
    with exclusive(warehouse, 5):
        pass
