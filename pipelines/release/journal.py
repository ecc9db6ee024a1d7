"""The journal of what was fixed: one line a folder below data/releases, so that none can vanish without a trace.

It lies in data/state/releases.csv, apart from the folders it speaks of. Lines are added after a folder has been moved
into place and never altered; the file is written anew beside its place and swapped, so that no line is ever half.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from pipelines.release.folder import to_disk
from pipelines.release.manifest import RELEASE, RESTATEMENT
from pipelines.release.stages import STAGES

NAME = "releases.csv"
SHOWN = f"data/state/{NAME}"
COLUMNS = ("month", "stage", "kind", "folder", "sha256", "at")


@dataclass(frozen=True)
class Line:
    """A folder as it was written. kind: release or restatement; folder: below data/releases; sha256: of its manifest;
    at: when it was fixed or looked back at."""

    month: str
    stage: str
    kind: str
    folder: str
    sha256: str
    at: str


@dataclass(frozen=True)
class Journal:
    """Folder → its line, and what is wrong with the file, in Chinese; empty where nothing is."""

    lines: dict[str, Line]
    fault: str = ""


def path_of(releases: Path) -> Path:
    """Where the journal of data/releases lies."""
    return releases.with_name("state") / NAME


def read(releases: Path) -> Journal:
    """All that can be read of it. No file: nothing has been written down yet."""
    try:
        text = path_of(releases).read_text("utf-8-sig")
    except FileNotFoundError:
        return Journal({})
    except (OSError, UnicodeDecodeError) as error:
        return Journal({}, f"无法读取，应为 UTF-8 的 CSV：{error}；请从备份恢复")
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(rows[0]) != COLUMNS:
        return Journal({}, f"第 1 行应为 {','.join(COLUMNS)}；请从备份恢复")
    lines: dict[str, Line] = {}
    wrong = []
    for number, row in enumerate(rows[1:], 2):
        line = Line(*row) if len(row) == len(COLUMNS) else None
        if line is None or line.stage not in STAGES or line.kind not in (RELEASE, RESTATEMENT):
            wrong.append(f"第 {number} 行不是登记的一行")
        elif lines.setdefault(line.folder, line).sha256 != line.sha256:
            wrong.append(f"第 {number} 行：{line.folder} 登记过另一份（以先登记的为准）")
    return Journal(lines, f"{'；'.join(wrong)}；请从备份恢复" if wrong else "")


def add(releases: Path, lines: Sequence[Line]) -> None:
    """Write these lines behind those that stand. Raises OSError; a journal with a fault is not to be added to."""
    if not lines:
        return
    path = path_of(releases)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(line) for line in [*read(releases).lines.values(), *lines])
    beside = path.with_name(f".{NAME}.tmp")
    beside.write_text(text.getvalue(), "utf-8")
    to_disk(beside)
    beside.replace(path)
    to_disk(path.parent)
