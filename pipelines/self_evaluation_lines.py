"""Prints a grid's year in plain Chinese: what was said, what is computed, what cannot be compared and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.self_agreement import FEWEST_PAIRS, Agreement
from pipelines.snapshot.self_evaluation import (
    ITEM_ZH,
    MEASURE_ZH,
    RECORD_ZH,
    GridYear,
    Improvement,
    Item,
    MeanGap,
    Submission,
    grid_year,
)
from pipelines.snapshot.standing import Place, percent
from pipelines.snapshot.walk import STATE_ZH
from pipelines.trace_lines import moment

_EVERYTHING = Scope()
_SCOPE_ZH = {"all": "全部网格", "level": "{}级网格", "county": "本单位各网格"}
_LEVEL_ZH = {"1": "一", "2": "二", "3": "三"}


def self_evaluation_lines(snapshot: Snapshot, place: Place, year: int) -> Iterator[str]:
    """The sheet of a grid and year; every line that rests on a row ends with the row's id for `trace`."""
    sheet = grid_year(snapshot, _EVERYTHING, place.grid_id, year)
    pointer = snapshot.pointer
    yield f"年度自评　{place.name}　{year} 年"
    yield f"发布编号 {pointer.build_id}　计算时点 {moment(pointer.as_of)}{'　演示数据' if pointer.is_demo else ''}"
    yield _submission(sheet.submission)
    yield ""
    yield from _items(sheet)
    yield ""
    yield "问题与改进措施" if sheet.improvements else "问题与改进措施：自评没有写"
    for one in sheet.improvements:
        yield from _improvement(one)
    yield ""
    yield "网格管理记录" if sheet.kept else "网格管理记录：当年没有"
    for kept in sheet.kept:
        words = (str(kept.held_on), RECORD_ZH.get(kept.kind, kept.kind), kept.subject, kept.document_no)
        yield f"  {'　'.join(filter(None, words))}　〔{kept.row_id}〕"
    yield "问责（只列出，不排名）" if sheet.acts else "问责：当年没有"
    for act in sheet.acts:
        problem = f"问题 {act.problem_id}" if act.problem_id else ""
        measure = MEASURE_ZH.get(act.measure, act.measure) or "方式未写"
        told = (str(act.decided_on), measure, f"{act.post} {act.person}".strip(), act.matter, problem, act.document_no)
        yield f"  {'　'.join(filter(None, told))}　〔{act.row_id}〕"
    yield ""
    yield from _agreements(sheet.agreements)
    yield "〔〕内为行编号：trace 行编号 走到单元格；trace 指标 网格 月份 走到每一项义务"


def _submission(sent: Submission | None) -> str:
    if sent is None:
        return "上报：该网格该年没有自评上报的义务（年度未结束，或当时不在应报之列）"
    state = {"on_time": "按时", "late": "迟报", "overdue": "逾期未报", "unreported": "未报送"}.get(sent.state)
    came = f"　{moment(sent.met_at)} 上报" if sent.met_at else ""
    row = f"　〔{sent.row_id}〕" if sent.row_id else ""
    return f"上报：{state or STATE_ZH[sent.state]}　限 {_day(sent.due_at)}{came}　{sent.due_basis}{row}"


def _items(sheet: GridYear) -> Iterator[str]:
    if not sheet.items:
        yield "自评项目：没有报来"
        return
    yield "自评项目与系统所算（所算 = 该网格自己的义务，按期 ÷（应办 + 未报送）；偏差 = 自评 − 所算）"
    for item in sheet.items:
        yield f"  {_item(item)}　〔{item.row_id}〕"
    yield f"自评偏差：{_gap(sheet.own)}"
    if sheet.with_below.compared > sheet.own.compared:
        yield f"连同下级网格：{_gap(sheet.with_below)}"


def _gap(mean: MeanGap) -> str:
    if mean.gap is None:
        return "没有一项比较得了"
    return f"{mean.gap:+.1f} 个百分点（{mean.compared} 项平均）"


def _item(item: Item) -> str:
    words = [item.item or "（无分项）"]
    if item.self_score is not None and item.max_score is not None:
        share = f"（{percent(item.self_share)}）" if item.self_share is not None else ""
        words.append(f"自评 {_number(item.self_score)}/{_number(item.max_score)}{share}")
    if item.gap is not None and item.computed_share is not None:
        words.append(f"所算 {item.on_time}/{item.whole}（{percent(item.computed_share)}）")
        words.append(f"偏差 {item.gap:+.1f} 个百分点")
        words.append(f"对应 {item.metrics_zh}")
        if item.unreported:
            words.append(f"其中未报送 {item.unreported}")
    else:
        words.append(f"[{ITEM_ZH[item.state]}]")
    return "　".join([*words, *filter(None, (item.reason_zh,))])


def _improvement(one: Improvement) -> Iterator[str]:
    yield f"  {one.item or '（无分项）'}　问题：{one.shortfall or '—'}　〔{one.row_id}〕"
    due = f"限 {_day(one.due_at)}" if one.due_at else "未写明时限"
    done = f"　{_day(one.done_at)} 完成" if one.done_at else ""
    yield f"    措施：{one.improvement or '未写'}　责任人 {one.owner or '未写'}　{due}{done}"
    if one.defined_state:
        yield f"    是否定齐：{STATE_ZH[one.defined_state]}　{one.defined_basis}"
    if one.done_state:
        yield f"    是否完成：{STATE_ZH[one.done_state]}　{one.done_basis}"


def _agreements(listed: tuple[Agreement, ...]) -> Iterator[str]:
    yield "该年自评与所算的一致性（一个网格一对）" if listed else "该年自评与所算的一致性：没有可说的"
    for one in listed:
        name = _SCOPE_ZH[one.scope_kind].format(_LEVEL_ZH.get(one.scope, one.scope))
        parts = [f"{one.pairs} 对"]
        if one.is_few:
            yield f"  {name}：{one.pairs} 对，不足 {FEWEST_PAIRS} 对，不说平均偏差与界限　{one.missing_zh}"
            continue
        if one.bias is not None:
            parts.append(f"平均偏差 {one.bias:+.1f}{_range(one.bias_low, one.bias_high, '+.1f')} 个百分点")
        if one.lower is not None and one.upper is not None:
            parts.append(f"95% 的偏差在 {one.lower:+.1f} 至 {one.upper:+.1f} 之间")
        if one.icc is not None:
            parts.append(f"ICC(A,1) {one.icc:.2f}{_range(one.icc_low, one.icc_high, '.2f')}")
        yield f"  {name}：{'　'.join(parts)}　{one.missing_zh}"


def _range(low: float | None, high: float | None, form: str) -> str:
    return "" if low is None or high is None else f"（{low:{form}} 至 {high:{form}}）"


def _number(value: float) -> str:
    return f"{value:g}"


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "—"
