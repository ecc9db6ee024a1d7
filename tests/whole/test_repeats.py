"""One content sent twice by a county changes no figure, under whatever name and month."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines import steps
from pipelines.settings import Settings
from pipelines.snapshot import Snapshot, open_snapshot

PROBLEMS = (
    "问题编号,所属网格,问题描述,发现时间,整改时限,整改完成时间\n"
    "1,田庄乡,示例,2026-09-08,2026-09-20,2026-09-18\n"
    "2,小淹镇,示例,2026-09-09,2026-09-20,\n"
)
FIGURES = "select * from published.metric_value where metric_id = 'rectification' order by all"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A root whose 安化县 numbers its problems anew each month: there the month is part of a row's identity."""
    shutil.copytree(Settings(root=tmp_path).sql, tmp_path / "sql")
    (tmp_path / "sql/contracts/profiles/anhua.toml").write_text('key_scope = { problem = "month" }\n', "utf-8")
    return Settings(root=tmp_path, sql=tmp_path / "sql")


def deliver(settings: Settings, relative: str, text: str, at: str) -> None:
    path = settings.raw / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    receipts = path.parent / "_receipts.csv"
    known = receipts.read_text("utf-8") if receipts.exists() else "文件,收到时间\n"
    receipts.write_text(f"{known}{path.name},{at}\n", "utf-8")


def built(settings: Settings) -> Snapshot:
    rules = steps.read_rules(settings)
    steps.build(settings, rules, steps.look(settings, rules, datetime(2026, 11, 23, 9, 0)))
    return open_snapshot(settings.published)


def counts(snapshot: Snapshot) -> list[dict[str, Any]]:
    return snapshot.ask_unscoped(
        "select month, found, accepted, rejected, identical, state from published.submission order by file_id"
    )


def test_the_same_file_in_two_months_counts_once(settings: Settings) -> None:
    deliver(settings, "2026-09/anhua/问题.csv", PROBLEMS, "2026-10-02 09:00")
    deliver(settings, "2026-10/anhua/十月.csv", PROBLEMS.splitlines()[0] + "\n", "2026-11-02 09:00")
    before = built(settings)
    figures = before.ask_unscoped(FIGURES)
    assert sum(figure["due"] for figure in figures) > 0
    deliver(settings, "2026-10/安化县/问题（再报）.csv", PROBLEMS, "2026-11-03 09:00")
    deliver(settings, "2026-10/anhua/又一份.csv", PROBLEMS, "2026-11-04 09:00")
    after = built(settings)
    assert after.ask_unscoped(FIGURES) == figures
    assert after.ask_unscoped("select count(*) as n from published.problem") == [{"n": 2}]
    whole = {"found": 2, "accepted": 2, "rejected": 0, "identical": 0, "state": "landed"}
    copy = {"found": 2, "accepted": 0, "rejected": 0, "identical": 2, "state": "identical"}
    empty = {**whole, "found": 0, "accepted": 0}
    assert sorted(counts(after), key=str) == sorted(
        [{"month": "2026-09", **whole}, {"month": "2026-10", **empty}, {"month": "2026-10", **copy},
         {"month": "2026-10", **copy}], key=str,
    )  # fmt: skip
    assert {row["reason_zh"] for row in after.ask_unscoped("select * from published.source_file")} == {
        None, "与 2026-09/anhua/问题.csv 逐字节相同，未重复计入"
    }  # fmt: skip


@pytest.mark.slow
def test_it_still_reports_for_the_second_month(settings: Settings) -> None:
    deliver(settings, "2026-09/anhua/问题.csv", PROBLEMS, "2026-10-02 09:00")
    deliver(settings, "2026-10/anhua/问题.csv", PROBLEMS, "2026-11-02 09:00")
    given = built(settings).ask_unscoped(
        "select month, is_delivered from published.measurable"
        " where metric_id = 'rectification' and county_id = 'anhua' order by month"
    )
    assert [row["is_delivered"] for row in given] == [True, True, False]


def test_a_copy_of_what_was_refused_says_so(settings: Settings) -> None:
    refused = "问题编号,情况,发现时间\n1,示例,2026-09-08\n"
    deliver(settings, "2026-09/anhua/a.csv", refused, "2026-10-02 09:00")
    deliver(settings, "2026-09/anhua/b.csv", refused, "2026-10-03 09:00")
    deliver(settings, "2026-10/anhua/c.csv", refused, "2026-11-02 09:00")
    snapshot = built(settings)
    files = snapshot.ask_unscoped("select state, reason_zh, mend_zh from published.source_file order by path")
    assert [file["state"] for file in files] == ["refused", "identical", "identical"]
    assert all(
        file["reason_zh"].startswith("与 2026-09/anhua/a.csv 逐字节相同，该件已整件退回：") for file in files[1:]
    )
    assert all("所属网格" in file["mend_zh"] for file in files)
    assert [(row["found"], row["rejected"], row["identical"]) for row in counts(snapshot)] == [
        (1, 1, 0), (1, 0, 1), (1, 0, 1)
    ]  # fmt: skip


@pytest.mark.slow
def test_a_copy_received_after_the_moment_known_is_not_read(settings: Settings) -> None:
    deliver(settings, "2026-09/anhua/问题.csv", PROBLEMS, "2026-10-02 09:00")
    deliver(settings, "2026-10/anhua/问题.csv", PROBLEMS, "2026-11-02 09:00")
    snapshot = built(replace(settings, as_of=datetime(2026, 10, 20)))
    assert [row["month"] for row in counts(snapshot)] == ["2026-09"]
