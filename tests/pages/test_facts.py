"""The page behind an indicator's number, over a warehouse of literal rows published for the purpose."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from page_text import Visit, html


def test_an_unknown_number_is_told(visit: Visit) -> None:
    page = visit("facts", indicator="nothing", grid="city")
    assert not page.exception
    assert "网址中的数值“nothing”不存在" in html(page)


def test_the_numbers_of_the_demo_open_their_facts(visit: Visit, demo_root: object) -> None:
    text = html(visit("facts", demo_root, indicator="open_overdue", grid="city", month="2026-10"))
    (shown,) = re.findall(r'<p class="xn"><b>(\d+)</b>', text)
    assert int(shown) > 20
    assert text.count("计 1<") == min(int(shown), 50)
    rows = [parse_qs(urlsplit(unescape(target)).query)["id"][0] for target in re.findall(r'href="(row\?[^"]+)"', text)]
    assert rows
    assert "原始单元格" in html(visit("row", demo_root, id=rows[0]))
