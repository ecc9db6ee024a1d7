"""Fixes a month: its figures as they were at the cut-off, written once into data/releases.

They are computed at the cut-off whatever the clock says, so that a month fixed a day late has the figures of one fixed
in time. Nothing here rewrites what is fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipelines import publish, steps
from pipelines.landing.delivery import Scan
from pipelines.release.contents import write_tables
from pipelines.release.folder import write_whole
from pipelines.release.journal import SHOWN
from pipelines.release.manifest import RELEASE
from pipelines.release.scratch import known_by, scratch
from pipelines.release.shelf import Release, Shelf, pinned_builds, read_shelf, write_down
from pipelines.release.stages import (
    FINAL,
    PRELIMINARY,
    STAGE_ZH,
    STAGES,
    FixingError,
    last_second,
    month_before,
    month_of,
    months_between,
)
from pipelines.settings import Settings, beijing_now, user_name


class DamagedError(RuntimeError):
    """Fixed months are damaged: nothing more is fixed or compared until they are restored."""


def clock(outlook: steps.Outlook, now: datetime) -> datetime:
    """What time it is for this root: a demo stands still at its own moment."""
    return outlook.moment.as_of if outlook.moment.is_demo else now


def stage_due(rules: steps.Rules, shelf: Shelf, month: str, stage: str | None, now: datetime) -> tuple[str, datetime]:
    """The stage to be fixed, the one asked for or else the first that is not yet, and its cut-off.

    Raises FixingError where the cut-off has not come, it is fixed already, or 最终数 is asked for before 初步数.
    """
    month = month_of(month)
    if month < rules.contracts.grids.first_month:
        first = rules.contracts.grids.first_month
        raise FixingError(f"{month} 早于方案施行的 {first}，没有数可固化 (before the scheme)")
    wanted = stage or next((one for one in STAGES if shelf.of(month, one) is None), FINAL)
    cut_off = rules.fixing.cut_off(month, wanted)
    fixed = shelf.of(month, wanted)
    if fixed is not None:
        raise FixingError(_already(fixed))
    if cut_off is None:
        raise FixingError(
            f"{month} {STAGE_ZH[wanted]}的日子未定：工作日历只发布到 {rules.fixing.calendar_end}，"
            "请先补全 sql/seeds/calendar.csv (calendar not published)"
        )
    if now < cut_off:
        named = f"{month} {STAGE_ZH[wanted]}"
        raise FixingError(f"{named}自 {cut_off:%Y-%m-%d} 起才可固化，现为 {now:%Y-%m-%d %H:%M} (too early)")
    if wanted == FINAL and shelf.of(month, PRELIMINARY) is None:
        raise FixingError(f"{month} 还没有初步数：核对期从初步数起算，请先固化初步数 (fix the preliminary stage first)")
    return wanted, cut_off


def stages_due(rules: steps.Rules, shelf: Shelf, now: datetime) -> tuple[list[tuple[str, str]], str]:
    """What the schedule has to fix now, (month, stage), the oldest first, and, where that is nothing, why.

    Of every month since the first that was fixed: a machine that was off for weeks leaves no month out.
    """
    last = month_before(now)
    due: list[tuple[str, str]] = []
    for month in months_between(min([last, *(one.month for one in shelf.releases)]), last):
        for stage in (one for one in STAGES if shelf.of(month, one) is None):
            cut_off = rules.fixing.cut_off(month, stage)
            if cut_off is None:
                return due, f"{month} {STAGE_ZH[stage]}的日子未定：工作日历未发布 (calendar not published)"
            if now < cut_off:
                return due, f"{month} {STAGE_ZH[stage]}自 {cut_off:%Y-%m-%d} 起固化 (not yet)"
            due.append((month, stage))
    return due, f"{last} 初步数、最终数都已固化 (both fixed)"


def refuse_empty(rules: steps.Rules, scan: Scan, month: str, stage: str) -> None:
    """Raises FixingError where there is nothing to fix: nobody owed or had sent anything by then, or no file is there.

    A month of which nothing came in time, and something since, can be fixed: that nobody had reported is what is fixed.
    """
    cut_off = rules.fixing.cut_off(month, stage)
    assert cut_off is not None  # stage_due has settled it
    known = [one.month for one in known_by(scan, last_second(cut_off)).received]
    stated = [sender.reports_from for sender in rules.contracts.senders if sender.reports_from]
    first = min([*known, *stated], default="")
    named = f"{month} {STAGE_ZH[stage]}"
    if not first or month < first:
        since = f"最早的是 {first}" if first else "当时还没有收到任何文件"
        raise FixingError(
            f"{named}不能固化：到 {cut_off:%Y-%m-%d} 0 时，该月还没有单位应报送（{since}） (nothing owed)"
        )
    if month not in {one.month for one in scan.received}:
        raise FixingError(
            f"{named}不能固化：data/raw/{month} 里没有一个文件，固化了就不能改写；"
            "请先把收到的文件连同收到时间放入（迟到的也放入，按收到时间计） (no file of this month)"
        )


def refuse_damage(shelf: Shelf) -> None:
    """Raises DamagedError where a release or the journal is: what follows would be chained to what nobody believes."""
    told = [release.reason_zh for release in shelf.damaged]
    told += [f"{SHOWN}：{shelf.journal_fault}"] if shelf.journal_fault else []
    if told:
        raise DamagedError("\n".join(told))


def fix(
    settings: Settings,
    rules: steps.Rules,
    outlook: steps.Outlook,
    month: str,
    stage: str | None,
    now: datetime,
    progress: steps.Progress = steps.silent,
) -> Release:
    """Fix a month at the stage asked for, or at the one now due. The caller holds the lock of the work database.

    Raises FixingError where it cannot be fixed now, DamagedError, and what a build raises.
    """
    shelf = read_shelf(settings.releases)
    wanted, cut_off = stage_due(rules, shelf, month, stage, now)
    refuse_damage(shelf)
    refuse_empty(rules, outlook.scan, month, wanted)
    write_down(settings.releases)
    as_of = last_second(cut_off)
    known = known_by(outlook.scan, as_of)
    at = steps.outlook_at(settings, rules, known, shelf, as_of, as_of)
    folder = settings.releases / month / wanted
    with scratch(settings, rules, at, progress) as con:
        steps.load_moment(con, settings, rules, at)
        steps.compute_all(con, rules, progress)
        publish.write_snapshot(
            con,
            rules.published,
            settings.published,
            at.moment,
            is_current=False,
            pinned=pinned_builds(settings.releases),
        )
        write_whole(
            folder,
            lambda beside: write_tables(con, rules.published, month, beside),
            _content(shelf, at, known, month, wanted),
        )
    write_down(settings.releases)
    written = read_shelf(settings.releases).of(month, wanted)
    assert written is not None  # it was renamed into place just now
    return written


def _content(shelf: Shelf, at: steps.Outlook, known: Scan, month: str, stage: str) -> dict[str, object]:
    last = shelf.last
    return {
        "kind": RELEASE,
        "month": month,
        "stage": stage,
        "sequence": int(last.content["sequence"]) + 1 if last else 1,
        "fixed_at": beijing_now().isoformat(" ", "seconds"),
        "fixed_by": user_name(),
        "as_of": at.moment.as_of.isoformat(" "),
        "known_at": at.moment.known_at.isoformat(" "),
        "build_id": at.moment.build_id,
        "catalogue_version": at.moment.catalogue_version,
        "code_version": at.moment.code_version,
        "is_demo": at.moment.is_demo,
        "sources": [
            {"path": one.relative, "sha256": one.sha256, "received_at": one.received_at.isoformat(" ")}
            for one in known.received
        ],
        "previous": {"month": last.month, "stage": last.stage, "sha256": last.sha256} if last else None,
    }


def _already(fixed: Release) -> str:
    named, said = f"{fixed.month} {STAGE_ZH[fixed.stage]}", fixed.content
    if not fixed.is_intact:
        return f"{named}已固化而有损坏，不能重做：{fixed.reason_zh} (fixed, but damaged)"
    return (
        f"{named}已于 {said['fixed_at']} 由 {said['fixed_by']} 固化（发布编号 {said['build_id']}，"
        f"计算时点 {said['as_of']}，{shown(fixed.folder)}），不能改写 (already fixed)"
    )


def shown(folder: Path) -> str:
    """A release's folder as it is told: below the root."""
    return "/".join(folder.parts[-4:])


def told(releases: Sequence[Release]) -> list[str]:
    """One line for each month just fixed."""
    return [
        f"{one.month} {STAGE_ZH[one.stage]}已固化：计算时点 {one.content['as_of']}，"
        f"发布编号 {one.content['build_id']}，{len(one.content['sources'])} 个文件；{shown(one.folder)} (fixed)"
        for one in releases
    ]
