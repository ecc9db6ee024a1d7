"""docs/metrics.md, written from the catalogue: `python -m pipelines.reports.metric_reference > docs/metrics.md`.

For whoever has to defend a figure or doubts one: what is counted, on what clause, by which limit and whose it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence

from pipelines.catalogue import Catalogue, DutyLimit, Metric, Need, Target
from pipelines.catalogue import load as load_catalogue
from pipelines.contracts import Contract, load
from pipelines.reports.score_reference import cards
from pipelines.settings import CODE_ROOT

_LEAD_IN = """\
# 指标说明

每个指标的含义、公式、条款、时限与依据。页面、摘要与 `published.metric_catalogue` 取自同一处。
条款的编号照《环境问题网格化巡查实施方案》原文（一、二、四、五，原文没有三）。

- 一项义务只有一种状态：按期办结、超期办结、超期未办结、在办未到期、未定时限、时间矛盾、不纳入考核、未报送。
- **率 = 按期办结 ÷（按期办结 + 超期办结 + 超期未办结）**，其余另列，不进分子分母；分母为 0 写“无应办”；
  分母小于“最少件数”的只写 x/n，不写百分比，不排名。
- 上级网格的数由各网格的分子、分母相加而来，从不平均各网格的率。
- “本系统暂定”的时限与目标，方案未定数值，待支队确定；改动另加一条并写生效日，不改动以前的义务。
- 数值不是义务：没有时限，没有目标，不计分；一件事实一行，整数逐级、逐期相加，只除一次，每个数都能打开看它的各行。
- “缺列”：台账没有某列时该县该月怎样算；缺列不得利。

本页由 `sql/metrics.toml`、`sql/limits.toml`、`sql/scorecard.toml` 生成，不要手改：
`python -m pipelines.reports.metric_reference > docs/metrics.md`。
"""
_DIRECTION = {"up": "越高越好", "down": "越低越好", "neutral": "不分好坏，不排名"}
_COMBINE = {
    "share": "分子之和 ÷ 分母之和",
    "mean": "各行之和 ÷ 行数",
    "sum": "各行相加",
    "stock": "存量，累计、全年取期末一个月",
    "max": "取最大者",
    "median": "过半数已完成的日数，未完成的以已有日数计入",
}
_INTERVAL = {"wilson": "；95% 区间：Wilson", "byar": "；95% 区间：Byar"}
_IF_MISSING = {"no": "不可测", "partial": "部分可测"}


def metric_reference(catalogue: Catalogue, contracts: Mapping[str, Contract]) -> str:
    """The whole page in Markdown."""
    parts = [
        _LEAD_IN,
        f"目录版本：{catalogue.version}\n",
        "| 指标 | 编号 | 网格级别 | 条款 |",
        "| --- | --- | --- | --- |",
    ]
    parts += [
        f"| [{metric.texts['zh']}](#{_anchor(metric)}) | `{metric.id}` | "
        f"{_levels(metric) if metric.is_duty else '数值'} | {metric.texts['clause']} |"
        for metric in catalogue.metrics
    ]
    parts += [*_clauses(catalogue), *cards(catalogue)]
    for metric in catalogue.metrics:
        limits = [limit for limit in catalogue.limits if limit.metric_id == metric.id]
        parts += [f"\n## {metric.texts['zh']}（{metric.id}）\n", *_section(metric, limits, contracts)]
    return "\n".join(parts) + "\n"


def _clauses(catalogue: Catalogue) -> Iterator[str]:
    """Clause → metric → page; what the ledgers cannot show stands beside."""
    yield "\n## 条款、指标与页面\n"
    yield "月度总览按组列全部指标，网格档案列一个网格的义务，两页的“参考数值”里是数值（斜体）；"
    yield "办理时效可选任一项义务，看各月按状态的件数；巡查覆盖按周列出巡查。"
    yield "义务明细、数值明细、来源行逐项追到原始单元格。数据报送另列每县每表的收到与退回。\n"
    yield "| 条款 | 要求 | 指标 | 页面 | 台账看不出的 |"
    yield "| --- | --- | --- | --- | --- |"
    for clause in catalogue.clauses:
        measured = catalogue.measured(clause)
        names, seen_on = "、".join(map(_named, measured)), "、".join(pages(measured))
        yield f"| {clause.id} | {clause.duty_zh} | {names or '—'} | {seen_on or '—'} | {clause.beyond_zh or '—'} |"


def _named(metric: Metric) -> str:
    link = f"[{metric.texts['zh']}](#{_anchor(metric)})"
    return link if metric.is_duty else f"*{link}*"


def pages(metrics: Sequence[Metric]) -> tuple[str, ...]:
    """The pages on which some of these metrics stand."""
    found = ["月度总览", "网格档案"] if metrics else []
    found += ["办理时效"] if any(metric.is_duty for metric in metrics) else []
    found += ["巡查覆盖"] if any(metric.is_duty and metric.texts["concept"] == "coverage" for metric in metrics) else []
    found += ["年度自评"] if any(metric.texts["concept"] == "evaluation" for metric in metrics) else []
    found += ["数据报送"] if any(metric.texts["concept"] == "submission" for metric in metrics) else []
    found += ["履职追溯"] if any(metric.is_duty for metric in metrics) else []
    return tuple(found)


def _section(metric: Metric, limits: list[DutyLimit], contracts: Mapping[str, Contract]) -> Iterator[str]:
    texts = metric.texts
    yield f"{texts['formula_zh']}。\n"
    yield f"*{texts['en']}*: {texts['formula_en']}.\n"
    yield f"- 条款：{texts['clause']}"
    least = f"；最少件数 {metric.min_n}" if metric.is_duty or metric.combine == "share" else ""
    whose = f"谁的义务：{_levels(metric)}网格" if metric.is_duty else f"数值：{combined(metric)}"
    yield f"- {whose}；单位：{texts['unit']}；{_DIRECTION[texts['direction']]}{least}"
    yield from (f"- 时限{_from(limit)}：{_limit(limit)}" for limit in limits)
    yield from (f"- 目标{_from(target)}：{target.value:.0%}（{target.basis_zh}）" for target in metric.targets)
    yield from (f"- 缺列：{need_words(need, contracts)}" for need in metric.needs)
    yield f"- 归口：{texts['owner_zh']}；版本 {texts['version']}"


def _anchor(metric: Metric) -> str:
    # What Markdown makes of the heading: no punctuation, and dashes for spaces.
    return re.sub(r"[^\w -]", "", f"{metric.texts['zh']}{metric.id}").replace(" ", "-")


def combined(metric: Metric) -> str:
    """How the facts of an indicator make one number, and which interval it has."""
    times = f" × {metric.multiplier}" if metric.multiplier != 1 else ""
    over = f" ÷ {metric.divisor}" if metric.divisor != 1 else ""
    interval = "；95% 区间：log-log" if metric.combine == "median" else _INTERVAL.get(metric.interval, "")
    return f"{_COMBINE[metric.combine]}{times}{over}{interval}"


def _levels(metric: Metric) -> str:
    names = {"1": "一级", "2": "二级", "3": "三级"}
    return "、".join(names[level] for level in metric.texts["level"].split(","))


def _from(dated: DutyLimit | Target) -> str:
    until = f"至 {dated.valid_to}" if dated.valid_to else ""
    return f"（{dated.valid_from} 起{until}）"


def _limit(limit: DutyLimit) -> str:
    return f"{limit.text_zh}。起算：{limit.starts_from}。依据：{limit.basis}，{limit.source}"


def need_words(need: Need, contracts: Mapping[str, Contract]) -> str:
    """What a ledger without the columns a metric needs makes of it."""
    contract = contracts[need.table]
    columns = "、".join(_column(contracts[table], name, need.table) for table, name in need.any_of)
    which = "一列也没有" if len(need.any_of) > 1 else "没有"
    return f"{contract.zh}的{columns}{which}时{_IF_MISSING[need.if_missing]}：{need.reason_zh}"


def _column(contract: Contract, name: str, own_table: str) -> str:
    elsewhere = "" if contract.name == own_table else f"{contract.zh}的"
    return f"{elsewhere}“{contract.columns[name].zh}”"


if __name__ == "__main__":
    _SQL = CODE_ROOT / "sql"
    sys.stdout.write(metric_reference(load_catalogue(_SQL), load(_SQL / "contracts").tables))
