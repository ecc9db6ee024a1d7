"""From files on disk to the pages: what a second delivery mends, rewrites, leaves out, and what stays sent back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import resent_root
from page_text import Visit, html, links

from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.delivered import absent, returned, totals
from pipelines.snapshot.evidence import revisions_of
from pipelines.trace import trace_figure, trace_row

CITY, MONTH = Scope(), "2026-10"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The county's first delivery alone."""
    opened = open_snapshot(resent_root.write(tmp_path_factory.mktemp("once"), is_resent=False))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def twice_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both deliveries."""
    folder = tmp_path_factory.mktemp("twice")
    resent_root.write(folder)
    return folder


@pytest.fixture(scope="module")
def twice(twice_root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(twice_root / "data" / "published")
    yield opened
    opened.close()


def test_the_list_of_what_went_back_shrinks(once: Snapshot, twice: Snapshot) -> None:
    assert [row.value for row in returned(once, CITY, MONTH)] == ["2026-10-32", "10月月初"]
    (left,) = returned(twice, CITY, MONTH)
    assert (left.value, left.path.rsplit("/")[-1]) == ("10月月初", "巡查记录（重报）.csv"), "of two versions the newest"
    sums = totals(twice, CITY, MONTH)
    assert (sums["rejected"], sums["awaiting"], sums["mended"]) == (3, 1, 2)
    assert (totals(once, CITY, MONTH)["awaiting"], totals(once, CITY, MONTH)["mended"]) == (2, 0)


def test_rows_stand_by_file_and_number(once: Snapshot) -> None:
    """Row 9 before row 10: as text they would stand the other way round."""
    places = [(row.path, row.sheet_name, row.row_number) for row in returned(once, CITY, MONTH)]
    assert places == [("2026-10/anhua/巡查记录.csv", "csv", number) for number in (9, 10)]


def test_a_mended_row_stands_beside_no_duty(once: Snapshot, twice: Snapshot) -> None:
    before, after = ("\n".join(trace_figure(given, "patrol_coverage", "田庄乡", MONTH)) for given in (once, twice))
    assert "退回待核 1 行" in before
    assert "超期未办结　安化县 田庄乡" in before
    assert "退回待核" not in after
    assert "按期办结　安化县 田庄乡" in after
    assert "退回待核 1 行" in "\n".join(trace_figure(twice, "patrol_coverage", "江南镇", MONTH))


def test_a_row_left_out_counts_and_says_so(visit: Visit, twice_root: Path, twice: Snapshot) -> None:
    (gone,) = absent(twice, CITY, MONTH)
    assert gone.row_number == 11
    assert "  重报后不再出现：同表后来的报送里没有这一行，仍计入" in list(trace_row(twice, gone.row_id))
    assert "重报后不再出现" in html(visit("row", twice_root, id=gone.row_id))
    page = visit("submissions", twice_root, month=MONTH)
    assert "重报后不再出现 1 行，仍计入" in [expander.label for expander in page.expander]


def test_a_repeated_row_leads_to_the_one_that_counts(visit: Visit, twice_root: Path, twice: Snapshot) -> None:
    (first, again) = (
        next(row_id for row_id in _rows(twice, name) if row_id.endswith("!2"))
        for name in ("巡查记录.csv", "巡查记录（重报）.csv")
    )
    assert f"  重复：与先前报来的 {first} 内容相同，计的是那一行" in list(trace_row(twice, again))
    page = visit("row", twice_root, id=again)
    assert "内容相同，计的是那一行" in html(page)
    assert [first] in [parse_qs(query).get("id") for _, name, query in links(page) if name == "row"]
    assert "内容相同" not in html(visit("row", twice_root, id=first))


def test_a_rewritten_row_leads_to_the_row_that_stands_for_it(visit: Visit, twice_root: Path, twice: Snapshot) -> None:
    old = next(row_id for row_id in _rows(twice, "巡查记录.csv") if row_id.endswith("!8"))
    (change,) = revisions_of(twice, CITY, old)
    assert (change.field_zh, change.old[:10], change.new[:10]) == ("开始时间", "2026-10-03", "2026-10-04")
    page = visit("row", twice_root, id=old)
    assert "开始时间：2026-10-03" in html(page)
    (query,) = [query for label, page_name, query in links(page) if page_name == "row" and label.startswith("更正为")]
    newer = visit("row", twice_root, id=change.to_row_id)
    assert parse_qs(query)["id"] == [change.to_row_id]
    assert any(label.startswith("更正自") for label, *_ in links(newer))


def test_a_township_where_somebody_unknown_went_cannot_be_judged(visit: Visit, twice_root: Path) -> None:
    page = visit("overview", twice_root, month=MONTH, county="anhua")
    labels = [label for label, *_ in links(page)]
    assert "**2** / 22" in labels
    assert "另有 **1** 个网格不可测" in labels
    assert "不可测的网格　1 个" in html(page)
    (alt,) = (chart.proto.alt for chart in page.get("plotly_chart") if "示意图" in chart.proto.alt)
    assert "不可测 1" in alt


def _rows(snapshot: Snapshot, name: str) -> list[str]:
    found = snapshot.ask_unscoped(
        "select line.row_id from published.source_row as line"
        " join published.source_file as file on file.file_id = line.file_id where file.path like $name",
        name=f"%/{name}",
    )
    return [row["row_id"] for row in found]
