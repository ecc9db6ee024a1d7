"""What can be taken away: every row under its header, and all of them where the page shows a part."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from page_text import Visit

from dashboards.downloads import _made
from dashboards.words import language, say, speaking
from pipelines.reports.carried import comma_separated, workbook
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.walk import obligations


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[list[str], list[list[Any]], list[tuple[str, str]]]]:
    """Tables offered by their first word: headers, rows, definitions."""
    found: dict[str, Any] = {}

    def keep(_door: object, name: str, headers: list[str], rows: Any, definitions: list[tuple[str, str]]) -> None:
        whole = rows() if callable(rows) else rows
        found[name.split("　")[0]] = (list(headers), [list(row) for row in whole], definitions)

    monkeypatch.setattr("dashboards.downloads.offer", keep)
    return found


@pytest.mark.parametrize(
    ("page", "query", "name"),
    [
        ("overview", {}, "各项指标"),
        ("grid", {"grid": "anhua"}, "应办义务"),
        ("obligations", {"metric": "rectification", "grid": "city"}, "义务明细"),
        ("submissions", {}, "数据报送"),
    ],
)
def test_every_row_stands_under_its_header_and_reads_back(
    visit: Visit, offered: dict[str, Any], page: str, query: dict[str, str], name: str
) -> None:
    assert not visit(page, **query).exception
    assert name in offered, list(offered)
    headers, rows, definitions = offered[name]
    assert rows
    assert {len(row) for row in rows} == {len(headers)}
    assert len(set(headers)) == len(headers)
    sheet = load_workbook(BytesIO(workbook(name, headers, rows, definitions))).worksheets[0]
    assert sheet.max_row == len(rows) + 2
    assert comma_separated(headers, rows).decode("utf-8-sig").splitlines()[0].split(",") == headers


def test_all_duties_go_along_not_the_page_alone(visit: Visit, offered: dict[str, Any], snapshot: Snapshot) -> None:
    visit("obligations", metric="patrol_coverage", grid="city", level="3", month="2026-10")
    (_, rows, _) = offered["义务明细"]
    assert len(rows) == len(obligations(snapshot, Scope(), "patrol_coverage", "city", "2026-10", "3")) > 20


def test_what_is_made_when_it_is_asked_for_speaks_the_language_of_its_page() -> None:
    """A file is made outside the page: whatever language its words had then is kept."""
    with speaking("en"):
        assert _made(lambda: [[say("state_overdue")]], language()) == [["Overdue"]]
    assert _made(lambda: [[say("state_overdue")]], "en") == [["Overdue"]]
    assert say("state_overdue") == "超期未办结"
