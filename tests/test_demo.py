"""The demo: the same bytes each time, invented people only, files as the contracts can read them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from demo_files import lines_of
from python_calamine import CalamineWorkbook

from pipelines.demo.counties import COUNTIES
from pipelines.demo.deliveries import LATE_COUNTY, NOT_SENT, SENT_AGAIN
from pipelines.demo.facts import AS_OF, Plan
from pipelines.demo.places import load_land, next_month
from pipelines.demo.plan import LAST_SIX, MONTHS, SEED, PlanError, make_plan
from pipelines.demo.write import DemoError, DemoSummary, write_demo

ROOT = Path(__file__).resolve().parents[1]
SQL = ROOT / "sql"
MAY_JUNE, TWO = ("2026-05", "2026-06"), ("anhua", "nanxian")
ALL_STATES = {"on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "void", "unreported"}


def contents(raw: Path) -> dict[str, bytes]:
    return {p.relative_to(raw).as_posix(): p.read_bytes() for p in raw.rglob("*") if p.is_file()}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoSummary]:
    root = tmp_path_factory.mktemp("demo")
    return root / "data" / "raw", write_demo(root, SQL)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_land(SQL), SEED, MONTHS, None)


def test_the_same_arguments_give_the_same_bytes(demo: tuple[Path, DemoSummary], tmp_path: Path) -> None:
    first = write_demo(tmp_path / "1", SQL, months=LAST_SIX)
    assert write_demo(tmp_path / "2", SQL, months=LAST_SIX) == first
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert first.files < demo[1].files


def test_bytes_do_not_hang_on_the_process_and_the_seed_matters(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from pipelines.demo.write import write_demo; "
    code += f"write_demo(Path(sys.argv[1]), Path(sys.argv[2]), months={MAY_JUNE}, counties={TWO})"
    for salt in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": salt}
        subprocess.run([sys.executable, "-c", code, tmp_path / salt, SQL], check=True, env=env, cwd=ROOT)
    write_demo(tmp_path / "3", SQL, seed=7, months=MAY_JUNE, counties=TWO)
    first, second, third = (contents(tmp_path / name / "data" / "raw") for name in "123")
    assert first == second
    assert first["2026-05/anhua/巡查记录202605.csv"] != third["2026-05/anhua/巡查记录202605.csv"]


def test_size_and_states(demo: tuple[Path, DemoSummary], plan: Plan) -> None:
    summary = demo[1]
    assert len(MONTHS) == 24 and MONTHS[-1] == "2026-10"
    assert 7500 <= summary.patrols <= 9000
    assert 1400 <= summary.problems <= 1700
    assert 680 <= summary.files <= 740
    assert summary.unmeasurable > 20
    assert set(summary.states["rectification"]) == ALL_STATES
    assert set(summary.states["patrol_coverage"]) == {"on_time", "pending", "overdue", "unreported"}
    assert sum(summary.states["patrol_coverage"].values()) + summary.unmeasurable == (4 + 8 + 92) * 25
    towns = {p.grid_id for p in plan.patrols if plan.land.places[p.grid_id].level == 3}
    assert len(towns) == 98
    went = Counter((p.county_id, p.month) for p in plan.patrols)
    assert all(n <= 4 * len(plan.land.towns(county_id)) + 8 for (county_id, _), n in went.items())


def test_the_truth_has_the_published_columns(demo: tuple[Path, DemoSummary]) -> None:
    schema = tomllib.loads((SQL / "published" / "schema.toml").read_text("utf-8"))
    published = [c for c in schema["obligation"]["columns"] if c not in {"duty_row_id", "met_row_id", "due_basis"}]
    assert list(table(demo[0] / "_truth" / "obligation.csv")[0]) == published


def test_every_file_has_a_receipt_no_later_than_the_as_of_moment(demo: tuple[Path, DemoSummary], plan: Plan) -> None:
    received: list[datetime] = []
    for delivery in plan.deliveries.values():
        folder = demo[0] / delivery.month / COUNTIES[delivery.county_id].folder
        receipts = {row["file"]: datetime.fromisoformat(row["received_at"]) for row in table(folder / "_receipts.csv")}
        assert set(receipts) == {p.name for p in folder.iterdir()} - {"_receipts.csv"}
        assert all(delivery.compiled_at < at <= AS_OF for at in receipts.values())
        received += receipts.values()
    assert datetime(2026, 11, 5, 10, 40) in received
    late = [d for d in plan.deliveries.values() if d.county_id == LATE_COUNTY and d.month != MONTHS[-1]]
    assert all(d.received_at.day > 10 and f"{d.received_at:%Y-%m}" == next_month(d.month) for d in late)
    assert len(received) == demo[1].files


def test_every_person_is_marked_as_invented(plan: Plan) -> None:
    names = [row.name for row in plan.roster] + [row.deputy for row in plan.roster if row.deputy]
    names += [name for patrol in plan.patrols for name in (*patrol.inspectors, patrol.leader)]
    names += [visit.checker for problem in plan.problems for visit in problem.visits]
    assert [name for name in names if "示例" not in name] == []
    counties: dict[str, set[str]] = {}
    for row in plan.roster:
        counties.setdefault(row.name, set()).add(row.county_id)
    assert {name: where for name, where in counties.items() if len(where) > 1} == {"示例同名": {"anhua", "nanxian"}}


def test_what_goes_back_stands_in_its_file_and_not_in_the_truth(demo: tuple[Path, DemoSummary]) -> None:
    owed = [row["obligation_id"] for row in table(demo[0] / "_truth" / "obligation.csv")]
    rows = table(demo[0] / "_truth" / "returned.csv")
    rules = {row["rule"] for row in rows}
    assert rules == {"unknown_grid", "bad_date", "empty_required", "future", "same_key_other_content"}
    wanted = Counter((r["county_id"], r["month"], r["file"], r["sheet"], r["marker"]) for r in rows)
    for (county_id, month, file, sheet, marker), count in wanted.items():
        path = demo[0] / month / COUNTIES[county_id].folder / file
        assert sum(marker in line for line in lines_of(path, sheet)) == count
        assert not any(f"/{marker}/" in obligation_id for obligation_id in owed)


def test_a_renamed_township_is_written_both_ways_once_the_register_tells_of_it(
    demo: tuple[Path, DemoSummary], tmp_path: Path
) -> None:
    register = table(demo[0] / "2026-06" / "city" / "网格登记表202606.csv")
    (renamed,) = (row for row in register if row["\ufeff网格编码"] == "430921201" and row["曾用名"])
    assert (renamed["网格名称"], renamed["曾用名"], renamed["设立日期"]) == ("乌嘴镇", "乌嘴乡", "2026-07-01")
    assert all(row["定区域"] and row["定奖惩日期"] for row in register)
    assert names_in(demo[0] / "2026-06" / "nanxian") == {"乌嘴乡"}
    assert all(names_in(demo[0] / f"2026-{month:02d}" / "nanxian") == {"乌嘴乡", "乌嘴镇"} for month in range(7, 11))
    write_demo(tmp_path, SQL, counties=TWO)
    assert names_in(tmp_path / "data" / "raw" / "2026-10" / "nanxian") == {"乌嘴乡"}, "nobody told of the new name"


def names_in(folder: Path) -> set[str]:
    """The names of one township that stand in cells of a county's workbooks."""
    books = [CalamineWorkbook.from_path(path) for path in folder.glob("*.xlsx")]
    rows = [row for book in books for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python()]
    return {str(cell) for row in rows for cell in row} & {"乌嘴乡", "乌嘴镇"}


def test_what_was_sent_twice_or_not_at_all(demo: tuple[Path, DemoSummary]) -> None:
    raw = demo[0]
    twice = [p.read_bytes() for p in (raw / "2026-06" / "桃江县").glob("问题清单*.csv")]
    assert len(twice) == 2 and twice[0] == twice[1]
    corrected = {len(p.read_text("utf-8-sig").splitlines()) for p in (raw / "2026-07" / "anhua").glob("巡查记录*.csv")}
    assert max(corrected) - min(corrected) == 1
    names = {path.name for path in (raw / "2026-08" / "430981").iterdir()}
    assert "问题导出202608.csv" in names and "巡查导出202608.csv" not in names
    assert not list((raw / "2026-09" / "ziyang").glob("问题*")) and ("ziyang", "2026-09") in NOT_SENT
    assert not (raw / "2025-02" / "桃江县").exists() and ("taojiang", "2025-02") in NOT_SENT
    for (county_id, month), name in SENT_AGAIN.items():
        (again,) = (raw / month / COUNTIES[county_id].folder).glob("*（更正）*")
        assert again.with_name(again.name.replace("（更正）", "")).exists(), name


@pytest.mark.parametrize(
    ("months", "counties"),
    [((), None), (("2026-06", "2026-05"), None), (("2026-11",), None), (("2026-05",), ("changsha",))],
)
def test_what_cannot_be_planned_is_refused(months: tuple[str, ...], counties: tuple[str, ...] | None) -> None:
    with pytest.raises(PlanError):
        make_plan(load_land(SQL), SEED, months, counties)


def test_other_ledgers_are_never_mixed_with_the_demo(tmp_path: Path) -> None:
    real = tmp_path / "data" / "raw" / "2026-05" / "anhua" / "真台账.csv"
    real.parent.mkdir(parents=True)
    real.write_text("巡查编号\n", "utf-8")
    with pytest.raises(DemoError, match="真台账"):
        write_demo(tmp_path, SQL, months=MAY_JUNE, counties=TWO)
    assert [p.name for p in (tmp_path / "data").rglob("*") if p.is_file()] == ["真台账.csv"]
