"""What a piece of work costs: wall-clock, processor time, peak memory."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any

_MEGABYTE = 1024  # ru_maxrss counts kilobytes on Linux


def timed(work: Callable[[dict[str, float]], None]) -> dict[str, Any]:
    """Run in this process: wall-clock, processor time and peak memory, with the parts that `work` notes."""
    parts: dict[str, float] = {}
    began, began_cpu = time.perf_counter(), time.process_time()
    work(parts)
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    return {"wall": wall, "cpu": cpu, "peak_mb": peak_mb(), "parts": parts}


def peak_mb() -> int:
    """The most memory this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE
