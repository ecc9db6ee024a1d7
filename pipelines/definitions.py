"""Dagster's view: assets, checks and the job made from the steps and models; nothing is listed twice.

With `automation.py`, which holds what starts by itself, the only module that imports dagster. Every asset body
calls a plain function of `steps`, which runs without it.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

import dagster as dg
import duckdb

from pipelines import automation, steps
from pipelines.engine import count_rows
from pipelines.landing.tables import LEDGER
from pipelines.models import Model
from pipelines.progress import Tally
from pipelines.seeds import SEED_TABLES
from pipelines.settings import Settings, beijing_now, from_environment

# The policy of single-run backfills is called beta there; the version is pinned, and a test holds the behaviour.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

WHOLE = dg.BackfillPolicy.single_run()
SNAPSHOT = dg.AssetKey(["snapshot"])
# The two read each other model by model, so one op makes both.
_TOGETHER = {"points": "published"}


@dataclass(frozen=True)
class Workplace:
    """What the assets of one run share: settings, rules, the one scan, the locked work database, and what is done."""

    settings: Settings
    rules: steps.Rules
    outlook: steps.Outlook
    con: duckdb.DuckDBPyConnection
    tally: Tally


@dg.resource(
    description="工作库及其锁：一次运行从头到尾独占",
    config_schema={"root": dg.Field(str, is_required=False), "as_of": dg.Field(str, is_required=False)},
)
@contextmanager
def workplace(context: dg.InitResourceContext) -> Iterator[Workplace]:
    """Open the work database for one run, of the root and moment configured. Raises LockedError naming the holder."""
    given: dict[str, str] = context.resource_config or {}
    settings = from_environment(Path(given["root"]) if "root" in given else None, given.get("as_of"))
    rules = steps.read_rules(settings)
    with steps.open_warehouse(settings) as con:
        tally = Tally(len(rules.tables))
        try:
            yield Workplace(settings, rules, steps.look(settings, rules, beijing_now()), con, tally)
        finally:
            tally.close()


def _key(name: str) -> dg.AssetKey:
    return dg.AssetKey(name.split("."))


def months_of(rules: steps.Rules) -> dg.MonthlyPartitionsDefinition:
    """The folders' months, from the first in which a grid begins.

    Dagster ends its months by UTC, a month late in Beijing's first eight hours; a folder may be a month ahead.
    """
    return dg.MonthlyPartitionsDefinition(start_date=rules.contracts.grids.first_month, fmt="%Y-%m", end_offset=3)


def _landing(rules: steps.Rules) -> dg.AssetsDefinition:
    months = months_of(rules)
    contracts = rules.contracts.tables
    described = {name: f"{contract.zh}：各单位来文逐行原文" for name, contract in contracts.items()}
    described |= dict.fromkeys(LEDGER, "来文登记")

    @dg.multi_asset(
        name="land_files",
        specs=[
            dg.AssetSpec(_key(f"raw.{name}"), description=text, group_name="raw", partitions_def=months)
            for name, text in described.items()
        ],
        backfill_policy=WHOLE,
        required_resource_keys={"workplace"},
    )
    def land_files(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        place: Workplace = context.resources.workplace
        steps.land_files(
            place.con, place.settings, place.rules, place.outlook, sorted(context.partition_keys), context.log.info
        )
        for name in described:
            rows = count_rows(place.con, f"raw.{name}")
            yield dg.MaterializeResult(asset_key=_key(f"raw.{name}"), metadata={"dagster/row_count": rows})

    return land_files


def _seeds() -> dg.AssetsDefinition:
    @dg.multi_asset(
        name="load_seeds",
        specs=[
            dg.AssetSpec(_key(f"seed.{name}"), description="随系统提供的名录、规则与本次计算时点", group_name="seed")
            for name in SEED_TABLES
        ],
        backfill_policy=WHOLE,
        required_resource_keys={"workplace"},
    )
    def load_seeds(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        place: Workplace = context.resources.workplace
        steps.load_moment(place.con, place.settings, place.rules, place.outlook)
        for name in SEED_TABLES:
            rows = count_rows(place.con, f"seed.{name}")
            yield dg.MaterializeResult(asset_key=_key(f"seed.{name}"), metadata={"dagster/row_count": rows})

    return load_seeds


def _models(rules: steps.Rules) -> list[dg.AssetsDefinition]:
    """One op a layer, one asset a model: what Dagster does around an op takes longer than most models."""
    layers: dict[str, list[Model]] = {}
    for model in rules.tables:
        layers.setdefault(_TOGETHER.get(model.layer, model.layer), []).append(model)
    return [_layer(layer, models) for layer, models in layers.items()]


def _layer(layer: str, models: Sequence[Model]) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=f"compute_{layer}",
        specs=[
            dg.AssetSpec(
                _key(model.name),
                deps=[_key(name) for name in sorted(model.inputs)],
                description="\n\n".join(model.header),
                group_name=model.layer,
                kinds={"duckdb", "sql"},
            )
            for model in models
        ],
        can_subset=True,
        backfill_policy=WHOLE,
        required_resource_keys={"workplace"},
    )
    def compute(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        place: Workplace = context.resources.workplace
        for model in models:
            if _key(model.name) not in context.selected_asset_keys:
                continue
            began = monotonic()
            rows = steps.compute(place.con, model)
            place.tally.made(model.layer, rows or 0, monotonic() - began)
            metadata = {} if rows is None else {"dagster/row_count": rows}
            yield dg.MaterializeResult(asset_key=_key(model.name), metadata=metadata)

    return compute


def _check(model: Model) -> dg.AssetChecksDefinition:
    watched = sorted(name for name in model.inputs if name.startswith("published."))

    @dg.asset_check(
        asset=_key(watched[0]),
        name=model.table,
        additional_deps=[_key(name) for name in sorted(model.inputs - {watched[0]})],
        description="\n\n".join(model.header),
        blocking=True,
        required_resource_keys={"workplace"},
    )
    def check(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        place: Workplace = context.resources.workplace
        found = steps.offences(place.con, model)
        return dg.AssetCheckResult(
            passed=not found, severity=dg.AssetCheckSeverity.ERROR, metadata={"offences": dg.MetadataValue.json(found)}
        )

    return check


def _snapshot(rules: steps.Rules) -> dg.AssetsDefinition:
    @dg.asset(
        key=SNAPSHOT,
        deps=[_key(f"published.{table.name}") for table in rules.published],
        description="发布快照：只读、不可改，整体换上；核查不过则不发布",
        group_name="snapshot",
        backfill_policy=WHOLE,
        required_resource_keys={"workplace"},
    )
    def snapshot(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        place: Workplace = context.resources.workplace
        path = steps.publish_snapshot(place.con, place.settings, place.rules, place.outlook.moment)
        return dg.MaterializeResult(metadata={"build_id": place.outlook.moment.build_id, "bytes": path.stat().st_size})

    return snapshot


def make_definitions(settings: Settings) -> dg.Definitions:
    """All assets, checks and the job over them, by the rules of one root."""
    rules = steps.read_rules(settings)
    fixing_job = automation.fixing_job(settings)
    job = dg.define_asset_job(automation.JOB, selection=dg.AssetSelection.all(), executor_def=dg.in_process_executor)
    return dg.Definitions(
        assets=[
            _landing(rules),
            _seeds(),
            *_models(rules),
            _snapshot(rules),
            automation.arrivals(settings, rules, after=SNAPSHOT),
        ],
        asset_checks=[_check(model) for model in rules.checks],
        jobs=[job, fixing_job],
        sensors=[automation.new_files(settings)],
        schedules=[automation.every_morning(settings), automation.fixed_when_due(settings, fixing_job)],
        resources={"workplace": workplace},
        executor=dg.in_process_executor,
    )


defs = make_definitions(from_environment())


def run_job(settings: Settings, as_of: datetime, months: Sequence[str]) -> list[str]:
    """Run the whole job in this process over the month partitions from first to last.

    Returns what failed, one line each with its SQL below where it has one; an empty list where all passed.
    """
    tags = {"dagster/asset_partition_range_start": months[0], "dagster/asset_partition_range_end": months[-1]}
    config = {
        "resources": {"workplace": {"config": {"root": str(settings.root), "as_of": as_of.isoformat(sep=" ")}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    # A root with profiles or grids of its own has other readers and other months than the one of the environment.
    rooted = make_definitions(settings) if settings.has_own_rules else defs
    with dg.DagsterInstance.get() as instance:
        automation.bury_the_dead(instance, settings)
        result = rooted.resolve_job_def(automation.JOB).execute_in_process(
            instance=instance, tags=tags, run_config=config, raise_on_error=False
        )
    if result.success:
        return []
    failures = [text for event in result.all_events for text in _failures(event)]
    return list(dict.fromkeys(failures)) or [f"运行 {result.run_id} 失败，原因见 Dagster 界面 (see Dagster's log)"]


def _failures(event: dg.DagsterEvent) -> Iterator[str]:
    """What one event says went wrong: a check with its first offences, or the innermost error of ours."""
    if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
        check = event.asset_check_evaluation_data
        if not check.passed:
            yield f"核查未通过 (check failed) {check.check_name}: {check.metadata['offences'].value}"
    elif event.event_type in (dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.PIPELINE_FAILURE):
        error = getattr(event.event_specific_data, "error", None)
        while error is not None and error.cause is not None and "Dagster" in (error.cls_name or ""):
            error = error.cause
        if error is not None and "Dagster" not in (error.cls_name or ""):
            yield error.message.strip().split(": ", 1)[-1]
