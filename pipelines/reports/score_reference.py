"""The cards of docs/metrics.md: what each level is scored by, and how points become a finding and a rank."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.catalogue import Catalogue

_LEAD_IN = """\
得分只看网格自己承担的义务，不含下级的；比率取“未报送按没有按期计”的，不报不占便宜。比率到目标得满分，
到“0 分线”及以下不得分，其间按直线。
没有应办、未到期的不得分也不失分，它们的权重不在“可评分值”里。有判断不了的月份的，失去的分照失，得到的只按看得见的月份之比；
未定时限、时间矛盾的太多的，只失不得：缺列、不写时限都不占便宜。**总分 = 得分之和 × 100 ÷ 可评分值。**
几何平均按组算：一组为 0 即为 0，别组再好也补不上。"""


def cards(catalogue: Catalogue) -> Iterator[str]:
    """A table of weights a card, and its lines in words."""
    zh = {metric.id: metric.texts["zh"] for metric in catalogue.metrics}
    concepts = {metric.id: metric.texts["concept"] for metric in catalogue.metrics}
    yield "\n## 评分卡\n"
    yield _LEAD_IN
    for card in catalogue.scorecard.cards:
        until = f"至 {card.valid_to}" if card.valid_to else "起"
        yield f"\n### {card.texts['zh']}，第 {card.texts['version']} 版（{card.valid_from} {until}）\n"
        yield f"{card.texts['basis']}：{card.texts['source']}。\n"
        yield "| 组 | 指标 | 权重 | 0 分线 |"
        yield "| --- | --- | --- | --- |"
        for one in card.weights:
            group = catalogue.scorecard.group_of(concepts[one.metric])
            yield f"| {group.zh} | {zh[one.metric]} | {one.weight} | {one.floor:.0%} |"
        lines = card.lines
        failed, attained = f"{lines['failed_below']:.0%}", f"{lines['attained_at_least']:.0%}"
        yield f"\n- 可评不足：可评分值不到 {lines['assessable_at_least']:.0f}，不作结论，不排名。"
        yield (
            f"- 未达标：有一组（或总分）的得分率不到 {failed}，且没有按期的有 {lines['failed_misses']:.0f} 件以上；"
            "一件定不了未达标，平均也遮不住一组。"
            f"或有一项应办满 {lines['failed_metric_from']:.0f} 件、按期率不到 {failed}。"
        )
        yield (
            f"- 达标：每组得分率不低于 {attained}、每项不低于 {failed}，未定时限、时间矛盾的不超过"
            f" {lines['undated_at_most']:.0%}，看不出的（不可测、说不清时限）不超过"
            f" {lines['unseen_at_most']:.0f} 分。关注：其余。"
        )
        yield (
            f"- 名次只给区间（95%）：权重按 Dirichlet（松紧 {lines['agreement']:.0f}）重抽 {lines['draws']:.0f} 次，"
            f"各项另加件数的偶然波动；计入的件数不到 {lines['ranked_from']:.0f} 的、有一项说不清时限的不排。"
        )
