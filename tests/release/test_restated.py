"""Whose file it was: not the innocent one, not one that only says it came in time; medians and scores are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from deliveries import deliver
from test_fixed_month import PATROL, PROBLEM, Life, patrol

from pipelines import steps
from pipelines.release import daily
from pipelines.settings import Settings

FOLLOW_UP = ["问题编号", "实施网格", "督办复查时间", "督办复查类型"]


def told(number: str, rectified: str = "", words: str = "示例问题") -> list[str]:
    return [number, words, "田庄乡", "巡查发现", "2026-10-08", "2026-10-20", rectified, "待办"]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """A1 is corrected by one file of five that speak of it; M1 and M3 change and their sum does not."""
    life = Life(tmp_path_factory.mktemp("restated"))
    deliver(life.root, "2026-10/anhua/巡查.csv", [PATROL, patrol("X1", "田庄乡", "2026-10-08")], "2026-11-02 10:00")
    rows = [told("A1"), told("M1", "2026-10-09"), told("M2", "2026-10-13"), told("M3", "2026-10-17"), told("B1")]
    deliver(life.root, "2026-10/anhua/问题.csv", [PROBLEM, *rows], "2026-11-03 10:00")
    assert life.run("fix", "2026-10")[0] == 0
    other = [PROBLEM, told("A1", words="示例问题（十一月）")]
    deliver(life.root, "2026-10/anhua/改描述.csv", other, "2026-11-10 10:00")
    seen = [FOLLOW_UP, ["A1", "安化县", "2026-11-09", "催办"]]
    deliver(life.root, "2026-11/anhua/督办.csv", seen, "2026-11-10 12:00")
    truth = [
        PROBLEM,
        told("A1", "2026-10-18", "示例问题（十一月）"),
        told("M1", "2026-10-12"),
        told("M3", "2026-10-14"),
    ]
    deliver(life.root, "2026-10/anhua/更正.csv", truth, "2026-11-11 10:00")
    backdated = [PROBLEM, told("B1", "2026-10-19")]
    deliver(life.root, "2026-10/anhua/倒签.csv", backdated, "2026-11-07 10:00")
    life.now = datetime(2026, 11, 13, 12, 0)
    life.said["restated"] = life.run("restate")
    life.said["built"] = life.run("build", "--plain")
    yield life


def causes(life: Life, duty: str) -> tuple[str, str]:
    ((old, new, path, words),) = life.ask(f"""
        select duty.old_state, duty.new_state, file.path, duty.cause_zh
        from published.restated_duty as duty join published.source_file as file on file.file_id = duty.cause_file_id
        where duty.obligation_id = 'rectification/anhua/{duty}/r1' and duty.metric_id = 'rectification'""")
    assert (old, new) == ("overdue", "on_time")
    return path, words


def test_an_innocent_file_is_not_named(life: Life) -> None:
    assert causes(life, "A1") == ("2026-10/anhua/更正.csv", "安化县 2026-11-11 10:00 收到的文件（2026-10）")


def test_a_backdated_file_is_named_as_one(life: Life) -> None:
    path, words = causes(life, "B1")
    assert path == "2026-10/anhua/倒签.csv"
    ((file_id,),) = life.ask(f"select file_id from published.source_file where path = '{path}'")
    assert words.endswith(f"，文件编号 {file_id}，这份文件固化时不在清单内（登记的收到时间早于固化）")


def test_a_median_that_moved_is_restated(life: Life) -> None:
    found = life.ask("""
        select field, old, new from published.restatement
        where metric_id = 'median_days_to_rectify' and grid_id = 'anhua' and period_kind = 'month' order by field""")
    assert ("value", 9, 6) in found, found


def test_scores_stand_as_fixed_and_as_they_would_be(life: Life) -> None:
    where = "grid_id = 'anhua' and period_kind = 'month'"
    ((old, new, old_finding, cause),) = life.ask(
        f"select old_score, new_score, old_finding, cause_zh from published.restated_score where {where}"
    )
    ((fixed, finding, assessable),) = life.ask(
        f"select score, finding, assessable from published.release_score where {where} and period = '2026-10'"
    )
    assert (old, old_finding) == (fixed, finding)
    assert old < new, "two were punctual after all"
    assert "2026-11-11 10:00 收到的文件" in cause
    assert assessable > 0
    code, text = life.run("score", "安化县", "2026-10")
    assert code == 0
    (line,) = [line for line in text.splitlines() if line.startswith("已固化 初步数")]
    assert f"总分 {fixed:.1f}" in line
    assert f"数据更正后为 {new:.1f}" in line


def test_a_backdated_file_is_news(life: Life) -> None:
    settings = Settings(root=life.root)
    rules = steps.read_rules(settings)
    now = datetime(2026, 11, 13, 5)
    assert "没有新到的文件" in daily.why_not(settings, rules, steps.look(settings, rules, now), now)
    deliver(life.root, "2026-10/anhua/再倒签.csv", [PROBLEM, told("B1", "2026-10-17")], "2026-11-07 11:00")
    assert daily.why_not(settings, rules, steps.look(settings, rules, now), now) == ""


def test_what_a_later_kind_of_ledger_could_show_accuses_nobody_looking_back(life: Life) -> None:
    """督办 came after the as-of for the first time: that nobody had re-inspected could not be seen by then."""
    assert life.ask("select metric_id from published.restated_duty where metric_id = 'reinspection'") == []
