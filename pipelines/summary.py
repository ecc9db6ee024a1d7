"""The summary a build ends with, in Chinese and English: files, rows, what is missing, headline figures, address.

Read from the published snapshot, so that it says the same after a run and where no run was needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.files import ALL_BACK, IDENTICAL, LANDED, REFUSED, SETTLED, SOME_BACK, files, misplaced
from pipelines.snapshot import CITY, Scope, Snapshot
from pipelines.snapshot.delivered import missing_rows
from pipelines.snapshot.fixed import fixed_months, told
from pipelines.snapshot.measurable import BlindGrid, Measured, blind_grids, measured
from pipelines.snapshot.standing import HEADLINE, Figure, figures, headline_level, metrics, undecided
from pipelines.snapshot.vanished import Seen

_SHOWN_ASTRAY = 5
_SHOWN_FIXED = 4
# What a build ends with: whether people went, whether it was put right, whether the ledgers came.
SHOWN = (*HEADLINE, "export_submission", "field_completeness")
_LEVELS_ZH = {"1": "一级网格", "2": "二级网格", "3": "三级网格", "all": "各级"}


def summary(
    snapshot: Snapshot, page: str, status_command: str = "python -m pipelines status", gone: Sequence[Seen] = ()
) -> Iterator[str]:
    """Lines of text. `page` is the address where the page is, or will be, served; gone: read before, and no more."""
    pointer = snapshot.pointer
    demo = "（演示数据 demo data）" if pointer.is_demo else ""
    yield f"发布 build {pointer.build_id}{demo}  计算时点 as of {pointer.as_of:%Y-%m-%d %H:%M}"
    yield from _files(snapshot)
    yield from _needing_care(snapshot, status_command)
    yield from (one.told for one in gone[:_SHOWN_ASTRAY])
    if len(gone) > _SHOWN_ASTRAY:
        yield f"先前读过的文件不见了 gone: 共 {len(gone)} 件，其余见 {status_command} (and more)"
    yield from _missing(snapshot)
    yield from _headline(snapshot)
    yield from _fixed(snapshot)
    yield f"页面 page: {page}"


def _files(snapshot: Snapshot) -> Iterator[str]:
    words = Counter(file.word for file in files(snapshot))
    yield (
        f"文件 files: {words.total()}（入库 landed {words[LANDED]}，退回的已重报 sent again {words[SETTLED]}，"
        f"部分退回 some rows returned {words[SOME_BACK]}，"
        f"全部退回 all rows returned {words[ALL_BACK]}，整件退回 refused {words[REFUSED]}，"
        f"内容相同 identical {words[IDENTICAL]}）"
    )
    (rows,) = snapshot.ask_unscoped(
        "select coalesce(sum(found), 0) as found, coalesce(sum(accepted), 0) as accepted,"
        " coalesce(sum(rejected), 0) as rejected, coalesce(sum(identical), 0) as identical from published.submission"
    )
    yield (
        f"行 rows: 读到 found {rows['found']:.0f} = 接收 accepted {rows['accepted']:.0f}"
        f" + 退回 rejected {rows['rejected']:.0f} + 重复 identical {rows['identical']:.0f}"
    )


def _needing_care(snapshot: Snapshot, status_command: str) -> Iterator[str]:
    """What was not read, line by line while it is little, and how many files somebody has to do something about."""
    astray = misplaced(snapshot)
    for one in astray[:_SHOWN_ASTRAY]:
        yield f"未读 not read: {one.path}：{one.reason_zh}"
    if len(astray) > _SHOWN_ASTRAY:
        yield f"未读 not read: 共 {len(astray)} 件，其余见 {status_command} (and more)"
    (odd,) = snapshot.ask_unscoped("select count(*) as n, count(distinct file_id) as files from published.file_finding")
    if odd["n"]:
        yield f"整件提示 file warnings: {odd['files']} 个文件 {odd['n']} 处，见 {status_command}"
    number = sum(file.needs_care for file in files(snapshot)) + len({one.path for one in astray})
    if number:
        yield f"有 {number} 个文件需要处理，见 {status_command} (files that need care)"


def last_complete_month(snapshot: Snapshot) -> str:
    """YYYY-MM of the last month that is over at the as-of moment."""
    as_of = snapshot.pointer.as_of
    year, month = (as_of.year, as_of.month - 1) if as_of.month > 1 else (as_of.year - 1, 12)
    return f"{year:04d}-{month:02d}"


def _missing(snapshot: Snapshot) -> Iterator[str]:
    lacking: dict[tuple[str, str], list[str]] = {}
    for row in missing_rows(snapshot, Scope(), last_complete_month(snapshot)):
        name = "市支队" if row["county_id"] == CITY else row["county_name"]
        lacking.setdefault((row["month"], row["table_zh"]), []).append(name)
    yield "未报送 missing:" if lacking else "未报送 missing: 无 none"
    for (month, table), names in lacking.items():
        yield f"  {month} {table}：{'、'.join(names)}"


def _fixed(snapshot: Snapshot) -> Iterator[str]:
    """The month fixed last, how many there are, every one that is due and not fixed, and every damaged one."""
    months = fixed_months(snapshot)
    whole = [one for one in months if one.is_intact]
    if whole:
        earlier = "、".join(f"{one.period} {one.stage_zh}" for one in whole[-1 - _SHOWN_FIXED : -1])
        more = "等，全部见 status" if len(whole) > _SHOWN_FIXED + 1 else ""
        yield f"固化 fixed: {told(whole[-1])}{f'；此前 {earlier}{more}' if earlier else ''}"
    for one in months:
        if one.is_missing:
            yield f"尚未固化 not fixed: {told(one)}"
        elif not one.is_intact:
            yield f"固化数据损坏 damaged: {told(one)}"


def _headline(snapshot: Snapshot) -> Iterator[str]:
    month = last_complete_month(snapshot)
    known = metrics(snapshot)
    shown = [metric for metric in known if metric.metric_id in SHOWN]
    for metric in shown:
        level = headline_level(metric, 0)
        (en,) = snapshot.ask_unscoped(
            "select en from published.metric_catalogue where metric_id = $metric_id", metric_id=metric.metric_id
        )
        found = figures(snapshot, Scope(), metric.metric_id, CITY, month).get(level)
        told = _figure(found) if found else "无应办 nothing due"
        blind = blind_grids(snapshot, Scope(), metric.metric_id, CITY, month, level)
        told += _unjudged(blind, measured(snapshot, Scope(), metric.metric_id, CITY, month))
        yield f"{metric.zh} {en['en']}（{_LEVELS_ZH[level]}，{month}）: {told}"
    if len(known) > len(shown):
        yield f"另有 {len(known) - len(shown)} 项指标，见页面 (more metrics on the page)"


def _unjudged(blind: list[BlindGrid], judged: Measured) -> str:
    """The grids and counties no figure can speak of; empty where there are none."""
    grids = f"，不可测 not measurable {len(blind)} 个网格" if blind else ""
    lacking = judged.counties - judged.measurable
    return f"{grids}，{lacking}/{judged.counties} 个县区不可测 counties not measurable" if lacking else grids


def _figure(figure: Figure) -> str:
    beside = (
        f"未报送 unreported {figure.unreported}，未定时限 no deadline {figure.no_deadline}，"
        f"在办未到期 pending {figure.pending}"
    )
    if figure.due == 0:
        state = undecided(figure)
        return f"{'应办 0 none due' if state else '无应办 nothing due'}，{beside}"
    share = f"（{figure.rate:.1%}）" if figure.has_percentage and figure.rate is not None else ""
    target = f"，目标 target {figure.target:.0%}" if figure.target is not None else ""
    return f"{figure.on_time}/{figure.due}{share}{target}，{beside}"
