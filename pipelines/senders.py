"""The sender seed: from which month each unit owes its ledgers, where that is settled.

sql/seeds/sender.csv, or the root's own config/seeds/sender.csv. A unit without a month, or not named at all, owes from
the first month anybody delivered.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.grids import Grids

COLUMNS = ("county_id", "reports_from", "note")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class SenderSeedError(ValueError):
    """A sender seed that cannot be used; names the file, the line, the column and what was expected."""


@dataclass(frozen=True)
class Sender:
    """One unit that reports. reports_from: YYYY-MM, '' where it is not settled."""

    county_id: str
    reports_from: str


def read_senders(path: Path | None, grids: Grids) -> tuple[Sender, ...]:
    """Read and check a sender seed; None: nothing is settled. Raises SenderSeedError."""
    if path is None:
        return ()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SenderSeedError(f"{path.name}: 无法读取（应为 UTF-8 的 CSV）：{error} (unreadable)") from error
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])
    if tuple(header) != COLUMNS:
        raise SenderSeedError(f"{path.name} 第 1 行: 表头应依次为 {','.join(COLUMNS)}，现为 {header} (header)")
    found: dict[str, Sender] = {}
    for cells in filter(None, reader):
        where = f"{path.name} 第 {reader.line_num} 行"
        if len(cells) != len(COLUMNS):
            raise SenderSeedError(f"{where}: 应有 {len(COLUMNS)} 列 (number of cells)")
        sender = Sender(cells[0].strip(), cells[1].strip())
        _refuse_wrong(where, sender, grids, sorted(found))
        found[sender.county_id] = sender
    return tuple(found.values())


def _refuse_wrong(where: str, sender: Sender, grids: Grids, before: Sequence[str]) -> None:
    known, month = grids.county_ids, sender.reports_from
    if sender.county_id not in known:
        raise SenderSeedError(
            f"{where} county_id: {sender.county_id!r} 不是报送单位；可用 {'、'.join(known)} (unknown sender)"
        )
    if sender.county_id in before:
        raise SenderSeedError(f"{where} county_id: {sender.county_id} 出现两次 (stands twice)")
    if month and not _MONTH.fullmatch(month):
        raise SenderSeedError(f"{where} reports_from: {month!r} 不可用；应为 2026-01 这样的月份，或留空 (wrong month)")
    if month and month < grids.first_month:
        raise SenderSeedError(
            f"{where} reports_from: {month} 早于最早的网格起始月 {grids.first_month}，此前没有义务 (before any grid)"
        )
