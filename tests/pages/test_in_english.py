"""Our own words on a page in English: names of metrics and pages, what a row is to a duty, brackets and separators."""

from __future__ import annotations

import re
from html import unescape

import pytest
from page_text import Visit, html

from dashboards import explain_lists, parts, words
from dashboards.address import Choice
from dashboards.en import UNITS_EN
from dashboards.explain_lists import PAGE_KEYS
from pipelines.reports.catalogue_shown import shown
from pipelines.settings import CODE_ROOT, from_environment
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.catalogued import catalogued
from pipelines.snapshot.walk import obligations

MONTH = "2026-10"
OURS = "（）：、；，"


def _of_ours(text: str, part: str) -> str:
    """What stands in these elements of a page, tags taken off."""
    found = re.findall(part, text, flags=re.DOTALL)
    assert found
    return unescape(re.sub("<[^>]+>", " ", " ".join(found)))


def test_every_page_the_rule_files_name_is_ours_to_name() -> None:
    named = {page for clause in shown(from_environment()).clauses for page in clause.pages}
    assert len(named) > 5
    assert named <= set(PAGE_KEYS)


def test_clauses_and_cards_name_metrics_and_pages_in_english(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_html: list[str] = []
    monkeypatch.setattr(words, "language", lambda: "en")
    monkeypatch.setattr(parts, "show", shown_html.append)
    entries, rules = catalogued(snapshot, Scope()), shown(from_environment())
    choice = Choice(month=MONTH, place="city", level="", metric="", grid="", state="", page=1)
    for draw in (explain_lists.clauses, explain_lists.cards):
        draw(choice, entries, rules)
    text = "".join(shown_html)
    pages = _of_ours(text, r'data-label="Pages">.*?</td>')
    assert "Monthly overview, Grid file, Timeliness" in pages
    assert not re.search("[\u3000-\u9fff]", pages)
    assert text.count(">Rectification on time</a>") > 2  # beside a clause, and on each level's card
    assert "按期整改率" not in text  # of metrics the snapshot lacks only the rule files speak
    assert not set(_of_ours(text, "<caption>.*?</caption>")) & set(OURS)


def test_the_list_of_all_metrics_has_our_own_words_in_english(visit: Visit) -> None:
    page = visit("explain", month=MONTH, lang="en")
    assert not page.exception
    text = html(page)
    assert ">Rectification on time</a>" in text
    assert "按期整改率" not in text
    assert not set(_of_ours(text, r'<tr class="group">.*?</tr>')) & set(OURS)


def test_every_unit_of_the_catalogue_has_its_word() -> None:
    units = set(re.findall('^unit = "(.+)"$', (CODE_ROOT / "sql/metrics.toml").read_text("utf-8"), re.MULTILINE))
    assert len(units) > 10
    assert units - UNITS_EN.keys() == set()


def test_a_row_says_in_english_what_it_is_to_its_duties(visit: Visit, snapshot: Snapshot) -> None:
    duty = next(d for d in obligations(snapshot, Scope(), "rectification", "city", MONTH) if d.duty_row_id)
    page = visit("row", id=duty.duty_row_id, lang="en")
    assert not page.exception
    uses = _of_ours(html(page), r'<p class="use">.*?<small>')
    assert re.search(r"Forms: Rectification on time", uses), uses
    assert not set(uses) & set(OURS)
