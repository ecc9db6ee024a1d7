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
create or replace temp table town as
    select row_number() over (order by grid_id) - 1 as n, grid_id, name, county_id
    from read_csv('{seeds}/grid.csv', all_varchar = true) where level = '3';
create or replace temp table month as
    select n, strftime(date '2021-06-01' + to_months(n), '%Y-%m') as month
    from (select unnest(range({months})) as n);
create or replace temp table sender as
    select unnest({counties}) as county_id;
create or replace temp table file as
    select kind.table_name, sender.county_id, month.month,
        sender.county_id || '/' || month.month || '/' || kind.mark as file_id
    from sender cross join month
    cross join (values ('patrol', 'aaaaaaaa'), ('problem', 'bbbbbbbb')) as kind (table_name, mark)
    union all
    select kind.table_name, sender.county_id, '2021-06', sender.county_id || '/2021-06/' || kind.mark
    from sender cross join (values ('site', 'cccccccc'), ('person', 'dddddddd')) as kind (table_name, mark);
"""
# Names of townships repeat between counties, which is what makes the ledger's county matter.
_ROWS = {
    "person": """
        select 'person' as table_name, town.county_id, '2021-06' as month, {{
            'name': '示例' || kind.mark || town.n, 'grid': town.name, 'post': kind.post,
            'valid_from': '2021-01-01'}} as cell
        from town cross join (values ('甲', '网格员'), ('乙', '机构负责人')) as kind (mark, post)
        union all
        select 'person', county_id, '2021-06', {{'name': '示例丙' || county_id, 'grid': county_id, 'post': '网格员',
            'valid_from': '2021-01-01'}} from sender""",
    "site": """
        select 'site' as table_name, town.county_id, '2021-06' as month, {{
            'site_no': 'D' || i, 'name': '示例点位' || i, 'kind': '工矿企业', 'grid': town.name,
            'is_key': case when i % 10 = 0 then '是' else '否' end, 'cycle': '每季度1次',
            'listing': case when i % 500 = 0 then '挂牌督办' end, 'valid_from': '2021-01-01'}} as cell
        from (select unnest(range({sites})) as i) join town on town.n = i % 98""",
    "patrol": """
        select 'patrol' as table_name, town.county_id, month.month, {{
            'patrol_no': 'XC' || i, 'grid': town.name,
            'inspectors': case when i % 5 = 0 then '示例丙' || town.county_id else '示例甲' || town.n end,
            'kind': case i % 7 when 0 then '抽查' when 1 then '督查' else '日常巡查' end,
            'started_at': month.month || '-' || lpad(cast(i % 28 + 1 as varchar), 2, '0')
                || ' ' || (8 + i % 9) || ':15',
            'ended_at': month.month || '-' || lpad(cast(i % 28 + 1 as varchar), 2, '0')
                || ' ' || (9 + i % 9) || ':45',
            'entered_at': month.month || '-' || lpad(cast(i % 28 + 1 as varchar), 2, '0') || ' 20:00',
            'sites': '示例点位' || (town.n + 98 * (i % {per_town})), 'findings': cast(i % 4 as varchar)}} as cell
        from (select unnest(range({patrols})) as i)
        join month on month.n = i % {months} join town on town.n = (i // {months}) % 98""",
    "problem": """
        select 'problem' as table_name, town.county_id, month.month, {{
            'problem_no': 'WT' || i, 'grid': town.name, 'description': '示例问题' || i,
            'source': case i % 8 when 0 then '信访投诉' when 1 then '12345' when 2 then '上级交办' else '巡查发现' end,
            'category': '水', 'nature': '违法行为', 'site': '示例点位' || (town.n + 98 * (i % {per_town})),
            'patrol_no': 'XC' || (i * 3),
            'discovered_at': day.d || ' 08:15', 'received_at': day.d || ' 08:30', 'registered_at': day.d || ' 09:00',
            'assigned_at': day.d || ' 10:00', 'accepted_at': day.later, 'first_action_at': day.d || ' 15:00',
            'document_no': '示例' || i, 'document_issued_at': day.later, 'rectify_due': day.due,
            'rectified_at': case when i % 9 > 0 then day.done end,
            'reinspected_at': case when i % 9 > 2 then day.seen end, 'reinspection_result': '合格',
            'beyond_authority': case when i % 20 = 0 then '是' else '否' end, 'escalated_at': day.later,
            'needs_filing': case when i % 10 = 0 then '是' else '否' end,
            'filed_at': case when i % 10 = 0 then day.done end, 'decided_at': case when i % 10 = 0 then day.seen end,
            'closed_at': case when i % 9 > 1 then day.seen end, 'feedback_at': case when i % 9 > 3 then day.seen end,
            'must_disclose': case when i % 10 = 0 then '是' else '否' end, 'disclosed_at': day.seen,
            'replied_at': case when i % 9 > 3 then day.seen end}} as cell
        from (select unnest(range({problems})) as i)
        join month on month.n = (i * 7) % {months} join town on town.n = (i // {months}) % 98
        cross join lateral (
            select month.month || '-' || lpad(cast(i % 5 + 1 as varchar), 2, '0') as d,
                month.month || '-' || lpad(cast(i % 5 + 2 as varchar), 2, '0') as later,
                month.month || '-' || lpad(cast(i % 5 + 11 as varchar), 2, '0') as due,
                month.month || '-' || lpad(cast(i % 15 + 6 as varchar), 2, '0') as done,
                month.month || '-' || lpad(cast(i % 8 + 20 as varchar), 2, '0') as seen
        ) as day""",
}  # fmt: skip


def fill(con: duckdb.DuckDBPyConnection, seeds: str, *, patrols: int, problems: int, sites: int) -> None:
    """Lay the rows into the raw tables, which must be there and empty."""
    values = {"months": MONTHS, "seeds": seeds, "counties": list(COUNTIES), "patrols": patrols, "problems": problems}
    values |= {"sites": sites, "per_town": max(1, sites // 98)}
    con.execute(_GRIDS.format(**values))
    con.execute("""
        insert into raw.delivery by name
        select file_id || '.csv' as path, md5(file_id) as sha256, 1 as size_bytes, county_id, month,
            cast(month || '-01' as date) + to_months(1) + interval '1 day' as received_at, 'receipt' as received_basis,
            file_id from file;
        insert into raw.content by name
        select file_id, 'digest' as contract_digest, 'landed' as state from file;
        insert into raw.source_row by name
        select file_id || '#csv!1' as row_id, file_id, 'csv' as sheet_name, 1 as row_number, 'header' as kind,
            table_name
        from file""")
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


def working_days(con: duckdb.DuckDBPyConnection) -> None:
    """Go on with the seeded calendar, weekdays as working days, so that no limit falls past its end."""
    (last,) = con.execute("select max(day) from seed.calendar").fetchone() or (date(2026, 12, 31),)
    days = [last + timedelta(days=n) for n in range(1, (AS_OF.date() - last).days + 120)]
    con.executemany(
        "insert into seed.calendar (day, is_workday) values (?, ?)", [[day, day.weekday() < 5] for day in days]
    )
