"""数据报送 in Debian's chromium: on a desk and on a phone, what is handed out, and how much a choice sends."""

from __future__ import annotations

import re

import openpyxl
import pytest
from playwright.sync_api import expect
from visitor import PHONE, Visitor

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.delivered import returned
from pipelines.snapshot.standing import months
from pipelines.snapshot.submissions import standings

pytestmark = pytest.mark.browser
CITY = Scope()


@pytest.fixture(scope="module")
def back(snapshot: Snapshot) -> tuple[str, str, str]:
    """(month, county, its name) of the newest rows that await correction."""
    found = (
        (month.month, row) for month in reversed(months(snapshot)) for row in returned(snapshot, CITY, month.month)
    )
    month, row = next(found)
    return month, row.county_id, row.county_name


def test_a_county_opens_from_the_matrix_and_hands_out_its_workbook(
    desk: Visitor, snapshot: Snapshot, back: tuple[str, str, str], tmp_path
) -> None:
    month, county, name = back
    page = desk.open(f"/?month={month}")
    page.locator(".st-key-navigation").get_by_role("link", name="数据报送").click()
    page.wait_for_url(re.compile(r"/submissions\?"))
    desk.settle()
    expect(page.locator("h1")).to_have_text("数据报送")
    expect(page.locator(".plain.matrix tbody tr")).to_have_count(9)
    sent = [one for one in standings(snapshot, CITY, (month,), county) if one.files]
    expect(page.locator(".plain.matrix tbody tr").filter(has_text=name).locator("td a small")).to_have_count(len(sent))
    desk.shoot("submissions_desk")
    page.locator(".plain.matrix").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(re.compile(f"county={county}"))
    desk.settle()
    expect(page.locator(".plain.files tbody tr")).not_to_have_count(0)
    desk.shoot("submissions_county_desk")
    with page.expect_download() as handed:
        page.locator(".st-key-get_returned button").click()
    assert re.fullmatch(rf"退回待核_{name}_{month}_\d{{8}}-\d{{4}}\.xlsx", handed.value.suggested_filename)
    handed.value.save_as(tmp_path / "back.xlsx")
    book = openpyxl.load_workbook(tmp_path / "back.xlsx")
    values = {str(cell) for sheet in book.worksheets[1:] for row in sheet.iter_rows(values_only=True) for cell in row}
    found = returned(snapshot, CITY, month, county)
    assert found
    assert all(any(one.message_zh in value for value in values) for one in found)
    with page.expect_download() as blank:
        page.locator(".st-key-get_blank button").click()
    assert blank.value.suggested_filename == "巡查记录（空白）.xlsx"


def test_a_row_that_went_back_opens(phone: Visitor, snapshot: Snapshot, back: tuple[str, str, str]) -> None:
    month, county, _ = back
    page = phone.open(f"/submissions?month={month}&county={county}")
    page.locator(".st-key-returned summary").click()
    page.locator(".plain.returned a").first.click()
    page.wait_for_url(re.compile(r"/row\?id="))
    phone.settle()
    expect(page.locator(".plain.findings .tag.reject").first).to_have_text("退回待核")


@pytest.mark.parametrize("of", ["city", "county"])
def test_a_phone_never_scrolls_sideways(phone: Visitor, back: tuple[str, str, str], of: str) -> None:
    month, county, _ = back
    page = phone.open(f"/submissions?month={month}" + (f"&county={county}" if of == "county" else ""))
    widths = page.evaluate("[document.documentElement.scrollWidth, document.querySelector('.stMain').scrollWidth]")
    assert max(widths) <= PHONE["width"]
    wide = "[...document.querySelectorAll('.wide, .strip')].filter(e => e.scrollWidth > innerWidth).length"
    assert page.evaluate(wide) == 0
    phone.shoot(f"submissions_{of}_phone")


def test_another_month_is_light(desk: Visitor, snapshot: Snapshot, back: tuple[str, str, str]) -> None:
    """45 KB at most before compression, as on the overview."""
    received: list[int] = []
    desk.page.on("websocket", lambda opened: opened.on("framereceived", lambda frame: received.append(len(frame))))
    over = [month.month for month in months(snapshot) if month.is_over]
    page = desk.open(f"/submissions?month={over[-1]}")
    received.clear()
    page.locator(".st-key-w_month input").click()
    page.get_by_role("option", name=f"{over[-2][:4]}年{int(over[-2][5:])}月", exact=True).click()
    page.wait_for_url(re.compile(f"month={over[-2]}"))
    desk.settle()
    assert 3_000 < sum(received) <= 45_000
