"""The verbs of whoever collects ledgers: status, template, returned."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines import contracts
from pipelines.reports import write_paper
from pipelines.reports.asked import county_known, known_month
from pipelines.settings import Settings, beijing_now, root_with_data, standing_root
from pipelines.snapshot import Scope, open_snapshot
from pipelines.snapshot.vanished import vanished
from pipelines.status import Part, status
from pipelines.verbs import Add


def add_verbs(add: Add) -> None:
    """Add the verbs to the command line."""
    files = add("status", _status, root_with_data, "每个文件收到了什么、退回了什么、为什么 (files and returned rows)")
    files.add_argument("county", nargs="?", default="", help="只看一个区县，如 安化县、430923、市支队；缺省全部")
    files.add_argument("month", nargs="?", default="", help="只看一个月份的文件夹，如 2026-10；缺省全部")
    files.add_argument("--to-mend", action="store_true", help="只看需要处理的文件 (only files that need care)")
    blank = add(
        "template", _template, standing_root, "一张表的空白台账，带下拉列表和填报说明 (a blank ledger to fill in)"
    )
    blank.add_argument("table", help="如 patrol 或 巡查记录")
    blank.add_argument("out", help="写到哪里，如 巡查记录.xlsx")
    back = add("returned", _returned, root_with_data, "退回待核：退回的行，供县区改好重报 (a county's rows to mend)")
    back.add_argument("county", help="如 anhua、430923、安化县")
    back.add_argument("month", help="如 2026-10")
    back.add_argument(
        "out", nargs="?", help="写到哪里，缺省为当前目录下的 退回待核_安化县_2026-10_20261126-1820.xlsx 之类"
    )


def _status(settings: Settings, given: argparse.Namespace) -> int:
    snapshot = open_snapshot(settings.published)
    county_id, _ = county_known(snapshot, Scope(), given.county) if given.county else ("", "")
    if given.month:
        known_month(given.month)
    part = Part(county_id, given.month, given.to_mend)
    print("\n".join(status(snapshot, vanished(snapshot, Scope(), settings.state), part)))
    return 0


def _template(settings: Settings, given: argparse.Namespace) -> int:
    # The library that writes workbooks is only loaded by those who write one.
    from pipelines.reports.template import template

    known = contracts.load(settings.sql / "contracts", settings.profiles, settings.grid_seed)
    write_paper(Path(given.out), template(known, given.table))
    print(f"已写出 {given.out}：空白台账；填好后放进 data/raw/<年-月>/<县区>/，再运行 build (blank ledger written)")
    return 0


def _returned(settings: Settings, given: argparse.Namespace) -> int:
    from pipelines.reports.offered import to_mend_name
    from pipelines.reports.returned import returned

    known = contracts.load(settings.sql / "contracts", settings.profiles, settings.grid_seed)
    paper = returned(open_snapshot(settings.published), known, Scope(), given.county, given.month)
    out = Path(given.out or to_mend_name(paper.county, given.month, beijing_now()))
    # One that stands may have been mended already, or be a delivery.
    write_paper(out, paper.content, may_replace=False)
    if paper.files:
        what = f"待改 {paper.rows} 行" if paper.rows else "没有可逐行改的，请按其中“怎样重报”改原件"
        back = f"改好后放回 data/raw/{given.month}/ 下原来的文件夹"
        told = f"{paper.files} 个文件、{what}；请发给{paper.county}，{back}"
    else:
        told = f"{paper.county} {given.month} 没有要改的"
    print(f"已写出 {out}：{told} (workbook written)")
    return 0
