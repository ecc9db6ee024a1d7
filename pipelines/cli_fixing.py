"""The verbs of fixed months: fix, restate, explain."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines import steps
from pipelines.lock import exclusive
from pipelines.release import fixing, restating
from pipelines.release.explaining import refuse_unbegun, where_read, window_told
from pipelines.release.shelf import read_shelf
from pipelines.release.stages import STAGES, month_of, read_fixing
from pipelines.reports.explanation_form import explanation_form, write_form
from pipelines.settings import Settings, beijing_now, root_with_data, root_with_raw
from pipelines.snapshot import Scope, open_snapshot
from pipelines.verbs import Add

_NEXT = "网页和导出在下一次 build 之后显示 (shown after the next build)"


def add_verbs(add: Add) -> None:
    """Add the verbs to the command line."""
    month = add("fix", _fix, root_with_raw, "固化一个月份：按固化时点计算，写入 data/releases (fix a month's figures)")
    month.add_argument("month", help="如 2026-10")
    month.add_argument("--stage", choices=STAGES, help="初步数 preliminary 或最终数 final，缺省为现在该固化的")
    back = add("restate", _restate, root_with_raw, "数据更正：已固化的月份，用现在所知的文件重算并比照 (restate)")
    back.add_argument("month", nargs="?", help="如 2026-10，缺省为全部已固化的月份")
    form = add("explain", _explain, root_with_data, "情况说明：一个县区一个月超期的义务，供填写 (a form to explain)")
    form.add_argument("county", help="如 anhua、430923、安化县")
    form.add_argument("month", help="如 2026-10")
    form.add_argument("out", help="写到哪里，如 data/state/explanations/安化县202610.toml")


def _fix(settings: Settings, given: argparse.Namespace) -> int:
    rules = steps.read_rules(settings)
    outlook = steps.look(settings, rules, beijing_now())
    now = fixing.clock(outlook, beijing_now())
    # What cannot be is told before anybody waits for the lock; the stage is settled here: of two who ask at once the
    # second is refused, and does not fix the next stage.
    stage, _ = fixing.stage_due(rules, outlook.shelf, given.month, given.stage, now)
    fixing.refuse_empty(rules, outlook.scan, given.month, stage)
    with exclusive(settings.warehouse, settings.lock_wait_seconds):
        fixed = fixing.fix(settings, rules, outlook, given.month, stage, now)
    print("\n".join([*fixing.told([fixed]), _NEXT]))
    return 0


def _restate(settings: Settings, given: argparse.Namespace) -> int:
    rules = steps.read_rules(settings)
    outlook = steps.look(settings, rules, beijing_now())
    restating.to_restate(outlook.shelf, given.month)
    with exclusive(settings.warehouse, settings.lock_wait_seconds):
        releases = restating.to_restate(read_shelf(settings.releases), given.month)
        found = restating.restate(settings, rules, outlook, releases, progress=print)
    print("\n".join([*restating.told(found), _NEXT] if found else ["没有可比照的固化月份 (nothing to restate)"]))
    return 0 if len(found) == len(releases) else 1


def _explain(settings: Settings, given: argparse.Namespace) -> int:
    snapshot = open_snapshot(settings.published)
    # A demo stands still at its own moment.
    now = snapshot.pointer.as_of if snapshot.pointer.is_demo else beijing_now()
    refuse_unbegun(month_of(given.month), now)
    window = window_told(read_fixing(settings.sql), given.month, now)
    form = explanation_form(snapshot, Scope(), given.county, given.month)
    out = Path(given.out)
    write_form(out, form.text)
    print(f"已写出 {given.out}：{form.county} {given.month} 超期而未写说明的义务 {form.entries} 项 (form written)")
    print("\n".join([window, where_read(settings.explanations, out)]))
    return 0
