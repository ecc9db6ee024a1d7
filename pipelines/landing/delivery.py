"""Which files lie in data/raw, whose they are, for which month, and when they arrived."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.contracts import Contracts
from pipelines.landing import receipts
from pipelines.settings import Settings

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_NO_DELIVERY = frozenset({"readme.md", "thumbs.db", "desktop.ini"})
_PLACE = "应放在 data/raw/<年-月>/<县区>/ 之下，如 2026-05/安化县/"


@dataclass(frozen=True)
class Received:
    """One file as received. relative: its path below data/raw with `/`. received_basis: receipt or first_sight.

    file_id: <county_id>/<month>/<first 8 of sha256>, the same for the same content in one folder.
    no_ledgers: what its receipt says of sheets that are none.
    """

    path: Path
    relative: str
    sha256: str
    size_bytes: int
    county_id: str
    month: str
    received_at: datetime
    received_basis: str
    file_id: str
    no_ledgers: receipts.NoLedgers | None = None


@dataclass(frozen=True)
class Misplaced:
    """Something in data/raw that cannot be taken in. path: below data/raw. reason_zh: why, and where it belongs."""

    path: str
    reason_zh: str


@dataclass(frozen=True)
class Scan:
    """What lies in data/raw: files to be landed, ordered by path, and what is not where it should be."""

    received: tuple[Received, ...]
    misplaced: tuple[Misplaced, ...]


class _Astray(Exception):
    """A file that cannot be taken in, with the reason in Chinese."""


@dataclass
class _Walk:
    """All that lies below data/raw, what nobody means as a delivery left out."""

    files: list[Path] = field(default_factory=list)
    receipts: list[Path] = field(default_factory=list)
    astray: list[tuple[Path, str]] = field(default_factory=list)


def scan(settings: Settings, contracts: Contracts, now: datetime) -> Scan:
    """Walk data/raw. Files without a receipt are dated by their first sight, which is recorded at `now`.

    Raises SettingsError where the record of first sights cannot be read, OSError where it cannot be written.
    """
    walk = _walk(settings.raw)
    counties = county_folders(contracts)
    misplaced = [Misplaced(_relative(path, settings.raw), reason) for path, reason in walk.astray]
    arrivals = receipts.Arrivals(now)
    for path in walk.receipts:
        declared, complaints = receipts.read_declared(path)
        arrivals.declared.moments.update(declared.moments)
        arrivals.declared.no_ledgers.update(declared.no_ledgers)
        misplaced += [Misplaced(_relative(path, settings.raw), complaint) for complaint in complaints]
    record = settings.state / receipts.RECORD
    arrivals.seen, complaints = receipts.read_first_sights(record)
    misplaced += [Misplaced(f"../state/{receipts.RECORD}", complaint) for complaint in complaints]
    received = []
    for path in walk.files:
        try:
            received.append(_received(path, settings.raw, contracts, counties, arrivals))
        except _Astray as astray:
            misplaced.append(Misplaced(_relative(path, settings.raw), str(astray)))
    if receipts.record(record, arrivals):
        return scan(settings, contracts, now)  # another process saw some of them first: as it recorded them
    return Scan(
        tuple(sorted(received, key=lambda one: one.relative)),
        tuple(sorted(misplaced, key=lambda one: (one.path, one.reason_zh))),
    )


def county_folders(contracts: Contracts) -> dict[str, str]:
    """Name a county's folder may bear → county_id: its id, its 6-digit code, its name or another name of it."""
    folders: dict[str, str] = {}
    for grid in contracts.grids.reporting():
        for name in (grid["grid_id"], grid["code"], grid["name"], *grid["aliases"].split(";")):
            folders.setdefault(_plain(name), grid["county_id"])
    folders.pop("", None)
    return folders


def sha256_of(path: Path) -> str:
    """Digest of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _walk(raw: Path) -> _Walk:
    walk = _Walk()
    if not raw.exists():
        return walk

    def unreadable(error: OSError) -> None:
        walk.astray.append((Path(error.filename), f"文件夹无法读取：{receipts.told(error)}；请检查权限"))

    for folder, folders, names in os.walk(raw, onerror=unreadable):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not _is_ignored(name))
        for name in [name for name in folders if (here / name).is_symlink()]:
            folders.remove(name)
            walk.astray.append((here / name, "文件夹是符号链接，不予跟随；请放入文件本身"))
        if receipts.NAME in names:
            walk.receipts.append(here / receipts.NAME)
        walk.files += [here / name for name in sorted(names) if not _is_ignored(name)]
    return walk


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "_", "~$")) or name.lower() in _NO_DELIVERY


def _received(
    path: Path, raw: Path, contracts: Contracts, counties: Mapping[str, str], arrivals: receipts.Arrivals
) -> Received:
    relative = _relative(path, raw)
    month, county_id = _place(relative, contracts, counties)
    try:
        if not path.resolve(strict=True).is_relative_to(raw.resolve()):
            raise _Astray("符号链接指向 data/raw 之外；请放入文件本身")
        if not path.is_file():
            raise _Astray("不是普通文件")
        size, sha256 = path.stat().st_size, sha256_of(path)
    except (OSError, RuntimeError) as error:
        detail = receipts.told(error) if isinstance(error, OSError) else "链接互相指向"
        raise _Astray(f"无法读取：{detail}；请检查文件与权限") from error
    received_at, basis = arrivals.of(path, relative, sha256)
    _refuse_month(month, contracts.grids.first_month, received_at)
    file_id = f"{county_id}/{month}/{sha256[:8]}"
    no_ledgers = arrivals.declared.no_ledgers.get(path)
    return Received(path, relative, sha256, size, county_id, month, received_at, basis, file_id, no_ledgers)


def _place(relative: str, contracts: Contracts, counties: Mapping[str, str]) -> tuple[str, str]:
    """(month, county_id) from the two outermost folders; raises _Astray where they are not that."""
    folders = relative.split("/")[:-1]
    if not folders:
        raise _Astray(f"文件直接放在 data/raw 下；{_PLACE}")
    if not _MONTH.fullmatch(folders[0]):
        raise _Astray(f"“{folders[0]}”不是月份文件夹；应写成 2026-05 这样的年-月")
    if len(folders) == 1:
        raise _Astray(f"文件直接放在月份文件夹下，不知是哪个县区的；{_PLACE}")
    county_id = counties.get(_plain(folders[1]))
    if county_id is None:
        raise _Astray(f"“{folders[1]}”不是已知的县区；{_meant(folders[1], contracts, counties)}")
    return folders[0], county_id


def _meant(folder: str, contracts: Contracts, counties: Mapping[str, str]) -> str:
    """Which county the name of a folder may have been meant for; where it is like none, how counties are named."""
    known = {one["grid_id"]: one["name"] for one in contracts.grids.reporting()}
    near = difflib.get_close_matches(_plain(folder), counties, n=len(counties), cutoff=0.65)
    if near:
        return f"是不是 {'、'.join(dict.fromkeys(known[counties[name]] for name in near))}？请把文件夹改成该名称"
    one = contracts.grids.reporting()[-1]
    return f"应为 {'、'.join(filter(None, (one['grid_id'], one['code'])))} 或 {one['name']} 这样的名称"


def _refuse_month(month: str, first_month: str, received_at: datetime) -> None:
    """Neither before there were grids nor to come; the next month is let pass, because plans are sent ahead."""
    if month < first_month:
        raise _Astray(f"“{month}”早于方案施行的 {first_month}；请核对文件夹的年月")
    year, number = divmod(received_at.year * 12 + received_at.month, 12)
    latest = f"{year:04d}-{number + 1:02d}"
    if month > latest:
        raise _Astray(f"“{month}”晚于收到的月份（{received_at:%Y-%m}）；请核对文件夹的年月")


def no_such_sheet(received: Received, names: Sequence[str], raw: Path) -> Iterator[Misplaced]:
    """A wrong line of a register: `names` that are no sheets of the file it speaks of."""
    told = received.no_ledgers
    if told is not None:
        for name in names:
            reason = (
                f"第 {told.line} 行的{receipts.NO_LEDGERS_ZH}“{name}”：{received.path.name} 里没有这张有内容的工作表"
            )
            yield Misplaced(_relative(told.register, raw), f"{reason}；请核对工作表名（CSV 写 csv）")


def _relative(path: Path, raw: Path) -> str:
    return "/".join(_shown(part) for part in path.relative_to(raw).parts)


def _shown(name: str) -> str:
    """A name as text; one unpacked from a foreign archive may be GBK bytes."""
    data = os.fsencode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "backslashreplace")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().lower()
