"""What differs between fixed figures and the same moment computed anew: figures, and the duties and facts behind them.

Both look at the fixed as-of, so what was fulfilled later is on neither side. Only what is counted is compared, whole
numbers, and the scores they come to: a fact told in other words, or with another hour of the same side of its deadline,
changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from pipelines.engine import run
from pipelines.release.shelf import Release

FIELDS = (
    "on_time", "late", "overdue", "pending", "no_deadline", "bad_dates", "void", "unreported", "obligations", "due",
    "on_time_original", "numerator", "denominator", "n", "value",
)  # fmt: skip
_DUTY_FIELDS, _FACT_FIELDS = FIELDS[:11], FIELDS[11:14]
# Days, whole; of other ways to combine the value follows from numerator and denominator.
_MEDIAN = """case when indicator_id in (select metric_id from seed.metric where combine = 'median')
            then cast(value as bigint) end as value"""
_SCORE = ("score", "geometric", "finding", "assessable")
_KEY = "metric_id, grid_id, owner_level, period_kind"
_OF_PERIOD = """
    (period_kind in ('month', 'to_date') and period = $month)
    or (period_kind = 'year' and $month = concat_ws('', period, '-12'))"""


def compare(con: duckdb.DuckDBPyConnection, release: Release) -> None:
    """Make the temporary tables `changed_item` (duties and facts), `changed_figure` (one row a field), `changed_score`.

    con: a database in which everything is computed at the release's as-of from all files now known.
    """
    of = {"month": release.month}
    _table(con, "fixed_figure", _figures(_file(release, "metric_value"), _file(release, "indicator_value")), of)
    _table(con, "figure_now", _figures("published.metric_value", "published.indicator_value"), of)
    _table(con, "changed_figure", "\nunion all\n".join(map(_changed_field, FIELDS)), {})
    _table(con, "fixed_item", _items(_file(release, "obligation"), _file(release, "indicator_row")), {})
    _table(con, "item_now", _items("published.obligation", "published.indicator_row"), {})
    _table(con, "changed_item", _CHANGED_ITEM, of)
    _table(con, "changed_score", _changed_score(_file(release, "score")), of)


def _table(con: duckdb.DuckDBPyConnection, name: str, select: str, values: Mapping[str, object]) -> None:
    run(con, f"restate {name}", f"create or replace temp table {name} as {select}", values)


def _file(release: Release, table: str) -> str:
    return f"read_parquet('{str(release.parquet(table)).replace(chr(39), chr(39) * 2)}')"


def _figures(metrics: str, indicators: str) -> str:
    return f"""
        select {_KEY}, {", ".join(_DUTY_FIELDS)}, {_nulls((*_FACT_FIELDS, "value"))} from {metrics} where {_OF_PERIOD}
        union all
        select indicator_id, grid_id, '', period_kind, {_nulls(_DUTY_FIELDS)}, {", ".join(_FACT_FIELDS)},
            {_MEDIAN}
        from {indicators} where {_OF_PERIOD}"""


def _nulls(fields: Sequence[str]) -> str:
    return ", ".join(f"cast(null as bigint) as {field}" for field in fields)


def _changed_field(field: str) -> str:
    return f"""
        select {_KEY}, '{field}' as field, fixed.{field} as old, now.{field} as new
        from fixed_figure as fixed
        full join figure_now as now using ({_KEY})
        where fixed.{field} is distinct from now.{field}"""


def _changed_score(fixed: str) -> str:
    sides = ", ".join(f"fixed.{name} as old_{name}, now.{name} as new_{name}" for name in _SCORE)
    return f"""
        select grid_id, period_kind, {sides}
        from (select * from {fixed} where {_OF_PERIOD}) as fixed
        full join (select * from published.score where {_OF_PERIOD}) as now using (grid_id, period_kind)
        where {" or ".join(f"fixed.{name} is distinct from now.{name}" for name in _SCORE)}"""


def _items(duties: str, facts: str) -> str:
    """Duties and facts alike: item_id names one within its metric, counted is all that makes it count as it does;
    marks: what of it a cell of a ledger may say, each with its kind before it."""
    return f"""
        select
            metric_id, obligation_id as item_id, true as is_duty, grid_id, cast(owner_level as varchar) as owner_level,
            period, cast(coalesce(due_at, started_at) as date) as on_day, subject_kind, subject_id, state,
            concat_ws(
                '|', grid_id, owner_level, period, state,
                coalesce(state in ('on_time', 'late') and met_at <= original_due_at, false)
            ) as counted,
            [duty_row_id, met_row_id] as row_ids,
            [
                'met ' || cast(met_at as varchar), 'due ' || cast(due_at as varchar),
                'start ' || cast(started_at as varchar), 'first_due ' || cast(original_due_at as varchar),
                'grid ' || grid_id
            ] as marks
        from {duties}
        union all
        select
            indicator_id, concat_ws('|', grid_id, month, subject_kind, subject_id), false, grid_id, '',
            month, on_day, subject_kind, subject_id, null,
            concat_ws('|', numerator, coalesce(cast(denominator as varchar), '-')),
            [row_id, null],
            ['grid ' || grid_id]
        from {facts}"""


# moved: days and grids that are on one side only.
# A duty that now falls into another month is seen on both sides, though only one of them is of the year so far.
_CHANGED_ITEM = """
    select
        row_number() over (order by metric_id, item_id) as item_no,
        metric_id, item_id, coalesce(now.is_duty, fixed.is_duty) as is_duty,
        fixed.grid_id as old_grid_id, now.grid_id as new_grid_id,
        fixed.owner_level as old_level, now.owner_level as new_level,
        fixed.period as old_period, now.period as new_period, fixed.on_day as old_day, now.on_day as new_day,
        coalesce(now.subject_kind, fixed.subject_kind) as subject_kind,
        coalesce(now.subject_id, fixed.subject_id) as subject_id,
        fixed.state as old_state, now.state as new_state,
        list_filter(
            list_distinct(list_concat(coalesce(fixed.row_ids, []), coalesce(now.row_ids, []))),
            lambda row_id: row_id is not null
        ) as row_ids,
        list_filter(
            coalesce(now.row_ids, []), lambda row_id: not list_contains(coalesce(fixed.row_ids, []), row_id)
        ) as new_row_ids,
        list_transform(
            list_filter(
                list_concat(coalesce(fixed.marks, []), coalesce(now.marks, [])),
                lambda mark: not coalesce(
                    list_contains(fixed.marks, mark) and list_contains(now.marks, mark), false
                )
            ),
            lambda mark: split_part(mark, ' ', 2)
        ) as moved
    from fixed_item as fixed
    full join item_now as now using (metric_id, item_id)
    where
        fixed.counted is distinct from now.counted
        and (
            fixed.item_id is not null
            or now.period between concat_ws('', substr($month, 1, 4), '-01') and $month
        )"""
