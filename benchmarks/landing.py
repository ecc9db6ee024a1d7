"""How long landing takes, beside a bare reader on the same file in the same run: `make bench-landing`.

Every measurement is a process of its own, so that its peak memory is its own. Wall-clock on a busy machine says little;
the ratio of processor time says more, and both are printed. Nothing is asserted here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import python_calamine

from benchmarks import ledgers
from benchmarks.clock import timed
from pipelines import steps
from pipelines.settings import CODE_ROOT, Settings

NOW = datetime(2026, 11, 6, 9, 0)
MONTH = "2026-10"
_SQL = CODE_ROOT / "sql"
# All of what makes a row typed, checked, matched to its grid, judged and stored.
_JUDGED = "staging.patrol_version"


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the CSV files")
    parser.add_argument("--workbook-rows", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=10, help="years of history below the month of new files")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is 30 patrols and 5 problems a township and month")
    parser.add_argument("--only", choices=["csv", "workbook", "history"], action="append")
    parser.add_argument("--models", type=int, default=8, help="how many of the slowest models to list")
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(_CHILDREN[given.child[0]](Path(given.child[1]))))
        return
    only = given.only or ["csv", "workbook", "history"]
    with tempfile.TemporaryDirectory(prefix="bench_landing_") as scratch:
        folder = Path(scratch)
        if "csv" in only:
            _csv(folder, given.rows, given.models)
        if "workbook" in only:
            _workbook(folder, given.workbook_rows)
        if "history" in only:
            _history(folder, given.years, given.scale, given.models)


def _csv(folder: Path, rows: int, models: int) -> None:
    names = ledgers.towns(_SQL)["anhua"]
    bare = folder / "bare"
    ledgers.write_csv(bare / "a.csv", ledgers.patrols(names, rows, MONTH))
    base = _measure("bare_csv", bare)
    print(f"\n{rows} 行 × {len(ledgers.HEADER)} 列 CSV（裸读 read_csv(all_varchar) 入库文件 = 1）")
    _head()
    _line("裸读", base, base, None)
    for encoding, target in (("utf-8", 4), ("gb18030", 5)):
        place = folder / encoding
        ledgers.write_csv(_raw(place, "anhua", MONTH), ledgers.patrols(names, rows, MONTH), encoding)
        found = _measure("judge", place)
        _line(f"{encoding}：读入、定型、核查、对网格、逐行判定", found, base, target)
        print("    其中 " + "，".join(f"{name} {seconds:.1f}s" for name, seconds in _slowest(found, models)))


def _workbook(folder: Path, rows: int) -> None:
    names = ledgers.towns(_SQL)["anhua"]
    path = _raw(folder / "book", "anhua", MONTH).with_suffix(".xlsx")
    ledgers.write_workbook(path, ledgers.patrols(names, rows, MONTH))
    base = _measure("bare_workbook", folder / "book")
    print(f"\n{rows} 行 × {len(ledgers.HEADER)} 列工作簿（裸读 calamine to_python = 1）")
    _head()
    _line("裸读", base, base, None)
    _line("读入为原始表与行文件", _measure("land", folder / "book"), base, 3)


def _history(folder: Path, years: int, scale: float, models: int) -> None:
    root = folder / "history"
    towns = ledgers.towns(_SQL)
    months = [f"{year}-{month:02d}" for year in range(2026 - years, 2027) for month in range(1, 13)]
    months = [month for month in months if month <= MONTH][-(12 * years + 1) :]
    settings = Settings(root=root)
    rows = 0
    for month in months[:-1]:
        rows += _deliver(root, month, towns, scale)
    _measure("build", root)
    fresh = _deliver(root, months[-1], towns, scale)
    found = _measure("build", root)
    size = sum(path.stat().st_size for path in settings.raw.rglob("*.csv")) / 2**20
    print(f"\n{years} 年历史（规模 {scale}：{rows} 行，{len(months) - 1} 个月 × 8 县区）上加一个月（{fresh} 行）")
    print(
        f"  文件共 {size:.0f} MB；从文件到发布的快照 {found['wall']:.1f} s（目标 ≤ 15 s），"
        f"处理器 {found['cpu']:.1f} s，"
    )
    print(f"  内存峰值 {found['peak_mb']} MB")
    print("    其中 " + "，".join(f"{name} {seconds:.1f}s" for name, seconds in _slowest(found, models)))


def _deliver(root: Path, month: str, towns: dict[str, list[str]], scale: float) -> int:
    """One month of all counties; returns its rows. Months before the scheme are set later: only the amount counts."""
    rows = 0
    for county in ledgers.COUNTIES:
        names = towns.get(county) or [county]
        patrols, problems = round(30 * scale * len(names)), round(5 * scale * len(names))
        path = _raw(root, county, month)
        ledgers.write_csv(path, ledgers.patrols(names, patrols, month, f"XC{month}"))
        ledgers.write_csv(path.with_name("b.csv"), ledgers.problems(names, problems, month, f"WT{month}"))
        rows += patrols + problems
    return rows


def _raw(root: Path, county: str, month: str) -> Path:
    return Settings(root=root).raw / month / county / "a.csv"


def _measure(what: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.landing", "--child", what, str(folder)]
    done = subprocess.run(command, cwd=CODE_ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _bare_csv(folder: Path) -> dict[str, Any]:
    return timed(lambda _: ledgers.bare_csv(folder / "a.csv", folder / "bare.duckdb"))


def _bare_workbook(folder: Path) -> dict[str, Any]:
    path = _raw(folder, "anhua", MONTH).with_suffix(".xlsx")

    def read(_: dict[str, float]) -> None:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            book.get_sheet_by_index(0).to_python(skip_empty_area=False)

    return timed(read)


def _pipeline(folder: Path, until: str) -> dict[str, Any]:
    """The pipeline as far as asked: `land`, a model and all before it, or `publish`."""
    settings = Settings(root=folder)
    rules = steps.read_rules(settings)
    models = rules.tables  # parsed outside the clock: the amount of rows does not matter to it
    if until == _JUDGED:
        wanted, names = {until}, {model.name: model for model in models}
        for name in reversed(list(names)):
            if name in wanted:
                wanted |= set(names[name].inputs)
        models = tuple(model for model in models if model.name in wanted)

    def work(parts: dict[str, float]) -> None:
        def note(name: str, began: float) -> None:
            parts[name] = time.perf_counter() - began

        began = time.perf_counter()
        outlook = steps.look(settings, rules, NOW)
        with steps.open_warehouse(settings) as con:
            steps.land_files(con, settings, rules, outlook)
            note("landing", began)
            if until == "land":
                return
            steps.load_moment(con, settings, rules, outlook)
            for model in models:
                began = time.perf_counter()
                steps.compute(con, model)
                note(model.name, began)
            if until == "publish":
                began = time.perf_counter()
                steps.check_all(con, rules)
                note("checks", began)
                began = time.perf_counter()
                steps.publish_snapshot(con, settings, rules, outlook.moment)
                note("publish", began)

    return timed(work)


def _head() -> None:
    print(f"  {'':<34}{'墙钟':>8}{'处理器':>9}{'墙钟比':>8}{'处理器比':>9}{'目标':>7}{'内存 MB':>9}")


def _line(name: str, found: dict[str, Any], base: dict[str, Any], target: int | None) -> None:
    wall, cpu = found["wall"] / base["wall"], found["cpu"] / base["cpu"]
    told = f"≤ {target}" if target else ""
    print(
        f"  {name:<34}{found['wall']:>8.1f}s{found['cpu']:>8.1f}s{wall:>9.2f}{cpu:>10.2f}{told:>9}{found['peak_mb']:>9}"
    )


def _slowest(found: dict[str, Any], count: int) -> list[tuple[str, float]]:
    return sorted(found["parts"].items(), key=lambda part: -part[1])[:count]


_CHILDREN: dict[str, Callable[[Path], dict[str, Any]]] = {
    "bare_csv": _bare_csv,
    "bare_workbook": _bare_workbook,
    "land": lambda folder: _pipeline(folder, "land"),
    "judge": lambda folder: _pipeline(folder, _JUDGED),
    "build": lambda folder: _pipeline(folder, "publish"),
}


if __name__ == "__main__":
    main()
