"""Prints the walk from an indicator's number to the facts it is made of, and from each to its rows' raw cells."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.evidence import source_row
from pipelines.snapshot.fixed import fixed_figures, fixed_lines
from pipelines.snapshot.indicators import Fact, Indicator, Value, facts, values
from pipelines.snapshot.judged import judged
from pipelines.snapshot.standing import Place
from pipelines.trace_lines import judged_lines, moment, source_lines

_EVERYTHING = Scope()
_COMBINE_ZH = {
    "share": "分子 {n} / 分母 {d}",
    "mean": "{d} 项平均",
    "sum": "合计 {n}",
    "stock": "合计 {n}",
    "max": "最大 {n}",
    "median": "已完成 {d} 件，没有完成的一并计：过半完成要到第几天",
}


def indicator_lines(snapshot: Snapshot, indicator: Indicator, place: Place, month: str) -> Iterator[str]:
    """The number, those of the month and the year before, who cannot be measured, then every fact with its rows."""
    pointer = snapshot.pointer
    yield f"{indicator.zh}　{place.name}　{month}"
    yield f"发布编号 {pointer.build_id}　计算时点 {moment(pointer.as_of)}{'　演示数据' if pointer.is_demo else ''}"
    value = values(snapshot, _EVERYTHING, place.grid_id, month)[indicator.metric_id]
    yield _number(value)
    found_so = judged(snapshot, _EVERYTHING, indicator.metric_id, place.grid_id, month)
    yield from judged_lines(found_so, _amount, is_few=value.is_few, has_chart=indicator.has_chart)
    yield from fixed_lines(fixed_figures(snapshot, _EVERYTHING, indicator.metric_id, place.grid_id, month), _amount)
    yield f"上月 {_amount(value.previous_month_value)}　上年同期 {_amount(value.previous_year_value)}"
    if value.unmeasured:
        yield f"不可测：{'；'.join(value.unmeasured)}"
    found = facts(snapshot, _EVERYTHING, indicator.metric_id, place.grid_id, month)
    for number, fact in enumerate(found, start=1):
        yield ""
        yield f"[{number}/{len(found)}] {_fact(fact)}"
        for row_id in dict.fromkeys(filter(None, (fact.subject_row_id, fact.row_id))):
            yield from (f"    {line}" for line in source_lines(source_row(snapshot, _EVERYTHING, row_id)))


def entered(fact: Fact) -> str:
    """One line: the number that a fact enters."""
    counted = "（与该月其他各次一并计）" if fact.amount is None else f"：{fact_count(fact)}"
    return f"计入数值 {fact.zh}　{fact.grid_name}　{fact.month}{counted}"


def fact_count(fact: Fact) -> str:
    """What a fact adds: its numerator, and its denominator where there is one; of a time, the days and how it ended."""
    if fact.is_time:
        return f"{fact.numerator} 天，{'已完成' if fact.denominator else '尚未完成'}"
    return _amount(fact.amount) if fact.denominator is None else f"{_amount(fact.amount)} / {fact.denominator}"


def _number(value: Value) -> str:
    if value.value is None and not value.n:
        return "没有可计的事实"
    parts = _COMBINE_ZH[value.indicator.combine].format(
        n=_amount(value.indicator.amount(value.numerator)), d=value.denominator
    )
    half = "过半未完成，没有中位数" if value.value is None and value.indicator.combine == "median" else ""
    return f"{half or _amount(value.value)}（单位：{value.indicator.unit}）　{parts}　明细 {value.n} 行"


def _amount(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _fact(fact: Fact) -> str:
    where = fact.grid_name if fact.grid_name == fact.county_name else f"{fact.county_name} {fact.grid_name}".strip()
    counted = "　一并计" if fact.amount is None else f"　计 {fact_count(fact)}"
    text = f"　事项 {fact.subject_text}" if fact.subject_text else ""
    return f"{where}　{fact.subject_id}{counted}{text}"
