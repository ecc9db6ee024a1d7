"""Every text a page asks for exists, every text that exists is asked for, and none is left in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboards.words import LANGUAGES, ZH, month_words, say

PAGES = Path(__file__).resolve().parents[2] / "dashboards"


def _asked() -> tuple[set[str], set[str]]:
    """Keys written out in a call of say(…) or kept in a constant, and the fixed beginnings of composed ones."""
    whole, beginnings = set(), set()
    for path in PAGES.rglob("*.py"):
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


def test_no_english_left() -> None:
    allowed = {"CSV", "SHA", "id", "make", "run", "build", "gridpatrol", "status"}
    for key, text in ZH.items():
        words = set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", text)))
        assert words <= allowed, (key, words - allowed)


def test_say_fills_in_and_refuses_what_nobody_wrote() -> None:
    assert say("count", state="未报送", n=3) == "未报送 3"
    assert month_words("2026-05") == "2026年5月"
    assert month_words("2026-11", is_open=True) == "2026年11月（未结束）"
    with pytest.raises(KeyError):
        say("no such text")
