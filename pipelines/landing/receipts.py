"""When a file arrived: the receipts a county folder carries, else the moment it was first seen; and which of its
sheets are no ledgers, as whoever received it wrote there.

Both are CSV that people may edit, so a bad line is reported by its number and value and the rest is used.

A receipt may name a day without a clock. The file then counts as received at the day's last minute, as deadlines of a
day do, so that it never seems to have come before it did; but where it was seen on that very day, at that sight,
for it cannot have come later, and a file that lies here must not pass for one that is still to come.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from pipelines.settings import SettingsError

NAME = "_receipts.csv"
RECORD = "receipts.csv"
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:(?:\s+|T|(?<=日))(\d{1,2})[:时点](\d{1,2})(?:分|:(\d{1,2})(?:\.0+)?)?)?"
)
_SHOWN = "2026-11-03 09:20（只写日期也可）"
NO_LEDGERS_ZH = "不是台账的工作表"
_ALIASES = {
    "file": ("file", "文件", "文件名"),
    "received_at": ("received_at", "收到时间"),
    "not_ledgers": ("not_ledgers", NO_LEDGERS_ZH),
}
# Of these a register has one at least.
_EITHER = ("received_at", "not_ledgers")
_BETWEEN = re.compile(r"[、;；\n]")
_SIGHT_ALIASES = {name: (name,) for name in ("path", "sha256", "received_at")}
_LAST_MINUTE = time(23, 59)
_LOCK_WAIT_SECONDS = 30
_COMPLAINTS = {
    errno.EACCES: "没有读取的权限",
    errno.EPERM: "没有读取的权限",
    errno.ENOENT: "文件不见了",
    errno.EIO: "磁盘读写错误",
    errno.ELOOP: "链接互相指向",
}


@dataclass(frozen=True)
class NoLedgers:
    """Sheets of a file of which its receipt says that they are no ledgers. line: where in the register that stands."""

    text: str
    register: Path
    line: int

    def among(self, sheets: Collection[str]) -> tuple[list[str], list[str]]:
        """Those of a file's `sheets` that are named, and the names that are none of them. A name that has the mark
        between names in it is one name."""
        by_name = {_plain(sheet): sheet for sheet in sheets}
        whole = by_name.get(_plain(self.text))
        if whole is not None:
            return [whole], []
        names = [name.strip() for name in _BETWEEN.split(self.text) if name.strip()]
        found = [by_name[_plain(name)] for name in names if _plain(name) in by_name]
        return found, [name for name in names if _plain(name) not in by_name]


@dataclass(frozen=True)
class Declared:
    """What the registers say: file → moment or day of receipt, and file → its sheets that are no ledgers."""

    moments: dict[Path, datetime | date] = field(default_factory=dict)
    no_ledgers: dict[Path, NoLedgers] = field(default_factory=dict)


@dataclass
class Arrivals:
    """Receipts by file, and first sights by (path below data/raw, sha256); `fresh` are not yet recorded.

    A receipt is a moment, or a day where no clock was written.
    """

    now: datetime
    declared: Declared = field(default_factory=Declared)
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    fresh: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def of(self, path: Path, relative: str, sha256: str) -> tuple[datetime, str]:
        """The moment of receipt and its basis, receipt or first_sight; an unknown file is seen now, to the minute."""
        declared = self.declared.moments.get(path)
        if isinstance(declared, datetime):
            return declared, "receipt"
        sight = self._sight(relative, sha256)
        if declared is None:
            return sight, "first_sight"
        earliest, latest = datetime.combine(declared, time()), datetime.combine(declared, _LAST_MINUTE)
        return min(max(sight, earliest), latest), "receipt"

    def _sight(self, relative: str, sha256: str) -> datetime:
        key = (relative, sha256)
        if key not in self.seen:
            self.seen[key] = self.fresh[key] = self.now.replace(second=0, microsecond=0)
        return self.seen[key]


def read_declared(path: Path) -> tuple[Declared, list[str]]:
    """What one `_receipts.csv` says of the files beside it; of several lines about one the last that says so counts.

    Its headers are file (文件、文件名), received_at (收到时间) and not_ledgers (不是台账的工作表), of the last two one
    at least; `file` is a path below the folder of the receipts. Where sheets are named the moment may be left empty.
    Returned beside it, in Chinese: what could not be used.
    """
    try:
        lines = list(_lines(path, _ALIASES, _EITHER))
    except (OSError, ValueError, csv.Error) as error:
        return Declared(), [
            f"收件登记无法读取（{told(error)}）；应为 CSV，表头为 文件、收到时间（或 file、received_at）"
        ]
    found = Declared()
    complaints: list[str] = []
    for number, line in lines:
        name, text, sheets = line["file"], line["received_at"], line["not_ledgers"]
        target, moment = path.parent / name, _moment(text)
        if not name or ".." in PurePosixPath(name).parts or not target.is_file():
            complaints.append(f"第 {number} 行的文件“{name}”：同一文件夹下没有这个文件；请核对文件名")
            continue
        if sheets:
            found.no_ledgers[target] = NoLedgers(sheets, path, number)
        if moment is not None:
            found.moments[target] = moment
        elif text or not sheets:
            complaints.append(f"第 {number} 行的收到时间“{text}”无法识别；应写成 {_SHOWN}")
    return found, complaints


def read_first_sights(path: Path) -> tuple[dict[tuple[str, str], datetime], list[str]]:
    """First sights as recorded, the earliest of each, none where the record is absent; beside them, the lines that
    could not be used.

    Raises SettingsError where the record as a whole cannot be read: to go on would date every file anew.
    """
    if not path.exists():
        return {}, []
    try:
        lines = list(_lines(path, _SIGHT_ALIASES))
    except (OSError, ValueError, csv.Error) as error:
        raise SettingsError(
            f"data/state/{path.name} 无法读取：{told(error)}；请从备份恢复 (unreadable record)"
        ) from error
    seen: dict[tuple[str, str], datetime] = {}
    complaints: list[str] = []
    for number, line in lines:
        moment = _moment(line["received_at"])
        if not isinstance(moment, datetime):
            complaints.append(f"第 {number} 行的收到时间“{line['received_at']}”无法识别；该行未采用")
        else:
            key = line["path"], line["sha256"]
            seen[key] = min(seen.get(key, moment), moment)
    return seen, complaints


def record(path: Path, arrivals: Arrivals) -> bool:
    """Append the fresh first sights, whole or not at all; what stands there, bad lines too, stays as it is.

    Of a file that another process has recorded meanwhile the earlier sight counts. True where that was the other's:
    the moments given out are then no longer those on record. Raises OSError where another process keeps it locked.
    """
    if not arrivals.fresh:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_WAIT_SECONDS):
            standing, _ = read_first_sights(path)
            others = {key for key, at in arrivals.fresh.items() if key in standing and standing[key] <= at}
            _append(path, {key: at for key, at in arrivals.fresh.items() if key not in others})
    except Timeout as error:
        raise OSError(
            f"data/state/{path.name} 正由另一个进程写入，已等待 {_LOCK_WAIT_SECONDS} 秒；请稍后再试"
        ) from error
    return any(standing[key] < arrivals.fresh[key] for key in others)


def _append(path: Path, sights: Mapping[tuple[str, str], datetime]) -> None:
    if not sights:
        return
    before = path.read_text("utf-8") if path.exists() else ",".join(_SIGHT_ALIASES)
    text = io.StringIO(before)
    text.seek(0, io.SEEK_END)
    if not before.endswith("\n"):
        text.write("\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((name, sha256, at.isoformat(" ")) for (name, sha256), at in sorted(sights.items()))
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def told(error: Exception) -> str:
    """What an error says; the common complaints of the operating system in Chinese."""
    if isinstance(error, OSError):
        return _COMPLAINTS.get(error.errno or 0) or error.strerror or str(error)
    return str(error)


def _lines(
    path: Path, columns: Mapping[str, tuple[str, ...]], either: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, column → text) of a small CSV; `columns`: name → headers it answers to; of `either` one suffices,
    and what is not there is empty.

    Excel writes it in GBK where told “CSV”. Raises ValueError where a column is missing or it is in neither encoding.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise ValueError("文字编码既非 UTF-8 也非 GBK") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    headers = {header.strip(): header for header in reader.fieldnames or ()}
    chosen = {name: next((headers[a] for a in aliases if a in headers), None) for name, aliases in columns.items()}
    spared = either if any(chosen[name] for name in either) else either[1:]
    missing = [columns[name][-1] for name, header in chosen.items() if header is None and name not in spared]
    if missing:
        raise ValueError(f"缺少列 {'、'.join(missing)}")
    for line in reader:
        yield (
            reader.line_num,
            {name: (line[header] or "").strip() if header is not None else "" for name, header in chosen.items()},
        )


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _moment(text: str) -> datetime | date | None:
    """A moment, or a day where no clock is written; None where it is neither."""
    found = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    year, month, day, *clock = (int(part) if part else None for part in found.groups())
    try:
        whole_day = date(year or 0, month or 0, day or 0)
        if clock[0] is None:
            return whole_day
        return datetime.combine(whole_day, time(clock[0], clock[1] or 0, clock[2] or 0))
    except ValueError:
        return None
