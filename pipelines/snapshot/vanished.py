"""Files that were read before and whose content is no longer among what the snapshot was read from.

The journal in data/state says what was ever read. It stands beside the snapshot and not in it: tables follow from
what lies in data/raw and data/state, not from what once lay there.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.snapshot.door import CITY, Scope, Snapshot, SnapshotError
from pipelines.snapshot.mask import Mask

NAME = "seen_files.csv"
COLUMNS = ("path", "sha256", "county_id", "month", "received_at", "accepted")


@dataclass(frozen=True)
class Seen:
    """A content as it was read last. path: below data/raw. accepted: its rows that were accepted then."""

    path: str
    sha256: str
    county_id: str
    month: str
    received_at: datetime
    accepted: int

    @property
    def cells(self) -> tuple[str, ...]:
        """Its line in the journal."""
        return (self.path, self.sha256, self.county_id, self.month, str(self.received_at), str(self.accepted))

    @property
    def told(self) -> str:
        """What became of it, and how it is mended."""
        return (
            f"先前读过的文件不见了或被同名文件替换：{self.path}（sha256 {self.sha256[:8]}，"
            f"收到于 {self.received_at:%Y-%m-%d %H:%M}），当时接收 {self.accepted} 行，"
            f"其中别的文件没有报过的不再计入；请放回原文件（另起文件名）"
        )


def read_seen(state: Path) -> list[Seen]:
    """All contents ever read, none where nothing was written down yet. Raises SnapshotError naming the bad line.

    State: data/state of the root.
    """
    path = state / NAME
    if not path.exists():
        return []
    seen: list[Seen] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.DictReader(file):
                of_path, sha256, county_id, month, at, accepted = (line[name] for name in COLUMNS)
                seen.append(Seen(of_path, sha256, county_id, month, datetime.fromisoformat(at), int(accepted)))
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise SnapshotError(
            f"data/state/{NAME} 第 {len(seen) + 2} 行无法读取：{error}；请从备份恢复，或改正该行 (unreadable record)"
        ) from error
    return seen


def vanished(snapshot: Snapshot, scope: Scope, state: Path) -> list[Seen]:
    """What was read before and was not read this time, by path; what came after the snapshot's moment is not missed."""
    seen = [one for one in read_seen(state) if one.received_at <= snapshot.pointer.as_of]
    read = {row["sha256"] for row in snapshot.ask_unscoped("select distinct sha256 from published.source_file")}
    gone = [one for one in seen if one.sha256 not in read]
    if not gone:
        return []
    visible = {row["county_id"] for row in snapshot.ask(scope, "select county_id from visible_county")}
    mask = Mask(snapshot, scope)
    return sorted(
        (
            Seen(mask.text(one.path), one.sha256, one.county_id, one.month, one.received_at, one.accepted)
            for one in gone
            if one.county_id in visible or scope.grid_id == CITY
        ),
        key=lambda one: one.path,
    )
