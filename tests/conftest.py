"""Shared roots: the demo written and built once for all workers, and a small delivery to build often."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from roots import SQL, build, write_small

from pipelines.demo.write import write_demo
from pipelines.snapshot import Snapshot, open_snapshot


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The whole demo, built by this very run. Read only: tests must not write below it."""
    base = tmp_path_factory.getbasetemp()
    # Workers have folders of their own below the run's; a single process is the run, and above it lie older runs.
    shared = (base if worker_id == "master" else base.parent) / "demo"
    with FileLock(str(shared) + ".lock"):
        if not (shared / "data" / "published" / "current.json").exists():
            shutil.rmtree(shared, ignore_errors=True)
            write_demo(shared, SQL)
            build(shared)
    return shared


@pytest.fixture
def demo(demo_root: Path) -> Iterator[Snapshot]:
    """The demo's snapshot."""
    snapshot = open_snapshot(demo_root / "data" / "published")
    yield snapshot
    snapshot.close()


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    """A delivery of two counties and two months, not yet built."""
    write_small(tmp_path)
    return tmp_path
