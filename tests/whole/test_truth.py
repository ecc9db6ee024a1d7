"""What the demo planted is what the figures say: every duty, every column, every returned row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from roots import SMALL_COUNTIES, SMALL_MONTHS, SQL, build

from pipelines.demo.write import write_demo
from pipelines.snapshot import Snapshot, open_snapshot


def planted(root: Path) -> dict[str, dict[str, str]]:
    with (root / "data/raw/_truth/obligation.csv").open(encoding="utf-8") as file:
        return {row["obligation_id"]: row for row in csv.DictReader(file)}


def computed(snapshot: Snapshot, columns: list[str]) -> dict[str, dict[str, str]]:
    rows = snapshot.ask_unscoped(f"select {', '.join(columns)} from published.obligation")
    return {row["obligation_id"]: {name: text(value) for name, value in row.items()} for row in rows}


def text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def differences(root: Path) -> list[tuple[str, object, object]]:
    truth = planted(root)
    found = computed(open_snapshot(root / "data/published"), list(next(iter(truth.values()))))
    missing = [(key, truth.get(key), found.get(key)) for key in truth.keys() ^ found.keys()]
    return missing + [
        (f"{key} {name}", value, found[key][name])
        for key in truth.keys() & found.keys()
        for name, value in truth[key].items()
        if found[key][name] != value
    ]


def test_every_planted_duty_is_recovered_exactly(demo_root: Path) -> None:
    assert len(planted(demo_root)) > 1_000
    assert differences(demo_root) == []


def test_the_planted_mistakes_go_back_and_nothing_else(demo_root: Path, demo: Snapshot) -> None:
    with (demo_root / "data/raw/_truth/returned.csv").open(encoding="utf-8") as file:
        mistakes = list(csv.DictReader(file))
    (row,) = demo.ask_unscoped("select sum(rejected) as n from published.submission")
    assert row["n"] == len(mistakes)
    by_table = demo.ask_unscoped(
        "select f.county_id, f.month, s.table_name, s.rejected from published.submission as s"
        " join published.source_file as f on f.file_id = s.file_id where s.rejected > 0"
    )
    found = {(r["county_id"], r["month"], r["table_name"]): 0 for r in by_table}
    for r in by_table:
        found[(r["county_id"], r["month"], r["table_name"])] += r["rejected"]
    expected: dict[tuple[str, str, str], int] = {}
    for mistake in mistakes:
        key = (mistake["county_id"], mistake["month"], mistake["table"])
        expected[key] = expected.get(key, 0) + 1
    assert found == expected


def test_the_register_renames_a_township_and_costs_nobody_a_row(demo: Snapshot) -> None:
    rows = demo.ask_unscoped(
        "select name, valid_from, valid_to from published.grid where grid_id = 'g430921201' order by valid_from"
    )
    assert [(row["name"], str(row["valid_from"]), str(row["valid_to"])) for row in rows] == [
        ("乌嘴乡", "2021-05-07", "2026-06-30"),
        ("乌嘴镇", "2026-07-01", "None"),
    ]
    (row,) = demo.ask_unscoped("select count(*) as n from published.quarantine where value like '%乌嘴%'")
    assert row["n"] == 0


@pytest.mark.parametrize(
    ("seed", "months", "counties"),
    [
        (1, SMALL_MONTHS, SMALL_COUNTIES),
        (2, ("2026-06", "2026-07", "2026-08"), ("yuanjiang", "datonghu", "city")),
        (3, ("2026-06", "2026-07"), ("nanxian", "city")),
    ],
)
def test_other_seeds_and_partial_deliveries_agree_too(
    tmp_path: Path, seed: int, months: tuple[str, ...], counties: tuple[str, ...]
) -> None:
    write_demo(tmp_path, SQL, seed=seed, months=months, counties=counties)
    build(tmp_path)
    assert differences(tmp_path) == []


def test_a_changed_truth_is_noticed(demo_root: Path) -> None:
    """The comparison itself can fail: one planted state turned makes one difference."""
    truth = planted(demo_root)
    found = computed(open_snapshot(demo_root / "data/published"), list(next(iter(truth.values()))))
    key = next(key for key, row in truth.items() if row["state"] == "overdue")
    truth[key]["state"] = "on_time"
    assert [k for k in truth if truth[k] != found[k]] == [key]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 4])
def test_two_years_and_other_seeds_are_recovered_exactly(tmp_path: Path, seed: int) -> None:
    months = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    write_demo(tmp_path, SQL, seed=seed, months=[month for month in months if "2024-11" <= month <= "2026-10"])
    build(tmp_path)
    assert len(planted(tmp_path)) > 3_000
    assert differences(tmp_path) == []
