"""What Dagster does by itself: a run for new files, a run a day, and a red mark on a county that is late.

Beside `definitions.py` the only module that imports dagster; what is decided is decided by `steps`.
"""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from pipelines import steps
from pipelines.settings import Settings, beijing_now

JOB = "build_all"
ARRIVAL = "arrival"
# A run a day proves anew who is in order; six hours more leave room for a machine that was off at night.
IN_ORDER = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=30), warn_window=timedelta(hours=26))
DAILY = "30 6 * * *"


def _months(rules: steps.Rules, outlook: steps.Outlook) -> dict[str, str]:
    months = steps.months_landed(rules, outlook)
    return {"dagster/asset_partition_range_start": months[0], "dagster/asset_partition_range_end": months[-1]}


def new_files(settings: Settings) -> dg.SensorDefinition:
    """A sensor that asks for a run once what lies in data/raw is not what the published snapshot was made of.

    A folder still being copied into changes from one look to the next: two equal looks are waited for. The same state
    of the files is asked for once, so that a run that fails is not started again every minute.
    """

    @dg.sensor(
        name="new_files",
        job_name=JOB,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="data/raw 里的文件、登记或规则有变，且两次查看之间不再变动，就开始一次计算",
    )
    def new_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        rules = steps.read_rules(settings)
        outlook = steps.look(settings, rules, beijing_now())
        expected = steps.build_since(settings, rules, outlook)
        if expected is None:
            context.update_cursor(None)
            return dg.SkipReason("没有新的文件 (nothing new)")
        if context.cursor != expected:
            context.update_cursor(expected)
            return dg.SkipReason("文件有变，等它们不再变动 (files changed, waiting for them to settle)")
        return dg.RunRequest(run_key=expected, tags=_months(rules, outlook))

    return new_files


def every_morning(settings: Settings) -> dg.ScheduleDefinition:
    """A run a day: duties fall overdue although nobody sends anything."""

    @dg.schedule(
        name="every_morning",
        cron_schedule=DAILY,
        execution_timezone="Asia/Shanghai",
        job_name=JOB,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="每天早上重算一次：没有人报送，时限也会到期",
    )
    def every_morning(_: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        rules = steps.read_rules(settings)
        outlook = steps.look(settings, rules, beijing_now())
        if steps.is_published(settings, outlook):
            return dg.SkipReason("文件与计算时点都没有变 (same files, same moment)")
        return dg.RunRequest(tags=_months(rules, outlook))

    return every_morning


def arrivals(rules: steps.Rules) -> dg.AssetsDefinition:
    """An asset a county, made anew by every run that finds its tables in order; a county that is late is left out.

    So its freshness ends, working days and all, when the county is late, and begins again when it has sent.
    """
    senders = {grid["county_id"]: grid["name"] for grid in rules.contracts.grids.reporting() if grid["level"] == "2"}

    @dg.multi_asset(
        name="arrivals",
        specs=[
            dg.AssetSpec(
                [ARRIVAL, county_id],
                deps=[dg.AssetKey(["published", "obligation"])],
                description=f"{name}：应报的表没有超期未报的。变红，是该县迟报，或是系统超过 30 小时没有计算",
                group_name=ARRIVAL,
                freshness_policy=IN_ORDER,
                skippable=True,
            )
            for county_id, name in senders.items()
        ],
        backfill_policy=dg.BackfillPolicy.single_run(),
        required_resource_keys={"workplace"},
    )
    def arrivals(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        late = steps.late_senders(context.resources.workplace.con)
        for county_id in senders:
            if county_id in late:
                context.log.warning(f"{senders[county_id]}：{late[county_id]}")
            else:
                yield dg.MaterializeResult(asset_key=dg.AssetKey([ARRIVAL, county_id]))

    return arrivals
