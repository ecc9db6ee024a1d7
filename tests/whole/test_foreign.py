"""Foreign data lands by profile alone: a 311-style export and a case register, with the right states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from foreign import (
    BOROUGHS,
    CASES,
    FIXTURES,
    REQUESTS,
    SILENT_IN_MARCH,
    WAITING,
    build,
    expected_states,
    write_register,
    write_requests,
)
from streamlit.testing.v1 import AppTest

from pipelines.settings import CODE_ROOT
from pipelines.snapshot import Snapshot, open_snapshot
from pipelines.status import status

IN_APRIL = datetime(2020, 4, 15, 9, 0)
IN_OCTOBER = datetime(2026, 10, 20, 9, 0)
APP = CODE_ROOT / "dashboards/app.py"


@pytest.fixture(scope="module")
def requests_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("requests")
    write_requests(root)
    build(root, IN_APRIL)
    return root


@pytest.fixture(scope="module")
def requests(requests_root: Path) -> Iterator[Snapshot]:
    snapshot = open_snapshot(requests_root / "data/published")
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    root = tmp_path_factory.mktemp("register")
    write_register(root)
    build(root, IN_OCTOBER)
    snapshot = open_snapshot(root / "data/published")
    yield snapshot
    snapshot.close()


def states(snapshot: Snapshot) -> dict[str, str]:
    found = snapshot.ask_unscoped(
        "select obligation_id, state from published.obligation where subject_kind = 'problem'"
        " and metric_id = 'rectification'"
    )
    return {row["obligation_id"]: row["state"] for row in found}


def test_every_request_has_the_state_worked_out_by_hand(requests: Snapshot) -> None:
    assert states(requests) == expected_states()
    assert len(expected_states()) == len(BOROUGHS) * len(REQUESTS)


def test_the_borough_that_sent_nothing_in_march_is_unreported_and_so_all_eight_states_are_there(
    requests: Snapshot,
) -> None:
    silent = requests.ask_unscoped(
        "select grid_id, about_month from published.obligation"
        " where state = 'unreported' and metric_id = 'rectification'"
    )
    assert [(row["grid_id"], row["about_month"]) for row in silent] == [(SILENT_IN_MARCH, "2020-03")]
    assert set(states(requests).values()) | {"unreported"} == {
        "on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "void", "unreported",
    }  # fmt: skip


def test_the_export_lands_as_problems_without_a_word_of_complaint(requests: Snapshot) -> None:
    tables = requests.ask_unscoped("select distinct table_name from published.submission")
    assert [row["table_name"] for row in tables] == ["problem"]
    findings = requests.ask_unscoped("select column_name, rule, value from published.quarantine")
    # but for the request of no borough
    assert Counter((row["column_name"], row["rule"]) for row in findings) == {("grid", "missing"): 1}
    problems = requests.ask_unscoped("select distinct source, category, county_id from published.problem")
    assert {row["source"] for row in problems} == {"hotline"}
    assert {row["category"] for row in problems} == {"noise", "water", "air", "solid_waste"}
    assert {row["county_id"] for row in problems} == set(BOROUGHS)


def test_a_borough_without_township_or_place_on_the_map_has_its_page(
    requests_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDPATROL_ROOT", str(requests_root))
    for county in ("city", "queens"):
        page = AppTest.from_file(str(APP), default_timeout=60)
        page.query_params.update({"month": "2020-02", "county": county, "metric": "rectification"})
        page.run()
        assert not page.exception
        shown = "\n".join(one.body for one in page.get("html"))
        assert 'class="townships"' in shown
        assert "Queens" in shown


@pytest.mark.parametrize(
    "file", ["311/config/seeds/grid.csv", "311/config/profiles/all.toml", "register/config/profiles/anhua.toml"]
)
def test_what_the_documentation_shows_is_what_was_tested(file: str) -> None:
    shown = (CODE_ROOT / "docs/foreign-data.md").read_text("utf-8")
    kind = file.rsplit(".", 1)[1]
    assert f"```{kind}\n{(FIXTURES / file).read_text('utf-8')}```" in shown


def test_headers_may_differ_between_deliveries(register: Snapshot) -> None:
    found = register.ask_unscoped("select * from published.submission order by month")
    assert [row["found"] for row in found] == [CASES - 4, CASES, CASES, CASES]
    assert [row["accepted"] for row in found] == [CASES - 4, 4, 0, WAITING]
    assert [row["identical"] for row in found] == [0, CASES - 4, 0, CASES - WAITING]
    unused = register.ask_unscoped("select unused_columns from published.source_sheet")
    assert [row["unused_columns"] for row in unused] == [[], [], [], []]


def test_the_delivery_with_a_shifted_key_goes_back_with_the_reason(register: Snapshot) -> None:
    back = register.ask_unscoped(
        "select source.file_id, finding.rule, finding.message_zh from published.quarantine as finding"
        " join published.source_row as source on source.row_id = finding.row_id where finding.severity = 'reject'"
    )
    assert len(back) == CASES
    assert {(row["file_id"].split("/")[1], row["rule"]) for row in back} == {("2026-08", "wholesale_change")}
    assert sum(back[0]["message_zh"] in line for line in status(register)) == CASES


def test_a_status_relabelled_everywhere_is_one_line(register: Snapshot) -> None:
    (row,) = register.ask_unscoped("select revised, relabelled from published.submission where month = '2026-09'")
    assert row == {"revised": 0, "relabelled": WAITING}
    changes = register.ask_unscoped("select field, old, new, is_relabel from published.revision")
    assert len(changes) == WAITING
    assert {tuple(change.values()) for change in changes} == {("status", "待办", "办理中", True)}
    told = [line for line in status(register) if "改换说法" in line]
    assert [line.split("；")[-1] for line in told] == [f"改换说法 {WAITING} 行（“待办”→“办理中”）"]


def test_shifted_and_relabelled_deliveries_move_no_state(register: Snapshot, tmp_path: Path) -> None:
    write_register(tmp_path, months=("2026-06", "2026-07"))
    build(tmp_path, IN_OCTOBER)
    before = open_snapshot(tmp_path / "data/published")
    assert states(register) == states(before)
    assert Counter(states(register).values()) == {"overdue": WAITING, "on_time": 13, "late": 9}
