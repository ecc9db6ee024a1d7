"""The summary a build ends with, in Chinese and English: files, rows, what is missing, headline figures, address.

Read from the published snapshot, so that it says the same after a run and where no run was needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.snapshot import Snapshot

_TABLES_ZH = {"patrol_coverage": "巡查记录", "rectification": "问题台账"}
_SHOWN_LEVEL = {"patrol_coverage": ("3", "三级网格"), "rectification": ("all", "各级")}


def summary(snapshot: Snapshot, page: str) -> Iterator[str]:
    """Lines of text. `page` is the address where the page is, or will be, served."""
    pointer = snapshot.pointer
    demo = "（演示数据 demo data）" if pointer.is_demo else ""
    yield f"发布 build {pointer.build_id}{demo}  计算时点 as of {pointer.as_of:%Y-%m-%d %H:%M}"
    yield from _files(snapshot)
    yield from _missing(snapshot)
    yield from _headline(snapshot)
    yield f"页面 page: {page}"


def _files(snapshot: Snapshot) -> Iterator[str]:
    states = {
        row["state"]: row["n"]
        for row in snapshot.ask_unscoped("select state, count(*) as n from published.source_file group by state")
    }
    yield (
        f"文件 files: {sum(states.values())}（入库 landed {states.get('landed', 0)}，部分入库 partial"
        f" {states.get('partial', 0)}，整件退回 refused {states.get('refused', 0)}，"
        f"内容相同 identical {states.get('identical', 0)}）"
    )
    (rows,) = snapshot.ask_unscoped(
        "select coalesce(sum(found), 0) as found, coalesce(sum(accepted), 0) as accepted,"
        " coalesce(sum(rejected), 0) as rejected, coalesce(sum(identical), 0) as identical from published.submission"
    )
    yield (
        f"行 rows: 读到 found {rows['found']:.0f} = 接收 accepted {rows['accepted']:.0f}"
        f" + 退回 rejected {rows['rejected']:.0f} + 重复 identical {rows['identical']:.0f}"
    )


def last_complete_month(snapshot: Snapshot) -> str:
    """YYYY-MM of the last month that is over at the as-of moment."""
    as_of = snapshot.pointer.as_of
    year, month = (as_of.year, as_of.month - 1) if as_of.month > 1 else (as_of.year - 1, 12)
    return f"{year:04d}-{month:02d}"


def _missing(snapshot: Snapshot) -> Iterator[str]:
    rows = snapshot.ask_unscoped(
        "select m.month, g.name, m.metric_id from published.measurable as m"
        " join published.grid as g on g.grid_id = m.county_id and g.valid_to is null"
        " where not m.is_delivered and m.month <= $last order by m.month, m.metric_id, m.county_id",
        last=last_complete_month(snapshot),
    )
    if not rows:
        yield "未报送 missing: 无 none"
        return
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        grouped.setdefault((row["month"], _TABLES_ZH[row["metric_id"]]), []).append(row["name"])
    yield "未报送 missing:"
    for (month, table), names in grouped.items():
        yield f"  {month} {table}：{'、'.join(names)}"


def _headline(snapshot: Snapshot) -> Iterator[str]:
    month = last_complete_month(snapshot)
    for metric in snapshot.ask_unscoped("select metric_id, zh, en, min_n from published.metric_catalogue order by 1"):
        level, level_zh = _SHOWN_LEVEL[metric["metric_id"]]
        rows = snapshot.ask_unscoped(
            "select * from published.metric_value where metric_id = $metric and grid_id = 'city'"
            " and owner_level = $level and period_kind = 'month' and period = $month",
            metric=metric["metric_id"],
            level=level,
            month=month,
        )
        figure = _figure(rows[0], int(metric["min_n"])) if rows else "无应办 nothing due"
        yield f"{metric['zh']} {metric['en']}（{level_zh}，{month}）: {figure}"


def _figure(row: dict[str, Any], min_n: int) -> str:
    share = f"（{row['rate']:.1%}）" if row["due"] >= min_n else ""
    return (
        f"{row['on_time']}/{row['due']}{share}，目标 target {row['target']:.0%}，"
        f"未报送 unreported {row['unreported']}，未定时限 no deadline {row['no_deadline']}，"
        f"在办未到期 pending {row['pending']}"
    )
