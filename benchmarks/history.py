"""Ten years of a whole city as landed rows, made by SQL: as many patrols, problems and sites as asked for.

What counts is the amount and that every metric finds something; nothing in it is real.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb

from benchmarks.ledgers import COUNTIES

FIRST_MONTH, MONTHS = "2021-06", 120
AS_OF = datetime(2031, 6, 6, 9, 0)
_GRIDS = """
create or replace temp table grid as select * from read_csv('{seeds}/grid.csv', all_varchar = true);
create or replace temp table town as
    select row_number() over (order by town.grid_id) - 1 as n, town.grid_id, town.code, town.name, town.county_id,
        county.name as county, unit.grid_id as unit_id, unit.name as unit
    from grid as town join grid as county on town.county_id = county.grid_id
    join grid as unit on county.parent_id = unit.grid_id where town.level = '3';
create or replace temp table month as
    select n, strftime(date '2021-06-01' + to_months(n), '%Y-%m') as month
    from (select unnest(range({months})) as n);
create or replace temp table sender as
    select grid_id as county_id, name from grid where grid_id in {counties};
create or replace temp table file as
    select kind.table_name, sender.county_id, month.month,
        sender.county_id || '/' || month.month || '/' || substr(md5(kind.table_name), 1, 8) as file_id
    from (select county_id from sender union all select 'city') as sender cross join month
    cross join (select unnest({tables})) as kind (table_name)
    where kind.table_name not in ('site', 'person', 'grid') or month.n = 0;
"""
# Names of townships repeat between counties, which is what makes the ledger's county matter; the city writes their ids.
# All kinds, people, sites and days come to every township and month: what repeats with 11,760 = 120 × 98 would not.
_ROWS = {
    "grid": """
        select 'grid' as table_name, county_id, '2021-06' as month, {{
            'code': code, 'name': name, 'level': '三级', 'parent': county, 'valid_from': '2021-05-07',
            'is_patrol_grid': '是', 'fixed_area': '示例', 'fixed_area_on': '2021-06-10',
            'fixed_staff': '示例', 'fixed_staff_on': '2021-06-10', 'fixed_duty': '示例', 'fixed_duty_on': '2022-06-10',
            'fixed_task': case when n % 3 > 0 then '示例' end,
            'fixed_task_on': case when n % 3 > 0 then '2021-06-10' end}} as cell
        from town""",
    "person": """
        select 'person' as table_name, town.county_id, '2021-06' as month, {{
            'name': '示例' || kind.mark || town.n, 'grid': town.name, 'post': kind.post,
            'valid_from': '2021-01-01'}} as cell
        from town cross join (values ('甲', '网格员'), ('乙', '机构负责人')) as kind (mark, post)
        union all
        select 'person', county_id, '2021-06', {{'name': '示例' || kind.mark || county_id, 'grid': name,
            'post': kind.post, 'valid_from': '2021-01-01'}}
        from sender cross join (values ('丙', '网格员'), ('丁', '网格长')) as kind (mark, post)
        union all
        select 'person', 'city', '2021-06', {{'name': '示例' || kind.mark || grid.grid_id, 'grid': grid.name,
            'post': kind.post, 'valid_from': '2021-01-01'}}
        from grid cross join (values ('丙', '网格员'), ('丁', '网格长')) as kind (mark, post) where grid.level = '1'""",
    "site": """
        select 'site' as table_name, town.county_id, '2021-06' as month, {{
            'site_no': 'D' || i, 'name': '示例点位' || i, 'kind': '工矿企业', 'grid': town.name,
            'is_key': case when i % 10 = 0 then '是' else '否' end, 'cycle': '每季度1次',
            'listing': case when i % 500 = 0 then '挂牌督办' end, 'valid_from': '2021-01-01'}} as cell
        from (select unnest(range({sites})) as i) join town on town.n = i % 98""",
    "patrol": """
        select 'patrol' as table_name, town.county_id, month.month, {{
            'patrol_no': 'XC' || i, 'grid': town.name,
            'inspectors': case when turn % 5 = 0 then '示例丙' || town.county_id else '示例甲' || town.n end,
            'leader': case when turn % 15 = 0 then '示例丁' || town.county_id end,
            'kind': case turn % 7 when 0 then '抽查' when 1 then '督查' else '日常巡查' end,
            'started_at': day.d || ' ' || (8 + i % 9) || ':15', 'ended_at': day.d || ' ' || (9 + i % 9) || ':45',
            'entered_at': case when turn % 11 > 0 then day.d || ' 20:00' end,
            'sites': '示例点位' || (town.n + 98 * (turn * 5 % {per_town})),
            'findings': cast(turn % 4 as varchar)}} as cell
        from (select i, i // 11760 + i as turn from (select unnest(range({patrols})) as i))
        join month on month.n = i % {months} join town on town.n = (i // {months}) % 98
        cross join lateral (select month.month || '-' || lpad(cast(turn * 3 % 28 + 1 as varchar), 2, '0') as d) as day
        union all
        select 'patrol', 'city', month.month, {{
            'patrol_no': 'SX' || month.n || '-' || town.n, 'grid': town.county || town.name,
            'inspectors': '示例丙' || town.unit_id, 'leader': '示例丁' || town.unit_id,
            'kind': case town.n % 4 when 0 then '突击检查' else '督查' end,
            'started_at': month.month || '-15 09:15', 'ended_at': month.month || '-15 10:45',
            'entered_at': month.month || '-15 20:00',
            'sites': '示例点位' || (town.n + 98 * (town.n % 10)), 'findings': '1'}}
        from town join month on (town.n + month.n) % 3 > 0""",
    "problem": """
        select 'problem' as table_name, town.county_id, month.month, {{
            'problem_no': 'WT' || i, 'grid': town.name, 'description': '示例问题' || i,
            'source': case i % 8 when 0 then '信访投诉' when 1 then '12345' when 2 then '上级交办' else '巡查发现' end,
            'category': case i % 6 when 0 then '噪声' else '水' end, 'nature': '违法行为',
            'site': '示例点位' || (town.n + 98 * (i % {per_town})),
            'patrol_no': 'XC' || (i * 3), 'listing': case when i % 1000 = 0 then '挂牌督办' end,
            'discovered_at': day.d || ' 08:15', 'received_at': day.d || ' 08:30', 'registered_at': day.d || ' 09:00',
            'assigned_at': day.d || ' 10:00', 'accepted_at': day.later, 'first_action_at': day.d || ' 15:00',
            'document_no': '示例' || i, 'document_issued_at': day.later, 'rectify_due': day.due,
            'extended_due': case when i % 40 = 0 then day.seen end,
            'extension_approved_by': case when i % 40 = 0 then town.unit end,
            'extension_approved_at': case when i % 40 = 0 then day.later end,
            'rectified_at': case when i % 90 = 0 then null when i % 9 = 0 then day.slow else day.done end,
            'reinspected_at': case when i % 9 > 2 then day.seen end, 'reinspection_result': '合格',
            'beyond_authority': case when i % 20 = 0 then '是' else '否' end, 'escalated_at': day.later,
            'needs_filing': case when i % 10 = 0 then '是' else '否' end,
            'filed_at': case when i % 10 = 0 then day.done end, 'decided_at': case when i % 10 = 0 then day.seen end,
            'fine_amount': case when i % 10 = 0 then '20000' end,
            'measures': case when i % 100 = 0 then '责令停产整治' end,
            'closed_at': case when i % 9 > 1 then day.seen || ' 16:00' end,
            'closure': case when i % 200 = 1 then '作废' when i % 9 > 1 then '正常办结' end,
            'feedback_at': case when i % 9 > 3 then day.seen end,
            'must_disclose': case when i % 10 = 0 then '是' else '否' end, 'disclosed_at': day.seen,
            'replied_at': case when i % 9 > 3 then day.seen end}} as cell
        from (select unnest(range({problems})) as i)
        join month on month.n = (i * 7) % {months} join town on town.n = (i // {months}) % 98
        cross join lateral (
            select month.month || '-' || lpad(cast(i % 5 + 1 as varchar), 2, '0') as d,
                month.month || '-' || lpad(cast(i % 5 + 2 as varchar), 2, '0') as later,
                month.month || '-' || lpad(cast(i % 17 + 11 as varchar), 2, '0') as due,
                month.month || '-' || lpad(cast(i % 15 + 6 as varchar), 2, '0') as done,
                month.month || '-' || lpad(cast(i % 8 + 20 as varchar), 2, '0') as seen,
                month.month || '-28' as slow
        ) as day""",
    "follow_up": """
        select 'follow_up' as table_name, town.county_id, month.month, {{
            'problem_no': 'WT' || i, 'site': cast(null as varchar), 'by_grid': town.county, 'kind': '复查',
            'done_at': month.month || '-26 10:00', 'result': case when i % 60 = 0 then '不合格' else '合格' end,
            'new_due': case when i % 60 = 0 then month.month || '-28' end}} as cell
        from (select unnest(range(0, {problems}, 6)) as i)
        join month on month.n = (i * 7) % {months} join town on town.n = (i // {months}) % 98
        union all
        select 'follow_up', 'city', month.month, {{
            'problem_no': null, 'site': '示例点位' || i, 'by_grid': town.unit, 'kind': '督办',
            'done_at': month.month || '-12 10:00', 'result': '合格', 'new_due': null}}
        from (select unnest(range(0, {sites}, 500)) as i) join town on town.n = i % 98
        join month on (month.n + i // 500) % 4 > 0""",
    "patrol_plan": """
        select 'patrol_plan' as table_name, town.county_id, month.month, {{
            'grid': town.name, 'plan_month': later.month, 'required_patrols': cast(3 + town.n % 3 as varchar),
            'special_name': case when later.n % 6 = 0 then '示例时段' end,
            'special_from': case when later.n % 6 = 0 then later.month || '-10' end,
            'special_to': case when later.n % 6 = 0 then later.month || '-16' end,
            'notice_no': case when later.n % 6 = 0 then '示例〔1〕号' end,
            'notice_on': case when later.n % 6 = 0 then later.month || '-01' end}} as cell
        from town cross join month join month as later on later.n = month.n + 1""",
    "grid_record": """
        select 'grid_record' as table_name, town.county_id, month.month, {{
            'kind': kind.kind, 'grid': town.name, 'held_on': month.month || '-08', 'subject': '示例'}} as cell
        from town join month on month.n % 12 = 9
        cross join (values (0, '制度'), (1, '例会'), (2, '自查')) as kind (n, kind)
        where (kind.n + town.n + month.n) % 4 > 0""",
    "self_evaluation": """
        select 'self_evaluation' as table_name, town.county_id, month.month, {{
            'grid': town.name, 'year': cast(cast(substr(month.month, 1, 4) as integer) - 1 as varchar),
            'item': '示例项' || item, 'max_score': '10', 'self_score': '8', 'shortfall': '示例不足',
            'improvement': case when item > 0 then '示例措施' end,
            'owner': case when item > 0 then '示例乙' || town.n end,
            'improvement_due': case when item > 0 then month.month || '-31' end,
            'improvement_done_at': case when item > 1 then month.month || '-25' end,
            'submitted_at': month.month || '-20'}} as cell
        from town join month on month.n % 12 = 7 cross join (select unnest(range(4)) as item)
        where (town.n + month.n) % 5 > 0""",
    "backcheck": """
        select 'backcheck' as table_name, town.county_id, month.month, {{
            'patrol_no': 'XC' || i, 'grid': town.name, 'subject': '示例', 'sampled_by': '随机',
            'checked_at': month.month || '-28 16:00', 'checker': '示例丙' || town.county_id,
            'result': case i % 3 when 0 then '查否' else '查实' end}} as cell
        from (select unnest(range(0, {patrols}, 77)) as i)
        join month on month.n = i % {months} join town on town.n = (i // {months}) % 98""",
}  # fmt: skip


def fill(con: duckdb.DuckDBPyConnection, seeds: str, *, patrols: int, problems: int, sites: int) -> None:
    """Lay the rows into the raw tables, which must be there and empty."""
    values = {"months": MONTHS, "seeds": seeds, "counties": COUNTIES, "patrols": patrols, "problems": problems}
    values |= {"sites": sites, "per_town": max(1, sites // 98), "tables": list(_ROWS)}
    con.execute(_GRIDS.format(**values))
    for table, rows in _ROWS.items():
        con.execute(f"create or replace temp table laid as {rows.format(**values)}")
        con.execute("""
            create or replace temp table numbered as
            select file.file_id, 'csv' as sheet_name, laid.cell,
                cast(1 + row_number() over (partition by file.file_id) as bigint) as row_number,
                file.file_id || '#csv!' || row_number as row_id
            from laid join file on file.table_name = laid.table_name and file.county_id = laid.county_id
                and file.month = laid.month""")
        con.execute(
            f"insert into raw.{table} by name select row_id, file_id, sheet_name, row_number, unnest(cell)"
            " from numbered"
        )
        con.execute(
            "insert into raw.source_row by name select row_id, file_id, sheet_name, row_number, 'body' as kind,"
            f" '{table}' as table_name from numbered"
        )
        fields = [name for name, *_ in con.execute("select unnest(cell) from numbered limit 0").description or ()]
        con.execute(
            "insert into raw.sheet by name select file_id, 'csv' as sheet_name, any_value(?) as table_name,"
            " any_value(?) as fields, 1 as header_row, count(*) as found, false as is_hidden, [] as unused"
            " from numbered group by file_id",
            [table, fields],
        )
    con.execute("""
        create or replace temp view laid_file as select * from file semi join raw.sheet using (file_id);
        insert into raw.delivery by name
        select file_id || '.csv' as path, md5(file_id) as sha256, 1 as size_bytes, county_id, month,
            cast(month || '-01' as date) + to_months(1) + interval '1 day' as received_at, 'receipt' as received_basis,
            file_id from laid_file;
        insert into raw.content by name
        select file_id, 'digest' as contract_digest, 'landed' as state from laid_file;
        insert into raw.source_row by name
        select file_id || '#csv!1' as row_id, file_id, 'csv' as sheet_name, 1 as row_number, 'header' as kind,
            table_name
        from laid_file""")


def working_days(con: duckdb.DuckDBPyConnection) -> None:
    """Go on with the seeded calendar, weekdays as working days, so that no limit falls past its end."""
    (last,) = con.execute("select max(day) from seed.calendar").fetchone() or (date(2026, 12, 31),)
    days = [last + timedelta(days=n) for n in range(1, (AS_OF.date() - last).days + 120)]
    con.executemany(
        "insert into seed.calendar (day, is_workday) values (?, ?)", [[day, day.weekday() < 5] for day in days]
    )
