"""build_id: the same files, moment and code give the same id, and then nothing needs to run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pipelines.landing.delivery import Received, Scan
from pipelines.settings import CODE_ROOT, Settings

_CODE_SUFFIXES = {".py", ".sql", ".toml", ".csv"}


def code_version(sql_dir: Path) -> str:
    """12 hex digits over the package and sql/: what computes."""
    return _digest([*_code_files(CODE_ROOT / "pipelines"), *_code_files(sql_dir)])


def build_id(settings: Settings, scan: Scan, as_of: datetime, known_at: datetime, code: str, releases: str = "") -> str:
    """12 hex digits over everything a snapshot follows from. releases: what the fixed months are, damage included."""
    whole = hashlib.sha256()
    for part in (as_of.isoformat(), known_at.isoformat(), code, releases, str(settings.is_demo)):
        whole.update(f"{part}\n".encode())
    whole.update(inputs(settings, scan).encode())
    for misplaced in scan.misplaced:
        whole.update(f"{misplaced.path}\t{misplaced.reason_zh}\n".encode())
    whole.update(_digest(_state_files(settings)).encode())
    return whole.hexdigest()[:12]


def inputs(settings: Settings, scan: Scan) -> str:
    """12 hex digits over what figures follow from beside rules and moment: files, receipts, the own config."""
    whole = hashlib.sha256()
    for received in sorted(scan.received, key=_by_path):
        whole.update(f"{received.relative}\t{received.sha256}\t{received.received_at.isoformat()}\n".encode())
        told = received.no_ledgers
        if told is not None:
            whole.update(f"{told.register.name}\t{told.line}\t{told.text}\n".encode())
    whole.update(_digest(_config_files(settings)).encode())
    return whole.hexdigest()[:12]


def _by_path(received: Received) -> str:
    return received.relative


def _code_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in _CODE_SUFFIXES and path.is_file()]


def _state_files(settings: Settings) -> list[Path]:
    # A dot before the name: what a killed process left unfinished, no state.
    found = [path for path in sorted(settings.state.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    # Receipts are part of the files, the journal of fixed months is part of what `releases` says of them, and no figure
    # follows from the journal of what was read before.
    return [path for path in found if path.name not in ("receipts.csv", "releases.csv", "seen_files.csv")]


def _config_files(settings: Settings) -> list[Path]:
    """The root's own profiles, grids and senders, where they stand in for those of sql/ (the code version's part)."""
    own = [*sorted(settings.profiles.glob("*.toml")), settings.grid_seed, settings.sender_seed]
    return [path for path in own if path is not None and not path.is_relative_to(settings.sql)]


def _digest(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(f"{path.name}\n".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]
