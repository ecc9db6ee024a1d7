"""A full disk ends a build with a clear message; nothing half-written stays, and the former snapshot does."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from landing_files import csv_bytes, patrol_rows, put

from pipelines import publish
from pipelines.cli import main
from pipelines.settings import Settings


class Full:
    """Stands in for a function, honest a few times; then the disk is full."""

    def __init__(self, honest: Any, good_calls: int, error: Exception) -> None:
        self.honest, self.left, self.error = honest, good_calls, error

    def __get__(self, instance: Any, owner: Any) -> Any:
        return lambda *args, **more: self(instance, *args, **more)

    def __call__(self, *args: Any, **more: Any) -> Any:
        if self.left == 0:
            raise self.error
        self.left -= 1
        return self.honest(*args, **more)


NO_SPACE = OSError(errno.ENOSPC, "No space left on device")
ENGINE_FULL = publish.PublishError("snapshot: IO Error: Could not write all bytes: No space left on device")
STEPS: list[tuple[Any, str, Exception]] = [
    (pq.ParquetWriter, "write_table", NO_SPACE),
    (publish, "_copy", ENGINE_FULL),
    (publish, "write_atomically", NO_SPACE),
]


@pytest.mark.slow
def test_a_full_disk_leaves_the_former_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(root=tmp_path)
    build = ["build", "--plain", "--root", str(tmp_path), "--as-of", "2026-06-03 09:00"]
    put(settings, "2026-05/anhua/a.csv", csv_bytes(patrol_rows(3)))
    put(settings, "2026-05/anhua/_receipts.csv", b"file,received_at\na.csv,2026-06-01\n")
    put(settings, "2026-05/taojiang/_receipts.csv", b"file,received_at\nb.csv,2026-06-01\n")
    assert main(build) in {0, 1}
    pointer = (settings.published / publish.POINTER).read_bytes()
    put(settings, "2026-05/taojiang/b.csv", csv_bytes(patrol_rows(5)))
    for owner, name, error in STEPS:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, Full(getattr(owner, name), 0, error))
            assert main(build) == 3, name
        told = capsys.readouterr().err
        assert "磁盘已满" in told and "No space left" in told
        assert (settings.published / publish.POINTER).read_bytes() == pointer
        assert not [path for path in settings.published.rglob("*") if path.suffix == ".tmp"]
    assert main(build) in {0, 1}
    assert (settings.published / publish.POINTER).read_bytes() != pointer
