"""The verb that drafts a paper to be signed: paper."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines.reports import write_paper
from pipelines.reports.supervision import KINDS, file_name, supervision, written
from pipelines.settings import Settings, root_with_data
from pipelines.snapshot import Scope, open_snapshot
from pipelines.trace import place_named
from pipelines.verbs import Add


def add_verbs(add: Add) -> None:
    """Add the verb to the command line."""
    text = "督办单或提示函草稿：一个网格一个月自己承担而超期的义务 (draft of an order or reminder, .docx)"
    draft = add("paper", _paper, root_with_data, text)
    draft.add_argument("grid", help="如 anhua、安化县、田庄乡")
    draft.add_argument("month", help="如 2026-10")
    draft.add_argument("--metric", help="只写一个指标，如 rectification、按期整改率；缺省为全部")
    draft.add_argument("--kind", choices=KINDS, help="只写应出这一种的，缺省按情形定")
    draft.add_argument("--out", help="写到哪里，缺省为当前目录下的 督办单_安化县_2026-10.docx 之类")


def _paper(settings: Settings, given: argparse.Namespace) -> int:
    snapshot = open_snapshot(settings.published)
    place = place_named(snapshot, given.grid)
    told = supervision(snapshot, Scope(), place.grid_id, given.month, given.metric, given.kind)
    out = Path(given.out or file_name(told))
    # A draft that stands already may have been worked on.
    write_paper(out, written(told), ".docx", may_replace=False)
    left = f"；只列{told.only_zh}，{told.left_zh or '别无超期'}" if told.only_zh else ""
    print(
        f"已写出 {out}：{told.kind}草稿，{told.grid_name} {told.month}，当月到期 {len(told.of_month)} 项、"
        f"此前到期 {len(told.carried)} 项，另有未报送 {len(told.unreported)} 项{left}；"
        "文号、期限、签发待填 (draft written)"
    )
    return 0
