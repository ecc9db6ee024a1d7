"""New files start a run once they are at rest, and a failed state of them is not started again; each day a run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from house import House, patrol, problem

from pipelines import automation, steps
from pipelines.definitions import defs, make_definitions
from pipelines.lock import exclusive
from pipelines.settings import Settings, beijing_now


def build(root: Path) -> None:
    settings = Settings(root=root)
    rules = steps.read_rules(settings)
    steps.build(settings, rules, steps.look(settings, rules, beijing_now()))


class Watch:
    """The sensor looked at again and again, with what it remembers between two looks."""

    def __init__(self, root: Path) -> None:
        self.sensor = automation.new_files(Settings(root=root))
        self.cursor: str | None = None

    def look(self) -> dg.RunRequest | None:
        with (
            dg.DagsterInstance.ephemeral() as instance,
            dg.build_sensor_context(instance, cursor=self.cursor, definitions=defs) as context,
        ):
            tick = self.sensor.evaluate_tick(context)
        self.cursor = tick.cursor
        (request, *others) = tick.run_requests or [None]
        assert not others
        assert (request is None) == (tick.skip_message is not None)
        return request


def add(root: Path, text: str) -> None:
    folder = root / "data/raw/2026-10/nanxian"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "补报.csv").write_text(f"乡镇,巡查时间,巡查人员\n南洲镇,2026-10-12,{text}\n", "utf-8")


def test_a_run_is_asked_for_once_the_files_are_at_rest(small_root: Path) -> None:
    watch = Watch(small_root)
    assert watch.look() is None, "the first look waits for a second that sees the same"
    request = watch.look()
    assert request is not None
    assert request.tags["dagster/asset_partition_range_start"] == "2026-09"
    assert request.tags["dagster/asset_partition_range_end"] == "2026-10"
    build(small_root)
    assert watch.look() is None
    assert watch.look() is None, "what is published is not computed again"


@pytest.mark.slow
def test_a_file_still_being_copied_is_waited_for(small_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(small_root)
    watch = Watch(small_root)
    add(small_root, "示例")
    assert watch.look() is None
    add(small_root, "示例甲")
    assert watch.look() is None, "it changed since the last look"
    request = watch.look()
    assert request is not None
    again = watch.look()
    assert again is not None
    assert again.run_key == request.run_key, "the same state is one run within the hour"
    monkeypatch.setattr(automation, "beijing_now", lambda: beijing_now() + timedelta(hours=1))
    later = watch.look()
    assert later is not None
    assert later.run_key != request.run_key, "what hindered it may have passed"


def test_a_run_a_day_but_none_where_nothing_can_have_changed(small_root: Path) -> None:
    schedule = automation.every_morning(Settings(root=small_root))
    with dg.build_schedule_context() as context:
        assert schedule.evaluate_tick(context).run_requests
        build(small_root)
        assert not schedule.evaluate_tick(context).run_requests, "a demo's moment is pinned"
        (small_root / "data/raw/_demo.json").unlink()
        assert schedule.evaluate_tick(context).run_requests, "real data: the moment is another"


def test_a_month_is_fixed_by_itself_but_not_before_its_day(small_root: Path) -> None:
    settings = Settings(root=small_root)
    job = automation.fixing_job(settings)
    schedule = automation.fixed_when_due(settings, job)
    with dg.build_schedule_context() as context:
        tick = schedule.evaluate_tick(context)
        assert (tick.run_requests, "2026-10 初步数自 2026-11-09 起固化" in (tick.skip_message or "")) == ([], True)
        (small_root / "data/raw/_demo.json").write_text('{"as_of": "2026-11-09 00:00"}', "utf-8")
        assert schedule.evaluate_tick(context).run_requests
        (small_root / "data/raw/_demo.json").write_text('{"as_of": "2026-11-08 23:59"}', "utf-8")
    assert job.execute_in_process().success
    assert not (small_root / "data/releases").exists(), "nothing was due, and nothing was done"


def test_all_start_by_themselves() -> None:
    assert [sensor.default_status for sensor in defs.sensors or []] == [dg.DefaultSensorStatus.RUNNING]
    statuses = [getattr(schedule, "default_status", None) for schedule in defs.schedules or []]
    assert statuses == [dg.DefaultScheduleStatus.RUNNING] * 2


def test_a_county_has_a_mark_that_grows_stale_but_a_demo_has_none(tmp_path: Path) -> None:
    key = dg.AssetKey([automation.ARRIVAL, "anhua"])
    assert make_definitions(Settings(root=tmp_path)).resolve_asset_graph().get(key).freshness_policy is not None
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/raw/_demo.json").write_text('{"as_of": "2026-11-06 09:00"}', "utf-8")
    assert make_definitions(Settings(root=tmp_path)).resolve_asset_graph().get(key).freshness_policy is None


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral(tempdir=str(tmp_path)) as instance:
        yield instance


def begun(instance: dg.DagsterInstance, at: datetime, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run of the job that says it runs since this moment."""
    job = defs.resolve_job_def(automation.JOB)
    run = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
    monkeypatch.setattr(automation, "beijing_now", lambda: at)
    return run.run_id


def test_a_killed_run_does_not_hold_the_queue_for_ever(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(root=tmp_path)
    run_id = begun(instance, beijing_now() + timedelta(minutes=6), monkeypatch)
    with exclusive(settings.warehouse, 1):
        assert automation.bury_the_dead(instance, settings) == 0, "somebody is at work"
    assert automation.bury_the_dead(instance, settings) == 1
    run = instance.get_run_by_id(run_id)
    assert run is not None
    assert run.status == dg.DagsterRunStatus.FAILURE


def test_a_run_that_has_just_begun_is_left_alone(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(instance, beijing_now() + timedelta(minutes=1), monkeypatch)
    assert automation.bury_the_dead(instance, Settings(root=tmp_path)) == 0


def test_a_county_is_late_of_the_month_last_due_only() -> None:
    house = House(as_of="2026-11-20 09:00")
    went = [patrol("1", "田庄乡", "2026-10-08", "示例甲")]
    house.ledger(
        "patrol", [patrol("0", "田庄乡", "2026-09-08", "示例甲")], month="2026-09", received="2026-10-03 09:00"
    )
    house.ledger("patrol", went)
    house.ledger("problem", [problem("A")])
    house.ledger("problem", [problem("B", grid="修山镇")], county="taojiang")
    late = steps.late_senders(house.build().con)
    assert "anhua" not in late, "September's problems are still owed, October's are not"
    assert late["taojiang"] == "2026-10 巡查记录，超期未报"
    assert late["nanxian"] == "2026-10 巡查记录、问题台账，超期未报"
