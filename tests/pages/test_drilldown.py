"""From a number to its obligations and on to the source row; each step stands in the address alone."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote

import pytest
import tiny_snapshot
from page_text import Visit, html, links
from tiny_rows import BLIND

from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.beside import beside
from pipelines.snapshot.delivered import absent
from pipelines.snapshot.walk import obligations


def test_obligations_of_a_number(visit: Visit) -> None:
    page = visit("obligations", metric="rectification", grid="city", level="all", month="2026-10")
    assert not page.exception
    text = html(page)
    assert "按期整改率　全市　2026年10月　各级合计" in text
    assert text.count('<div class="duty') == 19
    labels = [label for label, *_ in links(page)]
    for state in ("按期办结 **10**", "时间矛盾 **1**", "不纳入考核 **1**", "未报送 **1**"):
        assert state in labels
    assert "报送问题台账（2026年10月）" in text
    assert "第 2 轮" in text
    assert "经批准延期（原时限 2026-10-12）" in text
    assert "依据：日历未发布" in text


def test_one_state_only(visit: Visit) -> None:
    page = visit("obligations", metric="rectification", grid="city", level="all", state="late")
    text = html(page)
    assert text.count('<div class="duty') == 1
    assert "超期 5 天" in text


def test_pages(visit: Visit) -> None:
    page = visit("obligations", metric="patrol_coverage", grid="city", level="3", page="5")
    text = html(page)
    assert (
        text.count('<div class="duty') == 10 + 2
    )  # the last ten of 90, one row that went back and one uncredited patrol
    assert "第 5 / 5 页，共 90 项" in text
    turned = {label: query for label, *_, query in links(page)}
    assert "下一页" not in turned
    assert parse_qs(turned["上一页"])["page"] == ["4"]


def test_uncredited_patrols_stand_below_the_duties(visit: Visit) -> None:
    text = html(visit("obligations", metric="patrol_coverage", grid="g430923122", level="3"))
    assert "未计入任何网格的巡查" in text
    assert "巡查人员当日不在名册的任何岗位" in text
    assert "没有来源行" in text


def test_a_basis_that_all_duties_share_is_said_once(visit: Visit) -> None:
    text = html(visit("obligations", metric="patrol_coverage", grid="anhua", level="3"))
    assert text.count("每月至少一次") == 1
    assert "以下各项时限依据：每月至少一次" in text


def test_two_clicks_from_a_number_to_the_cell(visit: Visit) -> None:
    start = visit()
    first = next(parse_qs(query) for label, _, query in links(start) if label == "**10** / 13")
    listed = visit("obligations", **{name: values[0] for name, values in first.items()})
    second = next(parse_qs(query) for label, page, query in links(listed) if page == "row")
    row = visit("row", id=second["id"][0])
    assert not row.exception
    text = html(row)
    assert "data/raw/2026-10/anhua/problem.xlsx" in text
    assert "<td>整改时限</td><td>2026-10-20</td>" in text
    assert "收件登记" in text
    assert "形成：按期整改率　安化县　2026年10月　超期未办结" in text
    assert ("益阳市　各级合计　10 / 13", "obligations") in [(label, page) for label, page, _ in links(row)]


def test_cells_are_text_and_never_markup(visit: Visit, snapshot: Snapshot) -> None:
    (duty, *_) = obligations(snapshot, Scope(), "rectification", "anhua", "2026-10", "2", "overdue")
    for page in (visit("row", id=duty.duty_row_id), visit("obligations", metric="rectification", grid="anhua")):
        text = html(page)
        assert "&lt;b&gt;污水&lt;/b&gt;外溢 ![x](http://example.invalid/x.png)" in text
        assert "<b>污水" not in text
        assert all("example.invalid" not in element.value for element in page.markdown)


def test_the_whole_hash_and_the_revision(visit: Visit, snapshot: Snapshot) -> None:
    (duty,) = obligations(snapshot, Scope(), "rectification", "anhua", "2026-10", "2", "late")
    page = visit("row", id=duty.met_row_id)
    text = html(page)
    digest = text.partition('class="sha256">')[2].partition("<")[0]
    assert len(digest) == 64
    assert duty.met_row_id.split("/")[2].startswith(digest[:8])
    assert "整改完成时间：（空） → 2026-10-15" in text


def test_rows_nobody_may_see_or_that_do_not_exist(visit: Visit) -> None:
    for row_id in ("x", "' or 1=1 --", "<img src=x>", "anhua/2026-10/00000000#csv!1"):
        page = visit("row", id=row_id)
        assert not page.exception
        assert "没有这一行，或无权查看" in html(page)
    assert "网址缺少行号" in html(visit("row"))


def test_a_rejected_row_shows_its_reason(visit: Visit) -> None:
    text = html(visit())
    link = text.partition('<a href="row?id=')[2].partition('"')[0]
    page = visit("row", id=parse_qs(f"id={link}")["id"][0])
    assert "请写成 2026-05-07 或 2026-05-07 14:30" in html(page)
    assert "没有哪项义务直接以这一行为据" in html(page)


def test_the_row_that_may_be_the_missing_patrol_stands_beside_the_duty(visit: Visit) -> None:
    text = html(visit("obligations", metric="patrol_coverage", grid="g430923122", level="3"))
    duty = text.partition('<div class="near">')[2].partition("</div>")[0]
    assert "退回待核 1 行：patrol.xlsx　巡查记录 第 <a" in duty
    assert "未计入的巡查 1 次：patrol.xlsx　巡查记录 第 <a" in duty
    assert "退回待核的巡查记录　1 行" in text
    assert "2026-13-41" not in text  # mended
    row = re.search(r'href="row\?id=([^"]+)"', duty)
    assert row is not None
    assert "“开始时间”写的“2026-13-40”" in html(visit("row", **{"id": unquote(row[1])}))


def test_a_returned_row_explains_nothing_where_no_duty_is_unmet(visit: Visit) -> None:
    texts = [html(visit("obligations", metric="patrol_coverage", grid="anhua", level=level)) for level in "32"]
    assert all("退回待核的巡查记录　1 行" in text for text in texts)
    assert ["其中可能就有所缺的巡查" in text for text in texts] == [True, False]


def test_grids_that_cannot_be_judged_open_by_name(visit: Visit) -> None:
    page = visit("obligations", metric="patrol_coverage", grid="city", level="3", state="not_measurable")
    text = html(page)
    assert "没有符合条件的义务" not in text
    assert '<td data-label="网格">朝阳街道、谢林港镇</td>' in text
    assert BLIND in text
    assert "请先报责任人员名册，列明网格员；或在台账写明实施网格" in text
    assert ":primary[不可测 **2**]" in [label for label, *_ in links(page)]


def test_a_grid_that_cannot_be_judged_is_not_called_idle(visit: Visit) -> None:
    text = html(visit("obligations", metric="patrol_coverage", grid="g430972005", level="3"))
    assert '<p class="none-due">不可测</p>' in text
    assert "无应办" not in text


def test_a_mended_row_says_so(visit: Visit, snapshot: Snapshot) -> None:
    (back,) = beside(snapshot, Scope(), "2026-10", ("anhua",))["anhua"].returned
    prefix, _, number = back.row_id.rpartition("!")
    assert '<span class="tag reject">退回待核</span>' in html(visit("row", id=back.row_id))
    assert '<span class="tag reject">退回，已重报</span>' in html(visit("row", id=f"{prefix}!{int(number) + 1}"))


def test_a_row_gone_from_a_later_file_says_so(visit: Visit, snapshot: Snapshot) -> None:
    (gone,) = absent(snapshot, Scope(), "2026-10")
    assert "重报后不再出现：同表后来的报送里没有这一行，仍计入" in html(visit("row", id=gone.row_id))


@pytest.mark.parametrize(
    "content", [None, *(pytest.param(junk, marks=pytest.mark.slow) for junk in (b"", b"no parquet at all"))]
)
def test_a_damaged_file_of_cells_is_said_in_words(visit: Visit, tmp_path: Path, content: bytes | None) -> None:
    published = tiny_snapshot.write(tmp_path)
    with open_snapshot(published).connection as connection:
        (row_id,) = connection.execute("select max(duty_row_id) from published.obligation").fetchone()
    for path in (published / "rows").iterdir():
        path.unlink() if content is None else path.write_bytes(content)
    page = visit("row", tmp_path, id=row_id)
    assert not page.exception
    assert "这一行的原始单元格暂时读不出：原始行文件缺失或损坏" in html(page)
    assert "make run" in html(page)
    assert str(tmp_path) not in html(page)


@pytest.mark.parametrize("page", ["overview", "obligations"])
def test_an_empty_cell_is_never_called_nan(visit: Visit, page: str) -> None:
    text = html(visit(page, metric="patrol_coverage", grid="g430923122", county="anhua", level="3", month="2026-09"))
    assert "未计入" in text
    assert not re.search(r"\b(nan|NaN|NaT|None)\b", text.partition("<style>")[0])
