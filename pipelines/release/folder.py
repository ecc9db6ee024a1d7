"""A folder of fixed figures: written beside its place, made safe on the disk, moved there whole; read with distrust."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipelines.release import manifest

_NOBODY_MEANT = frozenset({"thumbs.db", "desktop.ini"})
POSIX = os.name == "posix"
RESTORE = "请从备份恢复该文件夹"


def write_whole(final: Path, fill: Callable[[Path], Mapping[str, int]], content: Mapping[str, Any]) -> None:
    """Make the folder `final`: `fill` writes Parquet files into it and returns name → rows; then the manifest.

    Killed at any moment, there is the whole folder or none; what a killed process left is swept away by the next.
    Raises FileExistsError where it stands already, whatever `fill` raises, and OSError.
    """
    if final.exists():
        raise FileExistsError(f"{final} 已存在，不得改写 (exists already)")
    final.parent.mkdir(parents=True, exist_ok=True)
    beside = final.with_name(f".{final.name}.tmp")
    _sweep(beside)
    beside.mkdir()
    try:
        rows = fill(beside)
        files = {name: beside / f"{name}.parquet" for name in rows}
        tables = {
            name: {"file": path.name, "sha256": manifest.sha256_of(path), "rows": rows[name]}
            for name, path in files.items()
        }
        manifest.write(beside, {**content, "tables": tables})
        for path in sorted(beside.iterdir()):
            to_disk(path)
            path.chmod(0o444)
        to_disk(beside)
        beside.rename(final)
        to_disk(final.parent)
    finally:
        _sweep(beside)


def faults(folder: Path, content: Mapping[str, Any]) -> list[str]:
    """What is wrong with a folder beside what its believed manifest says: file, what was expected, what was found."""
    told = []
    expected = {table["file"]: table["sha256"] for table in content["tables"].values()}
    for name, said in sorted(expected.items()):
        try:
            found = manifest.sha256_of(folder / name)
        except FileNotFoundError:
            told.append(f"缺少 {name}（应有，sha256 {said}）")
        except OSError as error:
            told.append(f"{name} 无法读取（{error.strerror}）")
        else:
            if found != said:
                told.append(f"{name} 被改过：sha256 应为 {said}，实为 {found}")
    strangers = sorted(path.name for path in folder.iterdir() if path.name not in {*expected, manifest.NAME})
    told += [f"多出 {name}，不是固化时写的" for name in strangers if not is_nobodys(name)]
    return told


def is_nobodys(name: str) -> bool:
    """Whether a name is what systems leave behind, or an unfinished folder: nobody meant it."""
    return name.startswith(".") or name.lower() in _NOBODY_MEANT


def to_disk(path: Path) -> None:
    """Wait until a file, which must still be writable, or a folder is on the disk.

    Windows flushes only what is open for writing, and cannot open a folder: there the file system orders its own names.
    """
    if path.is_dir():
        if POSIX:
            _flush(path, os.O_RDONLY)
    else:
        _flush(path, os.O_RDWR)


def _flush(path: Path, how: int) -> None:
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(beside: Path) -> None:
    """Remove what is unfinished; Windows removes no file that is read-only."""
    if beside.exists():
        for path in beside.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(beside)
