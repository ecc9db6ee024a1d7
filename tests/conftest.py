"""Shared roots: the demo written and built once for all workers, and a small delivery to build often."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from filelock import FileLock
from roots import SQL, build, write_small

from pipelines.demo.plan import LAST_SIX, MONTHS
from pipelines.demo.write import write_demo
from pipelines.snapshot import Snapshot, open_snapshot


def _built_once(factory: pytest.TempPathFactory, worker_id: str, name: str, months: Sequence[str]) -> Path:
    """A demo of these months, written and built by the first worker that asks."""
    base = factory.getbasetemp()
    # Workers have folders of their own below the run's; a single process is the run, and above it lie older runs.
    shared = (base if worker_id == "master" else base.parent) / name
    with FileLock(str(shared) + ".lock"):
        if not (shared / "data" / "published" / "current.json").exists():
            shutil.rmtree(shared, ignore_errors=True)
            write_demo(shared, SQL, months=months)
            build(shared)
    return shared


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The last six months of the demo, built by this very run. Read only: tests must not write below it."""
    return _built_once(tmp_path_factory, worker_id, "demo", LAST_SIX)


@pytest.fixture(scope="session")
def whole_demo_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """All months of the demo, as `python -m pipelines demo` writes it; for slow tests. Read only."""
    return _built_once(tmp_path_factory, worker_id, "whole_demo", MONTHS)


@pytest.fixture
def demo(demo_root: Path) -> Iterator[Snapshot]:
    """The snapshot of the last six months."""
    snapshot = open_snapshot(demo_root / "data" / "published")
    yield snapshot
    snapshot.close()


@pytest.fixture
def whole_demo(whole_demo_root: Path) -> Iterator[Snapshot]:
    """The snapshot of all months."""
    snapshot = open_snapshot(whole_demo_root / "data" / "published")
    yield snapshot
    snapshot.close()


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    """A delivery of two counties and two months, not yet built."""
    write_small(tmp_path)
    return tmp_path
