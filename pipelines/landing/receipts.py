"""When a file arrived: the receipts a county folder carries, else the moment it was first seen.

Both are CSV that people may edit, so a bad line is reported by its number and value and the rest is used.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

NAME = "_receipts.csv"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?")
Complaint = str
FirstSights = dict[tuple[str, str], datetime]


def declared(path: Path) -> tuple[dict[Path, datetime], list[Complaint]]:
    """File → moment of receipt, as one `_receipts.csv` (file, received_at) beside them says; the last line counts.

    `file` is a path below the folder of the receipts. Returned beside it: what could not be used, in Chinese.
    """
    found: dict[Path, datetime] = {}
    complaints: list[Complaint] = []
    try:
        lines = list(_lines(path, ("file", "received_at")))
    except (OSError, ValueError) as error:
        return {}, [f"收件登记无法读取：{error}；应为 UTF-8 的 CSV，表头 file,received_at (unreadable receipts)"]
    for number, line in lines:
        name, moment = line["file"], _moment(line["received_at"])
        target = path.parent / name
        if moment is None:
            complaints.append(
                f"第 {number} 行 received_at 为“{line['received_at']}”；应写成 2026-06-03 09:30 (bad moment)"
            )
        elif not name or ".." in PurePosixPath(name).parts or not target.is_file():
            complaints.append(f"第 {number} 行 file 为“{name}”；同一文件夹下没有这个文件 (no such file)")
        else:
            found[target] = moment
    return found, complaints


def first_sights(path: Path) -> tuple[FirstSights, list[Complaint]]:
    """(path below data/raw, sha256) → moment first seen, from `data/state/receipts.csv`; nothing where it is absent."""
    if not path.exists():
        return {}, []
    sights: FirstSights = {}
    complaints: list[Complaint] = []
    for number, line in _lines(path, ("path", "sha256", "received_at")):
        moment = _moment(line["received_at"])
        if moment is None:
            complaints.append(f"第 {number} 行 received_at 为“{line['received_at']}”；该行未采用 (bad moment)")
        else:
            sights.setdefault((line["path"], line["sha256"]), moment)
    return sights, complaints


def remember(path: Path, sights: Mapping[tuple[str, str], datetime]) -> None:
    """Append first sights, whole or not at all; what stands there, bad lines too, stays as it is."""
    if not sights:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if path.exists() else "path,sha256,received_at\n"
    text = io.StringIO()
    text.write(before if before.endswith("\n") else before + "\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((name, sha256, f"{at:%Y-%m-%d %H:%M:%S}") for (name, sha256), at in sorted(sights.items()))
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _lines(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, column → text) of a small CSV. Raises ValueError where a column is missing or it is not UTF-8."""
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{path.name} 缺少列 {missing}")
    for line in reader:
        yield reader.line_num, {column: (line[column] or "").strip() for column in columns}


def _moment(text: str) -> datetime | None:
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
