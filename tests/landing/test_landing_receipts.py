"""Receipts as people write them: Excel's CSV, Chinese headers, days without a clock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from landing_files import look, put

from pipelines.landing import receipts
from pipelines.landing.delivery import Received, sha256_of
from pipelines.landing.receipts import Arrivals, read_first_sights, record
from pipelines.settings import Settings

NOW = datetime(2026, 11, 4, 10, 15, 30)


def received(settings: Settings, line: str, now: datetime = NOW, header: str = "文件,收到时间") -> Received:
    put(settings, "2026-10/anhua/巡查.csv", b"x")
    put(settings, "2026-10/anhua/_receipts.csv", f"{header}\n{line}\n".encode())
    found = look(settings, now)
    assert found.misplaced == ()
    (one,) = found.received
    return one


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("header", ["file,received_at", "文件,收到时间", "文件名, 收到时间 ,经办人"])
def test_encodings_and_headers(settings: Settings, encoding: str, header: str) -> None:
    put(settings, "2026-10/anhua/巡查.csv", b"x")
    put(settings, "2026-10/anhua/_receipts.csv", f"{header}\r\n巡查.csv,2026/11/3 9:20,示例\r\n".encode(encoding))
    found = look(settings, NOW)
    assert found.misplaced == ()
    assert [(one.received_at, one.received_basis) for one in found.received] == [
        (datetime(2026, 11, 3, 9, 20), "receipt")
    ]


@pytest.mark.parametrize(
    "text",
    ["2026-11-03 09:20", "2026/11/3 9:20", "2026年11月3日 9:20", "2026年11月3日9时20分", "2026.11.3 9：20",
     "２０２６/11/3  09:20:00", "2026-11-03T09:20"],
)  # fmt: skip
def test_moments_in_every_hand(settings: Settings, text: str) -> None:
    assert received(settings, f"巡查.csv,{text}").received_at == datetime(2026, 11, 3, 9, 20)


@pytest.mark.parametrize("text", ["2026-11-03", "2026/11/3", "2026年11月3日"])
def test_a_day_without_clock_ends_at_its_last_minute(settings: Settings, text: str) -> None:
    one = received(settings, f"巡查.csv,{text}")
    assert (one.received_at, one.received_basis) == (datetime(2026, 11, 3, 23, 59), "receipt")


def test_a_file_of_today_has_come_and_is_not_dated_anew(settings: Settings) -> None:
    for later in (timedelta(), timedelta(hours=3), timedelta(days=9)):
        assert received(settings, "巡查.csv,2026-11-04", NOW + later).received_at == datetime(2026, 11, 4, 10, 15)


def test_a_day_to_come_is_not_pulled_back_to_now(settings: Settings) -> None:
    assert received(settings, "巡查.csv,2026-11-05").received_at == datetime(2026, 11, 5, 0, 0)


@pytest.mark.parametrize("text", ["2026-02-30", "11-03 9:20", "2026-11-03 25:00", "昨天", "2026-11-039:20"])
def test_what_is_no_moment_is_told_with_what_to_write(settings: Settings, text: str) -> None:
    put(settings, "2026-10/anhua/巡查.csv", b"x")
    put(settings, "2026-10/anhua/_receipts.csv", f"文件,收到时间\n巡查.csv,{text}\n".encode())
    assert [one.reason_zh for one in look(settings, NOW).misplaced] == [
        f"第 2 行的收到时间“{text}”无法识别；应写成 2026-11-03 09:20（只写日期也可）"
    ]


def arrivals(settings: Settings, sights: dict[str, datetime]) -> Arrivals:
    """What one look of a process would record: it read the record before anybody else wrote."""
    return Arrivals(NOW, fresh={(path, "0" * 64): at for path, at in sights.items()})


def test_two_processes_lose_no_first_sight_and_keep_the_earlier(settings: Settings) -> None:
    path = settings.state / "receipts.csv"
    early, late = NOW.replace(second=0), NOW.replace(minute=40, second=0)
    assert not record(path, arrivals(settings, {"a": early, "b": late}))
    assert record(path, arrivals(settings, {"a": late, "c": late})), "a was seen earlier by the other"
    assert not record(path, arrivals(settings, {"b": early}))
    seen, complaints = read_first_sights(path)
    assert complaints == []
    assert {name: at for (name, _), at in seen.items()} == {"a": early, "b": early, "c": late}


def test_many_at_once_lose_none(settings: Settings) -> None:
    path = settings.state / "receipts.csv"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: record(path, arrivals(settings, {f"{n}": NOW})), range(40)))
    assert len(read_first_sights(path)[0]) == 40


def test_what_another_process_recorded_first_dates_this_look_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(settings, "2026-10/anhua/a.csv", b"x")
    earlier = NOW - timedelta(minutes=7)
    original = receipts.record

    def interrupted(path: Path, ours: Arrivals) -> bool:
        theirs = Arrivals(earlier, fresh={("2026-10/anhua/a.csv", sha256_of(file)): earlier.replace(second=0)})
        original(path, theirs)
        return original(path, ours)

    monkeypatch.setattr(receipts, "record", interrupted)
    (one,) = look(settings, NOW).received
    assert one.received_at == earlier.replace(second=0)
    monkeypatch.undo()
    assert look(settings, NOW).received == (one,)


def test_a_record_that_stays_locked_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.state.mkdir(parents=True)
    monkeypatch.setattr(receipts, "_LOCK_WAIT_SECONDS", 0)
    with FileLock(settings.state / ".receipts.csv.lock"), pytest.raises(OSError, match="另一个进程"):
        record(settings.state / "receipts.csv", arrivals(settings, {"a": NOW}))
