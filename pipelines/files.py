"""Every file with its counts and with its state in the words people use; `status` and the summary say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipelines.snapshot import Row, Snapshot
from pipelines.snapshot.submissions import FILE_STANDING

LANDED, SOME_BACK, ALL_BACK, REFUSED, IDENTICAL = "入库", "部分退回", "全部退回", "整件退回", "内容相同"
SETTLED = "退回的已重报"
_WORDS = {
    "landed": LANDED,
    "settled": SETTLED,
    "some_back": SOME_BACK,
    "all_back": ALL_BACK,
    "refused": REFUSED,
    "identical": IDENTICAL,
}
_FILES = f"""
    with {FILE_STANDING}

    select
        file.file_id, file.path, file.sha256, file.county_id, file.month, file.received_at,
        file.received_basis = 'first_sight' as is_first_sight, file.state, file.reason_zh, file.mend_zh,
        file_standing.standing
    from published.source_file as file
    join file_standing on file_standing.file_id = file.file_id
    order by file.month, file.county_id, file.received_at, file.path
"""


@dataclass(frozen=True)
class File:
    """One file received. word: its state in words; of one whose content came before, `detail` says how that stands."""

    file_id: str
    path: str
    county_id: str
    month: str
    received_at: datetime
    is_first_sight: bool
    word: str
    detail: str
    is_sheet_refused: bool
    reason_zh: str
    mend_zh: str

    @property
    def needs_care(self) -> bool:
        """Whether something of it went back, so that somebody has to mend it. A copy is mended with its original."""
        return self.word in (SOME_BACK, ALL_BACK, REFUSED)

    @property
    def is_returned(self) -> bool:
        """Whether it went back whole, or with a whole sheet, and not in single rows."""
        return self.word in (ALL_BACK, REFUSED) or (self.word == SOME_BACK and self.is_sheet_refused)


@dataclass(frozen=True)
class Misplaced:
    """What lies in data/raw and was not read: where, why, and how it is mended."""

    path: str
    reason_zh: str


def files(snapshot: Snapshot) -> list[File]:
    """All files received, by month, county and receipt."""
    rows = snapshot.ask_unscoped(_FILES)
    originals = _originals(rows)
    return [_file(row, originals) for row in rows]


def misplaced(snapshot: Snapshot) -> list[Misplaced]:
    """All that was not read, by path."""
    rows = snapshot.ask_unscoped("select path, reason_zh from published.misplaced_file order by path, reason_zh")
    return [Misplaced(row["path"], row["reason_zh"]) for row in rows]


def _originals(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """(county, sha256) → how the content stands; where one of several originals could be read, as that one does."""
    words: dict[tuple[str, str], str] = {}
    for row in rows:
        key = row["county_id"], row["sha256"]
        if row["state"] != "identical" and words.get(key, REFUSED) == REFUSED:
            words[key] = _WORDS[row["standing"]]
    return words


def _file(row: Row, originals: dict[tuple[str, str], str]) -> File:
    word = _WORDS[row["standing"]]
    standing = originals.get((row["county_id"], row["sha256"]), LANDED)
    return File(
        file_id=row["file_id"],
        path=row["path"],
        county_id=row["county_id"],
        month=row["month"],
        received_at=row["received_at"],
        is_first_sight=row["is_first_sight"],
        word=word,
        detail=f"该内容{standing}" if word == IDENTICAL and standing != LANDED else "",
        is_sheet_refused=row["state"] == "partial",
        reason_zh=row["reason_zh"] or "",
        mend_zh=row["mend_zh"] or "",
    )
