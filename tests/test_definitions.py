"""Dagster's graph cannot change unseen, follows the SQL, and a failed check stops the snapshot."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines import steps
from pipelines.automation import ARRIVAL, IN_TIME
from pipelines.definitions import SNAPSHOT, defs, months_of, run_job
from pipelines.lock import exclusive
from pipelines.models import Model
from pipelines.settings import CODE_ROOT, Settings, use_dagster_home
from pipelines.snapshot import NoSnapshotError, open_snapshot, read_pointer

KEYS = Path(__file__).with_name("asset_keys.txt")


def graph() -> dg.AssetGraph:  # type: ignore[type-arg, unused-ignore]
    return defs.resolve_asset_graph()


def test_the_asset_keys_are_pinned() -> None:
    found = sorted(key.to_user_string() for key in graph().get_all_asset_keys())
    assert found == KEYS.read_text("utf-8").split(), "the graph changed: is that meant? then renew tests/asset_keys.txt"


def test_dependencies_are_read_from_the_sql() -> None:
    parents = {key.to_user_string() for key in graph().get(dg.AssetKey(["obligations", "patrol_coverage"])).parent_keys}
    assert parents == {"core/coverage_month", "seed/duty_limit"}


def test_landing_is_partitioned_by_month_and_everything_runs_in_one_backfill() -> None:
    nodes = [graph().get(key) for key in graph().get_all_asset_keys()]
    months = months_of(steps.read_rules(Settings(root=Path())))
    raw = [node for node in nodes if node.key.path[0] == "raw"]
    assert {node.partitions_def for node in raw} == {months}
    assert "2021-05" in months.get_partition_keys(current_time=datetime(2026, 11, 23))
    assert "2026-11" in months.get_partition_keys(current_time=datetime(2026, 11, 23))
    assert {node.backfill_policy for node in nodes} == {dg.BackfillPolicy.single_run()}


def test_every_check_blocks() -> None:
    checks = [spec for check in defs.asset_checks or [] for spec in check.check_specs]  # type: ignore[union-attr]
    assert len(checks) == len(steps.read_rules(Settings(root=Path())).checks)
    assert all(spec.blocking for spec in checks)


def test_every_asset_says_what_it_is() -> None:
    assert [key for key in graph().get_all_asset_keys() if not graph().get(key).description] == []


@pytest.fixture
def instance(small_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("DAGSTER_HOME", "GRIDPATROL_DAGSTER_STORAGE"):
        monkeypatch.setenv(name, "")  # so that what use_dagster_home sets is undone afterwards
    use_dagster_home(small_root)
    yield small_root


AS_OF = datetime(2026, 11, 6, 9, 0)


def test_dagster_lives_below_the_root_alone(instance: Path) -> None:
    home = Path(os.environ["DAGSTER_HOME"])
    assert home == instance / ".dagster"
    (home / "dagster.yaml").write_text("telemetry: {enabled: true}\n", "utf-8")
    use_dagster_home(instance)
    assert (home / "dagster.yaml").read_bytes() == (CODE_ROOT / "dagster.yaml").read_bytes()
    with dg.DagsterInstance.get() as dagster:
        assert dagster.root_directory == str(home)
        assert not dagster.telemetry_enabled
        assert Path(dagster.storage_directory()).is_relative_to(home)


def test_the_job_publishes_and_counts_rows(instance: Path) -> None:
    assert run_job(Settings(root=instance), AS_OF, ["2026-09", "2026-10"]) == []
    snapshot = open_snapshot(instance / "data/published")
    assert snapshot.pointer.as_of == AS_OF
    with dg.DagsterInstance.get() as dagster:
        event = dagster.get_latest_materialization_event(dg.AssetKey(["published", "obligation"]))
    assert event is not None
    materialization = event.asset_materialization
    assert materialization is not None
    (row,) = snapshot.ask_unscoped("select count(*) as n from published.obligation")
    assert materialization.metadata["dagster/row_count"].value == row["n"]
    assert SNAPSHOT in graph().get_all_asset_keys()
    late = {row["county_id"] for row in snapshot.ask_unscoped("select county_id from published.late_sender")}
    counties = {key.path[1]: key for key in graph().get_all_asset_keys() if key.path[0] == ARRIVAL}
    checks = [dg.AssetCheckKey(key, IN_TIME) for key in counties.values()]
    with dg.DagsterInstance.get() as dagster:
        fresh = {county for county, key in counties.items() if dagster.get_latest_materialization_event(key)}
        told = dagster.event_log_storage.get_latest_asset_check_execution_by_key(checks)
    assert fresh and late
    assert fresh == counties.keys() - late, "who is late is not made anew"
    red = {key.asset_key.path[1] for key, record in told.items() if record.status.value == "FAILED"}
    assert red == late, "and is red at once"


@pytest.mark.slow
def test_a_failed_check_stops_the_snapshot(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = steps.offences
    monkeypatch.setattr(
        steps,
        "offences",
        lambda con, check, shown=5: ["planted"] if check.table == "states_sum" else original(con, check),
    )
    (told,) = run_job(Settings(root=instance), AS_OF, ["2026-09", "2026-10"])
    assert "states_sum" in told
    assert "planted" in told
    with pytest.raises(NoSnapshotError):
        read_pointer(instance / "data/published")


def test_a_locked_warehouse_is_told_in_one_line(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(root=instance)
    monkeypatch.setenv("GRIDPATROL_LOCK_WAIT", "1")
    with exclusive(settings.warehouse, 1):
        (told,) = run_job(settings, AS_OF, ["2026-09", "2026-10"])
    assert told.startswith("另一次计算正在进行")
    assert "\n" not in told


@pytest.mark.slow
def test_a_failing_model_is_named(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = steps.compute

    def broken(con: duckdb.DuckDBPyConnection, model: Model) -> int:
        return original(con, replace(model, sql="select 1 / 'a' as b") if model.name == "core.grid" else model)

    monkeypatch.setattr(steps, "compute", broken)
    (told,) = run_job(Settings(root=instance), AS_OF, ["2026-09", "2026-10"])
    assert told.startswith("core.grid 执行失败")


def test_the_whole_repository_can_be_loaded() -> None:
    """Names of jobs and ops are one house's: two alike are found only when all are put together."""
    assert set(defs.get_repository_def().job_names) >= {"build_all", "fix_and_restate"}
