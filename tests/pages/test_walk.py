"""Number → obligations → row → cell, and back up."""

from __future__ import annotations

import pytest
from tiny_rows import BLIND_TOLD, BLIND_TOWN, DONGPING, JIANGNAN, MONTHS

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.beside import beside, unmet_grids
from pipelines.snapshot.evidence import UnknownRowError, credits_of, findings_of, source_row
from pipelines.snapshot.measurable import blind_grids, measured, why_not
from pipelines.snapshot.standing import Figure, Metric, figures, headline_level, metrics, months, percent, places, tiles
from pipelines.snapshot.walk import STATE_ZH, Entry, entries, obligations, obligations_of_row, state_counts

CITY = Scope()
MONTH = "2026-10"


def test_every_published_figure_equals_its_obligations(snapshot: Snapshot) -> None:
    checked = 0
    for metric in metrics(snapshot):
        for place in places(snapshot, CITY):
            for month in MONTHS:
                for level, figure in figures(snapshot, CITY, metric.metric_id, place.grid_id, month).items():
                    found = state_counts(snapshot, CITY, metric.metric_id, place.grid_id, month, level)
                    assert {state: getattr(figure, state) for state in STATE_ZH if getattr(figure, state)} == found
                    checked += 1
    assert checked > 300


def test_duties_come_worst_first_and_in_pages(snapshot: Snapshot) -> None:
    whole = obligations(snapshot, CITY, "rectification", "city", MONTH)
    pages = [
        duty
        for offset in range(0, 20, 5)
        for duty in obligations(snapshot, CITY, "rectification", "city", MONTH, "all", None, 5, offset)
    ]
    assert pages == whole
    assert [duty.state for duty in whole[:4]] == ["overdue", "overdue", "unreported", "late"]
    assert [duty.days_over for duty in whole[:4]] == [17, 19, None, 5]
    only = obligations(snapshot, CITY, "rectification", "city", MONTH, "3", "overdue")
    assert [duty.subject_id for duty in only] == ["anhua/A10"]


def test_a_duty_without_anybody_in_post_says_nobody(snapshot: Snapshot) -> None:
    (duty,) = obligations(snapshot, CITY, "patrol_coverage", JIANGNAN, MONTH)
    assert (duty.state, duty.person_at_due, duty.met_row_id) == ("overdue", "", "")


def test_cells_stand_under_their_stacked_headers(snapshot: Snapshot) -> None:
    (duty,) = obligations(snapshot, CITY, "patrol_coverage", "g430922101", MONTH)
    row = source_row(snapshot, CITY, duty.met_row_id)
    assert [(cell.header, cell.text) for cell in row.cells[:4]] == [
        ("序号", "2"),
        ("所属网格", "修山镇"),
        ("巡查时间／（开始）", "2026-10-05 09:00"),
        ("巡查人员", "示例乙二"),
    ]
    assert row.path == "data/raw/2026-10/taojiang/patrol.xlsx"
    assert len(row.sha256) == 64
    assert row.row_number == 5


def test_a_header_row_has_no_header_above_it(snapshot: Snapshot) -> None:
    (duty,) = obligations(snapshot, CITY, "patrol_coverage", "g430922101", MONTH)
    header = source_row(snapshot, CITY, duty.met_row_id.rpartition("!")[0] + "!2")
    assert header.kind == "header"
    assert {cell.header for cell in header.cells} == {""}


def test_from_a_row_up_to_the_city(snapshot: Snapshot) -> None:
    (duty,) = obligations(snapshot, CITY, "rectification", "g430923121", MONTH, "3", "on_time")
    (use,) = obligations_of_row(snapshot, CITY, duty.met_row_id)
    assert (use.role, use.obligation) == ("形成并履行", duty)
    found = [(entry.grid_id, entry.owner_level, entry.on_time, entry.due) for entry in entries(snapshot, CITY, [duty])]
    assert found[0] == ("g430923121", "3", 1, 2)
    assert found[-1] == ("city", "all", 10, 13)
    assert {grid for grid, *_ in found} == {"g430923121", "anhua", "u1", "city"}


def test_both_rounds_of_a_problem_rest_on_its_row(snapshot: Snapshot) -> None:
    found = obligations(snapshot, CITY, "rectification", "anhua", MONTH, "2")
    rounds = [duty for duty in found if duty.subject_id == "anhua/A9"]
    uses = obligations_of_row(snapshot, CITY, rounds[0].duty_row_id)
    assert sorted(use.obligation.round for use in uses) == [1, 2]


def test_an_uncredited_patrol_says_why(snapshot: Snapshot) -> None:
    (lost,) = beside(snapshot, CITY, MONTH, ("anhua",))["anhua"].uncredited
    assert (lost.grid_name, lost.inspectors) == ("江南镇", "李示例")
    (credit,) = credits_of(snapshot, CITY, lost.row_id)
    assert (credit.basis, credit.reason_zh) == ("none", "巡查人员当日不在名册的任何岗位")
    assert beside(snapshot, CITY, MONTH, ("heshan",))["heshan"].uncredited == ()


def test_a_patrol_without_people_names_nobody(snapshot: Snapshot) -> None:
    (lost,) = beside(snapshot, CITY, "2026-09", ("anhua",))["anhua"].uncredited
    assert lost.inspectors == ""


def test_beside_an_unmet_duty_lie_the_rows_that_await_correction(snapshot: Snapshot) -> None:
    unmet = unmet_grids(obligations(snapshot, CITY, "patrol_coverage", "anhua", MONTH, "3"))
    assert unmet == (DONGPING, JIANGNAN)
    found = beside(snapshot, CITY, MONTH, (*unmet, "anhua"))
    assert found[DONGPING].row_ids == set()
    (back,) = found[JIANGNAN].returned  # the other one that went back was mended
    assert "2026-13-40" in back.messages
    assert found["anhua"].returned == (back,)
    assert beside(snapshot, CITY, "2026-09", (JIANGNAN,))[JIANGNAN].returned == ()


def test_a_rejected_row_keeps_its_reason(snapshot: Snapshot) -> None:
    (back,) = beside(snapshot, CITY, MONTH, (JIANGNAN,))[JIANGNAN].returned
    prefix, _, number = back.row_id.rpartition("!")
    told = [findings_of(snapshot, CITY, f"{prefix}!{int(number) + place}")[0] for place in (0, 1)]
    assert [(one.severity, one.is_mended) for one in told] == [("reject", False), ("reject", True)]
    assert told[0].value == "2026-13-40"


@pytest.mark.parametrize("row_id", ["", "x", "anhua/2026-10/00000000#csv!1", "' or 1=1 --"])
def test_an_unknown_row(snapshot: Snapshot, row_id: str) -> None:
    with pytest.raises(UnknownRowError, match="没有这一行"):
        source_row(snapshot, CITY, row_id)


def test_tile_states(snapshot: Snapshot) -> None:
    frame = tiles(snapshot, CITY, "patrol_coverage", "city", MONTH)
    counts = frame["state"].value_counts().to_dict()
    assert counts == {"on_time": 84, "not_owed": 6, "unreported": 4, "overdue": 2, "not_measurable": 2}
    september = tiles(snapshot, CITY, "patrol_coverage", "city", "2026-09").set_index("grid_id")["state"]
    assert september[september == "not_measurable"].index.tolist() == [BLIND_TOWN]
    open_month = tiles(snapshot, CITY, "patrol_coverage", "city", "2026-11")["state"].value_counts().to_dict()
    assert open_month == {"pending": 92, "not_owed": 6}
    rectified = tiles(snapshot, CITY, "rectification", "anhua", MONTH).set_index("grid_id")["state"]
    assert (rectified["g430923121"], rectified["g430923122"]) == ("overdue", "nothing_due")


@pytest.mark.parametrize(
    ("metric_id", "grid", "level", "verdict", "has_percentage"),
    [
        ("patrol_coverage", "city", "3", "below", True),
        ("rectification", "city", "all", "below", True),
        ("rectification", "anhua", "all", "few", False),
        ("patrol_coverage", "taojiang", "3", "met", True),
        ("rectification", "datonghu", "2", "nothing_due", False),
    ],
)
def test_verdicts(
    snapshot: Snapshot, metric_id: str, grid: str, level: str, verdict: str, has_percentage: bool
) -> None:
    figure = figures(snapshot, CITY, metric_id, grid, MONTH)[level]
    assert (figure.verdict, figure.has_percentage) == (verdict, has_percentage)


@pytest.mark.parametrize(
    ("metric_id", "grid", "month", "level", "blind", "why"),
    [
        ("patrol_coverage", "gaoxin", MONTH, "3", 2, (BLIND_TOLD,)),
        ("patrol_coverage", "gaoxin", MONTH, "2", 1, (BLIND_TOLD,)),
        ("patrol_coverage", "city", MONTH, "all", 3, ()),
        ("patrol_coverage", BLIND_TOWN, "2026-09", "3", 1, (BLIND_TOLD,)),
        ("patrol_coverage", "heshan", "2026-09", "3", 1, ()),
        ("rectification", "taojiang", MONTH, "all", 0, ()),
    ],
)
def test_what_cannot_be_judged(
    snapshot: Snapshot, metric_id: str, grid: str, month: str, level: str, blind: int, why: tuple[str, ...]
) -> None:
    figure = figures(snapshot, CITY, metric_id, grid, month).get(level)
    found = blind_grids(snapshot, CITY, metric_id, grid, month, level)
    assert len(found) == blind
    assert figure is None or figure.blind == blind
    assert why_not(figure, found, measured(snapshot, CITY, metric_id, grid, month)) == why


def test_a_target_met_in_part_only_is_no_target_met(snapshot: Snapshot) -> None:
    assert figures(snapshot, CITY, "patrol_coverage", "heshan", "2026-09")["3"].verdict == "blind"


def test_months_know_whether_they_are_over(snapshot: Snapshot) -> None:
    assert [(month.month, month.is_over) for month in months(snapshot)] == [
        ("2026-09", True),
        ("2026-10", True),
        ("2026-11", False),
    ]


def test_the_page_convention_of_levels() -> None:
    coverage = Metric("a", "", "coverage", "", "", "", None, 10, "")
    other = Metric("b", "", "timeliness", "", "", "", None, 10, "")
    assert [headline_level(coverage, 0), headline_level(other, 0), headline_level(other, 3)] == ["3", "all", "3"]


@pytest.mark.parametrize(
    ("rate", "printed"), [(1.0, "100.0%"), (0.9996, "99.9%"), (0.5, "50.0%"), (0.0, "0.0%"), (2 / 3, "66.7%")]
)
def test_percent_never_rounds_up_to_all(rate: float, printed: str) -> None:
    assert percent(rate) == printed


def test_records_hold_what_the_door_gives(snapshot: Snapshot) -> None:
    """A field renamed in the schema must not pass unseen."""
    assert figures(snapshot, CITY, "rectification", "city", MONTH)["all"] == Figure(
        metric_id="rectification", grid_id="city", owner_level="all", period=MONTH,
        on_time=10, late=1, overdue=2, pending=1, no_deadline=2, bad_dates=1, void=1, unreported=1, obligations=19,
        due=13,
        rate=10 / 13, rate_if_unmet=10 / 14, on_time_original=9, rate_original=9 / 13, target=0.95,
        has_percentage=True, verdict="below", blind=0,
    )  # fmt: skip
    (duty,) = obligations(snapshot, CITY, "rectification", "g430923121", MONTH, "3", "overdue")
    last = entries(snapshot, CITY, [duty])[-1]
    assert last == Entry("rectification", "按期整改率", "city", "益阳市", "all", MONTH, 10, 13)
