"""办理时效: what its readers answer, what it says of two rates, and that every number leads to its duties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import timed_rows
from page_text import Visit, html
from streamlit.testing.v1 import AppTest
from tiny_rows import DONGPING
from tiny_snapshot import STATES

from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.spans import SPANS, bounds, duty_period, published_period
from pipelines.snapshot.timeliness import by_class, duration, oldest, rates, state_months
from pipelines.snapshot.walk import state_counts

CITY, ANHUA, MONTH = Scope(), Scope("anhua"), "2026-10"


@pytest.fixture(scope="module")
def timed_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timed")
    timed_rows.write(folder)
    return folder


@pytest.fixture(scope="module")
def timed(timed_root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(timed_root / "data" / "published")
    yield opened
    opened.close()


def targets(page: AppTest, name: str) -> list[dict[str, str]]:
    """The query of every link of the page's HTML to another page."""
    found = re.findall(rf'href="({name}\?[^"]+)"', html(page))
    return [{key: value[0] for key, value in parse_qs(urlsplit(unescape(link)).query).items()} for link in found]


def test_months_of_a_span() -> None:
    assert [published_period(MONTH, span) for span in SPANS] == ["2026-10", "2026-10", "2026"]
    assert [bounds(duty_period(MONTH, span)) for span in SPANS] == [
        ("2026-10", "2026-10"),
        ("2026-01", "2026-10"),
        ("2026-01", "2026-12"),
    ]


def test_the_rates_of_a_month_and_of_the_year_to_date(timed: Snapshot) -> None:
    city = rates(timed, CITY, "rectification", "city", "all", "month", MONTH)
    assert city is not None
    assert (city.on_time, city.due, city.closed, city.owed) == (10, 13, 11, 14)
    assert city.rate == pytest.approx(10 / 13)
    assert city.rate_closed_only == pytest.approx(10 / 11)
    assert (city.has_percentage, city.has_closed_percentage) == (True, True)
    county = rates(timed, CITY, "rectification", "anhua", "all", "to_date", MONTH)
    assert county is not None
    assert (county.on_time, county.due, county.closed, county.on_time_original) == (4, 7, 5, 3)
    assert not county.has_percentage
    assert rates(timed, CITY, "rectification", "anhua", "all", "year", "2025") is None


@pytest.mark.parametrize("span", ["month", "to_date"])
def test_a_figure_of_a_span_equals_the_duties_its_link_opens(timed: Snapshot, span: str) -> None:
    figure = rates(timed, CITY, "rectification", "anhua", "all", span, published_period(MONTH, span))
    found = state_counts(timed, CITY, "rectification", "anhua", duty_period(MONTH, span))
    assert figure is not None
    assert found == {state: getattr(figure, state) for state in STATES if getattr(figure, state)}


def test_longer_spans_hold_more_months(timed: Snapshot) -> None:
    counts = [
        sum(state_counts(timed, CITY, "patrol_coverage", "city", duty_period(month, span)).values())
        for month, span in (("2026-09", "month"), ("2026-10", "month"), ("2026-10", "to_date"), ("2026-10", "year"))
    ]
    november = sum(state_counts(timed, CITY, "patrol_coverage", "city", "2026-11").values())
    assert counts[2] == counts[0] + counts[1]
    assert counts[3] == counts[2] + november


def test_months_end_with_the_chosen_one(timed: Snapshot) -> None:
    asked = (timed, CITY, "patrol_coverage", "city", "3")
    assert [one.period for one in state_months(*asked, MONTH)] == ["2026-09", "2026-10"]
    assert [one.period for one in state_months(*asked, MONTH, 1)] == ["2026-10"]
    (october,) = state_months(*asked, MONTH, 1)
    assert (october.on_time, october.unreported, october.blind) == (84, 4, 2)
    assert october.obligations == sum(getattr(october, state) for state in STATES)


def test_the_oldest_come_first_with_their_days(timed: Snapshot) -> None:
    found = oldest(timed, CITY, "city", MONTH)
    assert [(one.problem_no, one.days_over, one.county_name) for one in found] == [
        ("A10", 13, "安化县"),
        ("A3", 11, ""),
    ]
    assert [one.problem_no for one in oldest(timed, CITY, "city", MONTH, 1)] == ["A10"]
    assert [one.problem_no for one in oldest(timed, CITY, DONGPING, MONTH)] == ["A10"]
    assert oldest(timed, CITY, "heshan", MONTH) == oldest(timed, CITY, "city", "2026-09") == []


def test_a_duration_counts_open_rounds_in(timed: Snapshot) -> None:
    found = duration(timed, CITY, "anhua", "month", MONTH)
    assert found is not None
    assert (found.n, found.events, found.median, found.median_high, found.is_few) == (12, 8, 8.0, None, False)
    assert [(step.day, step.censored) for step in found.steps] == [(0, 0), (8, 1), (40, 3)]
    marks = {mark.day: (mark.at_risk, mark.survival) for mark in found.marks}
    assert marks == {
        0: (12, 0.75),
        7: (9, 0.75),
        15: (3, 0.3333),
        30: (3, 0.3333),
        60: (0, None),
        90: (0, None),
        180: (0, None),
    }
    few = duration(timed, CITY, DONGPING, "month", MONTH)
    assert few is not None
    assert (few.is_few, few.steps) == (True, ())
    assert duration(timed, CITY, "heshan", "month", MONTH) is None


def test_petitions_and_tickets_are_told_apart(timed: Snapshot) -> None:
    found = {(one.metric_id, one.limit_class): one for one in by_class(timed, CITY, "city", duty_period(MONTH, "year"))}
    assert list(found) == [
        ("petition_acceptance", ""),
        ("petition_closure", "petition"),
        ("petition_closure", "hotline"),
        ("assigned_problem", ""),
    ]
    closure, hotline = found[("petition_closure", "petition")], found[("petition_closure", "hotline")]
    assert (closure.on_time, closure.due, closure.overdue, closure.rate) == (2, 3, 1, None)
    assert (hotline.on_time, hotline.due, hotline.late, hotline.no_deadline) == (0, 1, 1, 1)
    assert (found[("assigned_problem", "")].on_time, found[("assigned_problem", "")].rate) == (9, 0.9)
    october = by_class(timed, CITY, "anhua", MONTH)
    assert [(one.limit_class, one.due) for one in october] == [("", 1), ("petition", 2), ("hotline", 0)]


def test_no_reader_leaves_its_scope(timed: Snapshot) -> None:
    assert rates(timed, ANHUA, "rectification", "city", "all", "month", MONTH) is None
    assert duration(timed, Scope("heshan"), "anhua", "month", MONTH) is None
    assert oldest(timed, Scope("heshan"), "city", MONTH) == []
    assert state_months(timed, ANHUA, "rectification", "heshan", "all", MONTH) == []
    assert {one.metric_id for one in by_class(timed, ANHUA, "city", MONTH)} == {
        "petition_acceptance",
        "petition_closure",
    }


def test_the_page_tells_why_the_rates_differ(visit: Visit, timed_root: Path) -> None:
    page = visit("timeliness", timed_root, month=MONTH)
    assert not page.exception
    text = html(page)
    assert "按期整改率　全市　2026年10月" in text  # the metric where the address names none
    assert "<b>10</b> / 13" in text
    assert "76.9%" in text
    assert "<b>10</b> / 11" in text
    assert "90.9%" in text
    assert "应办 13 件里有 2 件超期至今没有办结" in text
    assert "另有 2 件未定时限" in text
    assert "未报送按未履行计" in text
    assert "<b>10</b> / 14" in text


def test_few_get_no_percentage(visit: Visit, timed_root: Path) -> None:
    text = html(visit("timeliness", timed_root, month=MONTH, grid="anhua", span="to_date"))
    rates_part = text[text.index('class="rates"') : text.index('class="why-differ"')]
    assert "2026年1—10月累计" in text
    assert "<b>4</b> / 7" in rates_part
    assert "不足 10 件，不出百分比" in rates_part
    assert "%" not in rates_part.replace("95%", "")
    assert "一半在 8 天内完成（中位数；95% 区间自 2 天起，上限还看不到）" in text


def test_all_closed_is_said_to_be_the_same(visit: Visit, timed_root: Path) -> None:
    text = html(visit("timeliness", timed_root, month=MONTH, grid="heshan"))
    assert "应办 6 件都已办结，没有超期未办结的，所以两个数相同。" in text
    assert "没有超期未办结的整改。" in text
    assert "所选期间没有发现的问题。" in text


def test_every_number_opens_its_duties(visit: Visit, timed_root: Path) -> None:
    page = visit("timeliness", timed_root, month=MONTH, grid="anhua", span="to_date")
    whole, *_ = targets(page, "obligations")
    assert whole == {
        "month": MONTH,
        "level": "all",
        "metric": "rectification",
        "grid": "anhua",
        "span": "to_date",
    }
    cells = [query for query in targets(page, "obligations") if query.get("state") == "late" and "span" not in query]
    assert {"month": MONTH, "level": "all", "metric": "rectification", "grid": "anhua", "state": "late"} in cells
    opened = html(visit("obligations", timed_root, **whole))
    assert "按期整改率　安化县　2026年1—10月累计　各级合计" in opened
    assert opened.count('<div class="duty') == 12
    assert {"indicator": "open_overdue_8_30", "grid": "anhua", "month": MONTH} in targets(page, "facts")
    assert len(targets(page, "row")) == 2


def test_what_nobody_can_judge_is_said(visit: Visit, timed_root: Path) -> None:
    text = html(visit("timeliness", timed_root, month=MONTH, metric="patrol_coverage", grid="gaoxin"))
    assert '<p class="none-due">不可测</p>' in text
    later = html(visit("timeliness", timed_root, month="2026-11"))
    assert "所选月份尚未结束" in later
    assert "没有能看出超期与否的台账，不可测。" in later
    town = html(visit("timeliness", timed_root, month=MONTH, grid=DONGPING))
    assert "只有 2 件，已完成 1 件；不足最少件数" in town


@pytest.mark.parametrize(
    "query",
    [
        {"grid": "' or 1=1"},
        {"span": "<script>alert(1)</script>"},
        {"month": "2031-13"},
        {"metric": "<b>x</b>"},
        {"level": "9", "state": "x", "page": "-1"},
    ],
)
def test_hostile_addresses_give_a_friendly_page(visit: Visit, timed_root: Path, query: dict[str, str]) -> None:
    page = visit("timeliness", timed_root, **query)
    assert not page.exception
    text = html(page)
    assert "按期整改率　全市" in text
    assert 'class="notice' in text
    assert "<script>" not in text
    assert "<b>x</b>" not in text


def test_a_span_stays_with_the_pages_that_know_it(visit: Visit, timed_root: Path) -> None:
    page = visit("overview", timed_root, month=MONTH, span="year")
    assert not page.exception
    assert not [query for query in targets(page, "obligations") if "span" in query]


def test_names_are_covered(timed: Snapshot) -> None:
    shown = oldest(timed, Scope("city", see_names=False), "city", MONTH)
    assert [one.problem_no for one in shown] == ["A10", "A3"]
    assert not any("王示例" in one.description for one in shown)


def test_every_table_can_be_taken_away(visit: Visit, timed_root: Path) -> None:
    page = visit("timeliness", timed_root, month=MONTH, grid="anhua")
    labels = [button.proto.label for button in page.get("download_button")]
    assert len(labels) == len(set(labels)) == 8
    assert [label[-3:] for label in labels] == ["说明）", "CSV"] * 4
