"""Whose paper is asked for, and of which month."""

from __future__ import annotations

import re

from pipelines.reports import PaperError
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.sent_back import counties, county_named

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def county_asked(snapshot: Snapshot, scope: Scope, county: str, month: str) -> tuple[str, str]:
    """Id and name of a county named by id, code or Chinese name.

    Raises PaperError for a county the scope does not see or a month that is none.
    """
    known_month(month)
    return county_known(snapshot, scope, county)


def known_month(month: str) -> None:
    """Raises PaperError for what is no month."""
    if not _MONTH.fullmatch(month):
        raise PaperError(f"月份应写成 2026-10，现为 {month!r} (not a month)")


def county_known(snapshot: Snapshot, scope: Scope, county: str) -> tuple[str, str]:
    """Id and name of a county named by id, code or Chinese name. Raises PaperError for one the scope does not see."""
    known = county_named(snapshot, scope, county)
    if known is None:
        listed = "、".join(counties(snapshot, scope))
        raise PaperError(f"没有这个区县市：{county!r}；可用：{listed}、市支队 (unknown county)")
    return known
