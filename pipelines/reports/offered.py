"""What the pages hand out: which ledgers there are and how often they come, both workbooks with their file names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from pipelines.contracts import Contracts, load
from pipelines.reports.returned import returned
from pipelines.reports.template import template
from pipelines.settings import Settings
from pipelines.snapshot import Scope, Snapshot

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Ledger:
    """A table that can be sent. cadence: monthly, on_change or yearly."""

    name: str
    zh: str
    cadence: str


@lru_cache(maxsize=4)
def ledgers(settings: Settings) -> tuple[Ledger, ...]:
    """All tables, in the order of their contracts."""
    return tuple(Ledger(table.name, table.zh, table.cadence) for table in _contracts(settings).tables.values())


def blank_ledger(settings: Settings, table: str) -> bytes:
    """The blank ledger of a table. Raises PaperError for an unknown one."""
    return template(_contracts(settings), table)


def blank_name(ledger: Ledger) -> str:
    """巡查记录（空白）.xlsx."""
    return f"{ledger.zh}（空白）.xlsx"


def to_mend(settings: Settings, snapshot: Snapshot, scope: Scope, county: str, month: str) -> bytes:
    """退回待核 of a county the scope sees and a month. Raises PaperError for any other."""
    return returned(snapshot, _contracts(settings), scope, county, month).content


def to_mend_name(county_zh: str, month: str, now: datetime) -> str:
    """退回待核_安化县_2026-10_20261126-1820.xlsx: the next one must not be laid over one that was mended and sent."""
    return f"退回待核_{county_zh}_{month}_{now:%Y%m%d-%H%M}.xlsx"


def _contracts(settings: Settings) -> Contracts:
    return load(settings.sql / "contracts", settings.profiles, settings.grid_seed)
