"""提示函 and 督办单 read back: page and type, every duty once, odd and long texts, what is said and what left open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from pipelines.reports.supervision import Supervision, file_name
from pipelines.reports.supervision_paper import document
from pipelines.snapshot.explained import Explained, key_of
from pipelines.snapshot.standing import Build
from pipelines.snapshot.urged import Source, Standing
from pipelines.snapshot.walk import Obligation

AS_OF = datetime(2026, 11, 6, 9, 0)
BUILD = Build("b1234567890a", AS_OF, datetime(2026, 11, 6, 9, 5), "2026.11", True)
CHAIN = (
    {"grid_id": "g1", "name": "田庄乡", "level": 3},
    {"grid_id": "anhua", "name": "安化县", "level": 2},
    {"grid_id": "u1", "name": "第一网格单元", "level": 1},
    {"grid_id": "city", "name": "益阳市", "level": 0},
)
WINDOWS_FONTS = {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"}
SOURCE = Source("r1", "2026-10/anhua/十月.xlsx", "abcdef0123456789" * 4, datetime(2026, 11, 2, 10), "问题台账", 7)


def duty(number: int, **more: Any) -> Obligation:
    due = datetime(2026, 10, 20, 23, 59, 59)
    given = {
        "metric_id": "rectification", "metric_zh": "按期整改率", "obligation_id": f"rectification/{number}",
        "grid_id": "g1", "grid_name": "田庄乡", "county_name": "安化县", "owner_level": 3, "subject_kind": "problem",
        "subject_id": f"anhua/WT-{number:04}", "subject_text": f"示例问题{number:04}", "round": 1, "about_month": "",
        "period": "2026-10", "started_at": datetime(2026, 10, 4), "original_due_at": due, "due_at": due,
        "is_extended": False, "met_at": None, "state": "overdue", "days_over": 17, "person_at_start": "王示例",
        "person_at_due": "王示例", "days_in_post_at_due": 90, "deputy_at_due": "", "is_roster_sent": True,
        "duty_row_id": "r1", "met_row_id": "", "due_basis": "整改完成后 15 日内复查（本系统暂定）",
        "is_listed": False,
    }  # fmt: skip
    return Obligation(**{**given, **more})


def told(*of_month: Obligation, carried: tuple[Obligation, ...] = (), **more: Any) -> Supervision:
    standing = Standing(
        "g1", "田庄乡", "rectification", "按期整改率", False, len(of_month), len(carried), 17, date(2026, 10, 20), False
    )
    given: dict[str, Any] = {"unreported": (), "sources": {"r1": SOURCE}, **more}
    return Supervision("提示函", "2026-10", "", CHAIN, (standing,), of_month, carried, build=BUILD, **given)


def opened(paper: Supervision) -> Document:
    return docx.Document(BytesIO(document(paper)))


def texts(table: Any) -> list[list[str]]:
    return [
        ["".join(word.text or "" for word in cell.iter(qn("w:t"))) for cell in row.tc_lst] for row in table._tbl.tr_lst
    ]


def whole(paper: Document) -> str:
    feet = [line.text for line in paper.sections[0].footer.paragraphs]
    return "\n".join([*(line.text for line in paper.paragraphs), *feet, *(str(texts(table)) for table in paper.tables)])


def lists(paper: Document) -> list[list[str]]:
    """The rows of the annexes that list duties."""
    tables = [texts(table) for table in paper.tables]
    return [row for table in tables if table[0][:3] == ["序号", "指标", "事项"] for row in table[1:]]


def millimetres(*lengths: Any) -> list[int]:
    return [round(length.mm) for length in lengths]


@pytest.fixture(scope="module")
def paper() -> Document:
    return opened(told(duty(1), duty(2), carried=(duty(3, period="2026-09"),)))


def test_the_page_is_that_of_an_official_document(paper: Document) -> None:
    letter, annex = paper.sections
    assert millimetres(letter.page_width, letter.page_height) == [210, 297]
    margins = (letter.top_margin, letter.bottom_margin, letter.left_margin, letter.right_margin)
    assert millimetres(*margins) == [37, 35, 28, 26]
    assert millimetres(annex.page_width, annex.page_height) == [297, 210]
    grids = [section._sectPr.find(qn("w:docGrid")) for section in paper.sections]
    assert [(grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) for grid in grids] == [("lines", "579")] * 2
    assert 22 * 579 / 20 <= (297 - 37 - 35) * 72 / 25.4 < 23 * 579 / 20
    for footer in (letter.footer, letter.even_page_footer):
        assert re.sub(r"\d", "n", footer.paragraphs[0].text) == "— n —"
        assert " PAGE " in [code.text for code in footer._element.iter(qn("w:instrText"))]
    assert annex.footer.is_linked_to_previous


def test_fonts_are_named_as_on_windows(paper: Document) -> None:
    named = {
        style.name: (style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), style.font.size.pt)
        for style in paper.styles
        if style.name.startswith("公文")
    }
    assert named["公文标题"] == ("方正小标宋简体", 22)
    assert named["公文正文"] == ("仿宋_GB2312", 16)
    assert named["公文一级标题"] == ("黑体", 16)
    assert named["公文二级标题"] == ("楷体_GB2312", 16)
    body = paper.styles["公文正文"]
    assert body.paragraph_format.line_spacing.pt == 28.95
    assert body.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    parts = [paper.element, *(part.footer._element for part in paper.sections)]
    fonts = {font.get(qn("w:eastAsia")) for part in parts for font in part.iter(qn("w:rFonts"))}
    assert fonts <= WINDOWS_FONTS
    assert paper.paragraphs[0].style.name == "公文标题"
    assert {line.style.name for line in paper.paragraphs if not line.style.name.startswith("公文")} == set()


def test_tables_have_three_lines_and_repeat_their_header(paper: Document) -> None:
    assert len(paper.tables) == 4
    for table in paper.tables:
        head, *rows = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows)
        outer = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert {line.tag for line in outer} == {qn("w:top"), qn("w:bottom")}
        assert all(cell.tcPr.find(qn("w:tcBorders")).find(qn("w:bottom")) is not None for cell in head.tc_lst)
        order = [part.tag for part in table._tbl.tblPr]
        assert order.index(qn("w:tblBorders")) < order.index(qn("w:tblLayout"))


def test_a_draft_and_a_demo_say_so_on_every_page(paper: Document) -> None:
    for header in (paper.sections[0].header, paper.sections[0].even_page_header):
        assert "征求意见稿" in header.paragraphs[0].text
        assert "演示数据" in header.paragraphs[0].text
    real = opened(replace(told(duty(1)), build=replace(BUILD, is_demo=False)))
    assert real.sections[0].header.paragraphs[0].text == "征求意见稿（草稿，未签发）"
    properties = paper.core_properties
    assert (properties.author, properties.comments, properties.created) == (
        "",
        "",
        datetime(2026, 11, 6, 1, tzinfo=UTC),
    )


def test_more_than_two_hundred_duties_stand_once_each() -> None:
    many = opened(told(*map(duty, range(1, 251)), carried=tuple(duty(n, period="2026-09") for n in range(251, 301))))
    rows = lists(many)
    assert [row[2] for row in rows] == [f"整改问题 WT-{n:04} 示例问题{n:04}" for n in range(1, 301)]
    assert [row[0] for row in rows] == [str(n) for n in [*range(1, 251), *range(1, 51)]]


def test_odd_texts_stay_texts() -> None:
    odd = "=1+1\x00\x0b污\x1f水\u202e外溢\ud800\n<w:p/>&amp;　![x](http://example.invalid/x.png)"
    (row,) = lists(opened(told(duty(1, subject_text=odd, due_basis="=cmd|' /C calc'!A0", person_at_due="王\x07示例"))))
    assert row[2] == "整改问题 WT-0001 =1+1 污 水 外溢 <w:p/>&amp; ![x](http://example.invalid/x.png)"
    assert (row[5], row[6]) == ("=cmd|' /C calc'!A0", "王 示例")


def test_a_long_text_is_cut_and_says_so_and_its_row_may_break() -> None:
    long = duty(1, subject_text="长" * 5000)
    said = {key_of(long): (Explained("示例乡", date(2026, 11, 5), "因" * 500, True),)}
    paper = opened(told(long, duty(2), said=said))
    first, second = lists(paper)
    assert first[2].startswith("整改问题 WT-0001 长") and first[2].count("长") == 287 and "……（以下从略）" in first[2]
    assert first[2].count("因") == 500 and "【情况说明 2026-11-05 示例乡：" in first[2]
    table = next(table for table in paper.tables if texts(table)[0][2] == "事项")
    assert [row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst] == [True, False, True]
    assert "情况说明" not in second[2]


def test_a_duty_tells_its_facts() -> None:
    extended = duty(
        1, round=2, is_extended=True, original_due_at=datetime(2026, 10, 12, 23, 59, 59), deputy_at_due="李示例",
        due_at=datetime(2026, 10, 20, 15, 7),
    )  # fmt: skip
    empty = duty(2, person_at_due="", duty_row_id="", subject_kind="grid", subject_text="")
    unknown = duty(3, person_at_due="", is_roster_sent=False, duty_row_id="elsewhere")
    paper = opened(told(extended, empty, unknown))
    (one, two, three) = lists(paper)
    assert one[1:] == [
        "按期整改率", "整改问题 WT-0001 示例问题0001 第 2 轮", "2026-10-20 15:07", "17",
        "整改完成后 15 日内复查（本系统暂定）；原时限 2026-10-12", "王示例（代理：李示例）", "文件1“问题台账”第7行",
    ]  # fmt: skip
    assert two[6:] == ["无人在岗（名册未列机构负责人）", "台账未见记录"]
    assert three[6:] == ["不明（名册未报）", "来源行不在可见范围"]
    assert texts(paper.tables[-1])[1:] == [["1", "2026-10/anhua/十月.xlsx", "2026-11-02 10:00", "abcdef012345"]]
    assert "到期日在岗人" in texts(paper.tables[1])[0]
    text = whole(paper)
    expected = (
        "安化县田庄乡（三级网格）责任单位：", "抄送：安化县", "发布编号 b1234567890a", "数据截至 2026-11-06 09:00",
        "指标目录 2026.11", "是供核对的线索，不是对履职情况的认定", "请于〔待支队填写〕前", "签发人：",
    )  # fmt: skip
    assert [words for words in expected if words not in text] == []
    assert "未送达" not in text


def test_what_was_not_reported_is_told_apart() -> None:
    silent = [
        duty(n, metric_zh=zh, state="unreported", subject_kind="table", subject_id="problem", about_month="2026-10")
        for n, zh in ((8, "反馈及时率"), (9, "公开及时率"))
    ]
    paper = opened(told(duty(1), unreported=tuple(silent)))
    assert texts(paper.tables[1])[1:] == [["报送问题台账（2026年10月）", "反馈及时率、公开及时率"]]
    assert len(lists(paper)) == 1
    assert "台账未送达，不等于未履行" in whole(paper)


def test_no_inner_code_names_the_matter() -> None:
    month = {"subject_kind": "grid", "subject_id": "g1", "subject_text": ""}
    patrol = duty(1, metric_id="patrol_coverage", metric_zh="巡查覆盖率", **month)
    silent = duty(2, metric_id="patrol_frequency", metric_zh="巡查频次达标率", state="unreported", **month)
    paper = opened(told(patrol, unreported=(silent,)))
    assert [row[2] for row in lists(paper)] == ["本月至少巡查一次"]
    assert texts(paper.tables[1])[1:] == [["本月巡查日数达到应巡次数", "巡查频次达标率"]]
    assert "g1" not in whole(paper)


def test_a_part_is_not_told_as_the_whole() -> None:
    part = told(duty(1), duty(2), carried=(duty(3, period="2026-09"),))
    left = replace(part.standings[0], metric_id="feedback", metric_zh="反馈及时率", of_month=5, carried=13)
    by_metric = whole(opened(replace(part, metric_zh="按期整改率", left=(left,))))
    assert "你单位2026年10月到期而未见办结的义务7项，此前到期、至今未见办结的14项。" in by_metric
    assert "本函只列“按期整改率”一项指标：当月到期2项、此前到期1项，最早一项2026年10月20日到期。" in by_metric
    assert "另有18项属其他指标（反馈及时率）。" in by_metric
    assert "2026年10月到期未见办结的义务（只列“按期整改率”一项指标，2项）" in by_metric
    by_kind = replace(part, left=(left,))
    assert "本函只列应出提示函的事项：" in whole(opened(by_kind))
    assert "另有18项见督办单（反馈及时率）。" in whole(opened(by_kind))
    assert file_name(by_kind) == "提示函_安化县田庄乡_2026-10_应出提示函的事项.docx"
    alone = whole(opened(replace(part, metric_zh="按期整改率")))
    assert "其他指标没有超期未办结的义务。" in alone
    assert "只列“" not in whole(opened(part))


def test_what_is_under_listed_supervision_is_marked() -> None:
    paper = opened(told(duty(1, is_listed=True), duty(2)))
    assert [row[2] for row in lists(paper)] == [
        "【挂牌督办】整改问题 WT-0001 示例问题0001",
        "整改问题 WT-0002 示例问题0002",
    ]
    assert "标【挂牌督办】的1项" in whole(paper)
    assert "挂牌督办" not in whole(opened(told(duty(2))))


def test_an_order_says_how_long_and_how_often() -> None:
    order = told(duty(1))
    long = replace(order.standings[0], longest_days=45, was_overdue=True)
    lapsed = replace(
        order.standings[0], metric_zh="巡查覆盖率", metric_id="patrol_coverage", lapses=True, longest_days=None
    )
    patrol = duty(2, metric_id="patrol_coverage", subject_kind="grid", subject_text="")
    again = replace(lapsed, was_overdue=True)
    standings = (long, lapsed, again)
    paper = opened(replace(order, kind="督办单", standings=standings, of_month=(duty(1), patrol)))
    assert paper.paragraphs[0].text == "环境问题网格化巡查督办单"
    assert [row[4:] for row in texts(paper.tables[0])[1:]] == [
        ["45日", "月初已有超期，超期逾30日"], ["—", "首次超期"], ["—", "以前月份也曾超期（过期不补）"],
    ]  # fmt: skip
    assert [row[4] for row in lists(paper)] == ["17", "—"], "days in both places or in neither"
    assert "过期不能补办" in whole(paper)
    assert "过期不能补办" not in whole(opened(order))


def test_a_level_1_unit_has_nobody_above_but_the_sender() -> None:
    text = whole(opened(replace(told(duty(1)), chain=CHAIN[2:])))
    assert "第一网格单元（一级网格）责任单位：" in text and "五（三）" in text
    assert "抄送：〔待支队填写〕" in text


def test_the_file_is_named_after_what_it_holds() -> None:
    assert file_name(told(duty(1))) == "提示函_安化县田庄乡_2026-10.docx"
    assert file_name(replace(told(duty(1)), metric_zh="制度/例会 率")) == "提示函_安化县田庄乡_2026-10_制度例会率.docx"
