"""Files a test lays into data/raw: a CSV of rows with its receipt."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path


def deliver(root: Path, name: str, rows: Sequence[Sequence[str]], received: str) -> None:
    """Write rows, the header first, as data/raw/<name> received at that moment."""
    path = root / "data/raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    receipt(path, received)


def receipt(path: Path, received: str) -> None:
    """Date a file by the receipts beside it."""
    receipts = path.with_name("_receipts.csv")
    known = receipts.read_text("utf-8") if receipts.exists() else "file,received_at\n"
    receipts.write_text(f"{known}{path.name},{received}\n", "utf-8")
