"""What needs attention: which concerns there are, in which order, in which words, and the papers they lead to."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from page_text import Visit, html

from dashboards.figures_apart import dots, line_words
from pipelines.reports.supervision import paper
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.apart import Dot, side_by_side
from pipelines.snapshot.attention import TIERS, Concern, concerns
from pipelines.snapshot.standing import metrics

CITY = Scope()
MONTH = "2026-10"


def test_concerns_stand_by_consequence_each_with_its_numbers(snapshot: Snapshot) -> None:
    assert concerns(snapshot, CITY, "city", MONTH) == [
        Concern("overdue", 2, "anhua", "all", "rectification", n=2, longest=19),
        Concern("missing", 3, "datonghu", "all", n=6, tables=("patrol", "problem")),
        Concern("blind", 3, "gaoxin", "all", n=1),
        Concern("overdue", 4, "anhua", "all", "patrol_coverage", n=2, longest=6),
    ]


def test_what_lapsed_in_an_earlier_month_is_not_called_still_to_be_done(snapshot: Snapshot) -> None:
    """A month without a patrol cannot be made good: September's is not counted as still undone in October."""
    september = {one.metric_id: one for one in concerns(snapshot, CITY, "anhua", "2026-09")}
    october = {one.metric_id: one for one in concerns(snapshot, CITY, "anhua", MONTH)}
    assert september["patrol_coverage"].n == 1
    assert october["patrol_coverage"].earlier == 0


def test_what_is_still_open_from_before_is_told_where_nothing_new_is(snapshot: Snapshot) -> None:
    """October's two rectifications stay on November's list; its months without a patrol cannot be made good."""
    november = {one.metric_id: one for one in concerns(snapshot, CITY, "anhua", "2026-11") if one.kind == "overdue"}
    assert set(november) == {"rectification"}
    one = november["rectification"]
    assert (one.n, one.longest, one.earlier, one.earlier_longest) == (0, 0, 2, 19)


def test_what_fell_due_before_the_month_opens_from_its_sentence(visit: Visit) -> None:
    said = html(visit(month="2026-11", county="anhua")).partition('<ol class="concerns">')[2].partition("</ol>")[0]
    assert "按期整改率：本月没有新的超期。以前月份有 2 项至今未办，最久逾期 19 天。" in said
    assert "metric=rectification&amp;grid=anhua&amp;state=overdue&amp;span=before" in said
    page = visit("obligations", month="2026-11", metric="rectification", grid="anhua", state="overdue", span="before")
    assert "2026年11月以前" in html(page)
    assert html(page).count('<div class="duty') == 2


def test_a_township_hears_of_its_own_and_never_of_its_county(snapshot: Snapshot) -> None:
    whole = {(one.metric_id, one.n) for one in concerns(snapshot, CITY, "anhua", MONTH)}
    town = next(
        row["grid_id"]
        for row in snapshot.ask(
            CITY,
            """select grid_id from published.obligation
            where metric_id = 'patrol_coverage' and state = 'overdue' and period = '2026-10'
                and grid_id in (from visible_grid) limit 1""",
        )
    )
    found = concerns(snapshot, Scope(town), town, MONTH)
    assert {one.grid_id for one in found} == {town}
    assert {(one.metric_id, one.n) for one in found} != whole


def test_every_metric_named_by_a_tier_is_in_the_catalogue(snapshot: Snapshot) -> None:
    from house import RULES

    assert set(TIERS) <= {metric.id for metric in RULES.catalogue.metrics}
    assert {metric.metric_id for metric in metrics(snapshot)} & set(TIERS)


def test_the_page_says_them_links_them_and_drafts_the_paper(visit: Visit) -> None:
    page = visit()
    assert not page.exception
    text = html(page)
    said = text.partition('<ol class="concerns">')[2].partition("</ol>")[0]
    assert said.index("安化县　按期整改率：2 项超期未办结，最久逾期 19 天") < said.index(
        "大通湖区　未报送：巡查记录、问题台账"
    )
    assert "6 项义务因此无法判断。没有台账不等于没有履行" in said
    assert "高新区　1 项指标不能判断" in said
    assert "obligations?month=2026-10&amp;level=all&amp;metric=rectification&amp;grid=anhua&amp;state=overdue" in said
    assert "不是定论，也不是排名" in text
    complete = text.partition('<nav class="complete"')[2].partition("</nav>")[0]
    assert "未报送台账 2 张" in complete
    assert "尚未固化" in complete


def test_a_county_without_concerns_is_not_praised_where_it_cannot_be_judged(visit: Visit) -> None:
    assert "本月没有到期未办、未送达、不能判断的" in html(visit(county="taojiang"))
    assert "本月没有到期未办、未送达、不能判断的" not in html(visit(county="gaoxin"))


def test_the_paper_of_a_concern_names_its_duties(snapshot: Snapshot) -> None:
    found = next(one for one in concerns(snapshot, CITY, "city", MONTH) if one.metric_id == "patrol_coverage")
    below = snapshot.ask(
        CITY,
        """select duty.grid_id, place.name from published.obligation as duty
        join place on place.grid_id = duty.grid_id
        where duty.metric_id = 'patrol_coverage' and duty.state = 'overdue' and duty.period = '2026-10'
            and duty.grid_id in (from visible_grid)""",
    )
    assert len(below) == found.n
    name, content = paper(snapshot, CITY, below[0]["grid_id"], MONTH, "patrol_coverage")
    assert below[0]["name"] in name
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    assert below[0]["name"] in words


def test_dots_keep_the_administrative_order_and_never_rank_few(snapshot: Snapshot) -> None:
    found = side_by_side(snapshot, CITY, "patrol_coverage", "city", MONTH, 2, "3")
    assert [one.name for one in found][:2] == ["资阳区", "赫山区"]
    words = {one.name: line_words(one) for one in found}
    assert words["大通湖区"] == "大通湖区　未报送"
    assert words["高新区"] == "高新区　不可测"
    figure = dots(found)
    assert list(figure.layout.yaxis.categoryarray)[::-1] == [one.name for one in found]
    few = {one.name for one in found if one.is_few}
    assert not few & set(figure.data[0].y)


def test_a_dot_carries_its_interval_and_the_common_target() -> None:
    found = [
        Dot("a", "甲县", 18, 20, 0, 0.9, 0.699, 0.972, 0.95, is_few=False, is_blind=False),
        Dot("b", "乙县", 3, 4, 0, 0.75, 0.3, 0.95, 0.95, is_few=True, is_blind=False),
        Dot("c", "丙<县>", 0, 0, 0, None, None, None, 0.95, is_few=True, is_blind=False),
    ]
    figure = dots(found)
    assert list(figure.data[0].x) == [0.9]
    assert list(figure.data[0].error_x.array) == [0.072]
    assert list(figure.data[0].error_x.arrayminus) == [0.201]
    assert [shape.x0 for shape in figure.layout.shapes] == [0.95]
    assert line_words(found[0]) == "甲县　18/20　90.0%（69.9%—97.2%）"
    assert line_words(found[1]) == "乙县　3/4　件数少"
    assert line_words(found[2]) == "丙＜县＞　无应办"
