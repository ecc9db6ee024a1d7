"""Prints the walk: a figure down to the cells it rests on, or a row up to the figures it enters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.evidence import (
    KIND_ZH,
    SourceRow,
    credits_of,
    findings_of,
    revisions_of,
    source_row,
    uncredited,
)
from pipelines.snapshot.standing import Figure, Metric, Place, figures, headline_level, metrics, months, percent, places
from pipelines.snapshot.walk import LEVELS, STATE_ZH, Obligation, entries, obligations, obligations_of_row

LEVEL_ZH = {"1": "一级网格", "2": "二级网格", "3": "三级网格", "all": "各级合计"}
_EVERYTHING = Scope()


class UnknownNameError(LookupError):
    """A metric, grid, month or level that the snapshot does not know; the message lists what it does know."""


def trace_figure(
    snapshot: Snapshot, metric_id: str, grid: str, month: str, owner_level: str | None = None
) -> Iterator[str]:
    """Lines from the figure (metric × grid × month) to every duty, and from each to its rows' raw cells.

    metric_id and grid may be ids or Chinese names; owner_level is 1, 2, 3 or all, by default what the page shows.
    Raises UnknownNameError before the first line.
    """
    metric = _metric(snapshot, metric_id)
    place = _place(snapshot, grid)
    known = [known.month for known in months(snapshot)]
    if month not in known:
        raise UnknownNameError(f"没有这个月份：{month!r}；现有 {'、'.join(known) or '（无）'} (unknown month)")
    level = owner_level or headline_level(metric, place.level)
    if level not in LEVELS:
        raise UnknownNameError(f"级别应为 {'、'.join(LEVELS)} 之一，现为 {level!r} (unknown owner level)")
    return _figure_lines(snapshot, metric, place, month, level)


def trace_row(snapshot: Snapshot, row_id: str) -> Iterator[str]:
    """Lines for one row: file, cells, findings, revisions, the duties it forms or fulfils, the figures they enter.

    Raises evidence.UnknownRowError (a LookupError) before the first line.
    """
    return _row_lines(snapshot, source_row(snapshot, _EVERYTHING, row_id))


def _metric(snapshot: Snapshot, name: str) -> Metric:
    known = metrics(snapshot)
    for metric in known:
        if name in (metric.metric_id, metric.zh):
            return metric
    listed = "、".join(f"{metric.metric_id}（{metric.zh}）" for metric in known)
    raise UnknownNameError(f"没有这个指标：{name!r}；现有 {listed} (unknown metric)")


def _place(snapshot: Snapshot, name: str) -> Place:
    known = places(snapshot, _EVERYTHING)
    found = [place for place in known if place.grid_id == name] or [place for place in known if place.name == name]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(place.grid_id for place in found)
        raise UnknownNameError(f"“{name}”有 {len(found)} 个网格同名：{listed}；请改用编号 (ambiguous grid name)")
    like = [f"{place.name}（{place.grid_id}）" for place in known if name and name[:2] in place.name][:5]
    hint = f"；是否为 {'、'.join(like)}" if like else "；应为网格编号或中文名，如 anhua、安化县"
    raise UnknownNameError(f"没有这个网格：{name!r}{hint} (unknown grid)")


def _figure_lines(snapshot: Snapshot, metric: Metric, place: Place, month: str, level: str) -> Iterator[str]:
    pointer = snapshot.pointer
    yield f"{metric.zh}　{place.name}　{month}　{LEVEL_ZH[level]}"
    yield f"发布编号 {pointer.build_id}　计算时点 {_moment(pointer.as_of)}{'　演示数据' if pointer.is_demo else ''}"
    figure = figures(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month).get(level)
    if figure is None:
        yield "无应办：该月没有义务"
        return
    yield from _figure(figure)
    duties = obligations(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month, level)
    for number, duty in enumerate(duties, start=1):
        yield ""
        yield f"[{number}/{len(duties)}] " + _duty(duty)
        yield from (f"    {line}" for line in _duty_detail(duty))
        for row_id in dict.fromkeys(filter(None, (duty.duty_row_id, duty.met_row_id))):
            yield from (f"    {line}" for line in _source(source_row(snapshot, _EVERYTHING, row_id)))
    if metric.concept == "coverage":
        yield from _uncredited(snapshot, place, month)


def _figure(figure: Figure) -> Iterator[str]:
    percentage = f" = {percent(figure.rate)}" if figure.has_percentage and figure.rate is not None else ""
    target = f"　目标 {figure.target:.0%}" if figure.target is not None else ""
    yield f"按期 {figure.on_time} / 应办 {figure.due}{percentage}{target}" if figure.due else "应办 0：无应办"
    yield "　".join(f"{zh} {getattr(figure, state)}" for state, zh in STATE_ZH.items())


def _duty(duty: Obligation) -> str:
    where = duty.grid_name if duty.grid_name == duty.county_name else f"{duty.county_name} {duty.grid_name}".strip()
    mark = "（经批准延期）" if duty.is_extended else ""
    return f"{STATE_ZH[duty.state]}{mark}　{where}　{duty.obligation_id}"


def _duty_detail(duty: Obligation) -> Iterator[str]:
    if duty.subject_text:
        yield f"事项 {duty.subject_text}"
    yield f"开始 {_moment(duty.started_at)}　时限 {_moment(duty.due_at)}　履行 {_moment(duty.met_at)}"
    yield f"时限依据 {duty.due_basis or '—'}"
    person = duty.person_at_due or ("无人在岗" if duty.due_at else "—")
    days = f"，任职第 {duty.days_in_post_at_due} 天" if duty.days_in_post_at_due is not None else ""
    deputy = f"，代理人 {duty.deputy_at_due}" if duty.deputy_at_due else ""
    yield f"到期日在岗人 {person}{days}{deputy}"
    if not (duty.duty_row_id or duty.met_row_id):
        yield "没有来源行：义务由网格名录或报送要求产生，无台账行可履行"


def _source(row: SourceRow) -> Iterator[str]:
    yield f"来源 {row.path}　工作表 {row.sheet_name}　第 {row.row_number} 行（{KIND_ZH.get(row.kind, row.kind)}）"
    yield f"  行编号 {row.row_id}"
    yield f"  sha256 {row.sha256}　收到 {_moment(row.received_at)}"
    for cell in row.cells:
        if cell.text:
            yield f"  {cell.header or f'第 {cell.column} 列（无表头）'} = {cell.text}"


def _uncredited(snapshot: Snapshot, place: Place, month: str) -> Iterator[str]:
    frame = uncredited(snapshot, _EVERYTHING, place.grid_id, month)
    for row in frame.itertuples():
        yield ""
        yield f"未计入的巡查　{row.grid_name}　{_moment(row.started_at)}　{row.inspectors}　{row.reason_zh}"
        yield f"    行编号 {row.row_id}"


def _row_lines(snapshot: Snapshot, row: SourceRow) -> Iterator[str]:
    yield from _source(row)
    for finding in findings_of(snapshot, _EVERYTHING, row.row_id):
        kind = "退回" if finding.severity == "reject" else "提示"
        yield f"{kind}　{finding.column_zh}　{finding.message_zh}　{finding.mend_zh}"
    for change in revisions_of(snapshot, _EVERYTHING, row.row_id):
        yield f"更正　{change.key}　{change.field_zh}：{change.old or '（空）'} → {change.new or '（空）'}"
        yield f"    自 {change.from_row_id}　至 {change.to_row_id}"
    for credit in credits_of(snapshot, _EVERYTHING, row.row_id):
        yield f"巡查 {credit.patrol_id}　" + (
            f"计入 {credit.grid_name}" if credit.grid_name else f"未计入：{credit.reason_zh}"
        )
    uses = obligations_of_row(snapshot, _EVERYTHING, row.row_id)
    if not uses:
        yield "没有义务引用这一行"
    for use in uses:
        yield f"{use.role}　{use.obligation.metric_zh}　{_duty(use.obligation)}"
        for entry in entries(snapshot, _EVERYTHING, [use.obligation]):
            level = LEVEL_ZH[entry.owner_level]
            yield f"    计入 {entry.metric_zh} {entry.grid_name} {entry.period} {level}：{entry.on_time} / {entry.due}"


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment is not None else "—"
