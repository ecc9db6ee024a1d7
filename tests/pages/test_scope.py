"""A scope sees its own grid and below, whatever it asks for; masked names appear nowhere."""

from __future__ import annotations

import re
from functools import cache

import pytest
from tiny_rows import DONGPING, PEOPLE, grids, paths
from tiny_snapshot import COUNTIES

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.alarms import causes, file_findings, odd_sheets, unread
from pipelines.snapshot.beside import beside
from pipelines.snapshot.changes import changes
from pipelines.snapshot.delivered import absent, returned, totals, unreported
from pipelines.snapshot.evidence import (
    UnknownRowError,
    credits_of,
    findings_of,
    revisions_of,
    source_row,
)
from pipelines.snapshot.mask import Mask, mask_name
from pipelines.snapshot.measurable import blind_grids, measured
from pipelines.snapshot.reconciled import reconciled
from pipelines.snapshot.senders import senders_above
from pipelines.snapshot.sent_back import sent_back
from pipelines.snapshot.standing import figures, places, series, tiles
from pipelines.snapshot.submissions import lacking, lacking_above, sent_files, standings
from pipelines.snapshot.walk import entries, obligations, obligations_of_row, state_counts

CITY, ANHUA, TOWN, UNIT = Scope(), Scope("anhua"), Scope(DONGPING), Scope("u1")
METRICS = ("patrol_coverage", "rectification")
MONTH = "2026-10"


def test_a_county_sees_only_its_own_numbers(snapshot: Snapshot) -> None:
    assert {place.county_id for place in places(snapshot, ANHUA)} == {"anhua"}
    for metric in METRICS:
        for other in ("city", "u1", "heshan", "g430903001"):
            assert figures(snapshot, ANHUA, metric, other, MONTH) == {}
            assert series(snapshot, ANHUA, metric, other, "all").empty
        assert set(tiles(snapshot, ANHUA, metric, "city", MONTH)["county_id"]) == {"anhua"}
        assert unreported(snapshot, ANHUA, metric, "city", MONTH, "all").empty
        assert measured(snapshot, ANHUA, metric, "city", MONTH).counties == 1


def test_a_county_sees_only_its_own_duties(snapshot: Snapshot) -> None:
    found = [duty for metric in METRICS for duty in obligations(snapshot, ANHUA, metric, "city", MONTH)]
    assert {duty.county_name for duty in found} == {"安化县"}
    assert len(found) == 24 + 12
    assert sum(state_counts(snapshot, ANHUA, "rectification", "city", MONTH).values()) == 12
    assert {entry.grid_id for entry in entries(snapshot, ANHUA, found[:3])} <= {"anhua", "g430923121", "g430923122"}


def test_a_county_sees_only_its_own_deliveries(snapshot: Snapshot) -> None:
    assert {one.county_id for one in standings(snapshot, ANHUA, (MONTH,))} == {"anhua"}
    assert standings(snapshot, ANHUA, (MONTH,), "heshan") == []
    assert lacking(snapshot, ANHUA, MONTH) == []
    assert len(lacking(snapshot, CITY, MONTH)) == 2
    assert totals(snapshot, ANHUA, MONTH)["found"] < totals(snapshot, CITY, MONTH)["found"]
    assert returned(snapshot, Scope("heshan"), MONTH) == []
    assert len(returned(snapshot, ANHUA, MONTH)) == 1
    assert absent(snapshot, ANHUA, MONTH) == []
    assert [row.record_id for row in absent(snapshot, Scope("heshan"), MONTH)] == ["heshan/H6"]
    assert beside(snapshot, Scope("heshan"), MONTH, ("city",))["city"].row_ids == set()
    assert len(beside(snapshot, ANHUA, MONTH, ("city",))["city"].row_ids) == 2
    assert blind_grids(snapshot, ANHUA, "patrol_coverage", "city", MONTH) == []
    assert len(blind_grids(snapshot, Scope("gaoxin"), "patrol_coverage", "city", MONTH)) == 3


def test_rows_of_other_counties_do_not_exist_for_a_county(snapshot: Snapshot) -> None:
    row_id = obligations(snapshot, CITY, "rectification", "heshan", MONTH)[0].duty_row_id
    assert source_row(snapshot, CITY, row_id).county_id == "heshan"
    with pytest.raises(UnknownRowError):
        source_row(snapshot, ANHUA, row_id)
    assert obligations_of_row(snapshot, ANHUA, row_id) == []
    bad = returned(snapshot, CITY, MONTH)[0].row_id
    assert findings_of(snapshot, CITY, bad)
    assert findings_of(snapshot, Scope("heshan"), bad) == []
    changed = _row_of(snapshot, "anhua/A2")
    assert revisions_of(snapshot, CITY, changed)
    assert revisions_of(snapshot, Scope("heshan"), changed) == []


def test_a_township_sees_the_rows_its_own_duties_rest_on(snapshot: Snapshot) -> None:
    own, other = _row_of(snapshot, "anhua/A10"), _row_of(snapshot, "anhua/A1")
    assert source_row(snapshot, TOWN, own).cells[0].text == "A10"
    with pytest.raises(UnknownRowError):
        source_row(snapshot, TOWN, other)
    assert standings(snapshot, TOWN, (MONTH,)) == []


def test_masked_names_appear_nowhere(snapshot: Snapshot) -> None:
    veiled = Scope("city", see_names=False)
    names = re.compile("|".join([*(person["name"] for person in PEOPLE), "李示例", "13900000000"]))
    open_text = _everything(snapshot, CITY)
    veiled_text = _everything(snapshot, veiled)
    assert set(names.findall(open_text)) == {"王示例", "示例甲一", "示例乙二", "李示例", "13900000000"}
    assert names.findall(veiled_text) == []
    assert "王*" in veiled_text


@pytest.mark.parametrize("scope", [ANHUA, TOWN, UNIT], ids=["county", "township", "unit"])
def test_no_answer_under_a_scope_names_others(snapshot: Snapshot, scope: Scope) -> None:
    assert strangers_in(_everything(snapshot, CITY), scope) != set()
    assert strangers_in(_everything(snapshot, scope), scope) == set()


def strangers_in(text: str, scope: Scope) -> set[str]:
    """The places outside the scope, neither above nor below its grid, of which a text names the place or a file."""
    kin = {(path["ancestor_id"], path["leaf_id"]) for path in paths(grids())}
    others = [
        grid
        for grid in grids()
        if (scope.grid_id, grid["grid_id"]) not in kin and (grid["grid_id"], scope.grid_id) not in kin
    ]
    own = [grid["name"] for grid in grids() if grid not in others]
    names = {grid["name"] for grid in others if not any(grid["name"] in name for name in own)}
    files = {f"/{grid['grid_id']}/" for grid in others if grid["grid_id"] in COUNTIES}
    return {name for name in names | files if name in text}


class _Named:
    """A snapshot that knows a grid and two people, one of whom bears a part of the grid's name."""

    def ask_unscoped(self, sql: str) -> list[dict[str, str]]:
        return [{"name": name} for name in (["田庄乡"] if "published.grid" in sql else ["田庄", "示例甲"])]


def test_a_grid_keeps_its_name_though_it_holds_somebody_s() -> None:
    mask = Mask(_Named(), Scope("city", see_names=False))  # type: ignore[arg-type]
    assert mask.text("田庄乡的田庄、示例甲去过田庄") == "田庄乡的田*、示*去过田*"


def test_mask_name() -> None:
    assert (mask_name("张示例"), mask_name("张"), mask_name("")) == ("张*", "张*", "")


def _row_of(snapshot: Snapshot, problem_id: str) -> str:
    found = obligations(snapshot, CITY, "rectification", "city", MONTH)
    return next(duty.duty_row_id for duty in found if duty.subject_id == problem_id)


@cache
def _everything(snapshot: Snapshot, scope: Scope) -> str:
    """All that a visitor could reach under a scope for the month, as text."""
    duties = [duty for metric in METRICS for duty in obligations(snapshot, scope, metric, "city", MONTH)]
    near = beside(snapshot, scope, MONTH, ("city",))["city"]
    back = [*returned(snapshot, scope, MONTH), *absent(snapshot, scope, MONTH)]
    told = [*causes(snapshot, scope, MONTH), *changes(snapshot, scope, MONTH), *reconciled(snapshot, scope, MONTH)]
    told += [
        *file_findings(snapshot, scope, MONTH),
        *odd_sheets(snapshot, scope, MONTH),
        *unread(snapshot, scope, MONTH),
    ]
    told += [file for county in COUNTIES for file in sent_files(snapshot, scope, MONTH, county)]
    told += [sent_back(snapshot, scope, county, MONTH) for county in COUNTIES]
    row_ids = {
        *near.row_ids,
        *(row.row_id for row in back),
        *(duty.met_row_id or duty.duty_row_id for duty in duties),
    } - {""}
    asked = (source_row, findings_of, revisions_of, credits_of, obligations_of_row)
    rows = [question(snapshot, scope, row_id) for row_id in sorted(row_ids) for question in asked]
    return str([duties, near, back, told, rows])


def test_what_did_not_come_from_above_is_told_and_nothing_else(snapshot: Snapshot) -> None:
    silent = {(one.county_id, one.table_name) for one in lacking(snapshot, CITY, MONTH)}
    assert silent == {("datonghu", "patrol"), ("datonghu", "problem")}
    town = Scope(next(one["grid_id"] for one in grids() if one["parent_id"] == "datonghu"))
    assert lacking(snapshot, town, MONTH) == []
    told = lacking_above(snapshot, town, MONTH)
    assert {(one.county_id, one.table_name) for one in told} == silent
    assert {(one.found, one.files, one.first_received_at) for one in told} == {(0, 0, None)}
    assert senders_above(snapshot, town) == {"datonghu": "大通湖区", "city": "益阳市"}
    # another county's silence is not theirs, and whoever sees the sender is told by the sender's own standing
    for scope in (TOWN, Scope("datonghu"), UNIT, CITY, Scope("' or 1=1")):
        assert lacking_above(snapshot, scope, MONTH) == []
    assert (senders_above(snapshot, CITY), senders_above(snapshot, UNIT)) == ({}, {"city": "益阳市"})


def test_a_unit_means_its_counties_and_the_detachment(snapshot: Snapshot) -> None:
    assert {one.county_id for one in standings(snapshot, CITY, (MONTH,), "u1")} <= {"anhua", "taojiang", "city"}
    assert "anhua" in {one.county_id for one in standings(snapshot, CITY, (MONTH,), "u1")}
    assert lacking(snapshot, CITY, MONTH, "u1") == []
    assert len(lacking(snapshot, CITY, MONTH, "u2")) == 2
    sums = [totals(snapshot, CITY, MONTH, unit)["found"] for unit in ("u1", "anhua", "taojiang", "city")]
    assert sums[0] == sum(sums[1:])
