-- 来源文件：所知时点前收到的文件，一行一个；内容与先前某件相同者（同月、别月，或市支队所存县区台账），其行只读一次，同月的编号加 ~n
-- 粒度：file_id
-- 依据：收件登记（data/raw 下的 _receipts.csv 与 data/state/receipts.csv）
with known as (
    select
        delivery.*,
        coalesce(content.same_as, delivery.file_id) as content_id,
        row_number() over (partition by delivery.file_id order by delivery.received_at, delivery.path) as copy_no
    from raw.delivery as delivery
    join raw.content as content on delivery.file_id = content.file_id
    cross join seed.moment as moment
    where delivery.received_at <= moment.known_at
),

-- 只把原件未认出的工作表原样发回的，不是这一件的新毛病：各行以原件为准
echoed as (
    select echo.file_id, echo.sheet_name
    from staging.echo_row as echo
    join raw.sheet as sheet on echo.file_id = sheet.file_id and echo.sheet_name = sheet.sheet_name
    group by echo.file_id, echo.sheet_name, sheet.found
    having count(*) = sheet.found
),

judged as (
    select
        sheet.file_id,
        count(*) filter (where sheet.reason_zh <> '' and echoed.file_id is null) as wrong,
        count(*) filter (where sheet.table_name <> '') as recognised,
        string_agg(sheet.reason_zh, '；' order by sheet.sheet_name) filter (
            where sheet.reason_zh <> '' and echoed.file_id is null
        ) as reason_zh,
        string_agg(distinct sheet.mend_zh, '；' order by sheet.mend_zh) filter (
            where sheet.mend_zh <> '' and echoed.file_id is null
        ) as mend_zh,
        string_agg('“' || echoed.sheet_name || '”', '、' order by echoed.sheet_name) as echoes
    from raw.sheet as sheet
    left join echoed on sheet.file_id = echoed.file_id and sheet.sheet_name = echoed.sheet_name
    where sheet.file_id in (select any_echo.file_id from echoed as any_echo)
    group by sheet.file_id
),

original as (
    select
        known.file_id,
        known.path,
        case
            when judged.file_id is null then content.state
            when judged.wrong = 0 then 'landed'
            when judged.recognised > 0 then 'partial'
            else 'refused'
        end as state,
        case
            when judged.file_id is null then content.reason_zh
            else concat_ws('；', judged.reason_zh, concat('工作表', judged.echoes, '原样发回，仍未认出，以原件为准'))
        end as reason_zh,
        case when judged.file_id is null then content.mend_zh else judged.mend_zh end as mend_zh
    from known
    join raw.content as content on known.file_id = content.file_id
    left join judged on known.file_id = judged.file_id
    where known.copy_no = 1
)

select
    case when known.copy_no = 1 then known.file_id else concat(known.file_id, '~', known.copy_no) end as file_id,
    known.content_id,
    twin.file_id is null as is_own,
    known.path,
    known.sha256,
    known.size_bytes,
    known.received_at,
    known.received_basis,
    known.county_id,
    known.month,
    case when known.path = original.path and twin.file_id is null then original.state else 'identical' end as state,
    case
        when twin.file_id is not null
            then concat('与 ', twin.owner_path, ' 逐字节相同，是那一家的台账，不作本单位的报送，未重复计入')
        when known.path = original.path then original.reason_zh
        when original.state = 'refused'
            then concat('与 ', original.path, ' 逐字节相同，该件已整件退回：', original.reason_zh)
        when original.state = 'partial'
            then concat('与 ', original.path, ' 逐字节相同，未重复计入；该件有工作表退回：', original.reason_zh)
        else concat('与 ', original.path, ' 逐字节相同，未重复计入')
    end as reason_zh,
    original.mend_zh
from known
join original on known.content_id = original.file_id
left join staging.twin_file as twin on known.file_id = twin.file_id
