"""What Dagster does by itself: a run for new files, a run a day, months fixed when due, a red mark on a late county.

Beside `definitions.py` the only module that imports dagster; what is decided is decided by `steps`.
"""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from pipelines import steps
from pipelines.lock import is_free
from pipelines.release import daily
from pipelines.settings import Settings, beijing_now, in_beijing

JOB = "build_all"
ARRIVAL = "arrival"
IN_TIME = "in_time"
STARTING = timedelta(minutes=5)
# A run a day proves anew who is in order; six hours more leave room for a machine that was off at night.
IN_ORDER = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=30), warn_window=timedelta(hours=26))
DAILY = "30 6 * * *"
FIXING = "fix_and_restate"
# Before the run of the day, which publishes what was fixed.
BEFORE_DAILY = "0 5 * * *"


def _months(rules: steps.Rules, outlook: steps.Outlook) -> dict[str, str]:
    months = steps.months_landed(rules, outlook)
    return {"dagster/asset_partition_range_start": months[0], "dagster/asset_partition_range_end": months[-1]}


def new_files(settings: Settings) -> dg.SensorDefinition:
    """A sensor that asks for a run once what lies in data/raw is not what the published snapshot was made of.

    A folder still being copied into changes from one look to the next: two equal looks are waited for. The same state
    of the files is asked for once an hour: a full disk or a held lock passes, and a run that fails for good is not
    started again every minute.
    """

    @dg.sensor(
        name="new_files",
        job_name=JOB,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="data/raw 里的文件、登记或规则有变，且两次查看之间不再变动，就开始一次计算",
    )
    def new_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        bury_the_dead(context.instance, settings)
        rules, now = steps.read_rules(settings), beijing_now()
        outlook = steps.look(settings, rules, now)
        expected = steps.build_since(settings, rules, outlook)
        if expected is None:
            context.update_cursor(None)
            return dg.SkipReason("没有新的文件 (nothing new)")
        if context.cursor != expected:
            context.update_cursor(expected)
            return dg.SkipReason("文件有变，等它们不再变动 (files changed, waiting for them to settle)")
        return dg.RunRequest(run_key=f"{expected} {now:%Y-%m-%d %H}", tags=_months(rules, outlook))

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


def fixing_job(settings: Settings) -> dg.JobDefinition:
    """Fixes what is due and looks back where new files came; the lock of the work database is its own."""

    @dg.op(description="固化到期的初步数、最终数；已固化的月份有新到的文件，重算数据更正")
    def fix_what_is_due(context: dg.OpExecutionContext) -> None:
        rules, now = steps.read_rules(settings), beijing_now()
        outlook = steps.look(settings, rules, now)
        for line in daily.daily(settings, rules, outlook, now, progress=context.log.info):
            context.log.info(line)

    @dg.job(name=FIXING, executor_def=dg.in_process_executor)
    def fix_and_restate_job() -> None:
        fix_what_is_due()

    return fix_and_restate_job


def fixed_when_due(settings: Settings, job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Each day before the build: on the 6th and 12th working day, or the first day after that somebody is at work."""

    @dg.schedule(
        name="fixed_when_due",
        cron_schedule=BEFORE_DAILY,
        execution_timezone="Asia/Shanghai",
        job=job,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="每天看一次：到了第 6、第 12 个工作日固化上月；已固化的月份有新到的文件，重算数据更正",
    )
    def fixed_when_due(_: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        rules, now = steps.read_rules(settings), beijing_now()
        reason = daily.why_not(settings, rules, steps.look(settings, rules, now), now)
        return dg.SkipReason(reason) if reason else dg.RunRequest()

    return fixed_when_due


def arrivals(settings: Settings, rules: steps.Rules, after: dg.AssetKey) -> dg.AssetsDefinition:
    """An asset a county with a check that turns red in the very run that finds it late.

    It is made anew only while the county is in order, so that its freshness ends when the county is late, and also when
    nothing is computed any more. A demo's moment is pinned and its counties cannot grow stale.
    """
    senders = {grid["county_id"]: grid["name"] for grid in rules.contracts.grids.reporting() if grid["level"] == "2"}
    keys = {county_id: dg.AssetKey([ARRIVAL, county_id]) for county_id in senders}

    @dg.multi_asset(
        name="arrivals",
        specs=[
            dg.AssetSpec(
                keys[county_id],
                deps=[after, dg.AssetKey(["published", "late_sender"])],
                description=f"{name}：最近到期的台账都已报来。变红，是该县迟报；超过 30 小时没有计算，也会变红",
                group_name=ARRIVAL,
                freshness_policy=None if settings.is_demo else IN_ORDER,
                skippable=True,
            )
            for county_id, name in senders.items()
        ],
        check_specs=[
            dg.AssetCheckSpec(IN_TIME, asset=key, description=f"{senders[county_id]}：最近到期的台账没有超期未报")
            for county_id, key in keys.items()
        ],
        backfill_policy=dg.BackfillPolicy.single_run(),
        required_resource_keys={"workplace"},
    )
    def arrivals(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        late = steps.late_senders(context.resources.workplace.con)
        for county_id, key in keys.items():
            owed = late.get(county_id)
            if owed is None:
                yield dg.MaterializeResult(asset_key=key)
            yield dg.AssetCheckResult(
                asset_key=key, check_name=IN_TIME, passed=owed is None, metadata={"owed": owed} if owed else {}
            )

    return arrivals


def bury_the_dead(instance: dg.DagsterInstance, settings: Settings) -> int:
    """Report runs failed that were killed: they say that they run, and hold the queue, but nobody holds the lock.

    A run takes the lock seconds after it starts, so one that is older and without it is none. Returns how many.
    """
    if not is_free(settings.warehouse):
        return 0
    before = beijing_now() - STARTING
    said_to_run = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED])
    dead = [record for record in instance.get_run_records(said_to_run) if in_beijing(record.create_timestamp) < before]
    for record in dead:
        instance.report_run_failed(record.dagster_run, "进程已不在（被终止或断电），由下一次计算补上 (killed)")
    return len(dead)
