"""All models of the project, hand-written and generated, in the order they depend on one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines import outcome_sql, sheet_sql, successor_sql, typed_sql, verdict_sql, version_sql
from pipelines.catalogue import Catalogue
from pipelines.contracts import Contract, Contracts
from pipelines.landing.tables import LEDGER
from pipelines.models import Model, in_order, make, read_folder
from pipelines.publish import PublishedTable
from pipelines.seeds import SEED_TABLES

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
        _duty(catalogue),
        _unique_keys(published),
    ]
    models = [_without_rows(model, contracts) for model in (*read_folder(sql_dir), *generated)]
    return in_order(models, sources(contracts))


def _without_rows(model: Model, contracts: Contracts) -> Model:
    """What follows row by row from one raw table has no rows where that has none."""
    stages = {stage: name for name in contracts.tables for stage in (name, *(f"{name}_{step}" for step in _STEPS))}
    is_staged = model.layer == "staging" and model.table in stages
    return replace(model, empty_with=f"raw.{stages[model.table]}") if is_staged else model


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


def _duty(catalogue: Catalogue) -> Model:
    ids = [metric.id for metric in catalogue.metrics if metric.texts["kind"] == "obligation"]
    union = "\nunion all by name\n".join(f"select * from obligations.{metric_id}" for metric_id in ids)
    header = "-- 义务：目录中全部义务类指标\n-- 粒度：metric_id, obligation_id\n-- 依据：sql/metrics.toml（自动生成）\n"
    return make("obligations.duty", header + union + "\n")


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
