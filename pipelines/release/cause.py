"""Which file, received after a month was fixed, makes its figures other: from figure to duty or fact, to row, to file.

Nearest first: a file that brought a row the duty newly rests on, or changed a cell to or from a day or grid of the duty
that is other now; one that changed a column which the metric reads; one that holds, or corrects in more than its words,
a row the duty rests on, or tells of the same problem; else one of the same sender and of a table that the metric rests
on; else any of the same sender or of the detachment (roster, register); else any at all. All that are equally near are
named: which of them it was nobody can say.
"""

from __future__ import annotations

import duckdb

from pipelines.engine import run
from pipelines.release.shelf import Release
from pipelines.seeds import Moment

_LATER_FILE = """
    select
        file.file_id, file.county_id, file.month, file.received_at, file.path,
        concat_ws(
            '',
            coalesce(county.name, file.county_id), ' ', strftime(file.received_at, '%Y-%m-%d %H:%M'),
            ' 收到的文件（', file.month, '）',
            case when file.received_at <= $known_at then concat_ws(
                '', '，文件编号 ', file.file_id, '，这份文件固化时不在清单内（登记的收到时间早于固化）'
            ) end
        ) as said
    from published.source_file as file
    left join seed.grid as county on county.grid_id = file.county_id
    where
        file.state not in ('refused', 'identical')
        and (
            file.received_at > $known_at
            or concat_ws(' ', file.sha256, file.path) not in (select unnest(cast($sources as varchar[])))
        )"""
# A row that came again in other words alone is the one that stands now, and changes nothing.
_TOUCHED_ROW = """
    with rested as (
        select item_no, unnest(row_ids) as row_id from changed_item
    ), fresh as (
        select item_no, unnest(new_row_ids) as row_id from changed_item
    ), change as (
        select
            *,
            coalesce(cast(cast(try_cast(old as timestamp) as date) as varchar), old) as old_mark,
            coalesce(cast(cast(try_cast(new as timestamp) as date) as varchar), new) as new_mark
        from published.revision where not is_relabel
    ), concerned as (
        select rested.item_no, change.to_row_id, change.field
        from rested
        join change on rested.row_id in (change.from_row_id, change.to_row_id)
        union
        select item.item_no, change.to_row_id, change.field
        from changed_item as item
        join change on change.table_name = 'problem' and item.subject_kind = 'problem' and item.subject_id = change.key
    )
    select item_no, row_id, 1 as nearness
    from fresh
    where row_id not in (select to_row_id from published.revision)
    union
    select
        concerned.item_no, concerned.to_row_id,
        case
            when list_contains(item.moved, change.old_mark) or list_contains(item.moved, change.new_mark) then 1
            when (item.metric_id, change.table_name, change.field) in (
                select (metric_id, field_table, field) from seed.metric_field
            ) then 2
            else 3
        end
    from concerned
    join changed_item as item on item.item_no = concerned.item_no
    join change on change.to_row_id = concerned.to_row_id and change.field = concerned.field
    union
    select item_no, row_id, 3
    from rested
    where row_id not in (
        select to_row_id from published.revision group by to_row_id having bool_and(is_relabel)
    )
    union
    select item.item_no, told.row_id, 3
    from changed_item as item
    join published.follow_up as told on item.subject_kind = 'problem' and item.subject_id = told.problem_id"""
_CANDIDATE = """
    with sender as (
        select item.item_no, item.metric_id, coalesce(item.new_period, item.old_period) as period, grid.county_id
        from changed_item as item
        join (select distinct grid_id, county_id from published.grid) as grid
            on grid.grid_id in (item.old_grid_id, item.new_grid_id)
    ), rested as (
        select metric_id, table_name from seed.metric_field
        union
        select metric_id, ledger from seed.metric where ledger <> ''
        union
        select item.metric_id, item.subject_id from changed_item as item where item.subject_kind = 'table'
    )
    select touched.item_no, touched.nearness, file.file_id
    from touched_row as touched
    join published.source_row as line on line.row_id = touched.row_id
    join later_file as file on file.file_id = line.file_id
    union
    select sender.item_no, case when file.month = sender.period then 4 else 5 end, file.file_id
    from sender
    join later_file as file on file.county_id = sender.county_id
    join published.submission as brought on brought.file_id = file.file_id and brought.accepted > 0
    join rested on rested.metric_id = sender.metric_id and rested.table_name = brought.table_name
    union
    select sender.item_no, 6, file.file_id
    from sender
    join later_file as file on file.county_id in (sender.county_id, 'city')
    union
    select item.item_no, 7, file.file_id from changed_item as item cross join later_file as file"""
# The files of `near` (key, nearness, file_id): the first of them, how many, and the words for up to three.
_NAMED = """
    select
        {key}, nearness, count(*) as files,
        min_by(file_id, struct_pack(at := received_at, path := path)) as file_id,
        array_to_string(list(said order by received_at, path)[1:3], '、') as said
    from (select distinct {key}, nearness, file_id from near) as near
    join later_file using (file_id)
    group by {key}, nearness"""
_CAUSE_OF_ITEM = f"""
    with near as (
        select * from candidate qualify nearness = min(nearness) over (partition by item_no)
    )
    {_NAMED.format(key="item_no")}"""
# Every figure a changed duty or fact enters, or entered: above the grid on its day, for its level and for all.
_FIGURE_ITEM = """
    with side as (
        select item_no, metric_id, is_duty, old_grid_id as grid_id, old_level as level, old_period as period,
            old_day as on_day from changed_item where old_grid_id is not null
        union
        select item_no, metric_id, is_duty, new_grid_id, new_level, new_period, new_day
        from changed_item where new_grid_id is not null
    )
    select distinct side.item_no, side.metric_id, path.ancestor_id as grid_id, level.owner_level, kind.period_kind
    from side
    join published.grid_path as path
        on path.leaf_id = side.grid_id
        and coalesce(side.on_day, path.valid_to) between path.valid_from and path.valid_to
    cross join lateral (
        select unnest(case when side.is_duty then [side.level, 'all'] else [''] end) as owner_level
    ) as level
    join (values ('month'), ('to_date'), ('year')) as kind (period_kind)
        on kind.period_kind <> 'month' or side.period = $month"""
_FIGURE = "metric_id, grid_id, owner_level, period_kind"
_CAUSE_OF_FIGURE = f"""
    with near as (
        select {_FIGURE}, candidate.nearness, candidate.file_id
        from figure_item
        join item_cause using (item_no)
        join candidate on candidate.item_no = item_cause.item_no and candidate.nearness = item_cause.nearness
        qualify candidate.nearness = min(candidate.nearness) over (partition by {_FIGURE})
    )
    {_NAMED.format(key=_FIGURE)}"""
# A card holds the grid's own duties alone.
_CAUSE_OF_SCORE = f"""
    with near as (
        select figure.grid_id, figure.period_kind, candidate.nearness, candidate.file_id
        from figure_item as figure
        join changed_item as item
            on item.item_no = figure.item_no and figure.grid_id in (item.old_grid_id, item.new_grid_id)
        join (select distinct grid_id, metric_id from published.score_part) as part
            on part.grid_id = figure.grid_id and part.metric_id = figure.metric_id
        join item_cause on item_cause.item_no = figure.item_no
        join candidate on candidate.item_no = figure.item_no and candidate.nearness = item_cause.nearness
        qualify candidate.nearness
            = min(candidate.nearness) over (partition by figure.grid_id, figure.period_kind)
    )
    {_NAMED.format(key="grid_id, period_kind")}"""
_TOLD = """
    concat_ws(
        '',
        case when cause.file_id is null then $nobody else concat_ws(
            '',
            cause.said,
            case when cause.files > 3 then concat_ws('', '，另有 ', cause.files - 3, ' 个文件') end,
            case cause.nearness
                when 4 then '，该月的台账' when 5 then '，有关的台账'
                when 6 then '，对不到具体的行，只知是其后收到的' when 7 then '，对不到具体的行，只知是其后收到的'
            end) end,
        $rules
    )"""
_NO_DUTY = "计入得分的义务没有变，变的是可测与否"


def find_causes(con: duckdb.DuckDBPyConnection, release: Release, moment: Moment, lost: int) -> None:
    """Make `restatement`, `restated_duty` and `restated_score` of what `compare` found, each with its file and words.

    lost: how many files the release was computed of that are no longer as they were.
    """
    said = {
        "known_at": release.moment("known_at"),
        "month": release.month,
        "sources": [f"{one['sha256']} {one['path']}" for one in release.content["sources"]],
        "nobody": _without_file(lost),
        "rules": _other_rules(release, moment),
    }
    for name, select in (
        ("later_file", _LATER_FILE),
        ("touched_row", _TOUCHED_ROW),
        ("candidate", _CANDIDATE),
        ("item_cause", _CAUSE_OF_ITEM),
        ("figure_item", _FIGURE_ITEM),
        ("figure_cause", _CAUSE_OF_FIGURE),
        ("restatement", _with_cause("changed_figure", "metric_id, grid_id, owner_level, period_kind, field, old, new",
                                    "figure_cause", "metric_id, grid_id, owner_level, period_kind")),
        ("restated_duty", _with_cause(
            "(select *, item_id as obligation_id, coalesce(new_grid_id, old_grid_id) as grid_id"
            " from changed_item where is_duty)",
            "metric_id, obligation_id, grid_id, old_state, new_state", "item_cause", "item_no")),
        ("score_cause", _CAUSE_OF_SCORE),
        ("restated_score", _with_cause("changed_score",
            "grid_id, period_kind, old_score, new_score, old_geometric, new_geometric, old_finding, new_finding,"
            " old_assessable, new_assessable", "score_cause", "grid_id, period_kind")),
    ):  # fmt: skip
        used = {key: value for key, value in said.items() if f"${key}" in select}
        if name == "restated_score" and not lost and _some(con, "later_file"):
            used["nobody"] = _NO_DUTY
        run(con, f"restate {name}", f"create or replace temp table {name} as {select}", used)


def _some(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    return con.execute(f"select 1 from {table} limit 1").fetchone() is not None


def _with_cause(changed: str, columns: str, causes: str, key: str) -> str:
    listed = ", ".join(f"changed.{column.strip()}" for column in columns.split(","))
    return f"""
        select {listed}, cause.file_id as cause_file_id, {_TOLD} as cause_zh
        from {changed} as changed
        left join {causes} as cause using ({key})"""


def _without_file(lost: int) -> str:
    if lost:
        return f"没有其后收到的文件：固化时的文件有 {lost} 个已不在 data/raw，或收到时间改过"
    return "没有其后收到的文件"


def _other_rules(release: Release, moment: Moment) -> str:
    if release.content["catalogue_version"] != moment.catalogue_version:
        return f"；指标目录由 {release.content['catalogue_version']} 变为 {moment.catalogue_version}，也可能由规则引起"
    if release.content["code_version"] != moment.code_version:
        return "；程序或规则在固化之后有变，也可能由规则引起"
    return ""
