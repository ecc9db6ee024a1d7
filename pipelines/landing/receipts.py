"""When a file arrived: the receipts a county folder carries, else the moment it was first seen.

Both are CSV that people may edit, so a bad line is reported by its number and value and the rest is used.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from pipelines.settings import SettingsError

NAME = "_receipts.csv"
RECORD = "receipts.csv"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?")
_SIGHT_COLUMNS = ("path", "sha256", "received_at")


@dataclass
class Arrivals:
    """Moments of receipt by file, and first sights by (path below data/raw, sha256); `fresh` are not yet recorded."""

    now: datetime
    declared: dict[Path, datetime] = field(default_factory=dict)
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    fresh: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def of(self, path: Path, relative: str, sha256: str) -> tuple[datetime, str]:
        """The moment of receipt and its basis, receipt or first_sight; an unknown file is seen now, to the minute."""
        if path in self.declared:
            return self.declared[path], "receipt"
        key = (relative, sha256)
        if key not in self.seen:
            self.seen[key] = self.fresh[key] = self.now.replace(second=0, microsecond=0)
        return self.seen[key], "first_sight"


def read_declared(path: Path) -> tuple[dict[Path, datetime], list[str]]:
    """File → moment of receipt, as one `_receipts.csv` (file, received_at) beside them says; the last line counts.

    `file` is a path below the folder of the receipts. Returned beside it, in Chinese: what could not be used.
    """
    try:
        lines = list(_lines(path, ("file", "received_at")))
    except (OSError, ValueError, csv.Error) as error:
        detail = error.strerror if isinstance(error, OSError) else error
        return {}, [f"收件登记无法读取（{detail}）；应为 UTF-8 的 CSV，表头 file,received_at (unreadable receipts)"]
    found: dict[Path, datetime] = {}
    complaints: list[str] = []
    for number, line in lines:
        name, text = line["file"], line["received_at"]
        target, moment = path.parent / name, _moment(text)
        if not name or ".." in PurePosixPath(name).parts or not target.is_file():
            complaints.append(f"第 {number} 行 file 为“{name}”：同一文件夹下没有这个文件 (no such file)")
        elif moment is None:
            complaints.append(f"第 {number} 行 received_at 为“{text}”：应写成 2026-06-03 09:30 (bad moment)")
        else:
            found[target] = moment
    return found, complaints


def read_first_sights(path: Path) -> tuple[dict[tuple[str, str], datetime], list[str]]:
    """First sights as recorded, none where the record is absent; beside them, the lines that could not be used.

    Raises SettingsError where the record as a whole cannot be read: to go on would date every file anew.
    """
    if not path.exists():
        return {}, []
    try:
        lines = list(_lines(path, _SIGHT_COLUMNS))
    except (OSError, ValueError, csv.Error) as error:
        raise SettingsError(f"data/state/{path.name} 无法读取：{error}；请从备份恢复 (unreadable record)") from error
    seen: dict[tuple[str, str], datetime] = {}
    complaints: list[str] = []
    for number, line in lines:
        moment = _moment(line["received_at"])
        if moment is None:
            complaints.append(f"第 {number} 行 received_at 为“{line['received_at']}”：该行未采用 (bad moment)")
        else:
            seen.setdefault((line["path"], line["sha256"]), moment)
    return seen, complaints


def record(path: Path, arrivals: Arrivals) -> None:
    """Append the fresh first sights, whole or not at all; what stands there, bad lines too, stays as it is."""
    if not arrivals.fresh:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if path.exists() else ",".join(_SIGHT_COLUMNS)
    text = io.StringIO(before)
    text.seek(0, io.SEEK_END)
    if not before.endswith("\n"):
        text.write("\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((name, sha256, at.isoformat(" ")) for (name, sha256), at in sorted(arrivals.fresh.items()))
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _lines(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, column → text) of a small CSV. Raises ValueError where a column is missing or it is not UTF-8."""
    reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"缺少列 {'、'.join(missing)}")
    for line in reader:
        yield reader.line_num, {column: (line[column] or "").strip() for column in columns}


def _moment(text: str) -> datetime | None:
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
