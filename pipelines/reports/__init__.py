"""Files for people: blank ledgers, returned rows, the reference of the contracts.

Made from the published snapshot, the contracts and the list of grids only; nothing is computed here.
"""

from __future__ import annotations

import os
from pathlib import Path


class PaperError(ValueError):
    """A paper that cannot be made as asked for; the message says what was wrong and what is possible."""


def write_paper(path: Path, content: bytes) -> None:
    """Write a workbook whole or not at all. Raises PaperError for another suffix than .xlsx, OSError for the rest."""
    if path.suffix.lower() != ".xlsx":
        raise PaperError(f"输出文件应以 .xlsx 结尾，现为 {path.name!r} (the output must be an .xlsx file)")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
