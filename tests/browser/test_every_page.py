"""Every page that can be navigated to, in chromium, on a desk and on a phone, in both languages: it stands, asks no
other host, fits its width, breaks no rule of axe-core, and takes whatever a visitor types into its address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from visitor import PHONE, Visitor

from pipelines.settings import CODE_ROOT
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.standing import months
from pipelines.snapshot.walk import obligations

pytestmark = pytest.mark.browser
APP = (CODE_ROOT / "dashboards" / "app.py").read_text("utf-8")
PATHS = ["", *re.findall(r'url_path="(\w+)"', APP)]
HOSTILE = "month=%3Cimg%20src=x%20onerror=alert(1)%3E&county=..%2F..&grid='%20or%201=1&metric=%3Cb%3E&level=%27&page=-1"
LATIN = re.compile(r"[A-Za-z]{4,}(?: [A-Za-z]{3,}){2,}")
# What may stand in Latin letters on a Chinese page: a command, names of files, rows and builds.
MAY_STAND = re.compile(r"make run|make build|data/|SHA-256|[0-9a-f]{8,}")

# Labels of stacked cells that are higher than their cell, or text that stands on its label.
OVERPRINTED = """() => [...document.querySelectorAll('.stacks td[data-label]')].filter(cell => {
  const label = getComputedStyle(cell, '::before'), box = cell.getBoundingClientRect()
  if (!box.height || label.display === 'none') return false
  const text = document.createRange()
  text.selectNodeContents(cell)
  const right = box.left + parseFloat(getComputedStyle(cell).paddingLeft) + parseFloat(label.marginLeft || 0)
    + parseFloat(label.width)
  const next = cell.nextElementSibling?.getBoundingClientRect()
  return parseFloat(label.height) > box.height + 1 || cell.scrollHeight > cell.clientHeight + 1
    || [...text.getClientRects()].some(one => one.width > 1 && one.left < right - 1)
    || (next?.height && next.top < box.bottom - 1)
}).map(cell => `${cell.closest('table').className}: ${cell.dataset.label}`)"""


def query_of(path: str, snapshot: Snapshot) -> str:
    """A page with something on it: the last month that is over, a county, a row."""
    month = [one.month for one in months(snapshot) if one.is_over][-1]
    if path == "row":
        duty = next(d for d in obligations(snapshot, Scope(), "rectification", "city", month) if d.duty_row_id)
        return f"id={duty.duty_row_id.replace('#', '%23')}"
    if path == "facts":
        return f"indicator=open_overdue&grid=city&month={month}"
    grid = "&grid=anhua" if path in ("grid", "timeliness", "history", "obligations", "self_evaluation") else ""
    return f"month={month}{grid}" + ("&metric=rectification" if path == "obligations" else "")


def broken_rules(visitor: Visitor) -> list[str]:
    """What axe-core calls serious or critical, with the first element of each."""
    found = Axe().run(visitor.page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_on_a_desk_in_both_languages(desk: Visitor, snapshot: Snapshot, path: str) -> None:
    query = query_of(path, snapshot)
    page = desk.open(f"/{path}?{query}")
    assert page.locator("h1").inner_text()
    expect(page.locator("[data-testid='stException']")).to_have_count(0)
    assert broken_rules(desk) == []
    left = [text for text in LATIN.findall(page.locator(".stMain").inner_text()) if not MAY_STAND.search(text)]
    assert left == []
    desk.shoot(f"{path or 'overview'}_desk")
    english = desk.open(f"/{path}?{query}&lang=en")
    assert re.search("[A-Za-z]{4,}", english.locator("h1").inner_text())
    carried = english.locator("[class*='st-key-navigation'] a").all()
    assert all("lang=en" in str(link.get_attribute("href")) for link in carried)
    desk.shoot(f"{path or 'overview'}_english")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_on_a_phone_and_with_a_hostile_address(phone: Visitor, snapshot: Snapshot, path: str) -> None:
    query = query_of(path, snapshot)
    phone.open(f"/{path}?{query}&lang=en")
    assert phone.page.evaluate(OVERPRINTED) == []
    page = phone.open(f"/{path}?{query}")
    assert page.evaluate(OVERPRINTED) == []
    widths = page.evaluate("[document.documentElement.scrollWidth, document.querySelector('.stMain').scrollWidth]")
    assert max(widths) <= PHONE["width"]
    assert broken_rules(phone) == []
    phone.shoot(f"{path or 'overview'}_phone")
    page = phone.open(f"/{path}?{HOSTILE}&id=%27%20or%201=1&indicator=%3Ci%3E&day=2026-99-99&site=%3Cb%3E&year=x")
    expect(page.locator("[data-testid='stException'], [data-testid='stAlert']")).to_have_count(0)
    assert page.locator("img[src='x']").count() == 0
    assert Path(page.url.split("?")[0]).name in (path, page.url.split("/")[2])
