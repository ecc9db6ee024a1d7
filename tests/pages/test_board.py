"""The board of all metrics and the page of one grid: the published numbers, each of which opens its duties."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from page_text import Visit, html

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.board import board
from pipelines.snapshot.grid_file import owed
from pipelines.snapshot.score import parts, score
from pipelines.snapshot.standing import figures
from pipelines.snapshot.walk import STATE_ZH, state_counts

MONTH = "2026-10"


def hrefs(text: str, page: str) -> list[dict[str, str]]:
    """The queries of the links to a page."""
    found = (urlsplit(unescape(target)) for target in re.findall(r'href="([^"]+)"', text))
    return [{name: values[0] for name, values in parse_qs(url.query).items()} for url in found if url.path == page]


def test_each_line_is_the_published_figure(snapshot: Snapshot) -> None:
    lines = board(snapshot, Scope(), "city", 0, MONTH)
    assert [line.metric.metric_id for line in lines] == ["patrol_coverage", "rectification"]
    for line in lines:
        figure = figures(snapshot, Scope(), line.metric.metric_id, "city", MONTH)[line.owner_level]
        assert line.month is not None
        assert (line.month.on_time, line.month.due, line.month.rate) == (figure.on_time, figure.due, figure.rate)
        assert (line.overdue, line.unreported, line.verdict) == (figure.overdue, figure.unreported, figure.verdict)
    assert [line.owner_level for line in lines] == ["3", "all"]


def test_a_level_that_is_asked_for_is_shown(snapshot: Snapshot) -> None:
    assert {line.owner_level for line in board(snapshot, Scope(), "city", 0, MONTH, "2")} == {"2"}
    assert {line.owner_level for line in board(snapshot, Scope(), "g430923100", 3, MONTH)} == {"3"}


def test_few_duties_carry_no_percentage(snapshot: Snapshot) -> None:
    grids = [("city", 0), ("anhua", 2), ("heshan", 2), ("taojiang", 2)]
    shares = [
        line.month for grid, level in grids for line in board(snapshot, Scope(), grid, level, MONTH) if line.month
    ]
    assert min(share.due for share in shares) < 10 <= max(share.due for share in shares)
    assert all((share.rate is None) == (share.due < 10) for share in shares)


def test_out_of_sight_is_out_of_the_board(snapshot: Snapshot) -> None:
    lines = board(snapshot, Scope("anhua"), "taojiang", 2, MONTH)
    assert [line.month for line in lines] == [None, None]
    assert {line.counties for line in lines} == {0}
    assert owed(snapshot, Scope("anhua"), "taojiang", 2, MONTH) == []


def test_the_overview_shows_the_board_and_opens_its_duties(visit: Visit) -> None:
    text = html(visit())
    assert "各项指标　全市　2026年10月" in text
    opened = hrefs(text, "obligations")
    assert {query["metric"] for query in opened} == {"patrol_coverage", "rectification"}
    assert ">0/8<" not in text
    assert ">8/8<" in text or ">7/8<" in text
    (other,) = hrefs(text, ".")
    assert other["metric"] == "rectification"


def test_a_grids_page_counts_its_own_duties(visit: Visit, snapshot: Snapshot) -> None:
    text = html(visit("grid", grid="anhua", month=MONTH))
    assert "安化县　2026年10月" in text
    assert "名册未见在岗的网格长" in text
    lines = owed(snapshot, Scope(), "anhua", 2, MONTH)
    for line in lines:
        counted = state_counts(snapshot, Scope(), line.metric_id, "anhua", MONTH, "2")
        assert {state: n for state, n in line.states.items() if n} == counted
    opened = hrefs(text, "obligations")
    assert {query["level"] for query in opened} == {"2"}
    asked = {(query["metric"], query.get("state", "")) for query in opened}
    assert asked == {
        (line.metric_id, state) for line in lines for state in ["", *STATE_ZH] if not state or line.states[state]
    }
    below = {query["grid"] for query in hrefs(text, "grid")}
    assert {"u1", "city"} <= below
    assert len([grid_id for grid_id in below if grid_id.startswith("g430923")]) == 23


def test_the_city_owes_nothing_itself_and_leads_on(visit: Visit) -> None:
    text = html(visit("grid"))
    assert "全市没有自己的义务" in text
    assert {query["grid"] for query in hrefs(text, "grid")} == {"u1", "u2", "u3", "u4"}


def test_a_grid_without_duties_says_so(visit: Visit) -> None:
    assert "该月没有这个网格自己应办的义务" in html(visit("grid", grid="g430972005", month=MONTH))


def test_a_grid_s_score_is_explained_and_its_lines_open_their_duties(
    visit: Visit, demo_root: Path, demo: Snapshot
) -> None:
    page = visit("grid", demo_root, grid="anhua", month="2026-10")
    assert not page.exception
    assert "总分" not in html(page), "sent once it is opened"
    page.session_state["score"] = True
    text = html(page.run())
    found = score(demo, Scope(), "anhua", "month", "2026-10")
    assert found is not None
    assert f"可评分值 {found.assessable:.0f}/100" in text
    lines = [part for part in parts(demo, Scope(), "anhua", "month", "2026-10") if part.denominator]
    opened = [
        query["metric"] for query in hrefs(text, "obligations") if query["level"] == "2" and not query.get("state")
    ]
    assert {part.metric_id for part in lines} <= set(opened)
    for part in lines:
        assert f">{part.metric_zh}</a>（{part.weight} 分）" in text
    assert len(lines) > 5
