"""The life of one month on the command line: fixed, corrected, explained, fixed for good, damaged, restored."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from deliveries import deliver

from pipelines import cli, cli_fixing, steps
from pipelines.release import daily
from pipelines.release.contents import KEPT
from pipelines.settings import Settings
from pipelines.snapshot import Scope, Snapshot, open_snapshot, read_pointer
from pipelines.snapshot.explained import Explained, explanations
from pipelines.snapshot.walk import obligations

PATROL = ["巡查编号", "所属网格", "实施网格", "巡查人员", "开始时间", "发现问题数"]
PROBLEM = ["问题编号", "问题描述", "所属网格", "问题来源", "发现时间", "整改时限", "整改完成时间", "办理状态"]
EXPLANATION = """[[explanation]]
metric_id = "rectification"
obligation_id = "rectification/anhua/A4/r1"
by = "示例甲"
written_on = 2026-11-12
text = "示例：等设备到货"
"""


def problem(number: str, rectified: str = "", status: str = "待办") -> list[str]:
    return [number, "示例问题", "田庄乡", "巡查发现", "2026-10-08", "2026-10-20", rectified, status]


OTHERS = [f"B{number:02}" for number in range(10)]


def patrol(number: str, grid: str, day: str) -> list[str]:
    return [number, grid, grid, "示例甲", day, "0"]


def in_time(root: Path) -> None:
    """What had come when the preliminary figures were due."""
    deliver(root, "2026-09/anhua/巡查.csv", [PATROL, patrol("X0", "田庄乡", "2026-09-08")], "2026-10-03 10:00")
    deliver(root, "2026-10/anhua/巡查.csv", [PATROL, patrol("X1", "田庄乡", "2026-10-08")], "2026-11-02 10:00")
    rows = [problem("A1"), problem("A2", "2026-10-15"), problem("A3"), problem("A4")]
    rows += [problem(number, "2026-10-15") for number in OTHERS]
    deliver(root, "2026-10/anhua/问题.csv", [PROBLEM, *rows], "2026-11-03 10:00")


def too_late(root: Path) -> None:
    """What came in the days of review: a correction, progress, other words, a ledger of September never sent before."""
    deliver(root, "2026-10/anhua/更正.csv", [PROBLEM, problem("A1", "2026-10-18")], "2026-11-10 10:00")
    deliver(root, "2026-11/anhua/进展.csv", [PROBLEM, problem("A3", "2026-11-09")], "2026-11-11 10:00")
    known = {"A1": "2026-10-18", "A3": "2026-11-09", "A4": "", **dict.fromkeys(["A2", *OTHERS], "2026-10-15")}
    words = [problem(number, day, "办理中") for number, day in known.items()]
    deliver(root, "2026-11/anhua/改说法.csv", [PROBLEM, *words], "2026-11-12 10:00")
    deliver(root, "2026-09/nanxian/巡查.csv", [PATROL, patrol("N0", "南洲镇", "2026-09-10")], "2026-11-11 11:00")


@dataclass
class Life:
    """A root with a clock of its own; `run` gives exit code and what was printed."""

    root: Path
    now: datetime = datetime(2026, 11, 10, 9, 0)
    said: dict[str, tuple[int, str]] = field(default_factory=dict)

    def run(self, *words: str) -> tuple[int, str]:
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
            for module in (cli, cli_fixing):
                patch.setattr(module, "beijing_now", lambda: self.now)
            patch.setattr(cli, "complain", lambda _, texts: print(*texts, sep="\n"))
            code = cli.main([*words, "--root", str(self.root)])
        return code, said.getvalue().rstrip("\n")

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted((self.root / "data/releases").rglob("*"))
            if path.is_file()
        }

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        snapshot: Snapshot = open_snapshot(self.root / "data/published")
        try:
            return [tuple(row.values()) for row in snapshot.ask_unscoped(sql)]
        finally:
            snapshot.close()


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Fixed on 11-10, looked back at on 11-13, fixed for good on 11-17, and then built."""
    life = Life(tmp_path_factory.mktemp("life"))
    in_time(life.root)
    life.said["fixed"] = life.run("fix", "2026-10")
    preliminary = life.files()
    too_late(life.root)
    life.now = datetime(2026, 11, 13, 12, 0)
    life.said["restated"] = life.run("restate")
    life.said["restated again"] = life.run("restate", "2026-10")
    folder = life.root / "data/state/explanations"
    folder.mkdir(parents=True)
    (folder / "安化县.toml").write_text(EXPLANATION, "utf-8")
    life.now = datetime(2026, 11, 17, 9, 0)
    life.said["final"] = life.run("fix", "2026-10")
    life.said["built"] = life.run("build", "--plain")
    for name, content in preliminary.items():
        assert life.files()[name] == content, "nothing rewrites what is fixed"
    yield life


def test_each_step_says_what_it_did(life: Life) -> None:
    assert {step: code for step, (code, _) in life.said.items()} == dict.fromkeys(life.said, 0)
    told = {step: text for step, (_, text) in life.said.items()}
    assert "2026-10 初步数已固化：计算时点 2026-11-08 23:59:59" in told["fixed"]
    assert "3 个文件；data/releases/2026-10/preliminary" in told["fixed"]
    assert re.search(
        r"2026-10 初步数：数据更正 \d+ 处（义务 \d+ 项），截至 2026-11-13 12:00；.* \(restated\)", told["restated"]
    )
    assert "（其后没有新文件，未重算）" in told["restated again"]
    assert "2026-10 最终数已固化：计算时点 2026-11-16 23:59:59" in told["final"]
    assert "固化 fixed: 2026-10 最终数：" in told["built"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fix", "2026-10"], "2026-10 最终数已于 "),
        (["fix", "2026-10", "--stage", "preliminary"], "2026-10 初步数已于 "),
        (["fix", "2026-11"], "2026-11 初步数自 2026-12-08 起才可固化"),
        (["explain", "安化县", "2026-12", "x.toml"], "2026-12 还没有开始（现在 2026-11-17 09:00）"),
        (["restate", "2026-09"], "2026-09 没有固化过；已固化的有 2026-10"),
    ],
)
def test_refused_without_touching_anything(life: Life, words: list[str], told: str) -> None:
    before = life.files()
    code, text = life.run(*words)
    assert (code, told in text) == (2, True), text
    assert life.files() == before


def test_fixed_a_day_or_three_weeks_late_it_has_the_same_bytes(life: Life, tmp_path: Path) -> None:
    late = Life(tmp_path, now=datetime(2026, 11, 30, 9, 0))
    in_time(late.root)
    too_late(late.root)
    assert late.run("fix", "2026-10", "--stage", "preliminary")[0] == 0
    assert not (late.root / "data/published/current.json").exists(), "nobody is pointed to a fixed month"
    tables = {name: content for name, content in late.files().items() if name.endswith(".parquet")}
    assert {Path(name).stem for name in tables} == {kept.table for kept in KEPT}
    assert tables == {name: life.files()[name] for name in tables}


def test_a_correction_is_restated_and_the_rest_is_not(life: Life) -> None:
    found = life.ask(
        "select metric_id, obligation_id, old_state, new_state, cause_file_id from published.restated_duty"
    )
    (rectified,) = [row for row in found if row[0] == "rectification"]
    assert rectified[1:4] == ("rectification/anhua/A1/r1", "overdue", "on_time")
    paths = dict(life.ask("select file_id, path from published.source_file"))
    assert ("待办", "办理中", True) in life.ask("select old, new, is_relabel from published.revision")
    assert paths[rectified[4]] == "2026-10/anhua/更正.csv"
    by_file: dict[str, set[str]] = {}
    for metric_id, *_, cause in found:
        by_file.setdefault(paths[cause], set()).add(metric_id)
    assert set(by_file) == {"2026-10/anhua/更正.csv", "2026-09/nanxian/巡查.csv"}, "neither progress nor other words"
    assert {"patrol_coverage", "patrol_frequency"} <= by_file["2026-09/nanxian/巡查.csv"], "known later, done in time"
    late = {"export_submission", "field_completeness"}
    assert not late & {metric_id for metric_id, *_ in found}, "sent too late, it was not sent by then"


def test_the_restated_figures_stand_beside_the_fixed_ones(life: Life) -> None:
    where = "metric_id = 'rectification' and grid_id = 'city' and owner_level = 'all' and period_kind = 'month'"
    found = life.ask(f"select field, old, new from published.restatement where stage = 'preliminary' and {where}")
    assert sorted(found) == [("on_time", 11, 12), ("on_time_original", 11, 12), ("overdue", 3, 2)]
    ((words,),) = life.ask(f"select distinct cause_zh from published.restatement where {where}")
    assert words == "安化县 2026-11-10 10:00 收到的文件（2026-10）"
    values = life.ask(f"select stage, on_time, late, overdue from published.release_value where {where} order by stage")
    assert values == [("final", 12, 1, 1), ("preliminary", 11, 0, 3)]
    releases = life.ask("select stage, as_of, known_at, state, restated_to from published.release order by stage")
    first, last = datetime(2026, 11, 8, 23, 59, 59), datetime(2026, 11, 16, 23, 59, 59)
    assert releases == [
        ("final", last, last, "intact", None),
        ("preliminary", first, first, "intact", datetime(2026, 11, 13, 12)),
    ]


def test_what_is_fixed_is_what_a_build_at_that_moment_publishes(life: Life) -> None:
    builds = dict(life.ask("select stage, build_id from published.release"))
    for stage, build_id in builds.items():
        (path,) = (life.root / "data/published").glob(f"{build_id}.duckdb")
        pointer = read_pointer(life.root / "data/published")
        snapshot = open_snapshot(path.parent, type(pointer)(build_id, path, pointer.as_of, pointer.built_at, False))
        columns = "metric_id, grid_id, owner_level, period_kind, on_time, due, unreported, rate"
        then = snapshot.ask_unscoped(f"""
            select {columns} from published.metric_value where period = '2026-10' order by all""")
        snapshot.close()
        now = life.ask(f"""
            select {columns} from published.release_value
            where stage = '{stage}' and owner_level <> '' order by all""")
        assert now == [tuple(row.values()) for row in then]


def test_an_explanation_stands_beside_its_duty(life: Life) -> None:
    code, text = life.run("trace", "rectification", "anhua", "2026-10")
    assert code == 0
    (place,) = [number for number, line in enumerate(text.splitlines()) if "情况说明" in line]
    assert text.splitlines()[place] == "    情况说明 2026-11-12 示例甲：示例：等设备到货"
    assert "rectification/anhua/A4/r1" in "\n".join(text.splitlines()[place - 6 : place])
    form = life.root / "form.toml"
    code, text = life.run("explain", "安化县", "2026-10", str(form))
    assert code == 0
    assert "核对期 window: 2026-11-09 至 2026-11-16（含），已经结束" in text
    assert f"注意：{form} 不会被 build 读到" in text
    listed = form.read_text("utf-8")
    assert "rectification/anhua/A3/r1" in listed
    assert "rectification/anhua/A4/r1" not in listed, "that one is explained"
    assert f"{listed.count('# [[explanation]]')} 项" in text


def test_who_may_not_see_names_does_not_see_who_explained(life: Life) -> None:
    snapshot = open_snapshot(life.root / "data/published")
    seen = {}
    for scope in (Scope("anhua", see_names=False), Scope("anhua"), Scope("nanxian")):
        duties = obligations(snapshot, Scope(), "rectification", "anhua", "2026-10")
        ((said,),) = explanations(snapshot, scope, duties).values() or ((Explained("", date.min, "", False),),)
        seen[scope] = said.by
    snapshot.close()
    assert list(seen.values()) == ["示*", "示例甲", ""]


def test_status_tells_every_fixed_month(life: Life) -> None:
    lines = [line for line in life.run("status")[1].splitlines() if line.startswith("固化 ")]
    assert len(lines) == 2
    assert re.search(
        r"初步数：.* 固化，计算时点 2026-11-08 23:59，数据更正 \d+ 个数、\d+ 项义务（截至 2026-11-13 12:00）$", lines[0]
    )
    assert lines[1].endswith("计算时点 2026-11-16 23:59")


def test_each_day_new_files_alone_are_looked_back_for(life: Life, tmp_path: Path) -> None:
    """On a copy: what it writes stays."""
    shutil.copytree(life.root / "data", tmp_path / "data")
    settings = Settings(root=tmp_path)
    rules = steps.read_rules(settings)

    def why_not(now: datetime) -> str:
        return daily.why_not(settings, rules, steps.look(settings, rules, now), now)

    assert why_not(life.now) == "2026-10 初步数、最终数都已固化 (both fixed)；已固化的月份没有新到的文件 (no new files)"
    assert why_not(datetime(2026, 12, 8, 5, 0)) == "", "the next month is due"
    later = datetime(2026, 11, 20, 5, 0)
    deliver(tmp_path, "2026-11/anhua/又更正.csv", [PROBLEM, problem("A4", "2026-10-19")], "2026-11-19 10:00")
    assert why_not(later) == ""
    told = list(daily.daily(settings, rules, steps.look(settings, rules, later), later))
    assert len(told) == 1
    assert re.match(r"2026-10 最终数：数据更正 \d+ 处（义务 1 项），截至 2026-11-20 05:00", told[0])
    assert "没有新到的文件" in why_not(datetime(2026, 11, 21, 5, 0))


def test_a_damaged_month_is_told_and_not_used_until_it_is_restored(life: Life) -> None:
    folder, copy = life.root / "data/releases/2026-10/preliminary", life.root / "copy"
    shutil.copytree(folder, copy)
    before = read_pointer(life.root / "data/published")
    path = folder / "metric_value.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    code, text = life.run("build", "--plain")
    assert code == 1
    assert "固化数据损坏 damaged: 2026-10 初步数：metric_value.parquet 被改过：sha256 应为 " in text
    states = life.ask("select stage, state, reason_zh like '%请从备份恢复%' from published.release order by stage")
    assert states == [("final", "intact", None), ("preliminary", "damaged", True)]
    assert life.ask("select distinct stage from published.release_value") == [("final",)]
    assert life.ask("select count(*) from published.restatement") == [(0,)]
    assert "固化数据损坏 2026-10 初步数：" in life.run("status")[1]
    life.now = datetime(2026, 12, 8, 9, 0)
    code, text = life.run("fix", "2026-11")
    assert code == 3, "what follows would be chained to what nobody can believe"
    assert "metric_value.parquet 被改过" in text
    life.now = datetime(2026, 11, 17, 9, 0)
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    code, text = life.run("build", "--plain")
    assert (code, "沿用已发布的快照" in text) == (0, True)
    assert read_pointer(life.root / "data/published") == before
