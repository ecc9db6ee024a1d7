-- 字段填报：某单位某月应报的一张表一个应有的字段，现在填了多少、够不够、自何时起够
-- 粒度：county_id, month, table_name, field
-- 依据：四（三）反馈；sql/limits.toml（field_completeness）所定的百分之几。看到限那一刻够不够：后来重报补齐的，不回头算作按期；
-- 到限时够的，自此前连续填够的第一件起；到限时不够的，自最后一次不够之后的第一件起
with judged as (
    select
        moment.county_id,
        moment.month,
        moment.table_name,
        moment.field,
        moment.changed_at,
        moment.has_header,
        moment.found,
        moment.filled,
        report.fields_due_at,
        moment.has_header and 100 * moment.filled >= duty_limit.value * moment.found as is_enough
    from core.field_moment as moment
    join core.report as report
        on
            moment.county_id = report.county_id
            and moment.month = report.month
            and moment.table_name = report.table_name
    join seed.duty_limit as duty_limit
        on
            duty_limit.metric_id = 'field_completeness'
            and cast(report.started_at as date) >= duty_limit.valid_from
            and (duty_limit.valid_to is null or cast(report.started_at as date) <= duty_limit.valid_to)
    -- 回看固化的月份时，计算时点之后才收到的不算
    join seed.moment as now on moment.changed_at <= now.as_of
),

spell as (
    select
        county_id,
        month,
        table_name,
        field,
        max_by(has_header, changed_at) as has_header,
        max_by(found, changed_at) as found,
        max_by(filled, changed_at) as filled,
        max_by(is_enough, changed_at) as is_enough,
        max(case when not is_enough then changed_at end) as last_short_at,
        max(case when not is_enough and changed_at <= fields_due_at then changed_at end) as short_before_due_at,
        max(case when is_enough and changed_at <= fields_due_at then changed_at end) as enough_before_due_at
    from judged
    group by county_id, month, table_name, field
),

since as (
    select
        spell.county_id,
        spell.month,
        spell.table_name,
        spell.field,
        min(judged.changed_at) as enough_at
    from spell
    join judged
        on
            spell.county_id = judged.county_id
            and spell.month = judged.month
            and spell.table_name = judged.table_name
            and spell.field = judged.field
            and judged.is_enough
            and (
                case
                    when
                        spell.enough_before_due_at is not null
                        and (
                            spell.short_before_due_at is null
                            or spell.enough_before_due_at > spell.short_before_due_at
                        )
                        then spell.short_before_due_at is null or judged.changed_at > spell.short_before_due_at
                    else spell.last_short_at is null or judged.changed_at > spell.last_short_at
                end
            )
    where spell.is_enough
    group by spell.county_id, spell.month, spell.table_name, spell.field
),

-- 报送单位看哪一件：最后收到的一件，及填够之时已有该列的最后一件
shown as (
    select
        sheet.county_id,
        sheet.month,
        sheet.table_name,
        sheet.field,
        max_by(sheet.path, concat(cast(sheet.received_at as varchar), sheet.file_id)) as latest_path,
        max_by(sheet.content_id, concat(cast(sheet.received_at as varchar), sheet.file_id)) filter (
            where sheet.received_at <= since.enough_at and sheet.has_header
        ) as enough_content_id
    from core.sheet_field as sheet
    join seed.moment as now on sheet.received_at <= now.as_of
    left join since
        on
            sheet.county_id = since.county_id
            and sheet.month = since.month
            and sheet.table_name = since.table_name
            and sheet.field = since.field
    group by sheet.county_id, sheet.month, sheet.table_name, sheet.field
)

select
    spell.county_id,
    spell.month,
    spell.table_name,
    spell.field,
    spell.has_header,
    spell.found,
    spell.filled,
    spell.is_enough,
    since.enough_at,
    shown.enough_content_id,
    shown.latest_path
from spell
join shown
    on
        spell.county_id = shown.county_id
        and spell.month = shown.month
        and spell.table_name = shown.table_name
        and spell.field = shown.field
left join since
    on
        spell.county_id = since.county_id
        and spell.month = since.month
        and spell.table_name = since.table_name
        and spell.field = since.field
