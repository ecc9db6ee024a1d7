"""All models of the project, hand-written and generated, in the order they depend on one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines import outcome_sql, sheet_sql, successor_sql, typed_sql, verdict_sql, version_sql
from pipelines.catalogue import Catalogue
from pipelines.contracts import Contract, Contracts
from pipelines.landing.tables import LEDGER
from pipelines.models import Model, ModelError, in_order, make, read_folder
from pipelines.points import COMPUTED
from pipelines.publish import PublishedTable
from pipelines.seeds import SEED_TABLES

# Duties of many metrics at once: those with a clock of their own, and those no ledger came to show.
_COMMON_DUTIES = ("obligations.handling_step", "obligations.unreported_table")
# To write a row costs many times what it takes to make it.
_READ_ONCE = ("obligations", "indicators")
_STEPS = ("typed", "verdict", "version", "successor", "now", "revision")


def sources(contracts: Contracts) -> tuple[str, ...]:
    """Tables that stand before any model runs: what landing writes and what the seeds bring."""
    raw = (*LEDGER, *contracts.tables)
    return (*(f"raw.{name}" for name in raw), *(f"seed.{name}" for name in SEED_TABLES))


def all_models(
    sql_dir: Path, contracts: Contracts, catalogue: Catalogue, published: Sequence[PublishedTable]
) -> tuple[Model, ...]:
    """Every model in order. Raises ModelError for unknown inputs, circles, missing headers."""
    generated = [
        make("staging.sheet", sheet_sql.sheet(contracts)),
        *_per_table(contracts),
        *_over_tables(contracts.tables),
        _steps(sql_dir),
        _duty(sql_dir, catalogue),
        _part(sql_dir, catalogue),
        _unique_keys(published),
    ]
    written = _with_statistics(read_folder(sql_dir))
    models = [_without_rows(model, contracts) for model in (*written, *generated)]
    return in_order(_read_once_as_views(models), sources(contracts))


def _with_statistics(models: Sequence[Model]) -> list[Model]:
    """Python makes the rows of some models of `points`. Raises ModelError where one has no SELECT to begin with."""
    lost = sorted(COMPUTED.keys() - {model.name for model in models})
    if lost:
        raise ModelError(f"{lost} 在 sql/points/ 中没有 SQL (statistics without SQL)")
    return [replace(model, compute=COMPUTED.get(model.name)) for model in models]


def _without_rows(model: Model, contracts: Contracts) -> Model:
    """What follows row by row from one raw table has no rows where that has none."""
    stages = {stage: name for name in contracts.tables for stage in (name, *(f"{name}_{step}" for step in _STEPS))}
    is_staged = model.layer == "staging" and model.table in stages
    return replace(model, empty_with=f"raw.{stages[model.table]}") if is_staged else model


def _read_once_as_views(models: Sequence[Model]) -> list[Model]:
    """Duties and facts of indicators that go into one other model alone are written there, and nowhere before."""
    readers = Counter(table for model in models for table in model.inputs)
    return [
        replace(model, is_view=True) if model.layer in _READ_ONCE and readers[model.name] == 1 else model
        for model in models
    ]


def _per_table(contracts: Contracts) -> list[Model]:
    models = []
    for name, contract in contracts.tables.items():
        models.append(make(f"staging.{name}_typed", typed_sql.typed(contract, contracts.profiles), is_view=True))
        models.append(make(f"staging.{name}_verdict", verdict_sql.verdict(contract)))
        models.append(make(f"staging.{name}_version", version_sql.version(contract), is_view=True))
        models.append(make(f"staging.{name}_successor", successor_sql.successor(contract)))
        models.append(make(f"staging.{name}_now", version_sql.now(contract)))
        models.append(make(f"staging.{name}_revision", version_sql.revision(contract)))
    return models


def _over_tables(tables: Mapping[str, Contract]) -> list[Model]:
    return [
        make("staging.row_outcome", outcome_sql.row_outcome(tables)),
        make("staging.finding", outcome_sql.finding(tables)),
        make("staging.successor", outcome_sql.all_successors(tables)),
        make("staging.revision", outcome_sql.all_revisions(tables)),
    ]


def _steps(sql_dir: Path) -> Model:
    header = "-- 处置环节：sql/steps/ 的全部环节\n-- 粒度：metric_id, problem_id, part\n-- 依据：自动生成\n"
    names = [f"steps.{path.stem}" for path in sorted((sql_dir / "steps").glob("*.sql"))]
    return make("steps.handling", header + _all_of(names), is_view=True)


def _duty(sql_dir: Path, catalogue: Catalogue) -> Model:
    """Every metric's duties stand in a file of its own, or are steps of handling; unseen ledgers add theirs."""
    own = {path.stem for path in (sql_dir / "obligations").glob("*.sql")}
    step = {path.stem for path in (sql_dir / "steps").glob("*.sql")}
    duties = [metric.id for metric in catalogue.metrics if metric.is_duty]
    lost = [metric_id for metric_id in duties if metric_id not in own | step]
    if lost:
        raise ModelError(f"义务 {lost} 既无 sql/obligations/ 也无 sql/steps/ 的文件 (metrics without SQL)")
    names = [f"obligations.{metric_id}" for metric_id in duties if metric_id in own]
    header = "-- 义务：目录中全部义务类指标\n-- 粒度：metric_id, obligation_id\n-- 依据：sql/metrics.toml（自动生成）\n"
    return make("obligations.duty", header + _all_of([*names, *_COMMON_DUTIES]), is_view=True)


def _part(sql_dir: Path, catalogue: Catalogue) -> Model:
    """Every indicator's rows stand in a file of its concept, which names it; several of one concept share a file."""
    files = sorted((sql_dir / "indicators").glob("*.sql"))
    # What rests on sums of duties is made where they are, and joins its rows in published.indicator_row.
    texts = "".join(path.read_text("utf-8") for path in [*files, sql_dir / "published" / "indicator_row.sql"])
    lost = [metric.id for metric in catalogue.metrics if not metric.is_duty and f"'{metric.id}'" not in texts]
    if lost:
        raise ModelError(f"数值 {lost} 在 sql/indicators/、indicator_row.sql 中没有出处 (indicators without SQL)")
    header = "-- 数值的明细：sql/indicators/ 的全部\n-- 粒度：indicator_id, grid_id, month, subject_kind, subject_id\n"
    names = [f"indicators.{path.stem}" for path in files]
    return make("indicators.part", f"{header}-- 依据：自动生成\n{_all_of(names)}", is_view=True)


def _all_of(names: Sequence[str]) -> str:
    return "\nunion all by name\n".join(f"select * from {name}" for name in names) + "\n"


def _unique_keys(published: Sequence[PublishedTable]) -> Model:
    parts = "\nunion all\n".join(
        f"select '{table.name}' as table_name, concat_ws(' / ', {_texts(table.key)}) as key, count(*) as times\n"
        f"from published.{table.name}\ngroup by {', '.join(table.key)}\nhaving count(*) > 1"
        for table in published
    )
    header = (
        "-- 键唯一：发布表的键不重复；一行是一个重复的键\n"
        "-- 粒度：table_name, key\n"
        "-- 依据：sql/published/schema.toml（自动生成）\n"
    )
    return make("checks.unique_keys", header + parts + "\n")


def _texts(columns: Sequence[str]) -> str:
    return ", ".join(f"cast({column} as varchar)" for column in columns)
