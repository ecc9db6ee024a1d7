"""Looks back at fixed months: the same as-of, all files now known. What is other is written beside, never over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines import fingerprint, steps
from pipelines.release.cause import find_causes
from pipelines.release.compare import compare
from pipelines.release.contents import write_parquet
from pipelines.release.folder import write_whole
from pipelines.release.manifest import RESTATEMENT
from pipelines.release.scratch import known_by, scratch
from pipelines.release.shelf import RESTATED, Release, Shelf, read_shelf, write_down
from pipelines.release.stages import STAGE_ZH, STAGES, FixingError, month_of
from pipelines.settings import Settings, beijing_now

_KEYS = {
    "restatement": ("metric_id", "grid_id", "owner_level", "period_kind", "field"),
    "restated_duty": ("metric_id", "obligation_id"),
    "restated_score": ("grid_id", "period_kind"),
}


@dataclass(frozen=True)
class LookBack:
    """What looking back at one release came to: fields of figures and duties that are other. is_new: false where
    nothing came since it was last looked at."""

    release: Release
    known_at: datetime
    fields: int
    duties: int
    is_new: bool


def to_restate(shelf: Shelf, month: str | None = None, newest: int | None = None) -> list[Release]:
    """The releases looked back at: of each fixed month the last stage, since it has replaced the one before.

    month: this one alone; newest: so many months, the newest. Raises FixingError for a month that is not fixed.
    """
    last = {release.month: release for release in shelf.releases}  # ordered by stage: the last one stays
    if month is not None:
        if month_of(month) not in last:
            fixed = "、".join(last) or "（无）"
            raise FixingError(f"{month} 没有固化过；已固化的有 {fixed} (not fixed)")
        return [last[month]]
    return list(last.values())[-newest:] if newest else list(last.values())


def restate(
    settings: Settings,
    rules: steps.Rules,
    outlook: steps.Outlook,
    releases: Sequence[Release],
    progress: steps.Progress = steps.silent,
) -> list[LookBack]:
    """Look back at these releases; one at which nothing changed since it was last looked at costs nothing.

    Damaged releases are told and left out. The caller holds the lock of the work database. Raises what a build raises.
    """
    write_down(settings.releases)
    shelf = read_shelf(settings.releases)
    known = known_by(outlook.scan, outlook.moment.known_at)
    inputs = fingerprint.inputs(settings, known)
    open_ones = []
    found = []
    for release in releases:
        newest = shelf.restated(release)
        if not release.is_intact:
            progress(f"跳过：{release.reason_zh} (damaged, left out)")
        elif newest and newest.content["inputs"] == inputs and newest.content["code_version"] == rules.code_version:
            fields, duties = (int(newest.content["tables"][name]["rows"]) for name in ("restatement", "restated_duty"))
            found.append(LookBack(release, newest.known_at, fields, duties, is_new=False))
        else:
            open_ones.append(release)
    if open_ones:
        at = steps.Outlook(known, outlook.moment, shelf)
        with scratch(settings, rules, at, progress) as con:
            found += _all(con, settings, rules, at, open_ones, inputs, progress)
    return sorted(found, key=lambda one: (one.release.month, STAGES.index(one.release.stage)))


def _all(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    rules: steps.Rules,
    at: steps.Outlook,
    releases: Sequence[Release],
    inputs: str,
    progress: steps.Progress,
) -> Iterator[LookBack]:
    for release in releases:
        progress(f"{release.month} {STAGE_ZH[release.stage]}：按 {release.content['as_of']} 重算")
        as_of = release.moment("as_of")
        then = steps.outlook_at(settings, rules, at.scan, at.shelf, as_of, max(at.moment.known_at, as_of))
        steps.load_moment(con, settings, rules, then)
        steps.compute_all(con, rules)
        compare(con, release)
        find_causes(con, release, then.moment, _lost(release, at))
        rows = _write(con, release, then, inputs)
        write_down(settings.releases)
        yield LookBack(release, then.moment.known_at, rows["restatement"], rows["restated_duty"], is_new=True)


def _lost(release: Release, at: steps.Outlook) -> int:
    """Files the release was computed of that are gone, or bear another moment of receipt."""
    now = {(one.relative, one.sha256, one.received_at.isoformat(" ")) for one in at.scan.received}
    return sum((one["path"], one["sha256"], one["received_at"]) not in now for one in release.content["sources"])


def _write(con: duckdb.DuckDBPyConnection, release: Release, then: steps.Outlook, inputs: str) -> dict[str, int]:
    rows: dict[str, int] = {}

    def fill(beside: Path) -> dict[str, int]:
        for name, key in _KEYS.items():
            rows[name] = write_parquet(con, f"select * from {name}", key, beside / f"{name}.parquet")
        return rows

    content = {
        "kind": RESTATEMENT,
        "month": release.month,
        "stage": release.stage,
        "release": release.sha256,
        "restated_at": beijing_now().isoformat(" ", "seconds"),
        "as_of": then.moment.as_of.isoformat(" "),
        "known_at": then.moment.known_at.isoformat(" "),
        "catalogue_version": then.moment.catalogue_version,
        "code_version": then.moment.code_version,
        "is_demo": then.moment.is_demo,
        "inputs": inputs,
    }
    write_whole(_free(release, then.moment.known_at), fill, content)
    return rows


def _free(release: Release, known_at: datetime) -> Path:
    """`restated/<stage>-<moment>`; a demo's moment stands still, so that a second one of it bears a number."""
    stem = f"{release.stage}-{known_at:%Y%m%dT%H%M%S}"
    folder = release.folder.parent / RESTATED
    number = 1
    while (folder / (stem if number == 1 else f"{stem}-{number}")).exists():
        number += 1
    return folder / (stem if number == 1 else f"{stem}-{number}")


def told(found: Sequence[LookBack]) -> list[str]:
    """One line for each month looked back at."""
    return [
        f"{one.release.month} {STAGE_ZH[one.release.stage]}：数据更正 {one.fields} 处（义务 {one.duties} 项），"
        f"截至 {one.known_at:%Y-%m-%d %H:%M}{'' if one.is_new else '（其后没有新文件，未重算）'}"
        "；一个数的每一栏算一处，逐个的缘由 build 之后见 trace 和网页的义务明细 (restated)"
        for one in found
    ]
