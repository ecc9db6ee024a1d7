"""数据报送 in AppTest: the matrix, one sender's files, lateness, lists, downloads, what somebody should look at."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs

import duckdb
import openpyxl
import pytest
import tiny_snapshot
from page_text import Visit, html, links
from streamlit.testing.v1 import AppTest

from dashboards import received
from pipelines.reports.offered import to_mend
from pipelines.settings import from_environment
from pipelines.snapshot import Scope, Snapshot

MONTH = "2026-10"


def body(page: AppTest) -> str:
    return html(page).partition("<style>")[0]


def opened(page: AppTest, key: str) -> str:
    """The page with one list opened."""
    page.session_state[key] = True
    page.run()
    assert not page.exception
    return body(page)


def test_the_overview_keeps_a_line_and_the_way(visit: Visit) -> None:
    page = visit("overview", month=MONTH, county="anhua", level="2")
    assert "所需台账均已送达。" in body(page)
    assert "退回 <b>2</b>　重复 <b>0</b>　已重报 <b>1</b>" in body(page)
    assert "row?id=" not in body(page).partition("<h2>数据报送")[2]
    ways = {label: query for label, target, query in links(page) if target == "submissions"}
    assert parse_qs(ways["数据报送"]) == {"month": [MONTH], "county": ["anhua"]}
    assert len(ways) == 2
    assert "未报送：大通湖区（巡查记录、问题台账）" in body(visit())


def test_the_matrix_says_what_came_when_and_what_did_not(visit: Visit) -> None:
    page = visit("submissions", month=MONTH)
    assert not page.exception
    text = body(page)
    assert "未报送：大通湖区（巡查记录、问题台账）" in text
    for group in ("每月必报", "按月，有则报", "有变动时报", "每年报"):
        assert f">{group}</th>" in text
    line = text.partition('<table class="plain matrix')[2].partition("<b>安化县</b>")[2].partition("</tr>")[0]
    assert line.count("1 份 <small>11-03</small>") == 2
    assert "退回 2</small>" in line
    assert line.count('class="nothing"') == 10
    silent = text.partition("<b>大通湖区</b>")[2].partition("</tr>")[0]
    assert silent.count('<span class="tag unreported">未报送</span>') == 2
    assert '<a href="?month=2026-10&amp;county=detachment" target="_self"><b>支队</b></a>' in text


def test_a_month_that_runs_is_not_yet_due(visit: Visit) -> None:
    line = body(visit("submissions", month="2026-11")).partition("<b>安化县</b>")[2].partition("</tr>")[0]
    assert line.count("尚未到期") == 2
    assert "未报送" not in line


def test_twelve_months_at_a_glance(visit: Visit) -> None:
    text = body(visit("submissions", month=MONTH)).partition('<div class="strips">')[2]
    assert "巡查记录　2026-09 — 2026-11" in text
    line = text.partition("<th>大通湖区</th>")[2].partition("</tr>")[0]
    marks = [cell.partition(" href")[0] for cell in line.split('class="mark ')[1:]]
    assert marks == ['on_time"', 'unreported"', 'pending"']


def test_a_due_day_makes_late_and_overdue(visit: Visit, tmp_path: Path) -> None:
    """Where the delivery itself is owed by a day, its duty decides; where it is not, only the month's end does."""
    published = tiny_snapshot.write(tmp_path)
    path = published / "tiny00000001.duckdb"
    path.chmod(0o644)
    duties = [
        ("anhua", "patrol", "late", 5),
        ("datonghu", "patrol", "overdue", 5),
        ("datonghu", "problem", "pending", 9),
    ]
    with duckdb.connect(str(path)) as connection:
        for county, table, state, day in duties:
            connection.execute(
                "insert into published.obligation (metric_id, obligation_id, grid_id, county_id, subject_kind,"
                " subject_id, about_month, period, due_at, state) values ('export_submission', $1, $2, $2, 'table',"
                " $3, '2026-10', '2026-11', $4, $5)",
                [f"{county}/{table}", county, table, datetime(2026, 11, day, 23, 59, 59), state],
            )
    text = body(visit("submissions", tmp_path, month=MONTH))
    assert "未报送：大通湖区（巡查记录）" in text
    line = text.partition("<b>安化县</b>")[2].partition("</tr>")[0]
    assert '1 份 <small>11-03</small> <span class="tag late">迟报</span>' in line
    silent = text.partition("<b>大通湖区</b>")[2].partition("</tr>")[0]
    assert "尚未到期 <small>11-09</small>" in silent.replace("</span>", "")
    assert silent.count("未报送") == 1


def test_a_file_that_is_gone_is_told_and_a_row_of_two_causes_explained(visit: Visit, tmp_path: Path) -> None:
    tiny_snapshot.write(tmp_path)
    state = tmp_path / "data/state"
    state.mkdir()
    seen = ["path,sha256,county_id,month,received_at,accepted"]
    seen += [f"{MONTH}/anhua/退回待核.csv,{'0c' * 32},anhua,{MONTH},2026-11-03 09:00:00,4"]
    seen += [f"2026-09/anhua/别月.csv,{'0d' * 32},anhua,2026-09,2026-10-03 09:00:00,4"]
    (state / "seen_files.csv").write_text("\n".join(seen), "utf-8")
    text = body(visit("submissions", tmp_path, month=MONTH))
    line = text.partition('<span class="tag reject">不见了</span>')[2].partition("</tr>")[0]
    assert f"{MONTH}/anhua/退回待核.csv" in line
    assert "（SHA-256 0c0c0c0c，收到于 2026-11-03 09:00），当时接收 4 行" in line
    assert "请放回原文件（另起文件名）" in line
    assert "别月" not in text
    assert "一行有两处错的，在两种原因里各计一次" in text
    assert " 等</td>" not in text


def test_one_county_file_by_file(visit: Visit) -> None:
    page = visit("submissions", month=MONTH, county="anhua")
    table = body(page).partition('<table class="plain files')[2].partition("</table>")[0]
    assert 'title="data/raw/2026-10/anhua/patrol.xlsx">patrol.xlsx</span> <span class="tag some_back">部分退回' in table
    numbers = table.partition("patrol.xlsx</span>")[2].partition("</tr>")[0]
    assert '<td data-label="读到">25</td><td data-label="接收">23</td><td data-label="退回">2</td>' in numbers
    assert "没有收到：督办复查记录、月报汇总" in body(page)
    assert "大通湖区" not in table
    silent = body(visit("submissions", month=MONTH, county="datonghu"))
    assert silent.partition('<table class="plain files')[2].partition("</table>")[0].count("未报送") == 2


def test_rows_that_went_back_open_with_their_reasons(visit: Visit) -> None:
    page = visit("submissions", month=MONTH)
    assert "退回待核 1 行" in [expander.label for expander in page.expander]
    assert "<caption>" not in body(page).partition('<ul class="legend">')[0]
    text = opened(page, "returned")
    assert "“开始时间”写的“2026-13-40”不是一个存在的日期或时间" in text
    assert "<caption>安化县　巡查记录　data/raw/2026-10/anhua/patrol.xlsx　巡查记录</caption>" in text
    assert "row?id=anhua%2F2026-10" in text


def test_what_is_gone_from_a_later_file_is_named_and_counts(visit: Visit) -> None:
    page = visit("submissions", month=MONTH)
    assert "重报后不再出现 1 行，仍计入" in [expander.label for expander in page.expander]
    row = '<td>赫山区　问题台账</td><td>problem.xlsx　问题台账 第 <a href="row?id=heshan'
    assert row in opened(page, "absent")
    line = body(visit("submissions", month=MONTH, county="heshan")).partition('<table class="plain files')[2]
    assert '<td data-label="不再出现">1</td>' in line
    labels = [expander.label for expander in visit("submissions", month=MONTH, county="anhua").expander]
    assert "重报后不再出现" not in str(labels)


def test_causes_and_changes_lead_to_their_rows(visit: Visit) -> None:
    page = visit("submissions", month=MONTH)
    text = opened(page, "corrections")
    cause = text.partition('<table class="plain causes')[2].partition("</table>")[0]
    assert "2（已重报 1）" in cause
    assert "<small>安化县</small>" in cause
    assert cause.count("row?id=") == 2
    change = text.partition('<table class="plain changes')[2].partition("</table>")[0]
    assert '<td data-label="字段">整改完成时间</td><td data-label="行数">1</td>' in change
    assert change.count("row?id=") == 1
    assert "本月没有收到月报汇总，无可核对。" in text


def test_downloads_are_of_the_chosen_sender(visit: Visit) -> None:
    labels = [button.proto.label for button in visit("submissions", month=MONTH).get("download_button")]
    sent = ["数据报送表格（含说明）", "数据报送 CSV"]
    assert labels == [*sent, "空白台账　巡查记录"]
    page = visit("submissions", month=MONTH, county="anhua")
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == [*sent, "退回待核工作簿　安化县　2026年10月", "空白台账　巡查记录"]
    assert all(button.proto.deferred_file_id for button in page.get("download_button"))
    page.selectbox(key="w_table").select("problem").run()
    assert page.get("download_button")[3].proto.label == "空白台账　问题台账"
    assert "支队（本级）　2026年10月" in body(visit("submissions", month=MONTH, county="detachment"))


def test_the_workbooks_are_those_of_the_command_line(snapshot: Snapshot) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_mend(from_environment(), snapshot, Scope(), "anhua", MONTH)))
    assert book.sheetnames == ["汇总", "1_巡查记录"]
    blank = openpyxl.load_workbook(io.BytesIO(received._blank("problem")))
    assert blank.sheetnames[0] == "问题台账"


@pytest.mark.parametrize("county", ["city", "u1", "detachment", "gaoxin", "../..", "<script>alert(1)</script>"])
@pytest.mark.parametrize("month", ["2026-09", "2026-11", "", "x" * 300])
def test_any_address_draws_the_page(visit: Visit, county: str, month: str) -> None:
    page = visit("submissions", county=county, month=month)
    assert not page.exception
    assert "<script>" not in html(page)
    assert "发布编号 tiny00000001" in html(page)


def test_filters_write_the_address(visit: Visit) -> None:
    page = visit("submissions", month=MONTH)
    page.selectbox(key="w_county").select("detachment").run()
    assert page.query_params == {"month": MONTH, "county": "detachment"}
    ways = {label: query for label, target, query in links(page)}
    assert "county" not in parse_qs(ways["月度总览"])
