"""Sheets made by hand, and what is found on them."""

from __future__ import annotations

from collections.abc import Sequence

from landing_files import contracts

from pipelines.contracts import Profile
from pipelines.landing.header import FoundTable, find_table
from pipelines.landing.sheet import Merge, Sheet
from pipelines.settings import Limits


def sheet(rows: Sequence[Sequence[str]], merges: tuple[Merge, ...] = ()) -> Sheet:
    filled = [(number, list(cells)) for number, cells in enumerate(rows, 1) if any(cells)]
    return Sheet("表", False, filled, merges)


def find(rows: Sequence[Sequence[str]], merges: tuple[Merge, ...] = (), profile: Profile | None = None) -> FoundTable:
    found = find_table(sheet(rows, merges), contracts(), profile, Limits())
    assert found is not None
    return found


def body(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    kinds = find(rows).kinds
    return [list(cells) for number, cells in enumerate(rows, 1) if number not in kinds and any(cells)]
