"""What `trace` says of a figure's interval and of the verdict on its month."""

from __future__ import annotations

from dataclasses import replace

from pipelines.snapshot.judged import Judged
from pipelines.snapshot.standing import percent
from pipelines.trace_lines import judged_lines

FOUND = Judged(0.62, 0.9, 0.83, 0.4, 1.0, "outside", "concern", "hit_or_miss")


def said(found: Judged | None, *, has_chart: bool = True) -> list[str]:
    return list(judged_lines(found, percent, has_chart=has_chart))


def test_interval_and_verdict_in_words() -> None:
    assert said(FOUND) == [
        "95% 区间 62.0% 至 90.0%",
        "波动 不是偶然：变差（在控制界限之外）　中线 83.0%，界限 40.0% 至 100.0%　达标把握 时达时不达",
    ]


def test_of_few_there_is_no_percentage() -> None:
    assert [line[:2] for line in judged_lines(FOUND, percent, is_few=True)] == ["波动"]


def test_an_upper_end_out_of_sight_is_said() -> None:
    assert said(replace(FOUND, high=None, mark="", variation="common_cause", assurance=""))[0].endswith("（还看不到）")


def test_what_is_not_judged_says_why_and_what_cannot_be_says_nothing() -> None:
    bare = Judged(None, None, None, None, None, "", "", "")
    assert said(bare) == ["波动 不判读（当月未结束、没有可计的，或截至当月不满 12 个月、月均不足 5 件）"]
    assert said(bare, has_chart=False) == said(None) == []
