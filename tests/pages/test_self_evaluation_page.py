"""年度自评: what its readers say of literal rows, with whom it says to speak, and that every number leads on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import self_rows
from page_text import Visit, html
from streamlit.testing.v1 import AppTest
from tiny_rows import BLIND_TOWN, DONGPING, JIANGNAN

from dashboards import downloads, self_links, self_matrix
from dashboards import figures_self as draw
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.self_agreement import Agreement, Pair, agreements, pairs
from pipelines.snapshot.self_measures import counted, still_open
from pipelines.snapshot.self_talks import KINDS, InCharge, talks
from pipelines.snapshot.self_year import Year, aligned, evaluated, groups, not_compared, years

CITY, ANHUA, HESHAN = Scope(), Scope("anhua"), Scope("heshan")
UNNAMED = Scope(see_names=False)


@pytest.fixture(scope="module")
def self_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("self")
    self_rows.write(folder)
    return folder


@pytest.fixture(scope="module")
def found(self_root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(self_root / "data" / "published")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def county(self_root: Path) -> str:
    """The page of 安化县, run once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDPATROL_ROOT", str(self_root))
        app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "dashboards" / "app.py"), default_timeout=30)
        app.run()
        app.switch_page("pages/self_evaluation.py")
        app.query_params.update({"year": "2025", "grid": "anhua"})
        page = app.run()
        assert not page.exception
        return html(page)


def targets(text: str, name: str) -> list[dict[str, str]]:
    """The query of every link to another page."""
    links = re.findall(rf'href="({name}\?[^"]+)"', text)
    return [{key: value[0] for key, value in parse_qs(urlsplit(unescape(link)).query).items()} for link in links]


def test_who_owed_and_sent(found: Snapshot) -> None:
    whole = evaluated(found, CITY, "city", 2025)
    states = {one.grid_id: one.sent.state for one in whole if one.sent}
    assert states == {grid: state for grid, _, _, state in self_rows.SENDERS}
    sent = next(one.sent for one in whole if one.grid_id == "anhua")
    assert sent is not None
    assert (sent.path.rpartition("/")[2], sent.row_number) == ("problem.xlsx", 2)
    by_head = {group.head.grid_id: dict(group.states) for group in groups(whole) if group.head}
    assert by_head == {"u1": {}, "anhua": {"late": 1, "overdue": 1}, "heshan": {"unreported": 1}}
    assert years(found, CITY) == (Year(2025, True),)
    assert evaluated(found, CITY, "city", 2023) == ()
    (alone,) = groups(evaluated(found, CITY, DONGPING, 2025))
    assert (alone.head, len(alone.below)) == (None, 1)


def test_items_stand_beside_what_is_computed(found: Snapshot) -> None:
    whole = {one.grid_id: one for one in evaluated(found, CITY, "city", 2025)}
    county = whole["anhua"]
    assert {item.item: (item.whole, item.gap) for item in county.items} == {
        "整改": (20, 40.0),
        "巡查与整改": (12, -20.0),
        "<b>特色</b>": (0, None),
        "登记": (3, None),
    }
    assert (county.mean.gap, county.mean.compared) == (10.0, 2)
    assert (whole[DONGPING].mean.gap, whole[JIANGNAN].items) == (None, ())
    assert not_compared(whole.values()) == {
        "no_metric": 1,
        "not_due": 1,
        "small": 2,
        "no_score": 1,
        "receipt_only": 1,
    }


def test_items_are_aligned_by_metric_not_by_wording(found: Snapshot) -> None:
    whole = {one.grid_id: one for one in evaluated(found, CITY, "city", 2025)}
    columns = {one.metrics: one for one in aligned(whole.values())}
    assert {metrics: one.grids for metrics, one in columns.items()} == {
        "rectification": 2,
        "patrol_coverage、rectification": 1,
        "problem_registration": 1,
        "patrol_coverage": 1,
    }
    assert next(iter(columns)) == "rectification"
    rectified, both = columns["rectification"], columns["patrol_coverage、rectification"]
    assert [item.item for item in rectified.own(whole["anhua"])] == ["整改"]
    assert [item.item for item in rectified.own(whole[DONGPING])] == ["1、问题整改", "2、销号"]
    assert [item.item for item in columns["patrol_coverage"].touching(whole["anhua"])] == ["巡查与整改"]
    assert {item.item for item in both.touching(whole[DONGPING])} == {"1、问题整改", "2、销号", "巡查"}
    registered = columns["problem_registration"]
    assert registered.own(whole[DONGPING]) == registered.touching(whole[DONGPING]) == ()


def matrix(text: str) -> dict[str, dict[str, str]]:
    """What the table grid by metric says, without its marks."""
    table = re.search(r'<table class="plain self-matrix.*?</table>', text, re.DOTALL)
    assert table
    told: dict[str, dict[str, str]] = {}
    for line in re.findall(r"<tr><td.*?</tr>", table[0], re.DOTALL):
        cells = re.findall(r'<td data-label="(.*?)">(.*?)</td>', line, re.DOTALL)
        (_, grid), *rest = [(head, re.sub(r"<[^>]+>", "", html_)) for head, html_ in cells]
        told[grid] = dict(rest)
    return told


def test_grids_that_word_a_metric_differently_stand_in_one_column(county: str) -> None:
    told = matrix(county)
    own, town, silent = told["安化县"], told["东坪镇"], told["江南镇"]
    assert "+40.0 自评 100.0%，所算 12/20" in own["按期整改率"]
    assert "“整改”" in own["按期整改率"]
    assert "应办太少 1/2 “1、问题整改”" in town["按期整改率"]
    assert "没有可用的得分 1/2 “2、销号”" in town["按期整改率"]
    assert not {"整改", "1、问题整改", "2、销号", "<b>特色</b>", "&lt;b&gt;特色&lt;/b&gt;"} & set(own)
    assert set(silent.values()) == {"逾期未报"}


def test_only_a_metric_that_no_item_answers_to_is_not_listed(county: str) -> None:
    told = matrix(county)
    where = [(grid, metric) for grid, line in told.items() for metric, cell in line.items() if cell == "自评没有列"]
    assert where == [("东坪镇", "问题登记及时率")]
    assert told["安化县"]["巡查覆盖率"] == "另在“巡查与整改”中自评"
    together = next(cell for metric, cell in told["东坪镇"].items() if "、" in metric)
    assert re.fullmatch("另在(“[^”]+”、?){3}中自评", together)
    assert "没有对应指标的 1 项不成栏，见下面逐项：“&lt;b&gt;特色&lt;/b&gt;” 1 项。" in county


def test_a_metric_without_room_is_named_and_taken_away_all_the_same(
    visit: Visit, self_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {}

    def offer(_door: object, name: str, heads: Sequence[str], rows: Sequence[Sequence[object]], _about: object) -> None:
        taken[name.split("　")[0]] = (heads, rows)

    monkeypatch.setattr(downloads, "offer", offer)
    monkeypatch.setattr(self_matrix, "COLUMNS", 1)
    text = html(visit("self_evaluation", self_root, year="2025", grid="anhua"))
    assert list(matrix(text)["安化县"]) == ["按期整改率"]
    assert "另有网格列了、上面没有成栏的指标：" in text
    assert "问题登记及时率（1 个网格）" in text
    heads, rows = taken["自评与所算对照"]
    of_grid = {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in rows}
    assert of_grid["安化县"]["按期整改率"] == "偏差 +40.0，自评 100.0%，所算 12/20 “整改”"
    assert of_grid["东坪镇"]["按期整改率"] == "应办太少 1/2 “1、问题整改”；没有可用的得分 1/2 “2、销号”"
    assert of_grid["东坪镇"]["问题登记及时率"] == "自评没有列"
    heads, rows = taken["自评与所算"]
    metrics = {line[heads.index("项目")]: line[heads.index("对应指标")] for line in rows}
    assert metrics["1、问题整改"] == metrics["整改"] == "按期整改率"
    assert metrics["<b>特色</b>"] == "—"


def test_pairs_are_the_means_of_what_was_compared(found: Snapshot) -> None:
    (one,) = pairs(found, CITY, "county", "anhua", 2025)
    told = (one.grid_id, one.items, one.self_percent, one.computed_percent, one.mean, one.difference)
    assert told == ("anhua", 2, pytest.approx(90.0), pytest.approx(80.0), pytest.approx(85.0), pytest.approx(10.0))
    assert pairs(found, CITY, "level", "3", 2025) == ()
    whole, of_county = agreements(found, CITY, 2025)
    assert (whole.scope_kind, whole.is_few, whole.is_outside(99.0)) == ("all", True, False)
    assert (of_county.is_few, of_county.is_outside(9.5), of_county.is_outside(-8.0)) == (False, True, False)
    # A county sees its own line alone.
    assert [one.scope for one in agreements(found, ANHUA, 2025)] == ["anhua"]


def test_conversations_come_by_consequence(found: Snapshot) -> None:
    told = talks(found, CITY, "city", 2025)
    assert [(one.kind, one.head_id) for one in told] == [
        ("silent", "heshan"),
        ("missing", "anhua"),
        ("over", "anhua"),
        ("undone", "anhua"),
        ("undefined", "anhua"),
        ("wordless", "u1"),
        ("late", "anhua"),
        ("under", "anhua"),
    ]
    by_kind = {one.kind: one for one in told}
    assert [grid.grid_id for grid in by_kind["silent"].grids] == ["heshan", BLIND_TOWN]
    assert [item.item for item in by_kind["over"].items] == ["整改"]
    assert by_kind["over"].excess == pytest.approx(8.0)  # of 20 duties, 40 points
    assert [(one.period, one.days_over) for one in by_kind["undone"].measures] == [("2025-06", 494)]
    # The evaluation was sent in 2026 by who is still there; the measure fell due under who was before.
    assert by_kind["over"].person == InCharge("王示例")
    assert by_kind["undone"].day == date(2025, 6, 30)
    assert by_kind["undone"].person == InCharge("前示例", "", "王示例", date(2026, 1, 1))
    assert by_kind["silent"].person.name == ""
    assert set(by_kind) <= set(KINDS)


def test_a_year_without_anything_has_no_conversation(found: Snapshot) -> None:
    assert talks(found, CITY, "city", 2022) == ()


def test_measures_by_the_year_they_fall_due(found: Snapshot) -> None:
    (done,) = counted(found, CITY, "city", 2025)
    assert (done.metric_id, done.grid_id, done.on_time, done.due) == ("improvement_done", "anhua", 3, 4)
    assert [one.grid_id for one in still_open(found, CITY, "city", 2025)] == ["anhua"]
    assert [(one.grid_id, one.metric_id) for one in still_open(found, CITY, "anhua", 2026)] == [
        (DONGPING, "improvement_defined")
    ]


def test_no_reader_leaves_its_scope_or_names_anybody(found: Snapshot) -> None:
    assert {one.county_id for one in evaluated(found, HESHAN, "city", 2025)} <= {"heshan"}
    assert evaluated(found, HESHAN, "anhua", 2025) == ()
    assert pairs(found, HESHAN, "all", "all", 2025) == agreements(found, HESHAN, 2025) == ()
    assert counted(found, HESHAN, "anhua", 2025) == still_open(found, HESHAN, "anhua", 2025) == ()
    assert [one.head_id for one in talks(found, HESHAN, "city", 2025)] == ["heshan"]
    covered = talks(found, UNNAMED, "city", 2025)
    texts = [one.person.name for one in covered] + [m.owner + m.shortfall for one in covered for m in one.measures]
    assert "王*" in texts
    assert not [text for text in texts if "王示例" in text or self_rows.OWNER in text]


def test_the_county_page_tells_the_year(county: str) -> None:
    assert "2025 年度自评　安化县" in county
    assert "网格长 王示例" in county
    assert "“整改”自评 100.0%，所算" in county
    assert "高 40.0 个百分点" in county
    assert "低 20.0 个百分点" in county
    assert "所算 &lt;b&gt;" not in county  # escaped once
    assert "&lt;b&gt;特色&lt;/b&gt;" in county
    assert "<b>特色</b>" not in county
    assert "无对应指标" in county
    assert "全年得分 61.2（关注）　同级可比 8 个网格中在第 2—5 名之间" in county
    assert "网格例会" in county
    assert "往年制度" not in county
    assert "约谈" in county
    assert "界限之外" in county


def test_every_number_opens_its_duties(county: str) -> None:
    opened = targets(county, "obligations")
    year = {"month": "2025-06", "span": "year", "level": "2", "grid": "anhua"}
    assert {**year, "metric": "rectification"} in opened
    assert {**year, "metric": "patrol_coverage"} in opened  # one item, two metrics
    owed = {"month": "2026-01", "metric": self_rows.SENT}
    assert {**owed, "grid": JIANGNAN, "level": "3"} in opened
    assert {**owed, "grid": "anhua", "level": "all", "state": "overdue"} in opened
    done = {"month": "2025-06", "span": "year", "level": "all", "grid": "anhua", "metric": "improvement_done"}
    assert {**done, "state": "overdue"} in opened
    assert {query["id"] for query in targets(county, "row")} >= {"r/k", "r/a"}


def test_a_county_that_sent_nothing_says_so(visit: Visit, self_root: Path) -> None:
    page = visit("self_evaluation", self_root, grid="heshan")
    assert not page.exception
    text = html(page)
    assert "整个单位没有报来自评" in text
    assert "所选网格没有报来自评项目。" in text
    assert "赫山区各网格没有一个网格比较得了" in text
    assert "全年没有可评的得分。" in text


def test_hostile_addresses_give_a_friendly_page(visit: Visit, self_root: Path) -> None:
    page = visit("self_evaluation", self_root, year="<b>x", grid="' or 1=1")
    assert not page.exception
    text = html(page)
    assert "网址中的年度“&lt;b&gt;x”没有自评，已改为 2025 年。" in text
    assert "<b>x" not in text
    assert "2025 年度自评　全市" in text
    assert "全部网格只有 2 个网格比较得了，不足 10 个" in text
    labels = [button.proto.label for button in page.get("download_button")]
    assert len(labels) == len(set(labels))
    assert {label[-3:] for label in labels} == {"说明）", "CSV"}


def test_many_places_stand_behind_a_title(visit: Visit, self_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = "anhua 缺了什么"  # of the county's own line
    assert missing in html(visit("self_evaluation", self_root, grid="city"))
    monkeypatch.setattr(self_links, "FEW", 0)
    page = visit("self_evaluation", self_root, grid="city")
    assert "各区县与支队之内的一致性　1 个" in [one.label for one in page.expander]
    assert missing not in html(page)
    assert "all 缺了什么" in html(page)


def test_nothing_sent_yet_is_a_page_too(visit: Visit) -> None:
    page = visit("self_evaluation")
    assert not page.exception
    assert "还没有哪一年的自评" in html(page)


def _drawn(n: int) -> tuple[list[str], int]:
    found = Agreement("all", "all", n, 5.0, 4.0, 6.0, -8.0, 9.0, None, None, None, "")
    dots = tuple(Pair(f"g{k}", f"示例{k}", "", 3, 1, 90.0, 80.0, 85.0, float(k)) for k in range(n))
    figure = draw.agreement(found, dots, "g0")
    return [str(trace.name) for trace in figure.data], len(figure.layout.shapes)


def test_limits_are_drawn_of_enough_grids_only() -> None:
    assert _drawn(9) == (["三级", "所选网格"], 1)  # the zero line alone
    assert _drawn(12) == (["三级", "界限之外", "所选网格"], 4)
