"""One build at a time: a lock beside the work database that says who holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.settings import beijing_now


class LockedError(RuntimeError):
    """Another build runs; the message names its process, machine and start."""


@contextmanager
def exclusive(warehouse: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the lock while the body runs; wait at most `wait_seconds`. Raises LockedError naming the holder.

    The operating system lets go of the lock when its process ends, so a killed build never leaves it behind.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse.with_name("build.lock"))
    holder = warehouse.with_name("build.holder.json")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise LockedError(_message(holder, wait_seconds)) from error
    try:
        who = {"pid": os.getpid(), "host": socket.gethostname(), "since": beijing_now().isoformat(" ", "seconds")}
        holder.write_text(json.dumps(who), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def is_free(warehouse: Path) -> bool:
    """True where nobody holds the lock at this moment."""
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse.with_name("build.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


def _message(holder: Path, wait_seconds: float) -> str:
    try:
        who = json.loads(holder.read_text("utf-8"))
        named = f"进程 {who['pid']}（{who['host']}，自 {who['since']}）"
    except (OSError, ValueError, KeyError):
        named = "另一个进程"
    return (
        f"另一次计算正在进行：{named}持有锁，已等待 {wait_seconds:g} 秒；请等它结束后再试"
        " (another build holds the lock)"
    )
