"""Three of the metrics by hand in polars, as somebody would write them who had only these three to make.

They start from the same typed facts as the SQL does, and give the same duties with the same states; so the time that
both take can be compared. Texts are those of the SQL too, since to put them together is part of the work.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import polars as pl

INPUTS: Mapping[str, str] = {
    "patrol": "select patrol_id, county_id, grid_id, by_grid_id, started_at, row_id from core.patrol",
    "inspector": "select patrol_id, grid_id from core.patrol_inspector",
    "path": "select leaf_id, ancestor_id, leaf_level, ancestor_level from core.grid_path",
    "around": "select where_grid_id, grid_id from core.grid_around",
    "home": "select grid_id, county_id, cast(level as bigint) as level from staging.grid_home",
    "post": "select grid_id, valid_from, valid_to from core.person_post where post = 'inspector'",
    "owed": "select * from core.grid_month where is_patrol_grid",
    "sender": "select county_id, month, is_delivered from core.sender_month where table_name = 'patrol'",
    "plan": "select * from core.patrol_plan where is_binding and (special_from is null or notice_on <= special_to)",
    "told": "select row_key as patrol_plan_id, version_no, required_patrols, file_received_at"
    " from staging.patrol_plan_version where disposition = 'accepted'",
    "limit": "select metric_id, limit_class, value, text_zh, valid_from, valid_to from seed.duty_limit",
    "problem": "select problem_id, county_id, field_set_id, finder_grid_id as grid_id, discovered_at,"
    " discovered_precision, registered_at, registered_precision, row_id from core.problem_handling",
    "lack": "select county_id, field_set_id from core.field_set_lack where metric_id = 'problem_registration'",
    "rewritten": "select problem_id, field, first_at, rewritten_at from core.instant_told",
    "voided": "select problem_id, voided_at, is_approved from core.problem_voided",
    "split": "select problem_id, split_at from core.problem_split",
}
_CORRECTION_DAYS = 7
_DAY = pl.duration(days=1)
_LAST_SECOND = pl.duration(seconds=86399)
_DUTY = (
    "metric_id", "obligation_id", "grid_id", "owner_level", "county_id", "subject_kind", "subject_id", "round",
    "period", "started_at", "original_due_at", "due_at", "is_extended", "met_at", "state", "duty_row_id", "met_row_id",
    "due_basis",
)  # fmt: skip


def compute(folder: Path, as_of: datetime) -> dict[str, float]:
    """Write the three metrics' duties beside their inputs; returns the seconds that each took."""
    took: dict[str, float] = {}
    given = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in INPUTS}
    began = time.perf_counter()
    days = _patrol_days(given).collect().lazy()
    unsure = _unsure(given).collect().lazy()
    coverage = _coverage_months(given, days, unsure).collect().lazy()
    duties = {
        "patrol_coverage": _coverage(given, coverage),
        "patrol_frequency": _frequency(given, coverage, days, unsure, as_of),
        "problem_registration": _registration(given, as_of),
    }
    for name, frame in duties.items():
        frame.collect().write_parquet(folder / f"{name}.duties.parquet")
        took[name], began = time.perf_counter() - began, time.perf_counter()
    return took


def counts_of(folder: Path) -> list[tuple[str, str, int]]:
    """How many duties each metric has in each state."""
    frame = pl.scan_parquet(folder / "*.duties.parquet").group_by("metric_id", "state").len().collect()
    return [(metric, state, n) for metric, state, n in frame.iter_rows()]


def _patrol_days(given: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    """One row a grid and day on which its own people patrolled inside it: the first patrol of that day."""
    patrol = given["patrol"]
    stated = patrol.filter(pl.col("by_grid_id").is_not_null()).select("patrol_id", by="by_grid_id")
    posted = (
        given["inspector"]
        .filter(pl.col("grid_id") != "")
        .join(patrol.filter(pl.col("by_grid_id").is_not_null()), on="patrol_id", how="anti")
        .select("patrol_id", by="grid_id")
        .unique()
    )
    return (
        pl.concat([stated, posted])
        .join(patrol, on="patrol_id")
        .join(given["path"], left_on=["grid_id", "by"], right_on=["leaf_id", "ancestor_id"])
        .select(pl.col("by").alias("grid_id"), pl.col("started_at").dt.date().alias("day"), "started_at", "row_id")
        .group_by("grid_id", "day")
        .agg(
            pl.col("started_at").min().alias("met_at"),
            pl.col("row_id").filter(pl.col("started_at") == pl.col("started_at").min()).min().alias("met_row_id"),
        )
        .with_columns(_month("day"))
    )


def _unsure(given: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    """Days on which a grid's people may have patrolled inside it, and nobody can tell."""
    patrol, where = given["patrol"], {"left_on": "patrol_id", "right_on": "patrol_id"}
    went = pl.concat(
        [
            patrol.filter(pl.col("by_grid_id").is_not_null()).select("patrol_id", by="by_grid_id"),
            patrol.filter(pl.col("by_grid_id").is_null())
            .select("patrol_id")
            .join(given["inspector"].select("patrol_id", by="grid_id"), on="patrol_id", how="left")
            .with_columns(pl.col("by").fill_null("")),
        ]
    ).unique()
    vague = (
        went.join(patrol, **where)
        .filter(pl.col("by") != pl.col("grid_id"))
        .join(given["path"], left_on=["by", "grid_id"], right_on=["leaf_id", "ancestor_id"])
        .select("started_at", grid_id="by")
    )
    nobody = (
        went.filter(pl.col("by") == "")
        .join(patrol, **where)
        .select("patrol_id", "county_id", "started_at", where="grid_id")
        .join(given["around"], left_on="where", right_on="where_grid_id")
        .join(given["home"], on=["grid_id", "county_id"])
        .unique(["patrol_id", "grid_id"])
    )
    held = (
        nobody.join(given["post"], on="grid_id")
        .filter(
            pl.col("started_at").dt.date() >= pl.col("valid_from"),
            pl.col("valid_to").is_null() | (pl.col("started_at").dt.date() <= pl.col("valid_to")),
        )
        .select("patrol_id", "grid_id")
    )
    people = nobody.join(held, on=["patrol_id", "grid_id"], how="anti").select("started_at", "grid_id")
    day = pl.col("started_at").dt.date()
    return pl.concat([vague, people]).select("grid_id", day.alias("day")).unique().with_columns(_month("day"))


def _coverage_months(
    given: Mapping[str, pl.LazyFrame], days: pl.LazyFrame, unsure: pl.LazyFrame
) -> pl.LazyFrame:  # fmt: skip
    """One row a grid and month in which it should patrol: first patrol, and whether that can be told."""
    first = days.sort("day").group_by("grid_id", "month").agg(pl.col("met_at").first(), pl.col("met_row_id").first())
    blind = unsure.select("grid_id", "month").unique().with_columns(is_blind=pl.lit(True))
    return (
        given["owed"]
        .join(given["sender"], on=["county_id", "month"])
        .join(first, on=["grid_id", "month"], how="left")
        .join(blind, on=["grid_id", "month"], how="left")
        .with_columns(
            is_measurable=pl.col("met_at").is_not_null()
            | ~pl.col("is_over")
            | ~pl.col("is_delivered")
            | pl.col("is_blind").is_null()
        )
    )


def _coverage(given: Mapping[str, pl.LazyFrame], months: pl.LazyFrame) -> pl.LazyFrame:
    limit = given["limit"].filter(pl.col("metric_id") == "patrol_coverage").drop("metric_id", "limit_class")
    return (
        months.filter("is_measurable")
        .join(limit, how="cross")
        .filter(_in_force(pl.col("starts_at").dt.date()))
        .with_columns(
            started_at="starts_at",
            due_at="ends_at",
            duty_row_id=pl.lit(None, pl.String),
            due_basis="text_zh",
            obligation_id=pl.concat_str(pl.lit("patrol_coverage"), "grid_id", "month", separator="/"),
            state=_patrolled(),
        )
        .pipe(_as_duty, "patrol_coverage", "grid")
    )


def _plans(given: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    """One row a plan and grid it is for, with the number that was told in time."""
    until = pl.coalesce("special_to", pl.concat_str("month", pl.lit("-01")).str.to_date().dt.month_end())
    until_at = pl.max_horizontal(until.cast(pl.Datetime("us")), _day_start("first_received_at", _CORRECTION_DAYS))
    told = (
        given["told"]
        .with_columns(first_received_at=pl.col("file_received_at").min().over("patrol_plan_id"))
        .join(given["plan"], on="patrol_plan_id")
        .with_columns(
            in_time=(pl.col("file_received_at") <= until_at + _LAST_SECOND)
            & (pl.col("first_received_at") <= until.cast(pl.Datetime("us")) + _LAST_SECOND)
        )
        .group_by("patrol_plan_id")
        .agg(
            pl.col("file_received_at").max().alias("received_at"),
            pl.col("required_patrols")
            .filter("in_time")
            .sort_by(pl.col("version_no").filter("in_time"))
            .last()
            .alias("required"),
        )
    )
    near = given["path"].select("leaf_id", "leaf_level", "ancestor_id", nearness="ancestor_level")
    return (
        given["plan"]
        .join(told, on="patrol_plan_id")
        .join(near, left_on="grid_id", right_on="ancestor_id")
        .filter(
            pl.when("is_whole_county").then(pl.col("leaf_level") == 3).otherwise(pl.col("leaf_id") == pl.col("grid_id"))
        )
        .with_columns(first_day=pl.max_horizontal("special_from", "notice_on"), of_city=pl.col("county_id") == "city")
        .sort(
            ["is_whole_county", "nearness", "of_city", "received_at", "row_id"],
            descending=[False, True, True, True, True],
        )
    )


def _asked(given: Mapping[str, pl.LazyFrame], months: pl.LazyFrame, as_of: datetime) -> pl.LazyFrame:
    """One row a grid and month, or special period within, with the patrol days it asks for."""
    plans = _plans(given)
    usual = plans.filter(~pl.col("is_special")).unique(["leaf_id", "month"], keep="first", maintain_order=True)
    limit = given["limit"].filter(pl.col("metric_id") == "patrol_frequency")
    level = pl.concat_str(pl.lit("level"), "owner_level")
    whole = pl.when("is_whole_county").then(pl.lit("全县巡查计划：当月 ")).otherwise(pl.lit("巡查计划：当月 "))
    monthly = (
        months.with_columns(level.alias("limit_class"))
        .join(limit, on="limit_class")
        .filter(_in_force(pl.col("starts_at").dt.date()))
        .join(
            usual.select("leaf_id", "month", "required", "is_whole_county", "of_city", duty_row_id="row_id"),
            left_on=["grid_id", "month"],
            right_on=["leaf_id", "month"],
            how="left",
        )
        .select(
            "grid_id", "owner_level", "county_id", "month", pl.lit("").alias("part"),
            pl.col("starts_at").dt.date().alias("first_day"), pl.col("ends_at").dt.date().alias("last_day"),
            pl.col("starts_at").alias("started_at"), pl.col("ends_at").alias("due_at"), "is_over", "is_delivered",
            pl.min_horizontal(
                # A county's own plan asks for no less than the rule.
                pl.when("of_city")
                .then(pl.coalesce("required", "value"))
                .otherwise(pl.max_horizontal("required", "value")),
                (pl.col("ends_at") - pl.col("starts_at")).dt.total_days() + 1
            ).alias("required"),
            "duty_row_id",
            pl.when(pl.col("duty_row_id").is_null()).then("text_zh")
            .otherwise(pl.concat_str(whole, "required", pl.lit(" 次"))).alias("basis"),
        )
    )  # fmt: skip
    return pl.concat([monthly, _asked_specially(plans, months, as_of)], how="vertical_relaxed")


def _asked_specially(plans: pl.LazyFrame, months: pl.LazyFrame, as_of: datetime) -> pl.LazyFrame:
    spans = (
        plans.filter("is_special", pl.col("first_day") <= as_of.date())
        .unique(["leaf_id", "special_from", "special_to"], keep="first", maintain_order=True)
        .with_columns(earliest=pl.col("special_to").min().over("leaf_id", "special_from"))
        .with_columns(
            part=pl.concat_str(
                pl.lit("special/"),
                "special_from",
                pl.when(pl.col("special_to") != pl.col("earliest"))
                .then(pl.concat_str(pl.lit("_"), "special_to"))
                .otherwise(pl.lit("")),
            ),
            last_month=pl.min_horizontal("special_to", pl.lit(as_of.date())).dt.strftime("%Y-%m"),
        )
        .select(
            "leaf_id", "special_from", "special_to", "special_name", "first_day", "notice_no", "required", "row_id",
            "part", "last_month",
        )
    )  # fmt: skip
    held = (
        spans.join(
            months.select("grid_id", "owner_level", "county_id", "is_delivered", owed="month"),
            left_on="leaf_id",
            right_on="grid_id",
        )
        .filter(
            pl.col("owed") >= pl.col("special_from").dt.strftime("%Y-%m"),
            pl.col("owed") <= pl.col("special_to").dt.strftime("%Y-%m"),
        )
        .sort("owed")
        .group_by(*("leaf_id", "special_from", "special_to", "special_name"), *("first_day", "notice_no", "required"),
                  *("row_id", "part", "last_month"))
        .agg(pl.col("owner_level").last(), pl.col("county_id").last(), pl.col("is_delivered").all(),
             pl.col("owed").min().alias("first_owed"), pl.col("owed").max().alias("last_owed"), pl.len().alias("owed"))
    )  # fmt: skip
    first_month = pl.col("special_from").dt
    months_in = (
        (pl.col("last_owed").str.slice(0, 4).cast(pl.Int64) - first_month.year()) * 12
        + pl.col("last_owed").str.slice(5, 2).cast(pl.Int64)
        - first_month.month()
        + 1
    )
    times = pl.coalesce("required", pl.lit(1))
    return held.filter(
        pl.col("first_owed") == first_month.strftime("%Y-%m"),
        pl.col("last_owed") == pl.col("last_month"),
        pl.col("owed") == months_in,
    ).select(
        pl.col("leaf_id").alias("grid_id"), "owner_level", "county_id", _month("special_to"), "part", "first_day",
        pl.col("special_to").alias("last_day"), pl.col("first_day").cast(pl.Datetime("us")).alias("started_at"),
        (pl.col("special_to").cast(pl.Datetime("us")) + _LAST_SECOND).alias("due_at"),
        (pl.col("special_to").dt.month_end().cast(pl.Datetime("us")) + _LAST_SECOND < as_of).alias("is_over"),
        "is_delivered",
        pl.min_horizontal(times, (pl.col("special_to") - pl.col("first_day")).dt.total_days() + 1).alias("required"),
        pl.col("row_id").alias("duty_row_id"),
        pl.concat_str(
            pl.coalesce("special_name", pl.lit("特殊时段")), pl.lit("（"), "special_from", pl.lit(" 至 "), "special_to",
            pl.lit("，"), "notice_no", pl.lit("）另巡查 "), times, pl.lit(" 次"),
        ).alias("basis"),
    )  # fmt: skip


def _frequency(
    given: Mapping[str, pl.LazyFrame], months: pl.LazyFrame, days: pl.LazyFrame, unsure: pl.LazyFrame, as_of: datetime
) -> pl.LazyFrame:
    asked = _asked(given, months, as_of).collect().lazy()
    key = ["grid_id", "month", "part"]
    within = (pl.col("day") >= pl.col("first_day")) & (pl.col("day") <= pl.col("last_day"))

    def inside(frame: pl.LazyFrame) -> pl.LazyFrame:
        usual = asked.filter(pl.col("part") == "").select(key).join(frame, on=["grid_id", "month"])
        special = asked.filter(pl.col("part") != "").select(*key, "first_day", "last_day")
        other = special.join(frame.drop("month"), on="grid_id").filter(within).drop("first_day", "last_day")
        return pl.concat([usual, other.select(usual.collect_schema().names())])

    done = (
        inside(days)
        .sort("day")
        .with_columns(k=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(key))
        .drop("day")
    )  # fmt: skip
    blind = inside(unsure).select(key).unique().with_columns(is_blind=pl.lit(True))
    lacks = pl.col("met_at").is_null() & pl.col("is_over") & pl.col("is_delivered") & pl.col("is_blind").is_not_null()
    return (
        asked.with_columns(k=pl.int_ranges(1, pl.col("required") + 1))
        .explode("k")
        .filter(pl.col("k").is_not_null())
        .join(done, on=[*key, "k"], how="left")
        .join(blind, on=key, how="left")
        .filter(~lacks.any().over("grid_id", "month"))
        .with_columns(
            due_basis=pl.concat_str("basis", pl.lit("；第 "), "k", pl.lit(" 次")),
            obligation_id=pl.concat_str(
                pl.lit("patrol_frequency"),
                "grid_id",
                "month",
                pl.when(pl.col("part") != "").then("part"),
                "k",
                separator="/",
                ignore_nulls=True,
            ),
            state=_patrolled(),
        )
        .pipe(_as_duty, "patrol_frequency", "grid")
    )


def _registration(given: Mapping[str, pl.LazyFrame], as_of: datetime) -> pl.LazyFrame:
    limit = given["limit"].filter(pl.col("metric_id") == "problem_registration", pl.col("limit_class") == "")
    told = given["rewritten"]
    started = told.filter(pl.col("field") == "discovered_at").select("problem_id", "first_at", "rewritten_at")
    met = told.filter(pl.col("field") == "registered_at").select("problem_id", "first_at", "rewritten_at")
    by_clock = pl.col("discovered_precision") == "minute"

    def due(column: str) -> pl.Expr:
        by_day = _day_start(column) + _DAY * (pl.col("value") / 24).ceil() + _LAST_SECOND
        return pl.when(by_clock).then(pl.col(column) + pl.duration(hours="value")).otherwise(by_day)

    def struck(at: str, is_approved: pl.Expr) -> pl.Expr:
        on_time = (pl.col("registered_at") <= pl.col("due_at")).fill_null(False)
        return pl.col(at).is_null() | is_approved | (pl.col(at) <= pl.col("due_at")) | on_time

    is_void = (pl.col("is_voided") & struck("voided_at", pl.col("is_approved"))) | (
        pl.col("is_split") & struck("split_at", pl.lit(False))
    )
    is_disputed = (
        (pl.col("registered_at") <= pl.col("due_at"))
        & ~(pl.col("first_met_at") <= pl.col("first_due_at")).fill_null(False)
        & (pl.max_horizontal("rewritten_at", "rewritten_at_met") > pl.col("first_due_at"))
    )
    is_before = (pl.col("registered_at").dt.date() < pl.col("discovered_at").dt.date()) | (
        (pl.col("registered_at") < pl.col("discovered_at")) & by_clock & (pl.col("registered_precision") == "minute")
    )
    by_day = pl.when(by_clock).then(pl.lit("")).otherwise(pl.lit("；按日计"))
    disputed = (
        pl.when(is_disputed).then(pl.lit("；到期之后改写了时间，与先前所写结果不同，见更正记录")).otherwise(pl.lit(""))
    )
    return (
        given["problem"]
        .join(given["lack"], on=["county_id", "field_set_id"], how="anti")
        .join(limit, how="cross")
        .filter(_in_force(pl.col("discovered_at").dt.date()))
        .join(started, on="problem_id", how="left")
        .join(met, on="problem_id", how="left", suffix="_met")
        .join(given["voided"].with_columns(is_voided=pl.lit(True)), on="problem_id", how="left")
        .join(given["split"].with_columns(is_split=pl.lit(True)), on="problem_id", how="left")
        .join(given["home"].select("grid_id", owner_level="level"), on="grid_id")
        .with_columns(
            first_started_at=pl.coalesce("first_at", "discovered_at"),
            first_met_at=pl.coalesce("first_at_met", "registered_at"),
            is_voided=pl.col("is_voided").fill_null(False),
            is_split=pl.col("is_split").fill_null(False),
        )
        .with_columns(due_at=due("discovered_at"), first_due_at=due("first_started_at"))
        .with_columns(
            month=pl.col("due_at").dt.strftime("%Y-%m"),
            started_at="discovered_at",
            met_at="registered_at",
            subject_id="problem_id",
            duty_row_id="row_id",
            met_row_id=pl.when(pl.col("registered_at").is_not_null()).then("row_id"),
            obligation_id=pl.concat_str(pl.lit("problem_registration"), "problem_id", separator="/"),
            due_basis=pl.concat_str("text_zh", by_day, disputed),
            state=pl.when(is_void).then(pl.lit("void"))
            .when(is_disputed | is_before).then(pl.lit("bad_dates"))
            .when(pl.col("registered_at") <= pl.col("due_at")).then(pl.lit("on_time"))
            .when(pl.col("registered_at") > pl.col("due_at")).then(pl.lit("late"))
            .when(pl.lit(as_of) > pl.col("due_at")).then(pl.lit("overdue"))
            .otherwise(pl.lit("pending")),
        )
        .pipe(_as_duty, "problem_registration", "problem")
    )  # fmt: skip


def _patrolled() -> pl.Expr:
    return (
        pl.when(pl.col("met_at").is_not_null()).then(pl.lit("on_time"))
        .when(~pl.col("is_over")).then(pl.lit("pending"))
        .when(~pl.col("is_delivered")).then(pl.lit("unreported"))
        .otherwise(pl.lit("overdue"))
    )  # fmt: skip


def _as_duty(frame: pl.LazyFrame, metric_id: str, subject_kind: str) -> pl.LazyFrame:
    subject = "grid_id" if subject_kind == "grid" else "subject_id"
    return frame.with_columns(
        metric_id=pl.lit(metric_id),
        subject_kind=pl.lit(subject_kind),
        subject_id=pl.col(subject),
        round=pl.lit(1),
        period="month",
        original_due_at="due_at",
        is_extended=pl.lit(False),
    ).select(_DUTY)


def _in_force(day: pl.Expr) -> pl.Expr:
    return (day >= pl.col("valid_from")) & (pl.col("valid_to").is_null() | (day <= pl.col("valid_to")))


def _month(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%Y-%m").alias("month")


def _day_start(column: str, later: int = 0) -> pl.Expr:
    return (pl.col(column).dt.date() + pl.duration(days=later)).cast(pl.Datetime("us"))
