"""Rows found = accepted + rejected + identical, over whatever a county may send."""

from __future__ import annotations

import csv
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from roots import build

from pipelines.snapshot import Snapshot, open_snapshot

HEADERS = ["巡查编号", "所属网格", "开始时间", "巡查人员", "发现问题数", "巡查情况"]
TOWNS = ["小淹镇", "田庄乡", "田庄乡", "南金", "安化县古楼乡", "不存在乡", "", "  小淹镇 ", "430923106"]
DAYS = [
    "2026-10-12 8:05",
    "2026-10-08",
    "2026.10.9",
    "2026年10月10日 9时5分",
    "2026-02-30",
    "46305",
    "",
    "随便写",
    "2027-01-01",
    "10月3日",
]
PEOPLE = ["示例乙", "示例丙", "示例甲", "示例甲、示例乙", "", "示例甲 示例丙"]
COUNTS = ["0", "无", "3", "-1", "两个", "１"]


def generated(random_source: random.Random, rows: int) -> list[list[str]]:
    choose = random_source.choice
    return [
        [
            str(choose(range(4 * rows))),
            choose(TOWNS),
            choose(DAYS),
            choose(PEOPLE),
            choose(COUNTS),
            choose(["", "正常", "=1+1"]),
        ]
        for _ in range(rows)
    ]


def deliver(root: Path, name: str, rows: list[list[str]], received: str) -> None:
    folder = root / "data/raw/2026-10/anhua"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADERS, *rows])
    receipts = folder / "_receipts.csv"
    known = receipts.read_text("utf-8") if receipts.exists() else "file,received_at\n"
    receipts.write_text(known + f"{name},{received}\n", "utf-8")


def totals(snapshot: Snapshot) -> dict[str, Any]:
    (row,) = snapshot.ask_unscoped(
        "select sum(found) as found, sum(accepted) as accepted, sum(rejected) as rejected,"
        " sum(identical) as identical from published.submission"
    )
    return {name: int(value) for name, value in row.items()}


@pytest.mark.parametrize("seed", range(2))
def test_every_generated_row_is_accounted_for(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    first, second = generated(source, 60), generated(source, 40)
    again = first[:30] + second[:10]
    source.shuffle(again)
    deliver(tmp_path, "一.csv", first, "2026-11-02 09:00")
    deliver(tmp_path, "二.csv", second, "2026-11-03 09:00")
    deliver(tmp_path, "再报.csv", again, "2026-11-04 09:00")
    build(tmp_path)
    found = totals(open_snapshot(tmp_path / "data/published"))
    written = sum(1 for row in (*first, *second, *again) if any(cell.strip() for cell in row))
    assert found["found"] == written
    assert found["found"] == found["accepted"] + found["rejected"] + found["identical"]
    assert min(found.values()) > 0, "the generator must reach every outcome"


def test_the_same_file_under_another_name_changes_nothing(tmp_path: Path) -> None:
    rows = generated(random.Random(9), 30)
    deliver(tmp_path, "一.csv", rows, "2026-11-02 09:00")
    build(tmp_path)
    before = totals(open_snapshot(tmp_path / "data/published"))
    deliver(tmp_path, "一（再发）.csv", rows, "2026-11-03 09:00")
    build(tmp_path)
    snapshot = open_snapshot(tmp_path / "data/published")
    after = totals(snapshot)
    assert after["accepted"] == before["accepted"]
    assert after["identical"] == before["identical"] + before["found"]
    assert [
        r["state"] for r in snapshot.ask_unscoped("select state from published.source_file order by received_at")
    ] == [
        "landed",
        "identical",
    ]


def test_same_key_with_other_content_in_one_file_goes_back_whole(tmp_path: Path) -> None:
    row = ["7", "田庄乡", "2026-10-08", "示例甲", "0", ""]
    deliver(tmp_path, "一.csv", [row, [*row[:4], "2", ""], ["8", *row[1:]], ["8", *row[1:]]], "2026-11-02 09:00")
    build(tmp_path)
    snapshot = open_snapshot(tmp_path / "data/published")
    assert totals(snapshot) == {"found": 4, "accepted": 1, "rejected": 2, "identical": 1}
    reasons = snapshot.ask_unscoped("select distinct rule, value from published.quarantine where severity = 'reject'")
    assert reasons == [{"rule": "same_key_in_file", "value": "7"}]


def test_a_file_nobody_can_read_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    deliver(tmp_path, "好.csv", [["1", "田庄乡", "2026-10-08", "示例甲", "0", ""]], "2026-11-02 09:00")
    folder = tmp_path / "data/raw/2026-10/anhua"
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "表头不认.csv").write_text("甲,乙,丙\n4,5,6\n7,8,9\n", "utf-8")
    build(tmp_path)
    snapshot = open_snapshot(tmp_path / "data/published")
    states = {r["path"].rsplit("/", 1)[1]: r for r in snapshot.ask_unscoped("select * from published.source_file")}
    assert {name: row["state"] for name, row in states.items()} == {
        "好.csv": "landed", "空.xlsx": "refused", "表头不认.csv": "refused",
    }  # fmt: skip
    assert all(states[name]["reason_zh"] and states[name]["mend_zh"] for name in ("空.xlsx", "表头不认.csv"))
    found = totals(snapshot)
    assert found["found"] == found["accepted"] + found["rejected"]
    assert found["rejected"] == 2, "a file whose header is not recognised counts all rows below it as sent back"
    assert snapshot.pointer.as_of == datetime(2026, 11, 23, 9, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 31))
def test_many_more_generated_rows(tmp_path: Path, seed: int) -> None:
    test_every_generated_row_is_accounted_for(tmp_path, seed)
