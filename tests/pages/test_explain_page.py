"""指标说明: every limit that ever held with its days, links that lead on, words for whoever has never heard of them."""

from __future__ import annotations

import tomllib
from html import unescape

import pytest
from page_text import Visit, html, links

from dashboards.explain_words import EXPLAIN_ZH, METHODS, QUESTIONS
from pipelines.reports.catalogue_shown import shown
from pipelines.settings import CODE_ROOT, from_environment

SQL = CODE_ROOT / "sql"
MONTH = "2026-10"


def test_the_catalogue_methods_and_questions(visit: Visit) -> None:
    page = visit("explain", month=MONTH, county="anhua")
    assert not page.exception
    text = html(page)
    to = '<a href="explain?month=2026-10&amp;county=anhua&amp;metric=rectification" target="_self">'
    assert f"{to}按期整改率</a>" in text
    assert "超期未办结件数" not in text  # the snapshot shown has two metrics, whatever the rule files have
    for method in METHODS:
        assert EXPLAIN_ZH[f"method_{method}"] in unescape(text)
    for question in QUESTIONS:
        assert EXPLAIN_ZH[f"question_{question}_now"] in unescape(text)
    assert "数按指标目录 2026.1 版计算，规则文件现为" in text
    assert next(one.label for one in page.get("download_button")) == "指标目录表格（含说明）"


def test_a_metric_in_full(visit: Visit) -> None:
    page = visit("explain", month=MONTH, metric="patrol_frequency")
    assert "网址中的指标“patrol_frequency”不在目录之内" in html(page)
    text = html(visit("explain", month=MONTH, metric="rectification"))
    assert "方案四（一）：巡查：现场纠正；不能立即改正的下达文书" in text
    assert "以台账首次所写整改时限为准" in text and "2021-05-07 起" in text
    assert '<span class="tag no_deadline">本系统暂定</span> 本系统暂定，待支队确定' in text
    opens = "obligations?month=2026-10&amp;level=all&amp;metric=rectification&amp;grid=city"
    assert f'<b>10</b> / 13　76.9%　<a href="{opens}" target="_self">看义务明细</a>' in text


@pytest.mark.parametrize("value", ["' or 1=1 --", "<script>alert(1)</script>", "x" * 500])
def test_hostile_metrics_get_the_whole_catalogue(visit: Visit, value: str) -> None:
    page = visit("explain", metric=value)
    assert not page.exception
    assert "<script" not in html(page)
    assert "不在目录之内，以下列出全部指标" in html(page)


def test_a_figure_leads_to_its_explanation(visit: Visit) -> None:
    about = [query for _, page, query in links(visit("overview", month=MONTH)) if page == "explain"]
    assert "month=2026-10&metric=patrol_coverage" in about
    assert "month=2026-10&metric=rectification" in about


def test_every_limit_that_ever_held_is_told_with_its_days() -> None:
    rules = shown(from_environment())
    given = tomllib.loads((SQL / "limits.toml").read_text("utf-8"))["limit"]
    told = [one for details in rules.details.values() for one in details.held if one.kind == "limit"]
    assert sorted((one["metric"], one["valid_from"], one.get("valid_to")) for one in given if "valid_to" in one) == [
        (one.metric_id, one.since, one.until) for one in told if one.until
    ]
    assert len(told) == len(given)
    filing = [one for one in rules.details["case_filing"].held if one.kind == "limit"]
    assert [f"{one.since}" for one in filing] == ["2021-05-07", "2023-07-15"]
    assert not any(one.is_ours for one in filing)


def test_what_is_ours_is_what_the_rule_files_call_so() -> None:
    limits = tomllib.loads((SQL / "limits.toml").read_text("utf-8"))["limit"]
    metrics = tomllib.loads((SQL / "metrics.toml").read_text("utf-8"))["metric"]
    ours = [one["metric"] for one in limits if one["basis"] == "本系统暂定" and "valid_to" not in one]
    ours += [one["id"] for one in metrics for goal in one["target"] if "本系统暂定" in goal["basis_zh"]]
    assert sorted(one.metric_id for one in shown(from_environment()).ours) == sorted(ours)


def test_questions_are_about_metrics_there_are() -> None:
    known = set(shown(from_environment()).details)
    assert {metric for metrics in QUESTIONS.values() for metric in metrics} <= known


def test_each_clause_has_its_metrics_and_pages() -> None:
    clauses = {one.id: one for one in shown(from_environment()).clauses}
    assert ("upper_guidance", "上级督导覆盖率") in clauses["二（一）1"].metrics
    assert clauses["二（一）1"].pages == ("月度总览", "网格档案", "办理时效", "履职追溯")
    assert "巡查覆盖" in clauses["一"].pages
    assert clauses["二（一）3"].beyond_zh == ""
