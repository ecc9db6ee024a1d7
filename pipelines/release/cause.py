"""Which file, received after a month was fixed, makes its figures other: from figure to duty or fact, to row, to file.

Nearest first: a file that holds a row the duty rests on, corrects such a row in more than its words, or tells of the
same problem; else one of the same sender and of a table that the metric rests on; else any of the same sender or of the
detachment (roster, register); else any at all.
"""

from __future__ import annotations

import duckdb

from pipelines.engine import run
from pipelines.release.shelf import Release
from pipelines.seeds import Moment

_LATER_FILE = """
    select file_id, county_id, month, received_at, path
    from published.source_file
    where received_at > $known_at and state not in ('refused', 'identical')"""
# A row that came again in other words alone is the one that stands now, and changes nothing.
_TOUCHED_ROW = """
    with rested as (
        select item_no, unnest(row_ids) as row_id from changed_item
    )
    select item_no, row_id
    from rested
    where row_id not in (
        select to_row_id from published.revision group by to_row_id having bool_and(is_relabel)
    )
    union
    select item.item_no, change.to_row_id
    from rested as item
    join published.revision as change
        on item.row_id in (change.from_row_id, change.to_row_id) and not change.is_relabel
    union
    select item.item_no, told.row_id
    from changed_item as item
    join (
        select key as problem_id, to_row_id as row_id
        from published.revision where table_name = 'problem' and not is_relabel
        union
        select problem_id, row_id from published.follow_up
    ) as told on item.subject_kind = 'problem' and item.subject_id = told.problem_id"""
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
    select touched.item_no, 1 as nearness, file.file_id
    from touched_row as touched
    join published.source_row as line on line.row_id = touched.row_id
    join later_file as file on file.file_id = line.file_id
    union
    select sender.item_no, case when file.month = sender.period then 2 else 3 end, file.file_id
    from sender
    join later_file as file on file.county_id = sender.county_id
    join published.submission as brought on brought.file_id = file.file_id and brought.accepted > 0
    join rested on rested.metric_id = sender.metric_id and rested.table_name = brought.table_name
    union
    select sender.item_no, 4, file.file_id
    from sender
    join later_file as file on file.county_id in (sender.county_id, 'city')
    union
    select item.item_no, 5, file.file_id from changed_item as item cross join later_file as file"""
_CAUSE_OF_ITEM = """
    select
        near.item_no, near.nearness, count(*) as files,
        min_by(file.file_id, struct_pack(at := file.received_at, path := file.path)) as file_id
    from (
        select * from candidate qualify nearness = min(nearness) over (partition by item_no)
    ) as near
    join later_file as file on file.file_id = near.file_id
    group by near.item_no, near.nearness"""
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
_CAUSE_OF_FIGURE = """
    with touched as (
        select figure.metric_id, figure.grid_id, figure.owner_level, figure.period_kind, cause.nearness, cause.item_no
        from figure_item as figure
        join item_cause as cause on cause.item_no = figure.item_no
    ), near as (
        select * from touched
        qualify nearness = min(nearness) over (partition by metric_id, grid_id, owner_level, period_kind)
    )
    select
        near.metric_id, near.grid_id, near.owner_level, near.period_kind, min(near.nearness) as nearness,
        count(distinct file.file_id) as files,
        min_by(file.file_id, struct_pack(at := file.received_at, path := file.path)) as file_id
    from near
    join candidate on candidate.item_no = near.item_no and candidate.nearness = near.nearness
    join later_file as file on file.file_id = candidate.file_id
    group by near.metric_id, near.grid_id, near.owner_level, near.period_kind"""
_TOLD = """
    concat_ws(
        '',
        case when file.file_id is null then $nobody else concat_ws(
            '',
            coalesce(county.name, file.county_id), ' ', strftime(file.received_at, '%Y-%m-%d %H:%M'),
            ' 收到的文件（', file.month, '）',
            case cause.nearness
                when 1 then '' when 2 then '，该月的台账' when 3 then '，有关的台账'
                else '，对不到具体的行，只知是其后收到的' end,
            case when cause.files > 1 then concat_ws('', '，另有 ', cause.files - 1, ' 个文件') else '' end) end,
        $rules
    )"""


def find_causes(con: duckdb.DuckDBPyConnection, release: Release, moment: Moment, lost: int) -> None:
    """Make `restatement` and `restated_duty` of what `compare` found: every change with its file and its words.

    lost: how many files the release was computed of that are no longer as they were.
    """
    said = {
        "known_at": release.moment("known_at"),
        "month": release.month,
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
    ):  # fmt: skip
        used = {key: value for key, value in said.items() if f"${key}" in select}
        run(con, f"restate {name}", f"create or replace temp table {name} as {select}", used)


def _with_cause(changed: str, columns: str, causes: str, key: str) -> str:
    listed = ", ".join(f"changed.{column.strip()}" for column in columns.split(","))
    return f"""
        select {listed}, file.file_id as cause_file_id, {_TOLD} as cause_zh
        from {changed} as changed
        left join {causes} as cause using ({key})
        left join later_file as file on file.file_id = cause.file_id
        left join seed.grid as county on county.grid_id = file.county_id"""


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
