"""The published snapshot as everybody reads it: the hardened door, and the questions that may be put through it.

`door` opens a build and enforces the reader's scope; `standing` answers with figures, `walk` goes from a figure to its
obligations, `evidence` from a row to its cells, `delivered` tells what came and what went back, `mask` hides names.
"""

from pipelines.snapshot.door import (
    CITY,
    Frame,
    NoSnapshotError,
    Pointer,
    Row,
    Scope,
    Snapshot,
    SnapshotError,
    open_snapshot,
    read_pointer,
)

__all__ = [
    "CITY",
    "Frame",
    "NoSnapshotError",
    "Pointer",
    "Row",
    "Scope",
    "Snapshot",
    "SnapshotError",
    "open_snapshot",
    "read_pointer",
]
