"""月度总览 in AppTest: figures, filters in the address bar, hostile addresses, empty, broken and stale roots."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
import tiny_snapshot
from page_text import Visit, html, links
from tiny_rows import BLIND, BLIND_TOWN

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.standing import places


def test_the_two_figures_of_the_last_month_that_is_over(visit: Visit) -> None:
    page = visit()
    assert not page.exception
    text = html(page)
    assert page.selectbox(key="w_month").value == "2026-10"
    assert [label for label, *_ in links(page) if re.fullmatch(r"\*\*\d+\*\* / \d+", label)] == [
        "**84** / 86",
        "**10** / 13",
    ]
    assert "97.7%" in text
    assert "76.9%" in text
    assert "未达目标 100%" in text
    assert "按原时限 9 / 13（69.2%）" in text
    assert "未报送按未履行计 71.4%" in text
    assert "7/8 县可测" in text
    assert "8/8 县可测" in text
    labels = [label for label, *_ in links(page)]
    for chip in ("未报送 **4**", "未报送 **1**", "未定时限 **2**", "在办未到期 **1**", "一级网格　**4** / 4"):
        assert chip in labels


def test_every_number_links_to_its_obligations(visit: Visit) -> None:
    targets = {label: query for label, page, query in links(visit()) if page == "obligations"}
    assert targets["**10** / 13"] == "month=2026-10&level=all&metric=rectification&grid=city"
    assert targets["未定时限 **2**"] == "month=2026-10&level=all&metric=rectification&grid=city&state=no_deadline"
    assert targets["二级网格　**9** / 11"] == "month=2026-10&level=2&metric=rectification&grid=city"


def test_fewer_than_ten_give_no_percentage(visit: Visit) -> None:
    page = visit(county="anhua")
    text = html(page)
    assert "**4** / 7" in [label for label, *_ in links(page)]
    assert "应办不足 10 项，只列分子分母，不出百分比" in text
    assert "91.3%" in text  # coverage has 23
    assert "57.1%" not in text
    assert "按原时限 3 / 7" in text


def test_nothing_due_is_said(visit: Visit) -> None:
    text = html(visit(county="taojiang"))
    assert "无应办" in text
    assert "本月没有到期的义务" in text
    assert ">0.0%" not in text


def test_good_is_only_said_where_it_is_true(visit: Visit) -> None:
    assert '<p class="verdict met">达到目标 100%' in html(visit(county="taojiang"))
    assert "verdict met" not in html(visit(county="heshan", level="2", month="2026-10").main)


def test_unmet_duties_by_name_with_the_person_in_post(visit: Visit) -> None:
    text = html(visit())
    first, second = (text.index(f"<b>安化县 {name}镇</b>") for name in ("东坪", "江南"))
    assert "到期日在岗人 示例甲一" in text[first:second]
    assert "逾期 6 天" in text[first:second]
    assert "名册未报，到期日在岗人不明" in text[second:]


def test_what_was_not_delivered_is_not_judged(visit: Visit) -> None:
    text = html(visit())
    assert "未报送：大通湖区（巡查记录、问题台账）" in text
    assert "大通湖区　4 项义务无法判断" in text


def test_a_county_that_cannot_be_judged_is_not_called_idle(visit: Visit) -> None:
    page = visit(county="gaoxin", grid="g430972005")
    text = html(page)
    card = text.partition("<h2>巡查覆盖率</h2>")[2].partition("<h2>按期整改率</h2>")[0]
    assert '<p class="none-due">不可测</p>' in card
    assert BLIND in card
    assert "如何改正：请先报责任人员名册，列明网格员；或在台账写明实施网格；地点请写到乡镇。" in card
    assert "无应办" not in card
    assert "没有超期未办结的义务" not in text
    assert "不可测的网格　2 个" in text
    opened = {label: query for label, _, query in links(page)}
    assert opened["逐个查看 **2** 个不可测的网格"].endswith(
        "level=3&metric=patrol_coverage&grid=gaoxin&state=not_measurable"
    )


def test_some_that_cannot_be_judged_stand_beside_the_figure(visit: Visit, snapshot: Snapshot) -> None:
    page = visit(month="2026-09", county="heshan")
    text = html(page)
    opened = {label: query for label, _, query in links(page)}
    assert "state=not_measurable" in opened["另有 **1** 个网格不可测"]
    assert "可测的网格达到目标 100%；另有网格不可测，不作达标判断" in text
    (name,) = [place.name for place in places(snapshot, Scope()) if place.grid_id == BLIND_TOWN]
    assert f'<td data-label="网格">{name}</td>' in text
    (alt,) = (chart.proto.alt for chart in page.get("plotly_chart") if "示意图" in chart.proto.alt)
    assert "不可测 1" in alt


def test_the_map_the_legend_and_the_open_question(visit: Visit) -> None:
    page = visit()
    counties, map_figure, months = (json.loads(chart.proto.spec) for chart in page.get("plotly_chart"))
    assert sum(len(trace["customdata"]) for trace in map_figure["data"]) == 98
    assert months["layout"]["xaxis"]["type"] == "category"
    assert counties["layout"]["yaxis"]["categoryarray"][-1] == "资阳区"  # in administrative order, from the top
    text = html(page)
    assert "按期办结 84" in text
    assert "6 个“其他”单位" in text
    assert "尚待支队明确" in text
    assert "示意图" in text


def test_a_township_from_the_address(visit: Visit) -> None:
    page = visit(grid="g430923122")
    text = html(page)
    assert "<h3>江南镇</h3>" in text
    assert "未计入的巡查 1 次：patrol.xlsx　巡查记录 第 <a href=" in text
    assert "退回待核 1 行：patrol.xlsx　巡查记录 第 <a href=" in text
    assert json.loads(page.get("plotly_chart")[0].proto.spec)["layout"]["shapes"]
    assert ("查看该乡镇的义务", "obligations", "month=2026-10&level=3&metric=patrol_coverage&grid=g430923122") in links(
        page
    )


def test_filters_write_the_address_and_the_address_sets_filters(visit: Visit) -> None:
    page = visit()
    page.selectbox(key="w_month").select("2026-09").run()
    assert page.query_params["month"] == "2026-09"
    assert "**90** / 91" in [label for label, *_ in links(page)]
    page.selectbox(key="w_county").select("anhua").run()
    assert page.query_params == {"month": "2026-09", "county": "anhua"}
    page.selectbox(key="w_county").select("city").run()
    assert page.query_params == {"month": "2026-09"}
    page.button_group(key="w_level").set_value("2").run()
    assert page.query_params["level"] == "2"
    assert "全市　二级网格" in html(page)
    page.selectbox(key="w_metric").set_value("rectification").run()
    assert page.query_params["metric"] == "rectification"
    page.selectbox(key="w_grid").select("g430923121").run()
    assert page.query_params["grid"] == "g430923121"


def test_a_county_change_drops_a_township_elsewhere(visit: Visit) -> None:
    page = visit(grid="g430923122", county="heshan")
    assert not page.exception
    assert "江南镇" not in html(page)


def test_an_unfinished_month_says_so(visit: Visit) -> None:
    text = html(visit(month="2026-11"))
    assert "所选月份尚未结束" in text
    assert "未到期" in text


@pytest.mark.parametrize("name", ["month", "county", "level", "metric", "grid", "lang", "state", "page"])
@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "' or 1=1 --", "<script>alert(1)</script>", "２０２６-10", "x" * 5000]
)
def test_hostile_addresses_give_a_notice_and_the_default(visit: Visit, name: str, value: str) -> None:
    page = visit(**{name: value})
    assert not page.exception
    assert "**84** / 86" in [label for label, *_ in links(page)]
    text = html(page)
    assert "<script>" not in text
    assert "x" * 100 not in text
    assert ("网址中的" in text) == (name != "page")


def test_hostile_page_numbers(visit: Visit) -> None:
    for value in ("0", "-1", "99999", "1e9", "²"):
        page = visit("obligations", metric="rectification", grid="city", level="all", page=value)
        assert not page.exception
        assert "10</b> / 13" in html(page)


def test_footer_says_build_as_of_and_demo(visit: Visit) -> None:
    foot = html(visit()).rpartition("<footer")[2]
    assert "演示数据" in foot
    assert "发布编号 tiny00000001" in foot
    assert "计算时点 2026-11-06 09:00" in foot
    assert "指标目录 2026.1" in foot


def test_nothing_published_yet(visit: Visit, tmp_path: Path) -> None:
    page = visit("overview", tmp_path)
    assert not page.exception
    assert "尚未发布数据" in html(page)
    assert "make run" in html(page)
    assert not page.get("plotly_chart")


@pytest.mark.parametrize("broken", ["current.json", "tiny00000001.duckdb"])
def test_a_broken_publication(visit: Visit, tmp_path: Path, broken: str) -> None:
    published = tiny_snapshot.write(tmp_path)
    (published / broken).unlink()
    (published / broken).write_bytes(b"{" * 20_000)
    page = visit("overview", tmp_path)
    assert not page.exception
    assert "数据暂时无法读取" in html(page)
    assert "make run" in html(page)
    assert str(tmp_path) not in html(page)


def test_a_publication_of_another_version(visit: Visit, tmp_path: Path) -> None:
    published = tiny_snapshot.write(tmp_path)
    path = published / "tiny00000001.duckdb"
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table published.build drop column catalogue_version")
    page = visit("overview", tmp_path)
    assert not page.exception
    assert "数据暂时无法读取" in html(page)
    assert "结构与程序不符" in html(page)


def test_real_data_grow_stale_and_demo_data_do_not(visit: Visit, tmp_path: Path) -> None:
    tiny_snapshot.write(tmp_path, is_demo=False)
    pointer = tmp_path / "data" / "published" / "current.json"
    old = {**json.loads(pointer.read_text("utf-8")), "built_at": "2026-01-01 08:00:00"}
    pointer.write_text(json.dumps(old), "utf-8")
    text = html(visit("overview", tmp_path))
    assert "天没有更新" in text
    assert "演示数据" not in text
    assert "天没有更新" not in html(visit())


def test_a_new_snapshot_appears_without_restart(visit: Visit, tmp_path: Path) -> None:
    tiny_snapshot.write(tmp_path, "first0000000")
    page = visit("overview", tmp_path)
    assert "发布编号 first0000000" in html(page)
    tiny_snapshot.write(tmp_path, "second000000")
    page.run()
    assert "发布编号 second000000" in html(page)


def test_a_unit_answers_for_its_own_counties_alone(visit: Visit) -> None:
    own, other = html(visit(county="u2", month="2026-10")), html(visit(county="u1", month="2026-10"))
    assert ("未报送台账 2 张" in own, "未报送台账 0 张" in other) == (True, True)
    assert "大通湖区（" not in other
    sent = html(visit("submissions", county="u2", month="2026-10"))
    table = sent[sent.index('<table class="plain matrix') :].split("</table>")[0]
    assert [name in table for name in ("大通湖区", "支队", "安化县")] == [True, True, False]
