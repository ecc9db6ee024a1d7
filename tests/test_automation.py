"""New files start a run once they are at rest, and a failed state of them is not started again; each day a run."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipelines import automation, steps
from pipelines.definitions import defs
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
        with dg.build_sensor_context(cursor=self.cursor, definitions=defs) as context:
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


def test_a_file_still_being_copied_is_waited_for(small_root: Path) -> None:
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
    assert again.run_key == request.run_key, "the same state is one run, whether it ended well or not"


def test_a_run_a_day_but_none_where_nothing_can_have_changed(small_root: Path) -> None:
    schedule = automation.every_morning(Settings(root=small_root))
    with dg.build_schedule_context() as context:
        assert schedule.evaluate_tick(context).run_requests
        build(small_root)
        assert not schedule.evaluate_tick(context).run_requests, "a demo's moment is pinned"
        (small_root / "data/raw/_demo.json").unlink()
        assert schedule.evaluate_tick(context).run_requests, "real data: the moment is another"


def test_both_start_by_themselves() -> None:
    assert [sensor.default_status for sensor in defs.sensors or []] == [dg.DefaultSensorStatus.RUNNING]
    statuses = [getattr(schedule, "default_status", None) for schedule in defs.schedules or []]
    assert statuses == [dg.DefaultScheduleStatus.RUNNING]


@pytest.mark.parametrize("county_id", ["anhua", "taojiang", "gaoxin"])
def test_every_county_has_a_mark_that_turns_red(county_id: str) -> None:
    node = defs.resolve_asset_graph().get(dg.AssetKey([automation.ARRIVAL, county_id]))
    assert node.freshness_policy == automation.IN_ORDER
