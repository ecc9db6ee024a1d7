"""Small deliveries drawn by hypothesis: a roster, patrols, problems and visits of a few counties in one month."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

Rows = list[tuple[str, ...]]
Delivery = dict[tuple[str, str], Rows]

TOWNS = {
    "anhua": ("安化县", "田庄乡", "小淹镇"),
    "nanxian": ("南县", "南洲镇", "茅草街镇"),
    "taojiang": ("桃江县", "桃花江镇", "灰山港镇"),
}
HEADERS = {
    "person": ("人员编号", "姓名", "所属网格", "岗位", "任职起", "任职止"),
    "patrol": ("巡查编号", "所属网格", "实施网格", "巡查人员", "开始时间", "巡查点位", "发现问题数"),
    "problem": (
        "问题编号", "所属网格", "责任单位", "问题描述", "发现时间", "整改时限", "整改完成时间", "办结方式",
        "复查时间", "复查结果", "重新整改时限", "问题来源", "登记时间", "到场时间", "是否需立案",
        "立案时间", "办结时间", "反馈时间",
    ),
    "follow_up": ("问题编号", "实施网格", "督办复查时间", "督办复查类型", "督办复查结果", "重新整改时限"),
}  # fmt: skip
NUMBERS = st.sampled_from([str(number) for number in range(1, 9)])
NAMES = st.sampled_from(["示例甲", "示例乙", "示例丙"])
DAYS = st.sampled_from(["2026-10-05", "2026-10-06 08:30", "2026.10.6", "2026-10-12", "2026年10月20日", "2026-10-31"])
DAY_OF = {"2026-10-06 08:30": "06", "2026.10.6": "06"}
LATER = st.sampled_from(["", "2026-10-12", "2026-10-25 10:00", "2026-11-01"])


def record(table: str, row: tuple[str, ...]) -> tuple[str, ...]:
    """Two rows that agree here tell of one record, whatever else they say."""
    if table == "person":
        return row[:5]
    if table == "follow_up":
        return row[0], row[1], DAY_OF.get(row[2], row[2]), row[3]
    if table == "patrol" and not row[0]:
        return row[1], row[3], DAY_OF.get(row[4], row[4]), row[5]
    return row[:1]


def _rows(county_id: str) -> dict[str, st.SearchStrategy[tuple[str, ...]]]:
    grid = st.sampled_from(TOWNS[county_id])
    town = st.sampled_from(TOWNS[county_id][1:])
    maybe = st.just("")
    posts = st.sampled_from(["网格员", "网格长", "机构负责人"])
    people = st.lists(NAMES, min_size=1, max_size=2, unique=True).map(sorted).map("、".join)
    result = st.sampled_from(["合格", "不合格", "部分"])
    return {
        "person": st.tuples(
            maybe | NUMBERS, NAMES, grid, posts, st.sampled_from(["2026-01-01", "2026-10-10"]), LATER
        ),
        "patrol": st.tuples(
            maybe | NUMBERS, town, maybe | grid, people, DAYS, st.sampled_from(["", "示例纸厂"]), st.just("0")
        ),
        "problem": st.tuples(
            NUMBERS, town, maybe | grid, st.just("示例问题"), DAYS,
            st.sampled_from(["", "立行立改", "10日内", "5个工作日内", "2026-10-15", "长期坚持", "2026年10月底前"]),
            LATER, st.sampled_from(["", "", "办结", "作废"]), LATER, maybe | result, LATER,
            st.sampled_from(["巡查发现", "信访投诉", "12345热线", "说不清"]), maybe | DAYS, LATER,
            st.sampled_from(["", "是"]), LATER, LATER, LATER,
        ),
        "follow_up": st.tuples(
            NUMBERS, grid, DAYS, st.sampled_from(["督办", "复查", "验收", "后督察"]), maybe | result, LATER
        ),
    }  # fmt: skip


@st.composite
def deliveries(draw: st.DrawFn) -> Delivery:
    """(county, table) → rows, each telling of a record of its own; a table may be missing or without rows."""
    found: Delivery = {}
    for county_id in TOWNS:
        for table, row in _rows(county_id).items():
            if draw(st.booleans() | st.just(True)):
                found[county_id, table] = draw(st.lists(row, max_size=8, unique_by=partial(record, table)))
    return found
