"""The demo's files as text, for tests that look for a word in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook


def lines_of(path: Path, sheet: str) -> Iterator[str]:
    """The rows of a sheet as text."""
    if path.suffix == ".xlsx":
        for row in CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python():
            yield "|".join(map(str, row))
    else:
        content = path.read_bytes()
        try:
            yield from content.decode("utf-8-sig").splitlines()
        except UnicodeDecodeError:
            yield from content.decode("gb18030").splitlines()
