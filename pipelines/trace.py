"""Prints the walk: a figure down to the cells it rests on, or a row up to the figures it enters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipelines.snapshot import CITY, Scope, Snapshot
from pipelines.snapshot.beside import Beside, beside, unmet_grids
from pipelines.snapshot.chain import Link, chains, standing, standings
from pipelines.snapshot.evidence import SourceRow, credits_of, findings_of, revisions_of, source_row
from pipelines.snapshot.explained import Explained, departed, explanations, key_of
from pipelines.snapshot.fixed import fixed_figures, fixed_lines
from pipelines.snapshot.indicators import Indicator, facts_of_row, indicators
from pipelines.snapshot.judged import judged
from pipelines.snapshot.measurable import BlindGrid, blind_grids, measured, mend_zh, told_reasons, why_not
from pipelines.snapshot.owed import nobody
from pipelines.snapshot.standing import Figure, Metric, Place, figures, headline_level, metrics, months, percent, places
from pipelines.snapshot.walk import LEVELS, STATE_ZH, Obligation, entries, obligations, obligations_of_row
from pipelines.trace_indicator import entered, indicator_lines
from pipelines.trace_lines import judged_lines, moment, nothing_due, source_lines, where

LEVEL_ZH = {"1": "一级网格", "2": "二级网格", "3": "三级网格", "all": "各级合计"}
CITY_ZH = "全市"  # as pages call it
_EVERYTHING = Scope()


class UnknownNameError(LookupError):
    """A metric, grid, month or level that the snapshot does not know; the message lists what it does know."""


def trace_figure(
    snapshot: Snapshot, metric_id: str, grid: str, month: str, owner_level: str | None = None
) -> Iterator[str]:
    """Lines from the figure (metric × grid × month) to every duty or fact, and from each to its rows' raw cells.

    metric_id and grid may be ids or Chinese names; owner_level is 1, 2, 3 or all, by default what the page shows.
    Raises UnknownNameError before the first line.
    """
    metric = _metric(snapshot, metric_id)
    place = place_named(snapshot, grid)
    known = [known.month for known in months(snapshot)]
    if month not in known:
        raise UnknownNameError(f"没有这个月份：{month!r}；现有 {'、'.join(known) or '（无）'} (unknown month)")
    if isinstance(metric, Indicator):
        return indicator_lines(snapshot, metric, place, month)
    level = owner_level or headline_level(metric, place.level)
    if level not in LEVELS:
        raise UnknownNameError(f"级别应为 {'、'.join(LEVELS)} 之一，现为 {level!r} (unknown owner level)")
    return _figure_lines(snapshot, metric, place, month, level)


def trace_row(snapshot: Snapshot, row_id: str) -> Iterator[str]:
    """Lines for one row: file, cells, findings, revisions, the duties it forms or fulfils, the figures they enter.

    Raises evidence.UnknownRowError (a LookupError) before the first line.
    """
    return _row_lines(snapshot, source_row(snapshot, _EVERYTHING, row_id))


def _metric(snapshot: Snapshot, name: str) -> Metric | Indicator:
    known: list[Metric | Indicator] = [*metrics(snapshot), *indicators(snapshot)]
    for metric in known:
        if name in (metric.metric_id, metric.zh):
            return metric
    listed = "、".join(f"{metric.metric_id}（{metric.zh}）" for metric in known)
    raise UnknownNameError(f"没有这个指标：{name!r}；现有 {listed} (unknown metric)")


def place_named(snapshot: Snapshot, name: str) -> Place:
    """The grid of an id or a Chinese name. Raises UnknownNameError, also where several bear the name."""
    known = places(snapshot, _EVERYTHING)
    name = CITY if name == CITY_ZH else name
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
    yield f"发布编号 {pointer.build_id}　计算时点 {moment(pointer.as_of)}{'　演示数据' if pointer.is_demo else ''}"
    figure = figures(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month).get(level)
    blind = blind_grids(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month, level)
    reasons = why_not(figure, blind, measured(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month))
    if reasons:
        yield f"不可测：{'；'.join(reasons)}"
    elif figure is None:
        yield "无应办：该月没有义务"
    if figure is not None:
        yield from _figure(figure)
        if figure.due:
            found = judged(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month, level)
            yield from judged_lines(found, percent, is_few=not figure.has_percentage)
    yield from fixed_lines(fixed_figures(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month, level), percent)
    yield from _blind(blind, metric, is_all=bool(reasons))
    yield from _duties(snapshot, metric, place, month, level)


def _duties(snapshot: Snapshot, metric: Metric, place: Place, month: str, level: str) -> Iterator[str]:
    duties = obligations(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month, level)
    lying_by = beside(snapshot, _EVERYTHING, month, (place.grid_id, *unmet_grids(duties)))
    above = chains(snapshot, _EVERYTHING, standings(duties))
    spoken = explanations(snapshot, _EVERYTHING, duties)
    told: set[str] = set()
    for number, duty in enumerate(duties, start=1):
        yield ""
        yield f"[{number}/{len(duties)}] " + _duty(duty)
        yield from (f"    {line}" for line in _duty_detail(duty))
        yield from (f"    {line}" for line in _chain(above.get(standing(duty), ())))
        yield from (f"    {_said(one)}" for one in spoken.get(key_of(duty), ()))
        for row_id in dict.fromkeys(filter(None, (duty.duty_row_id, duty.met_row_id))):
            yield from (f"    {line}" for line in source_lines(source_row(snapshot, _EVERYTHING, row_id)))
        if unmet_grids([duty]):
            own = lying_by[duty.grid_id]
            yield from (f"    {line}" for line in _beside(own))
            told |= own.row_ids
    for one in departed(snapshot, _EVERYTHING, metric.metric_id, place.grid_id, month):
        yield ""
        yield f"义务已不在（固化时超期，其后更正）　{one.grid_name}　{one.obligation_id}"
        yield f"    {_said(one.said)}"
    if metric.concept == "coverage":
        yield from _beside(lying_by[place.grid_id], told)


def _blind(blind: list[BlindGrid], metric: Metric, *, is_all: bool) -> Iterator[str]:
    """The grids that cannot be judged, by name, and what to send so that they can."""
    if blind:
        yield f"{'' if is_all else '另有 '}{len(blind)} 个网格不可测：{'、'.join(grid.name for grid in blind)}"
        if not is_all:
            yield from (f"    缘由：{reason}" for reason in told_reasons(blind))
    if blind or is_all:
        yield f"    {mend_zh(metric)}"


def _figure(figure: Figure) -> Iterator[str]:
    percentage = f" = {percent(figure.rate)}" if figure.has_percentage and figure.rate is not None else ""
    target = f"　目标 {figure.target:.0%}" if figure.target is not None else ""
    yield (
        f"按期 {figure.on_time} / 应办 {figure.due}{percentage}{target}"
        if figure.due
        else f"应办 0：{nothing_due(figure)}"
    )
    yield "　".join(f"{zh} {getattr(figure, state)}" for state, zh in STATE_ZH.items())


def _duty(duty: Obligation) -> str:
    where = duty.grid_name if duty.grid_name == duty.county_name else f"{duty.county_name} {duty.grid_name}".strip()
    mark = "（经批准延期）" if duty.is_extended else ""
    return f"{STATE_ZH[duty.state]}{mark}　{where}　{duty.obligation_id}"


def _duty_detail(duty: Obligation) -> Iterator[str]:
    if duty.subject_text:
        yield f"事项 {duty.subject_text}{f'　{duty.about_month}' if duty.about_month else ''}"
    yield f"开始 {moment(duty.started_at)}　时限 {moment(duty.due_at)}　履行 {moment(duty.met_at)}"
    yield f"时限依据 {duty.due_basis or '—'}"
    missing = "空缺" if duty.deputy_at_due else nobody(duty)
    person = duty.person_at_due or (missing if duty.due_at else "—")
    days = f"，任职第 {duty.days_in_post_at_due} 天" if duty.days_in_post_at_due is not None else ""
    deputy = f"，代理人 {duty.deputy_at_due}" if duty.deputy_at_due else ""
    yield f"到期日在岗人 {person}{days}{deputy}"
    if not (duty.duty_row_id or duty.met_row_id):
        yield "没有来源行：义务由网格名录或报送要求产生，无台账行可履行"


def _chain(links: Sequence[Link]) -> Iterator[str]:
    """Who answers for the grid on the due day, and who stands above."""
    told = [
        f"{LEVEL_ZH[str(link.level)]} {link.name} {link.person or ('' if link.deputy else '（无人在岗）')}"
        + (f"（代理 {link.deputy}）" if link.deputy else "")
        + (f"（{'、'.join(link.departments)}）" if link.departments else "")
        for link in links
    ]
    if told:
        yield f"责任链 {' → '.join(told)}"


def _said(told: Explained) -> str:
    """A 情况说明, on one line."""
    window = "" if told.is_within_window else "（不在核对期内）"
    return f"情况说明 {told.written_on} {told.by}{window}：{' '.join(told.text.split())}"


def _beside(found: Beside, told: Collection[str] = ()) -> Iterator[str]:
    """Rows that went back and patrols that count for nobody, without those already told of."""
    returned = [row for row in found.returned if row.row_id not in told]
    if returned:
        yield f"退回待核 {len(returned)} 行，改好重报后才能计入"
    for row in returned:
        yield f"    {where(row)}　{row.messages}"
        yield f"    行编号 {row.row_id}"
    for patrol in found.uncredited:
        if patrol.row_id not in told:
            people = patrol.inspectors or "（未填人员）"
            yield f"未计入的巡查　{patrol.grid_name}　{moment(patrol.started_at)}　{people}　{patrol.reason_zh}"
            yield f"    行编号 {patrol.row_id}"


def _row_lines(snapshot: Snapshot, row: SourceRow) -> Iterator[str]:
    yield from source_lines(row)
    for finding in findings_of(snapshot, _EVERYTHING, row.row_id):
        kind = "提示" if finding.severity == "warn" else "退回，已重报" if finding.is_mended else "退回待核"
        yield f"{kind}　{finding.column_zh}　{finding.message_zh}　{finding.mend_zh}"
    for change in revisions_of(snapshot, _EVERYTHING, row.row_id):
        yield f"更正　{change.key}　{change.field_zh}：{change.old or '（空）'} → {change.new or '（空）'}"
        yield f"    自 {change.from_row_id}　至 {change.to_row_id}"
    for credit in credits_of(snapshot, _EVERYTHING, row.row_id):
        yield f"巡查 {credit.patrol_id}　" + (
            f"计入 {credit.grid_name}" if credit.grid_name else f"未计入：{credit.reason_zh}"
        )
    uses = obligations_of_row(snapshot, _EVERYTHING, row.row_id)
    yield from (entered(fact) for fact in facts_of_row(snapshot, _EVERYTHING, row.row_id))
    if not uses:
        yield "没有哪项义务直接以这一行为据（有的行只计入数值，有的决定别的行怎样计）"
    for use in uses:
        yield f"{use.role}　{use.obligation.metric_zh}　{_duty(use.obligation)}"
        for entry in entries(snapshot, _EVERYTHING, [use.obligation]):
            level = LEVEL_ZH[entry.owner_level]
            yield f"    计入 {entry.metric_zh} {entry.grid_name} {entry.period} {level}：{entry.on_time} / {entry.due}"
