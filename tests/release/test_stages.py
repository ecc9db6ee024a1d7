"""When a month is fixed: on the 6th and the 12th working day after it, by a calendar nobody of ours wrote."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from builds import rules
from hypothesis import given, settings
from hypothesis import strategies as st
from roots import SQL

from pipelines.release.fixing import stage_due, stages_due
from pipelines.release.shelf import Release, Shelf
from pipelines.release.stages import FINAL, PRELIMINARY, FixingError, months_between, read_fixing

FIXING = rules().fixing


def fixed(month: str, stage: str) -> Release:
    said = {"fixed_at": "2026-11-09 05:00:00", "fixed_by": "示例", "as_of": "2026-11-09 00:00:00", "build_id": "b" * 12}
    return Release(month, stage, Path("/x/data/releases") / month / stage, said, "0" * 64)


@pytest.mark.parametrize(
    ("month", "stage", "day"),
    [
        ("2026-10", PRELIMINARY, "2026-11-09"),
        ("2026-10", FINAL, "2026-11-17"),
        ("2026-09", PRELIMINARY, "2026-10-14"),  # National Day to 10-07, and the Saturday 10-10 is worked
        ("2026-09", FINAL, "2026-10-22"),
        ("2026-01", PRELIMINARY, "2026-02-09"),
        ("2026-01", FINAL, "2026-02-24"),  # Spring Festival to 02-23, and the Saturday 02-14 is worked
        ("2026-12", PRELIMINARY, None),  # the calendar of 2027 is not published
    ],
)
def test_the_day_of_a_stage(month: str, stage: str, day: str | None) -> None:
    assert FIXING.cut_off(month, stage) == (datetime.fromisoformat(day) if day else None)


@given(st.sampled_from(months_between("2021-05", "2026-11")), st.sampled_from([(PRELIMINARY, 6), (FINAL, 12)]))
@settings(deadline=None)
def test_so_many_working_days_lie_after_the_month_up_to_the_day(month: str, stage: tuple[str, int]) -> None:
    name, number = stage
    cut_off = FIXING.cut_off(month, name)
    assert cut_off is not None
    assert cut_off.time().isoformat() == "00:00:00"
    day, worked = date.fromisoformat(f"{month}-28"), 0
    while day < cut_off.date():
        day += timedelta(days=1)
        worked += day.isoformat()[:7] > month and chinese_calendar.is_workday(day)
    assert (worked, chinese_calendar.is_workday(day)) == (number, True)


@pytest.mark.parametrize(
    ("month", "stage", "now", "words"),
    [
        ("2026-10", None, "2026-11-08 23:59", "2026-10 初步数自 2026-11-09 起才可固化"),
        ("2026-10", FINAL, "2026-11-16 23:59", "2026-10 最终数自 2026-11-17 起才可固化"),
        ("2026-10", FINAL, "2026-11-17 00:00", "请先固化初步数"),
        ("2026-12", None, "2027-03-01 00:00", "工作日历只发布到 2026-12-31"),
        ("2021-04", None, "2026-11-17 00:00", "早于方案施行的 2021-05"),
        ("2026-9", None, "2026-11-17 00:00", "月份应写成 2026-10"),
        ("2026-09", None, "2026-11-17 00:00", "2026-09 最终数已于 2026-11-09 05:00:00 由 示例 固化"),
        ("2026-09", PRELIMINARY, "2026-11-17 00:00", "data/releases/2026-09/preliminary"),
    ],
)
def test_refused_with_the_day_from_which_it_can_be(month: str, stage: str | None, now: str, words: str) -> None:
    shelf = Shelf((fixed("2026-09", PRELIMINARY), fixed("2026-09", FINAL)))
    with pytest.raises(FixingError, match=words):
        stage_due(rules(), shelf, month, stage, datetime.fromisoformat(now))


def test_the_stage_now_due() -> None:
    at = datetime(2026, 11, 17)
    assert stage_due(rules(), Shelf(), "2026-10", None, at) == (PRELIMINARY, datetime(2026, 11, 9))
    once = Shelf((fixed("2026-10", PRELIMINARY),))
    assert stage_due(rules(), once, "2026-10", None, at) == (FINAL, datetime(2026, 11, 17))


def test_what_the_schedule_fixes_day_by_day() -> None:
    def due(shelf: Shelf, now: datetime) -> list[tuple[str, str]]:
        return stages_due(rules(), shelf, now)[0]

    once = Shelf((fixed("2026-10", PRELIMINARY),))
    both = Shelf((fixed("2026-10", PRELIMINARY), fixed("2026-10", FINAL)))
    assert due(Shelf(), datetime(2026, 11, 6, 5)) == []
    assert due(Shelf(), datetime(2026, 11, 9, 5)) == [("2026-10", PRELIMINARY)]
    assert due(once, datetime(2026, 11, 16, 5)) == []
    assert due(once, datetime(2026, 11, 17, 5)) == [("2026-10", FINAL)]
    assert due(Shelf(), datetime(2026, 11, 18, 5)) == [("2026-10", PRELIMINARY), ("2026-10", FINAL)], (
        "nobody was at work"
    )
    assert due(both, datetime(2026, 11, 18, 5)) == []
    assert "自 2026-11-17 起固化" in stages_due(rules(), once, datetime(2026, 11, 10))[1]
    assert "都已固化" in stages_due(rules(), both, datetime(2026, 11, 18))[1]
    assert "工作日历未发布" in stages_due(rules(), Shelf(), datetime(2027, 1, 15))[1]


def test_a_later_rule_leaves_the_months_before_it(tmp_path: Path) -> None:
    shutil.copytree(SQL / "seeds", tmp_path / "seeds")
    text = (SQL / "fixing.toml").read_text("utf-8")
    stage = 'stage = "final"\nzh = "最终数"\nworkday = {}\nbasis = "文件规定"\ntext_zh = "示例"\nvalid_from = {}\n'
    opened = text.replace("workday = 12\n", "workday = 12\nvalid_to = 2026-09-30\n")
    (tmp_path / "fixing.toml").write_text(f"{opened}\n[[stage]]\n{stage.format(10, '2026-10-01')}", "utf-8")
    changed = read_fixing(tmp_path)
    assert changed.cut_off("2026-09", FINAL) == datetime(2026, 10, 22)
    assert changed.cut_off("2026-10", FINAL) == datetime(2026, 11, 13)
    (tmp_path / "fixing.toml").write_text(f"{text}\n[[stage]]\n{stage.format(10, '2026-10-01')}", "utf-8")
    with pytest.raises(FixingError, match="重叠"):
        read_fixing(tmp_path)
    (tmp_path / "fixing.toml").write_text(text.replace("workday = 6", "workday = '六'"), "utf-8")
    with pytest.raises(FixingError, match="workday 应为正整数"):
        read_fixing(tmp_path)
