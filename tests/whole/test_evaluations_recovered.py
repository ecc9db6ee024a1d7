"""What the demo's grids say of themselves over a whole year: as planted, as read on one sheet, as printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from roots import SQL, build
from test_truth import biases, self_gaps

from pipelines.cli import main
from pipelines.demo.write import write_demo
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.evidence import source_row
from pipelines.snapshot.self_evaluation import grid_year

CITY, HESHAN, ZIYANG = Scope(), Scope("heshan", see_names=False), Scope("ziyang")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Honest ones, receipts alone, and an item that nobody measures; what was not sent counts against what they say."""
    base = tmp_path_factory.mktemp("evaluated")
    write_demo(base, SQL, months=("2025-01", "2025-07", "2026-01"), counties=("heshan", "gaoxin", "ziyang"))
    build(base)
    return base


@pytest.fixture
def snapshot(root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(root / "data/published")
    yield opened
    opened.close()


def test_what_was_planted_is_found(root: Path) -> None:
    planted, found = self_gaps(root)
    assert found == planted
    assert {row[5] for row in found} == {
        "compared", "small", "undated", "no_metric", "receipt_only", "year_partial", "",
    }  # fmt: skip
    bias = biases(root)
    assert bias["heshan"] is not None and abs(bias["heshan"]) < 2
    assert bias["gaoxin"] is None


def test_a_sheet_holds_what_was_said_what_is_computed_and_the_rows_of_both(snapshot: Snapshot) -> None:
    sheet = grid_year(snapshot, CITY, "ziyang", 2025)
    assert sheet.submission is not None and sheet.submission.state == "on_time"
    states = {item.item: item.state for item in sheet.items}
    assert (states["宣传教育"], states["巡查覆盖率"]) == ("no_metric", "compared")
    gaps = [item.gap for item in sheet.items if item.gap is not None]
    assert sheet.own.compared == len(gaps) > 1
    assert sheet.own.gap == pytest.approx(sum(gaps) / len(gaps), abs=0.01)
    assert sheet.with_below.compared > sheet.own.compared
    assert {one.scope for one in sheet.agreements} == {"all", "2", "ziyang"}
    rows = [item.row_id for item in sheet.items] + [one.row_id for one in (*sheet.kept, *sheet.improvements)]
    assert all(source_row(snapshot, CITY, row_id).cells for row_id in rows)


def test_a_scope_ends_at_its_grids_and_covers_names(snapshot: Snapshot) -> None:
    hidden = grid_year(snapshot, ZIYANG, "heshan", 2025)
    assert (hidden.submission, hidden.items, hidden.improvements, hidden.kept) == (None, (), (), ())
    assert (hidden.acts, hidden.agreements, hidden.own.compared) == ((), (), 0)
    towns = [row["grid_id"] for row in snapshot.ask_unscoped(
        "select distinct grid_id from published.self_evaluation where county_id = 'heshan' and owner is not null"
    )]  # fmt: skip
    own = [grid_year(snapshot, HESHAN, town, 2025) for town in towns]
    owners = {one.owner for sheet in own for one in sheet.improvements if one.owner}
    assert owners and all(owner.endswith("*") for owner in owners)
    assert {one.scope for sheet in own for one in sheet.agreements} == {"heshan"}, "not the city's, nor a level's"


def test_the_sheet_is_printed_in_plain_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["selfeval", "资阳区", "2025", "--root", str(root)]) == 0
    told = capsys.readouterr().out
    for words in ("年度自评　资阳区　2025 年", "上报：按时　限 2026-01-31", "宣传教育", "[无对应指标]", "个百分点",
                  "自评偏差：", "连同下级网格：", "措施：", "是否定齐：", "ICC(A,1)", "无对应指标 10 项"):  # fmt: skip
        assert words in told, words
    assert main(["selfeval", "gaoxin", "2025", "--root", str(root)]) == 0
    assert "[只有文字报告]" in capsys.readouterr().out
    assert main(["selfeval", "无此乡", "2025", "--root", str(root)]) == 2
    assert main(["selfeval", "gaoxin", "2019", "--root", str(root)]) == 0
    assert "没有报来" in capsys.readouterr().out
