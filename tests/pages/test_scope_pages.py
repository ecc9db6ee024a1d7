"""Every page and parameter under a scope: nothing of anybody else, no full name where names are hidden, no link that
forgets the scope. A server that others can reach hears of no scope at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from google.protobuf import text_format
from page_text import Visit, html, links
from streamlit import config
from streamlit.testing.v1 import AppTest
from test_scope import ANHUA, METRICS, MONTH, TOWN, UNIT, strangers_in
from tiny_rows import PEOPLE, grids
from tiny_snapshot import COUNTIES

from dashboards import parts, scopes
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.walk import obligations

DASHBOARDS = Path(parts.__file__).parent
REGISTERED = re.findall(r"st\.Page\(parts\.(\w+)", (DASHBOARDS / "app.py").read_text("utf-8"))
PAGES = [Path(getattr(parts, name)).stem for name in REGISTERED]
NAMES = [*(person["name"] for person in PEOPLE), "李示例", "13900000000"]
# What a visitor may ask for, of others' places too.
ASKED: list[dict[str, str]] = [
    {"county": "heshan", "grid": "g430903001"},
    *({"metric": metric, "grid": grid, "level": "all"} for metric in METRICS for grid in ("anhua", "g430923122")),
    {"county": "datonghu", "month": "2026-09", "state": "unreported"},
    {"county": "detachment", "month": "2026-11", "span": "year", "indicator": "open_overdue"},
]
Told = Callable[[], str]


@pytest.fixture
def bound() -> Iterator[Callable[[str | None], None]]:
    """Bind the server to an address; to this machine before anything is said."""
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield lambda address: config.set_option("server.address", address)
    config.set_option("server.address", before)


@pytest.fixture
def told(bound: object, monkeypatch: pytest.MonkeyPatch) -> Told:
    """All drawers stand open; what can be taken away since the last question is told as text."""
    taken: list[str] = []

    @contextmanager
    def opened(_title: str, key: str) -> Iterator[bool]:
        yield True

    def kept(*given: object) -> None:
        taken.append(str(given[1:]))

    monkeypatch.setattr("dashboards.parts.drawer", opened)
    monkeypatch.setattr("dashboards.downloads.offer", kept)

    def since() -> str:
        text = "\n".join(taken)
        taken.clear()
        return text

    return since


@pytest.mark.parametrize("page", PAGES)
def test_a_county_without_names_sees_nothing_of_others(visit: Visit, told: Told, snapshot: Snapshot, page: str) -> None:
    row_ids = [obligations(snapshot, Scope(), "rectification", at, MONTH)[0].duty_row_id for at in ("anhua", "heshan")]
    asked = [{"id": row_id} for row_id in row_ids] if page == "row" else ASKED
    shown = visit(page, view="anhua", names="0", month=MONTH, **asked[0])
    told()  # the way there began on the overview, under no scope
    for query in asked:
        shown.query_params.clear()
        shown.query_params.update({"view": "anhua", "names": "0", "month": MONTH, **query})
        shown.run()
        assert not shown.exception, query
        text = everything(shown) + told()
        assert strangers_in(text, ANHUA) | strange_ids(text, query) == set(), query
        assert [name for name in NAMES if name in text] == [], query
        assert "当前按“安化县”的查看范围显示，人名已隐去" in text
        assert forgetful(shown, "view=anhua", "names=0") == [], query


@pytest.mark.parametrize("scope", [TOWN, UNIT], ids=["township", "unit"])
@pytest.mark.parametrize("page", [page for page in PAGES if page != "row"])
def test_other_scopes_see_their_own(visit: Visit, told: Told, scope: Scope, page: str) -> None:
    shown = visit(page, view=scope.grid_id, month=MONTH)
    told()  # the way there began on the overview, under no scope
    shown.run()
    assert not shown.exception
    text = everything(shown) + told()
    assert next(grid["name"] for grid in grids() if grid["grid_id"] == scope.grid_id) in text
    assert strangers_in(text, scope) == set()


def test_the_whole_city_shows_what_the_others_must_not(visit: Visit, told: Told) -> None:
    text = everything(visit("obligations", month=MONTH, metric="rectification"))
    assert strangers_in(text, ANHUA) and strange_ids(text, {})
    assert any(name in text for name in NAMES)
    assert "查看范围显示" not in text


def test_an_unknown_scope_is_told_and_goes_no_further(visit: Visit, bound: object) -> None:
    shown = visit(view="' or 1=1 --", names="yes", month=MONTH)
    text = html(shown)
    assert "网址中的查看范围“&#x27; or 1=1 --”不存在，已改为全市" in text
    assert "无法识别，已隐去人名" in text
    assert shown.query_params == {"month": MONTH, "names": "0"}
    assert "示例甲一" not in text and "示*" in text
    assert forgetful(shown, "names=0") == []


def test_a_server_others_can_reach_hears_of_no_scope(
    visit: Visit, told: Told, bound: Callable[[str | None], None]
) -> None:
    bound("0.0.0.0")
    shown = visit(view="anhua", names="0", month=MONTH)
    text = everything(shown)
    assert strangers_in(text, ANHUA) and "示例甲一" in text
    assert "查看范围" not in text and "view=" not in text


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        *((own, True) for own in ("127.0.0.1", "localhost", "::1", "127.0.0.2")),
        *((other, False) for other in (None, "", "0.0.0.0", "192.168.1.20", "example.invalid", "::")),
    ],
)
def test_what_is_bound_to_this_machine_alone(
    bound: Callable[[str | None], None], address: str | None, is_own: bool
) -> None:
    bound(address)
    assert scopes.is_loopback() is is_own


def test_the_switch_writes_into_the_address(visit: Visit, told: Told) -> None:
    shown = visit(month=MONTH, county="heshan", metric="rectification")
    shown.selectbox(key="w_view").set_value("anhua").run()
    assert shown.query_params == {"month": MONTH, "metric": "rectification", "view": "anhua"}
    shown.toggle(key="w_names").set_value(False).run()
    assert shown.query_params == {"month": MONTH, "metric": "rectification", "view": "anhua", "names": "0"}
    assert "当前按“安化县”的查看范围显示，人名已隐去" in html(shown)
    shown.selectbox(key="w_view").set_value("city").run()
    assert shown.query_params == {"month": MONTH, "metric": "rectification", "names": "0"}


def test_links_are_drawn_in_one_place() -> None:
    found = [
        path.name
        for path in DASHBOARDS.rglob("*.py")
        if path.name not in ("parts.py", "frame.py", "scopes.py")
        and re.search(r"\bst\.(html|page_link|link_button|markdown|switch_page)\(", path.read_text("utf-8"))
    ]
    assert found == []


def everything(shown: AppTest) -> str:
    """All that a page sends: words, options, figures, links."""
    protos = [element.proto for element in shown if getattr(element, "proto", None) is not None]
    return unquote(unescape("\n".join(text_format.MessageToString(proto, as_utf8=True) for proto in protos)))


def strange_ids(text: str, query: dict[str, str]) -> set[str]:
    """Rows and links of other counties; what the visitor typed himself is told back and no find."""
    others = [county for county in COUNTIES if county not in ("anhua", "city", *query.values())]
    rows = re.findall(rf"\b(?:{'|'.join(others)})/\d{{4}}-\d\d", text.replace(query.get("id", "\0"), ""))
    return {*rows, *re.findall(rf"\b(?:grid|county|view)=(?:{'|'.join(others)})\b", text)}


def forgetful(shown: AppTest, *kept: str) -> list[str]:
    """Links of a page that do not keep the scope."""
    targets = [unescape(target) for target in re.findall(r'href="([^"]*)"', html(shown))]
    targets += [query for _, _, query in links(shown)]
    assert targets
    return [target for target in targets if not all(part in target for part in kept)]


def test_who_sees_a_township_alone_is_told_what_its_county_did_not_send(visit: Visit, bound: object) -> None:
    text = html(visit(view="g430971121", month="2026-10"))
    assert "未报送台账 2 张" in text
    assert "未报送：大通湖区（巡查记录、问题台账）" in text
    assert "所需台账均已送达" not in text
    assert "退回情况只有报送单位看得到" in text
    assert "退回待核 0 行" not in text
