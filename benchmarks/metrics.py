"""How long all duties, indicators and their values take over ten years of a city: `make bench-metrics`.

What landing, staging and the facts of core cost is outside the clock: they are prepared once a scale, and kept with
`--keep`. Three of the metrics are computed beside it by hand in polars, from the same facts. Every measurement is a
process of its own, so that its peak memory is its own. Nothing is asserted here.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import history
from benchmarks.clock import peak_mb, timed
from benchmarks.peer import INPUTS, compute, counts_of
from pipelines import engine, publish, steps
from pipelines.landing import tables
from pipelines.models import Model
from pipelines.seeds import Moment, load_seeds
from pipelines.settings import CODE_ROOT, Settings

_VALUES = frozenset(
    f"published.{name}" for name in (
        "obligation", "metric_value", "indicator_row", "indicator_value", "series_point", "funnel_point",
        "survival_point", "survival_summary",
    )
)  # fmt: skip
# What says of the metrics themselves which can be measured and who is late; all else that is published is facts.
_ABOUT = frozenset(f"published.{name}" for name in ("measurable", "unmeasurable_grid", "late_sender", "reconciliation"))
# What the statistics make of the sums; all else that is measured is duties, indicators and their values.
_POINTS = ("series_point", "funnel_point", "survival_point", "survival_summary")
_STATISTICS = frozenset(
    [f"points.{name}" for name in (*_POINTS, "metric_interval", "indicator_interval")]
    + [f"published.{name}" for name in _POINTS]
)
COMPARED = ("patrol_coverage", "patrol_frequency", "problem_registration")
_DUTIES_OF_THREE = ("patrol_coverage", "patrol_frequency", "handling_step")
_OF_THREE = (
    "core.patrol_credit", "core.patrol_day", "core.patrol_unsure", "core.coverage_month", "core.patrol_asked",
    "core.patrol_turn", "obligations.patrol_coverage", "obligations.patrol_frequency",
    "obligations.step_clock", "obligations.handling_step",
)  # fmt: skip
_WRITTEN_OF_THREE = frozenset(_OF_THREE) - {"obligations.step_clock"}
# Points and what is published read each other: they run as one.
_LAYERS = ("core", "steps", "obligations", "indicators", "published")


def main() -> None:
    """Prepare, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--patrols", type=int, default=1_000_000)
    parser.add_argument("--problems", type=int, help="a fifth of the patrols")
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="folder in which what is prepared stays for the next time")
    parser.add_argument(
        "--publish", type=Path, help="a root whose pages shall show it: for `benchmarks.pages --beside`"
    )
    parser.add_argument("--models", type=int, default=10, help="how many of the slowest models to list")
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.problems = given.problems or given.patrols // 5
    if given.child:
        work = {"prepare": _prepare, "compute": _compute, "three": _three, "peer": _peer, "publish": _publish}[
            given.child[0]
        ]
        print(json.dumps(work(Path(given.child[1]), given)))
        return
    with tempfile.TemporaryDirectory(prefix="bench_metrics_") as scratch:
        _report(given, given.keep or Path(scratch))


def _report(given: argparse.Namespace, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    base = folder / f"{given.patrols}_{given.problems}_{given.sites}.duckdb"
    if not base.exists():
        fresh = base.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        told = _measure("prepare", fresh, given)
        print(f"准备（时钟之外：暂存层、各表的事实）{told['wall']:.0f} s", flush=True)
        fresh.rename(base)
    work = folder / "work.duckdb"
    shutil.copy(base, work)
    found = _measure("compute", work, given)
    print(f"\n{given.patrols} 次巡查、{given.problems} 个问题、{given.sites} 个点位，{history.MONTHS} 个月；"
          f"{found['duties']} 项义务、{found['values']} 个指标值、{found['indicator_values']} 个数值")  # fmt: skip
    for layer, (wall, cpu, peak) in found["layers"].items():
        print(f"  {layer:<14}{wall:>8.2f} s 墙钟{cpu:>8.2f} s 处理器{peak:>7} MB")
    print(f"  {'合计':<12}{found['wall']:>8.2f} s 墙钟{found['cpu']:>8.2f} s 处理器{found['peak_mb']:>7} MB（峰值）")
    statistics = sum(seconds for name, seconds in found["parts"].items() if name in _STATISTICS)
    rest = found["wall"] - statistics
    print(f"  义务、数值及其合计 {rest:.2f} s 墙钟（目标 ≤ 20 s），区间、控制图、漏斗、曲线 {statistics:.2f} s")
    slow = sorted(found["parts"].items(), key=lambda part: -part[1])[: given.models]
    print("  其中 " + "，".join(f"{name} {seconds:.2f}s" for name, seconds in slow))
    print("  没有一项义务的指标：" + ("、".join(found["empty"]) or "无"))
    if given.publish:
        _measure("publish", work, given)
        print(f"  已发布到 {given.publish}", flush=True)
    three, peer = _measure("three", work, given), _measure("peer", work.with_suffix(".inputs"), given)
    print(f"\n三项（{'、'.join(COMPARED)}）")
    for name, side in (("本系统", three), ("polars", peer)):
        print(f"  {name:<10}{side['wall']:>8.2f} s 墙钟{side['cpu']:>8.2f} s 处理器{side['peak_mb']:>7} MB")
    print(f"  比 {three['wall'] / peer['wall']:.2f}（墙钟），{three['cpu'] / peer['cpu']:.2f}（处理器）")
    ours, theirs = ({(metric, state): n for metric, state, n in side["counts"]} for side in (three, peer))
    differ = {key for key in ours | theirs if ours.get(key) != theirs.get(key)}
    for metric, state in sorted(differ):
        print(f"  不同：{metric} {state}：本系统 {ours.get((metric, state))}，polars {theirs.get((metric, state))}")
    if not differ:
        print(f"  各状态的项数相同（共 {sum(ours.values())} 项）")


def _measure(what: str, file: Path, given: argparse.Namespace) -> dict[str, Any]:
    sizes = [f"--patrols={given.patrols}", f"--problems={given.problems}", f"--sites={given.sites}"]
    if given.publish:
        sizes.append(f"--publish={given.publish}")
    command = [sys.executable, "-m", "benchmarks.metrics", *sizes, "--child", what, str(file)]
    done = subprocess.run(command, cwd=CODE_ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _prepare(file: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Raw rows, seeds, staging, and of core what is published as fact."""
    settings = Settings(root=file.parent)
    rules = steps.read_rules(settings)

    def work(parts: dict[str, float]) -> None:
        con = engine.connect(file, settings.sql)
        tables.ensure(con, rules.contracts)
        seeds = str(settings.sql / "seeds")
        history.fill(con, seeds, patrols=given.patrols, problems=given.problems, sites=given.sites)
        moment = Moment("bench", history.AS_OF, history.AS_OF, "", "", False)
        load_seeds(con, settings.sql, rules.contracts, rules.catalogue, moment)
        history.working_days(con)
        facts = _facts(rules.tables)
        _run(con, [model for model in rules.tables if model.name in facts], parts)
        con.close()

    return timed(work)


def _compute(file: Path, _: argparse.Namespace) -> dict[str, Any]:
    """All duties, indicators and values, and of core what only they use."""
    settings = Settings(root=file.parent)
    models = steps.read_rules(settings).tables
    facts, needed = _facts(models), _above(models, _VALUES) | _VALUES
    con = engine.connect(file, settings.sql)
    layers: dict[str, tuple[float, float, int]] = {}

    def work(parts: dict[str, float]) -> None:
        for layer in _LAYERS:
            within = {layer, "points"} if layer == "published" else {layer}
            wanted = [model for model in models if model.name in needed - facts and model.layer in within]
            began, began_cpu = time.perf_counter(), time.process_time()
            _run(con, wanted, parts)
            layers[layer] = (time.perf_counter() - began, time.process_time() - began_cpu, peak_mb())

    found = timed(work)
    empty = con.execute("""
        select metric_id from seed.metric where metric_id not in (
            select metric_id from published.obligation union all select indicator_id from published.indicator_row)
    """).fetchall()
    _export(con, file.with_suffix(".inputs"))
    return found | {
        "layers": layers,
        "duties": engine.count_rows(con, "published.obligation"),
        "values": engine.count_rows(con, "published.metric_value"),
        "indicator_values": engine.count_rows(con, "published.indicator_value"),
        "empty": [metric_id for (metric_id,) in empty],
    }


def _publish(file: Path, given: argparse.Namespace) -> dict[str, Any]:
    """All that is published and not measured, then a snapshot of it. There are no files behind it, so no raw rows."""
    settings = Settings(root=file.parent)
    models = steps.read_rules(settings).tables
    con = engine.connect(file, settings.sql)

    def work(parts: dict[str, float]) -> None:
        done = _facts(models) | _above(models, _VALUES) | _VALUES
        _run(con, [model for model in models if model.name not in done], parts)
        moment = Moment("bench", history.AS_OF, history.AS_OF, "", "", False)
        publish.write_snapshot(con, publish.read_schema(settings.sql), given.publish / "data" / "published", moment)

    return timed(work)


def _three(file: Path, _: argparse.Namespace) -> dict[str, Any]:
    """The three metrics alone, from what the peer is given."""
    settings = Settings(root=file.parent)
    models = {model.name: model for model in steps.read_rules(settings).tables}
    con = engine.connect(file, settings.sql)
    only = f"select * from ({models['steps.handling'].sql}) where metric_id = '{COMPARED[2]}'"
    con.execute(f"create or replace view steps.handling as {only}")
    wanted = [replace(models[name], is_view=name not in _WRITTEN_OF_THREE) for name in _OF_THREE]
    found = timed(lambda parts: _run(con, wanted, parts))
    counts = " union all ".join(f"select metric_id, state from obligations.{name}" for name in _DUTIES_OF_THREE)
    return found | {
        "counts": con.execute(f"select metric_id, state, count(*) from ({counts}) group by all order by all").fetchall()
    }


def _peer(folder: Path, _: argparse.Namespace) -> dict[str, Any]:
    """The same by hand."""
    found = timed(lambda parts: parts.update(compute(folder, history.AS_OF)))
    return found | {"counts": counts_of(folder)}


def _export(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, select in INPUTS.items():
        con.execute(f"copy ({select}) to '{folder / name}.parquet' (format parquet)")


def _run(con: duckdb.DuckDBPyConnection, models: Iterable[Model], parts: dict[str, float]) -> None:
    for model in models:
        began = time.perf_counter()
        steps.compute(con, model)
        parts[model.name] = time.perf_counter() - began


def _facts(models: Iterable[Model]) -> set[str]:
    """Staging, and all of core that is published as fact, or that facts are made of."""
    published = {model.name for model in models if model.layer == "published"} - _VALUES - _ABOUT
    return {name for name in _above(models, published) if name.split(".")[0] in ("staging", "core")} | {
        model.name for model in models if model.layer == "staging"
    }


def _above(models: Iterable[Model], names: Iterable[str]) -> set[str]:
    """All models that these read, and that those read; published tables that read duties are followed no further."""
    known = {model.name: model for model in models}
    seen: set[str] = set()
    todo = list(names)
    while todo:
        for name in known[todo.pop()].inputs & known.keys() - seen:
            seen.add(name)
            todo.append(name)
    return seen


if __name__ == "__main__":
    main()
