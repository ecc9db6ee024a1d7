"""A build killed at any step leaves the former snapshot, and the next build comes to the same result."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from roots import SQL, build, write_small

from pipelines import engine, publish, steps
from pipelines.lock import LockedError, exclusive
from pipelines.settings import CODE_ROOT, Settings
from pipelines.snapshot import read_pointer

# The child builds and kills itself — the whole process, nothing is tidied up — when the named step is reached.
CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pipelines import publish, steps
from pipelines.landing import land as landing
from pipelines.settings import Settings

root, point = Path(sys.argv[1]), sys.argv[2]

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

if point == "landing":
    landing.land_file = die_on_call(4, landing.land_file)
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
POINTS = ["landing", "staging", "published", "checks", "half a snapshot", "before the swap"]


def exported(root: Path, folder: Path) -> dict[str, str]:
    """Table → digest of its exported Parquet."""
    con = engine.connect(None, SQL)
    path = read_pointer(root / "data/published").path
    con.execute(f"attach '{path}' as snapshot (read_only)")
    written = publish.export(con, publish.read_schema(SQL), folder, "snapshot.published")
    con.close()
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in written}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    root = tmp_path_factory.mktemp("undisturbed")
    write_small(root)
    build(root)
    return root, exported(root, root / "export")


@pytest.mark.parametrize("point", POINTS)
def test_killed_and_restarted(tmp_path: Path, undisturbed: tuple[Path, dict[str, str]], point: str) -> None:
    root, expected = undisturbed
    shutil.copytree(root / "data/raw", tmp_path / "data/raw")
    child = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), point], capture_output=True, text=True)
    assert child.returncode == -9, child.stderr
    published = tmp_path / "data/published"
    assert not (published / "current.json").exists(), "nothing half-made may be pointed to"
    build(tmp_path)
    assert exported(tmp_path, tmp_path / "export") == expected
    assert [path.name for path in published.iterdir() if path.name.startswith(".")] == []


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
