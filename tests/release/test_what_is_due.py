"""What may be fixed and what has to be: no month without ledgers, none twice by two at once, none left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from builds import rules
from deliveries import deliver
from house import House
from shelves import put
from test_fixed_month import PATROL, Life, patrol
from test_stages import fixed

from pipelines import cli_fixing, steps
from pipelines.release.daily import daily, why_not
from pipelines.release.fixing import refuse_empty, stages_due
from pipelines.release.shelf import Shelf
from pipelines.release.stages import FINAL, PRELIMINARY, STAGES
from pipelines.settings import Settings


@pytest.fixture
def life(tmp_path: Path) -> Life:
    """A ledger of September in time; of October nothing in time, and of November nothing at all."""
    life = Life(tmp_path, now=datetime(2026, 12, 20, 9, 0))
    deliver(life.root, "2026-09/anhua/巡查.csv", [PATROL, patrol("X0", "田庄乡", "2026-09-08")], "2026-10-03 10:00")
    deliver(life.root, "2026-10/anhua/巡查.csv", [PATROL, patrol("X1", "田庄乡", "2026-10-08")], "2026-12-02 10:00")
    return life


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2026-08", "2026-08 初步数不能固化：到 2026-09-08 0 时，该月还没有单位应报送（当时还没有收到任何文件）"),
        ("2026-11", "2026-11 初步数不能固化：data/raw/2026-11 里没有一个文件"),
    ],
)
def test_an_empty_month_is_not_fixed(life: Life, month: str, told: str) -> None:
    code, text = life.run("fix", month)
    assert (code, told in text) == (2, True), text
    assert life.files() == {}


def test_a_month_before_the_first_that_was_sent_is_not_fixed(life: Life) -> None:
    deliver(life.root, "2026-08/anhua/巡查.csv", [PATROL, patrol("X9", "田庄乡", "2026-08-08")], "2026-12-03 10:00")
    deliver(
        life.root, "2026-09/taojiang/巡查.csv", [PATROL, patrol("X8", "桃花江镇", "2026-09-08")], "2026-09-07 10:00"
    )
    code, text = life.run("fix", "2026-08")
    assert (code, "该月还没有单位应报送（最早的是 2026-09）" in text) == (2, True), text


def test_silence_can_be_fixed(life: Life) -> None:
    settings = Settings(root=life.root)
    read = steps.read_rules(settings)
    refuse_empty(read, steps.look(settings, read, life.now).scan, "2026-10", FINAL)


def test_of_two_who_fix_at_once_the_second_is_refused(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it waits for the lock the other one fixes 初步数; it was asked for that, and not for 最终数."""

    @contextmanager
    def other_first(*_: object) -> Iterator[None]:
        put(life.root / "data/releases", "2026-10", PRELIMINARY)
        yield

    monkeypatch.setattr(cli_fixing, "exclusive", other_first)
    code, text = life.run("fix", "2026-10")
    assert (code, "2026-10 初步数已于 2026-11-09 05:00:00 由 示例 固化" in text) == (2, True), text
    assert not (life.root / "data/releases/2026-10" / FINAL).exists()


def test_every_month_since_the_first_fixed_one_is_due() -> None:
    shelf = Shelf((fixed("2026-07", PRELIMINARY), *(fixed("2026-09", stage) for stage in STAGES)))
    due, told = stages_due(rules(), shelf, datetime(2026, 11, 10, 5))
    assert due == [
        ("2026-07", FINAL), ("2026-08", PRELIMINARY), ("2026-08", FINAL), ("2026-10", PRELIMINARY)
    ]  # fmt: skip
    assert told == "2026-10 最终数自 2026-11-17 起固化 (not yet)"


def test_a_month_without_ledgers_is_told_each_day_and_stops_no_other(life: Life) -> None:
    settings = Settings(root=life.root)
    read = steps.read_rules(settings)
    outlook = steps.look(settings, read, life.now)
    told = why_not(settings, read, outlook, life.now)
    assert told.startswith("2026-11 初步数不能固化：data/raw/2026-11 里没有一个文件"), (
        "the month before is due, and empty"
    )
    put(life.root / "data/releases", "2026-10", PRELIMINARY)
    outlook = steps.look(settings, read, life.now)
    assert why_not(settings, read, outlook, life.now) == "", "最终数 of October"


def test_a_month_that_has_no_preliminary_figures_has_no_final_ones(tmp_path: Path) -> None:
    """The first file of all came in the days of review: nothing is tried in vain each day."""
    life = Life(tmp_path, now=datetime(2026, 11, 18, 5, 0))
    deliver(tmp_path, "2026-10/anhua/巡查.csv", [PATROL, patrol("X1", "田庄乡", "2026-10-08")], "2026-11-12 10:00")
    settings = Settings(root=tmp_path)
    read = steps.read_rules(settings)
    outlook = steps.look(settings, read, life.now)
    assert why_not(settings, read, outlook, life.now).startswith("2026-10 初步数不能固化：到 2026-11-09 0 时")
    (told,) = daily(settings, read, outlook, life.now)
    assert told.startswith("2026-10 初步数不能固化")
    assert life.files() == {}


def test_what_is_due_and_not_fixed_is_published() -> None:
    house = House(as_of="2026-11-16 09:00").build()
    assert house.rows("select * from published.release") == [], "nobody has begun to fix"
    house.con.execute("insert into seed.release (period, stage, state) values ('2026-08', 'preliminary', 'intact')")
    house.con.execute("insert into seed.release (period, stage, state) values ('2026-09', 'preliminary', 'intact')")
    house.con.execute("""
        insert into seed.cut_off values
        ('2026-07', 'final', '2026-08-18'),
        ('2026-08', 'preliminary', '2026-09-08'), ('2026-08', 'final', '2026-09-16'),
        ('2026-09', 'preliminary', '2026-10-14'), ('2026-09', 'final', '2026-10-22'),
        ('2026-10', 'preliminary', '2026-11-09'), ('2026-10', 'final', '2026-11-17')""")
    (model,) = [model for model in house.rules.tables if model.name == "published.release"]
    found = house.con.execute(
        f"select period, stage, reason_zh from ({model.sql}) where state = 'missing' order by all"
    )
    assert found.fetchall() == [
        ("2026-08", "final", "2026-08 最终数尚未固化：自 2026-09-16 起应固化"),
        ("2026-09", "final", "2026-09 最终数尚未固化：自 2026-10-22 起应固化"),
        ("2026-10", "preliminary", "2026-10 初步数尚未固化：自 2026-11-09 起应固化"),
    ]
