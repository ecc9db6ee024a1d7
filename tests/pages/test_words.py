"""Every text a page asks for exists, every text that exists is asked for, and none is left in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
import streamlit
from page_text import Visit, html, links

from dashboards.words import LANGUAGES, ZH, month_words, say
from pipelines.snapshot.timeliness import BANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "dashboards"
# Asks for words on behalf of a page.
OWED = ROOT / "pipelines/snapshot/owed.py"


def test_the_boxes_of_ages_do_not_overlap() -> None:
    """As sql/indicators/open_overdue.sql cuts them: days <= 7, <= 30, <= 90, else."""
    assert [ZH[f"band_{band}"] for band in BANDS] == ["0—7 日", "8—30 日", "31—90 日", "91 日以上"]
    (named,) = re.findall(
        'id = "open_overdue_over_90"\nzh = "(.*)"', (PAGES.parent / "sql/metrics.toml").read_text("utf-8")
    )
    assert named == "超期未办结件数（超过 90 日）"


def _asked() -> tuple[set[str], set[str]]:
    """Keys written out in a call of say(…) or kept in a constant, and the fixed beginnings of composed ones."""
    whole, beginnings = set(), set()
    for path in (*PAGES.rglob("*.py"), OWED):
        if path.name.endswith("words.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ZH:
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return whole, beginnings


def _said() -> list[tuple[str, str]]:
    return [
        (path.name, node.args[0].value)
        for path in PAGES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and isinstance(node.args[0], ast.Constant)
    ]


def test_every_key_asked_for_exists() -> None:
    said = _said()
    assert len(said) > 80
    assert [(name, key) for name, key in said if key not in ZH] == []


def test_every_text_is_asked_for() -> None:
    whole, beginnings = _asked()
    composed = tuple(beginning for beginning in beginnings if len(beginning) > 3)
    assert [
        key for key in ZH if key not in whole and not key.startswith(composed) and key not in ("month", "month_open")
    ] == []


def test_all_languages_have_the_same_keys() -> None:
    assert all(set(texts) == set(ZH) for texts in LANGUAGES.values())


def test_all_languages_fill_in_the_same_values() -> None:
    def asked(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for texts in LANGUAGES.values():
        assert {key: asked(text) for key, text in texts.items()} == {key: asked(text) for key, text in ZH.items()}


def test_a_page_in_english_says_so_and_its_links_go_on_in_english(visit: Visit) -> None:
    page = visit(lang="en")
    assert not page.exception
    text = html(page)
    assert "Needs attention" in text
    assert "需要关注" not in text
    assert "Below target 100%" in text
    assert all("lang=en" in query for _, _, query in links(page))
    hrefs = re.findall(r'href="((?:obligations|facts|submissions|row)[^"]*)"', text)
    assert hrefs
    assert all("lang=en" in href for href in hrefs)


def test_a_language_nobody_speaks_is_told_and_chinese_shown(visit: Visit) -> None:
    text = html(visit(lang="fr"))
    assert "网址中的语言“fr”已略去" in text
    assert "需要关注" in text


def test_no_english_left() -> None:
    allowed = {"CSV", "SHA", "id", "make", "run", "build", "gridpatrol", "status", "en"}
    for key, text in ZH.items():
        words = set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", text)))
        assert words <= allowed, (key, words - allowed)


def test_say_fills_in_and_refuses_what_nobody_wrote() -> None:
    assert say("count", state="未报送", n=3) == "未报送 3"
    assert month_words("2026-05") == "2026年5月"
    assert month_words("2026-11", is_open=True) == "2026年11月（未结束）"
    with pytest.raises(KeyError):
        say("no such text")


def test_that_a_page_is_being_computed_can_be_said(visit: Visit) -> None:
    """The style sheet shows the line by a mark of Streamlit's own, which another release may drop."""
    said = re.findall('class="working"[^>]*visibility:hidden[^>]*>([^<]*)<', html(visit("row", lang="en")))
    assert said == ["Computing, please wait"]
    mark = re.findall(r"\[([a-z-]+)=", (PAGES / "page.css").read_text("utf-8").split(".stApp:is(")[1].split(")")[0])
    assert set(mark) == {"data-test-script-state"}
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("index.*.js")
    assert any(mark[0] in script.read_text("utf-8") for script in scripts)
