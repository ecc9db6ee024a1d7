"""Which files lie in data/raw, whose they are, for which month, and when they arrived."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.contracts import Contracts
from pipelines.landing import receipts
from pipelines.settings import Settings

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_NO_DELIVERY = frozenset({"readme.md", "thumbs.db", "desktop.ini"})
_PLACE = "应放在 data/raw/<年-月>/<县区>/ 之下，如 data/raw/2026-05/安化县/"


@dataclass(frozen=True)
class Received:
    """One file as received. relative: its path below data/raw with `/`. received_basis: receipt or first_sight.

    file_id: <county_id>/<month>/<first 8 of sha256>, the same for the same content in one folder.
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


def scan(settings: Settings, contracts: Contracts, now: datetime) -> Scan:
    """Walk data/raw; first sights are recorded at `now`, floored to the minute.

    Raises OSError where the record of first sights cannot be written, and ValueError where it is not that CSV.
    """
    walk = _walk(settings.raw)
    counties = county_folders(settings.sql, contracts)
    misplaced = list(walk.misplaced)
    moments: dict[Path, datetime] = {}
    for path in walk.receipts:
        found, complaints = receipts.declared(path)
        moments.update(found)
        misplaced += [Misplaced(_relative(path, settings.raw), complaint) for complaint in complaints]
    record = settings.state / "receipts.csv"
    sights, complaints = receipts.first_sights(record)
    misplaced += [Misplaced("../state/receipts.csv", complaint) for complaint in complaints]
    fresh: receipts.FirstSights = {}
    received = []
    for path in walk.files:
        relative = _relative(path, settings.raw)
        where = _place(relative, counties)
        digest = where if isinstance(where, str) else _digest(path, settings.raw)
        if isinstance(where, str) or digest.startswith("!"):
            misplaced.append(Misplaced(relative, digest.removeprefix("!")))
            continue
        key = (relative, digest)
        if path not in moments and key not in sights:
            sights[key] = fresh[key] = now.replace(second=0, microsecond=0)
        received.append(_received(path, relative, digest, where, moments.get(path), sights.get(key)))
    receipts.remember(record, fresh)
    return Scan(tuple(received), tuple(sorted(misplaced, key=lambda item: (item.path, item.reason_zh))))
