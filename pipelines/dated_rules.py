"""What metrics, limits and score cards have in common: keys that are known, and one rule on any day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

BASES = ("法定", "文件规定", "本系统暂定")


class CatalogueError(ValueError):
    """A catalogue that cannot be used; names the file, the metric and what was expected."""


class Dated(Protocol):
    """What holds from a day on until `valid_to` (inclusive, None: open)."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""


def check_keys(name: str, given: Mapping[str, Any], known: set[str], required: set[str]) -> None:
    """Raises CatalogueError for keys nobody would look at, and for those that lack."""
    unknown, missing = sorted(set(given) - known), sorted(required - set(given))
    if unknown or missing:
        raise CatalogueError(f"{name}: 未知的键 {unknown}，缺少的键 {missing} (unknown / missing keys)")


def check_periods(name: str, dated: Sequence[Dated]) -> None:
    """Raises CatalogueError where two of them hold on one day."""
    ordered = sorted(dated, key=lambda item: item.valid_from)
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise CatalogueError(f"{name}: {earlier.valid_from} 起与 {later.valid_from} 起的两条重叠 (overlap)")
