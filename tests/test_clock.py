"""One clock, Beijing's, wherever the machine thinks it stands."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines import steps
from pipelines.definitions import months_of
from pipelines.settings import CODE_ROOT, Settings, beijing_now


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_now_is_beijing_time_in_every_zone(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        ahead = beijing_now() - datetime.now(UTC).replace(tzinfo=None)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert abs(ahead - timedelta(hours=8)) < timedelta(seconds=5)


def test_nobody_else_asks_for_the_time() -> None:
    others = [path for path in (CODE_ROOT / "pipelines").rglob("*.py") if path.name != "settings.py"]
    words = ("datetime.now(", "datetime.today(", "date.today(", "utcnow(", "time.time(")
    assert [path.name for path in others if any(word in path.read_text("utf-8") for word in words)] == []


@pytest.mark.parametrize(
    ("utc", "month"),
    [
        (datetime(2026, 11, 30, 16, 30), "2026-12"),  # 1 December 00:30 in Beijing
        (datetime(2026, 11, 30, 16, 30), "2027-01"),  # and a folder may be a month ahead
        (datetime(2026, 12, 31, 12, 0), "2027-01"),
    ],
)
def test_every_month_a_folder_may_bear_is_a_partition(utc: datetime, month: str) -> None:
    months = months_of(steps.read_rules(Settings(root=Path())))
    assert month in months.get_partition_keys(current_time=utc)
