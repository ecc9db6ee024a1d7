"""Who stands above a grid on a day: to the day of a handover, by the county above that day, with the departments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from house import RULES, House, patrol, person
from page_text import Visit, html

from pipelines.publish import write_snapshot
from pipelines.seeds import Moment
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.chain import chains
from pipelines.snapshot.standing import figures
from pipelines.snapshot.walk import entries, obligations, state_counts
from pipelines.trace import trace_figure

TOWN = "g430923209"
CITY = Scope()
AS_OF = datetime(2026, 11, 6, 9)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with one build: heads change in the middle of October, the county goes to another unit in November."""
    house = House()
    roster = [
        {**person("示例甲", "田庄乡", "机构负责人"), "valid_to": "2026-10-14"},
        person("示例乙", "田庄乡", "机构负责人", "2026-10-16"),
        person("示例县", "安化县", "网格长"),
        {**person("示例县", "安化县", "网格长", "2026-10-20", kind="请假", deputy="示例代"), "valid_to": "2026-10-31"},
        {**person("示例代二", "田庄乡", "机构负责人", "2026-10-02", kind="代理"), "valid_to": "2026-10-05"},
        person("示例代四", "南金乡", "机构负责人", "2026-10-02", kind="代理"),
        {**person("示例代三", "田庄乡", "机构负责人", "2025-12-01", kind="代理"), "valid_to": "2025-12-31"},
    ]
    house.ledger("person", roster)
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    units = {"level": "一级", "parent": "", "valid_from": "2026-10-16"}
    county = {"code": "430923", "name": "安化县", "level": "二级", "parent": "U2", "departments": ""}
    house.ledger(
        "grid",
        [
            {**units, "code": "U1", "name": "第一网格单元", "departments": "信访科"},
            {**county, "valid_from": "2026-11-01"},
        ],
        county="city",
    )
    house.build()
    folder = tmp_path_factory.mktemp("chain")
    published = folder / "data" / "published"
    moment = Moment("chain0000001", AS_OF, AS_OF, RULES.catalogue.version, "c0de", True)
    write_snapshot(house.con, RULES.published, published, moment)
    return folder


@pytest.fixture(scope="module")
def snapshot(root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(root / "data" / "published")
    yield opened
    opened.close()


def told(snapshot: Snapshot, day: date, scope: Scope = CITY, grid: str = TOWN) -> list[tuple[str, str, str, str]]:
    found = chains(snapshot, scope, ((grid, day),))[(grid, day)]
    return [(link.name, link.person, link.deputy, "、".join(link.departments)) for link in found]


def test_the_chain_is_that_of_the_day(snapshot: Snapshot) -> None:
    county = ("安化县", "示例县", "", "")
    both = ("第一网格单元", "", "", "信访科、直属二大队")
    assert told(snapshot, date(2026, 10, 14)) == [("田庄乡", "示例甲", "", ""), county, both]
    assert told(snapshot, date(2026, 10, 15)) == [("田庄乡", "", "", ""), county, both]
    one = ("第一网格单元", "", "", "信访科")
    assert told(snapshot, date(2026, 10, 16)) == [("田庄乡", "示例乙", "", ""), county, one]
    away = ("安化县", "示例县", "示例代", "")
    assert told(snapshot, date(2026, 10, 31))[1:] == [away, one]
    assert told(snapshot, date(2026, 11, 1))[1:] == [county, ("第二网格单元", "", "", "执法监督科")]
    assert told(snapshot, date(2026, 10, 31), grid="u1") == [one]
    assert told(snapshot, date(2026, 10, 5))[0] == ("田庄乡", "示例甲", "示例代二", "")
    assert told(snapshot, date(2025, 12, 31))[0] == ("田庄乡", "", "示例代三", "")
    assert told(snapshot, date(2025, 11, 30))[0] == ("田庄乡", "", "", "")


def test_behind_a_unit_s_figure_stand_the_duties_of_those_below_it_on_their_day(snapshot: Snapshot) -> None:
    for unit, month in (("u1", "2026-10"), ("u2", "2026-11")):
        figure = figures(snapshot, CITY, "post_filled", unit, month)["all"]
        counts = state_counts(snapshot, CITY, "post_filled", unit, month)
        towns = [d for d in obligations(snapshot, CITY, "post_filled", unit, month) if d.grid_id == TOWN]
        assert len(towns) == 1 and sum(counts.values()) == figure.due + figure.pending + figure.unreported
        assert ("post_filled", unit) in {(one.metric_id, one.grid_id) for one in entries(snapshot, CITY, towns)}
    assert not any(d.grid_id == TOWN for d in obligations(snapshot, CITY, "post_filled", "u2", "2026-10"))
    assert [d.grid_id for d in obligations(snapshot, Scope("u1"), "post_filled", TOWN, "2026-10")] == [TOWN]


def test_a_scope_sees_its_own_part_and_covered_names(snapshot: Snapshot) -> None:
    day = date(2026, 10, 31)
    assert [name for name, *_ in told(snapshot, day, Scope("anhua"))] == ["田庄乡", "安化县"]
    assert chains(snapshot, Scope("nanxian"), ((TOWN, day),)) == {}
    masked = told(snapshot, day, Scope(see_names=False))
    assert [(person_name, deputy) for _, person_name, deputy, _ in masked] == [("示*", ""), ("示*", "示*"), ("", "")]


def test_nothing_asked_is_nothing_told(snapshot: Snapshot) -> None:
    assert chains(snapshot, CITY, ()) == {}


def test_a_duty_shows_the_chain_and_whether_the_post_was_vacant(root: Path, snapshot: Snapshot, visit: Visit) -> None:
    (duty,) = obligations(snapshot, CITY, "post_filled", TOWN, "2026-10")
    assert (duty.state, duty.subject_text, duty.is_roster_sent) == ("overdue", "机构负责人每天有人在岗", True)
    text = html(visit("obligations", root, metric="post_filled", grid=TOWN, level="3", month="2026-10"))
    assert "缺 1 天，最早 2026-10-15（名册未列）" in text
    above = "三级 田庄乡 示例乙 → 二级 安化县 示例县（代理 示例代） → 一级 第一网格单元 （无人在岗）（信访科）"
    assert f"责任链　{above}" in text
    lines = "\n".join(trace_figure(snapshot, "post_filled", TOWN, "2026-10"))
    assert "责任链 三级网格 田庄乡 示例乙 → 二级网格 安化县 示例县（代理 示例代） → 一级网格 第一网格单元" in lines


def test_a_vacant_post_and_a_roster_never_sent_are_told_apart(root: Path, visit: Visit) -> None:
    listed = html(visit("obligations", root, metric="post_filled", grid="g430923106", level="3", month="2026-10"))
    assert "到期日无人在岗（名册未列机构负责人）" in listed
    silent = html(visit("obligations", root, metric="post_filled", grid="nanxian", level="2", month="2026-10"))
    assert "名册未报，到期日在岗人不明" in silent and "无人在岗（名册" not in silent


def test_a_vacant_post_that_somebody_acts_in_is_not_called_empty(root: Path, snapshot: Snapshot, visit: Visit) -> None:
    found = html(visit("obligations", root, metric="post_filled", grid="g430923211", level="3", month="2026-10"))
    assert "到期日由 示例代四 代理（机构负责人空缺）" in found and "无人在岗（名册" not in found
    assert "三级 南金乡 （代理 示例代四） → 二级 安化县" in found
    lines = "\n".join(trace_figure(snapshot, "post_filled", "g430923211", "2026-10"))
    assert "到期日在岗人 空缺，代理人 示例代四" in lines


@pytest.mark.parametrize(
    ("metric", "month", "text"),
    [
        ("five_fixed", "2026-12", "定区域（2026 年）"),
        ("post_filled", "2026-10", "机构负责人每天有人在岗"),
    ],
)
def test_what_is_owed_is_said_in_words(root: Path, visit: Visit, metric: str, month: str, text: str) -> None:
    assert text in html(visit("obligations", root, metric=metric, grid=TOWN, level="3", month=month))
