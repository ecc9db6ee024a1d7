"""What is done for fixed months by itself, each day: look back where new files came, fix what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pipelines import fingerprint, steps
from pipelines.landing.delivery import Scan
from pipelines.lock import exclusive
from pipelines.release import fixing, restating
from pipelines.release.scratch import known_by
from pipelines.release.shelf import Release, Shelf, read_shelf
from pipelines.release.stages import FixingError
from pipelines.settings import Settings


def why_not(settings: Settings, rules: steps.Rules, outlook: steps.Outlook, now: datetime) -> str:
    """Why nothing is to be done today; empty where something is."""
    due, reason = fixing.stages_due(rules, outlook.shelf, fixing.clock(outlook, now))
    due, empty = _with_files(rules, outlook, due) if due else (due, [reason])
    if due or _with_news(settings, rules, outlook, outlook.shelf):
        return ""
    return f"{'；'.join(empty)}；已固化的月份没有新到的文件 (no new files)"


def daily(
    settings: Settings,
    rules: steps.Rules,
    outlook: steps.Outlook,
    now: datetime,
    progress: steps.Progress = steps.silent,
) -> Iterator[str]:
    """Look back at fixed months of which new files may speak, then fix the stages due, the oldest first.

    One lock is held throughout. Yields a line for each. Raises what `fix` and a build raise, damage that forbids to fix
    any more after the look back.
    """
    at = fixing.clock(outlook, now)
    with exclusive(settings.warehouse, settings.lock_wait_seconds):
        news = _with_news(settings, rules, outlook, read_shelf(settings.releases))
        yield from restating.told(restating.restate(settings, rules, outlook, news, progress))
        due, _ = fixing.stages_due(rules, read_shelf(settings.releases), at)
        due, empty = _with_files(rules, outlook, due)
        yield from empty
        for month, stage in due:
            yield from fixing.told([fixing.fix(settings, rules, outlook, month, stage, at, progress)])


def _with_files(
    rules: steps.Rules, outlook: steps.Outlook, due: list[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """What of that is due can be fixed, and why the rest has nothing to be fixed, which stops no other month.

    A month whose 初步数 cannot be fixed has no 最终数 either.
    """
    found: list[tuple[str, str]] = []
    empty: dict[str, str] = {}
    for month, stage in due:
        try:
            fixing.refuse_empty(rules, outlook.scan, month, stage)
        except FixingError as error:
            empty.setdefault(month, str(error))
        else:
            found += [(month, stage)] if month not in empty else []
    return found, list(empty.values())


def _with_news(settings: Settings, rules: steps.Rules, outlook: steps.Outlook, shelf: Shelf) -> list[Release]:
    """The newest fixed months that were last looked at before the files of now."""
    known = known_by(outlook.scan, outlook.moment.known_at)
    inputs = fingerprint.inputs(settings, known)
    found = []
    for release in restating.to_restate(shelf, newest=rules.fixing.restated_months):
        newest = shelf.restated(release)
        if not release.is_intact:
            continue
        if newest is not None:
            is_news = newest.content["inputs"] != inputs
        else:
            is_news = _files_of(known) != {
                (one["path"], one["sha256"], one["received_at"]) for one in release.content["sources"]
            }
        found += [release] if is_news else []
    return found


def _files_of(known: Scan) -> set[tuple[str, str, str]]:
    """Files as a manifest lists them. One received before the fixing, and yet not in its list, is news as well."""
    return {(one.relative, one.sha256, one.received_at.isoformat(" ")) for one in known.received}
