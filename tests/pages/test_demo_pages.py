"""The pages over the whole demo: every county and month opens, and shows what is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_text import Visit, html, links

from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.delivered import returned, totals
from pipelines.snapshot.standing import figures, months, tiles
from pipelines.snapshot.walk import obligations

COUNTIES = ("city", "u1", "anhua", "taojiang", "ziyang", "yuanjiang", "datonghu", "nanxian", "heshan", "gaoxin")


@pytest.mark.parametrize("county", COUNTIES)
def test_a_county_month_shows_the_published_figures(visit: Visit, demo_root: Path, demo: Snapshot, county: str) -> None:
    month = f"2026-{5 + COUNTIES.index(county) % 6:02d}"
    page = visit("overview", demo_root, county=county, month=month, metric="rectification")
    assert not page.exception
    labels = [label for label, *_ in links(page)]
    for metric, level in (("patrol_coverage", "3"), ("rectification", "all")):
        figure = figures(demo, Scope(), metric, county, month).get(level)
        if figure is not None and figure.due:
            assert f"**{figure.on_time}** / {figure.due}" in labels


def test_the_map_counts_as_the_figure_does(demo: Snapshot) -> None:
    """A township owes one patrol a month: as many tiles of a state as the city's figure has duties in it."""
    compared = 0
    for month in months(demo):
        figure = figures(demo, Scope(), "patrol_coverage", "city", month.month).get("3")
        if figure is None:
            continue
        counts = tiles(demo, Scope(), "patrol_coverage", "city", month.month)["state"].value_counts()
        for state in ("on_time", "overdue", "unreported", "pending"):
            assert counts.get(state, 0) == getattr(figure, state), (month.month, state)
            compared += getattr(figure, state) > 0
    assert compared >= 12


def test_what_went_back_awaits_or_is_mended(demo: Snapshot) -> None:
    """Nothing sent back falls between the two counts, and the list holds what awaits."""
    sent_back = 0
    for month in months(demo):
        for county in COUNTIES[2:]:
            sums = totals(demo, Scope(), month.month, county)
            assert sums["awaiting"] + sums["mended"] == sums["rejected"], (month.month, county)
            assert len({row.row_id for row in returned(demo, Scope(), month.month, county)}) == sums["awaiting"]
            sent_back += sums["rejected"]
    assert sent_back > 20


def test_every_state_opens_its_rows(visit: Visit, demo_root: Path, demo: Snapshot) -> None:
    found = obligations(demo, Scope(), "rectification", "city", "2026-10")
    chosen = {duty.state: duty for duty in found if duty.duty_row_id}
    assert len(chosen) >= 6
    for state, duty in chosen.items():
        listed = visit("obligations", demo_root, metric="rectification", grid=duty.grid_id, level="all", state=state)
        assert not listed.exception
        assert 'class="duty' in html(listed)
        row = visit("row", demo_root, id=duty.duty_row_id)
        assert not row.exception
        assert 'class="sha256">' in html(row)
        assert duty.obligation_id in html(row)


@pytest.mark.parametrize("metric", ["export_submission", "field_completeness"])
def test_a_metric_of_the_counties_has_a_card_and_no_map_of_townships(
    visit: Visit, demo: Snapshot, demo_root: Path, metric: str
) -> None:
    page = visit("overview", demo_root, month="2026-10", metric=metric)
    figure = figures(demo, Scope(), metric, "city", "2026-10")["all"]
    assert f"**{figure.on_time}** / {figure.due}" in [label for label, _, _ in links(page)]
    assert "乡镇示意图" not in html(page)
    assert "乡镇示意图" in html(visit("overview", demo_root, month="2026-10"))
