"""The published snapshot as everybody reads it: the hardened door, and the questions that may be put through it.

`door` opens a build and enforces the reader's scope; `standing` answers with figures, `walk` goes from a figure to its
obligations, `chain` from a duty to who stands above it, `indicators` to its facts, `evidence` from a row to its cells;
`self_evaluation` sets what a grid says of its year beside what is computed; `submissions` tells what came, `delivered`
what is missing or went back, `changes`, `reconciled` and `alarms` what the files changed and make one look at; `mask`
hides names.
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
