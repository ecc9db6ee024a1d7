"""Ledgers drawn by chance: many problems told several times, visits, patrols and a roster, with all that can be odd.

The same seed draws the same ledgers. Most cells are ordinary, so that most duties have a result that can change.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from house import House

Row = dict[str, str]
COUNTY, TOWNS = "anhua", ("田庄乡", "小淹镇", "江南镇")
# Received and month of the folder; a book may come twice, and a month's book after a later one's.
SENDINGS = (
    ("2026-11-02 10:00", "2026-10"), ("2026-11-05 16:00", "2026-10"), ("2026-11-20 09:00", "2026-10"),
    ("2026-12-02 10:00", "2026-11"), ("2026-12-09 10:00", "2026-10"),
)  # fmt: skip
DAYS = (
    "2026-10-06", "2026-10-06 08:30", "2026-10-08 14:00", "2026-10-12", "2026-10-15 00:30", "2026-10-20",
    "2026-10-24 17:00", "2026-10-31", "2026-11-04", "2026-11-10 09:00", "2026-11-18", "2026-12-01 11:00", "2027-02-01",
)  # fmt: skip
PATROL_FIELDS = ("patrol_no", "grid", "by_grid", "inspectors", "leader", "kind", "started_at", "ended_at",
                 "entered_at", "sites", "findings")  # fmt: skip
VISIT_FIELDS = ("problem_no", "site", "by_grid", "done_at", "kind", "result", "new_due", "checker")
# column → what may stand in it, and how often it is filled at all
WORDS: dict[str, tuple[float, tuple[str, ...]]] = {
    "parent_problem_no": (0.06, ("1", "2", "3", "4")),
    "is_duplicate": (0.3, ("否", "否", "否", "是")),
    "assignment_no": (0.1, ("JB-1",)),
    "nature": (0.7, ("环境违法", "环境隐患")),
    "patrol_no": (0.5, ("P1", "P2", "P3", "P9")),
    "duty_grid": (0.5, (*TOWNS, "安化县", "第一网格单元", "市支队", "不知何处")),
    "supervisor_grid": (0.2, ("安化县", "第一网格单元")),
    "site": (0.5, ("示例纸厂", "示例砖厂")),
    "corrected_on_spot": (0.4, ("是", "否", "否")),
    "document_no": (0.5, ("文-1",)),
    "rectify_due": (0.9, ("立行立改", "10日内", "5个工作日内", "20个工作日内", "2026-10-15", "2026-10-25", "2026-11-08",
                          "2026-10-20 12:00", "长期坚持", "1个月内", "2026年10月底前", "年底前", "尽快", "60个工作日内",
                          "2026-10-01")),
    "extended_due": (0.25, ("2026-10-22", "2026-10-30", "2026-11-20", "2026-12-05")),
    "extension_approved_by": (0.25, ("安化县", "市支队", "第一网格单元", "示例甲", "示例丙", "田庄乡", "不知何处")),
    "closure": (0.5, ("办结", "办结", "办结", "作废", "并案", "缓办", "缓办", "强制办结")),
    "reinspection_result": (0.7, ("合格", "不合格", "部分")),
    "beyond_authority": (0.3, ("是", "否")),
    "needs_filing": (0.4, ("是", "否")),
    "must_disclose": (0.4, ("是", "否")),
    "feedback_direction": (0.3, ("向上", "向下", "答复信访人")),
    "handler": (0.4, ("示例甲", "示例乙")),
    "reinspector": (0.4, ("示例甲", "示例乙")),
}  # fmt: skip
# column → how often a date stands in it
DATES = {
    "served_at": 0.15, "document_issued_at": 0.3, "assigned_at": 0.25, "received_at": 0.4, "registered_at": 0.7,
    "accepted_at": 0.4, "first_action_at": 0.6, "extension_approved_at": 0.25, "rectified_at": 0.6, "closed_at": 0.5,
    "reinspected_at": 0.2, "new_due": 0.15, "escalated_at": 0.3, "referred_at": 0.2, "filed_at": 0.3,
    "decided_at": 0.2, "feedback_due": 0.2, "feedback_at": 0.4, "replied_at": 0.4, "disclosed_at": 0.3,
}  # fmt: skip
PROBLEM_FIELDS = ("problem_no", "description", "source", "grid", "category", "discovered_at", *WORDS, *DATES)
SOURCES = (
    "巡查发现",
    "巡查发现",
    "巡查发现",
    "信访投诉",
    "信访投诉",
    "12345热线",
    "上级交办",
    "环保督察",
    "抽查发现",
    "下级报告",
    "移送",
    "媒体",
    "其他",
    "说不清",
)
LATE_COLUMNS = ("closed_at", "rectified_at", "rectify_due", "registered_at", "first_action_at", "must_disclose")


@dataclass
class Sending:
    """One file: a table's rows with its receipt, and the columns it has."""

    table: str
    received: str
    month: str
    rows: list[Row]
    fields: tuple[str, ...]
    county: str = COUNTY


def _cells(chance: Random) -> Row:
    row = {name: chance.choice(words) if chance.random() < often else "" for name, (often, words) in WORDS.items()}
    return row | {name: chance.choice(DAYS) if chance.random() < often else "" for name, often in DATES.items()}


def _problem(chance: Random, number: int) -> Row:
    return _cells(chance) | {
        "problem_no": str(number), "description": f"示例问题{number}", "category": chance.choice(("水", "大气")),
        "source": chance.choice(SOURCES), "grid": chance.choice(TOWNS), "discovered_at": chance.choice(DAYS[:5]),
    }  # fmt: skip


def _told_again(chance: Random, row: Row) -> Row:
    """The record as a later ledger tells it: some cells filled, emptied or rewritten."""
    other = _cells(chance)
    steady = {"problem_no", "description", "category", "source", "grid", "discovered_at"}
    changed = {name: other[name] for name in other if name not in steady and chance.random() < 0.2}
    return row | changed


def _visit(chance: Random, problems: int) -> Row:
    return {
        "problem_no": str(chance.randint(1, problems + 1)), "site": "" if chance.random() < 0.7 else "示例纸厂",
        "by_grid": chance.choice(("安化县", "第一网格单元")), "done_at": chance.choice(DAYS[3:12]),
        "kind": chance.choice(("复查", "复查", "验收", "后督察", "督办")),
        "result": chance.choice(("合格", "不合格", "部分", "")), "new_due": chance.choice(("", "", *DAYS[6:11])),
        "checker": chance.choice(("示例甲", "示例乙、示例丁")),
    }  # fmt: skip


def _patrol(chance: Random, number: int) -> Row:
    return {
        "patrol_no": f"P{number}" if chance.random() < 0.8 else "", "grid": chance.choice((*TOWNS, "安化县")),
        "by_grid": chance.choice(("", "", *TOWNS, "安化县", "第一网格单元")),
        "leader": chance.choice(("", "示例丙", "示例辛")),
        "inspectors": chance.choice(("示例甲", "示例乙", "示例丁", "示例戊", "示例甲、示例乙")),
        "kind": chance.choice(("日常巡查", "督查", "突击检查", "抽查")), "started_at": chance.choice(DAYS[:10]),
        "ended_at": "", "entered_at": chance.choice(("", *DAYS[:11])),
        "sites": chance.choice(("", "示例纸厂", "示例砖厂、示例纸厂")), "findings": chance.choice("001"),
    }  # fmt: skip


def _roster() -> list[Row]:
    posts = [
        ("示例甲", "田庄乡", "网格员", "2026-01-01", ""), ("示例乙", "小淹镇", "网格员", "2026-01-01", "2026-10-20"),
        ("示例丁", "小淹镇", "网格员", "2026-10-10", ""), ("示例丙", "安化县", "网格长", "2026-01-01", ""),
        ("示例己", "田庄乡", "机构负责人", "2026-01-01", ""), ("示例庚", "田庄乡", "机构负责人", "2026-10-15", ""),
        ("示例乙", "江南镇", "网格员", "2026-10-01", ""), ("示例辛", "第一网格单元", "网格员", "2026-01-01", ""),
    ]  # fmt: skip
    return [
        {"name": name, "grid": grid, "post": post, "valid_from": since, "valid_to": until}
        for name, grid, post, since, until in posts
    ]


def moving() -> Sending:
    """The detachment's register: the county goes to another unit in the middle of October, and back in November;
    one of its townships is abolished in between.
    """
    rows = [
        {"code": "430923", "name": "安化县", "level": "二级", "parent": parent, "valid_from": since, "valid_to": ""}
        for parent, since in (("第二网格单元", "2026-10-14"), ("第一网格单元", "2026-11-16"))
    ]
    town = {"code": "430923106", "name": "小淹镇", "level": "三级", "parent": "安化县", "valid_from": "2021-05-07"}
    rows.append({**town, "valid_to": "2026-10-25"})
    return Sending("grid", "2026-11-20 09:00", "2026-11", rows, tuple(rows[0]), "city")


def draw(seed: int, problems: int = 60) -> list[Sending]:
    """Files of a county and of the detachment, each ledger's problems those of the one before, told again, and more."""
    chance = Random(seed)
    found = [Sending("person", "2026-10-01 09:00", "2026-10", _roster(), tuple(_roster()[0]))]
    found += _ledgers(chance, problems, COUNTY)
    return found + _ledgers(chance, problems // 3, "city")


def _ledgers(chance: Random, problems: int, county: str) -> list[Sending]:
    found = []
    current = {number: _problem(chance, number) for number in range(1, problems * 2 // 3)}
    visits = [_visit(chance, problems) for _ in range(problems // 2)]
    patrols = [_patrol(chance, number) for number in range(1, 9)]
    sendings = sorted(chance.sample(SENDINGS, chance.randint(2, 4)))
    for n, (received, month) in enumerate(sendings):
        if n:
            current |= {number: _problem(chance, number) for number in range(problems * 2 // 3, problems)}
            current = {number: _told_again(chance, row) for number, row in current.items() if chance.random() < 0.9}
        lacking = {name for name in LATE_COLUMNS if chance.random() < 0.15}
        fields = tuple(name for name in PROBLEM_FIELDS if name not in lacking)
        found.append(Sending("problem", received, month, list(current.values()), fields, county))
        if chance.random() < 0.8:
            told = [v | {"result": chance.choice(("合格", "不合格"))} if chance.random() < 0.2 else v for v in visits]
            found.append(Sending("follow_up", received, month, told, VISIT_FIELDS, county))
        if chance.random() < 0.7:
            shown = patrols if month == "2026-10" else [_patrol(chance, number) for number in range(20, 24)]
            found.append(Sending("patrol", received, month, shown, PATROL_FIELDS, county))
    return found


def lay(sendings: list[Sending], as_of: str) -> House:
    """The files that had come by then, built."""
    house = House(as_of=as_of)
    for one in sendings:
        if one.received <= as_of:
            house.ledger(
                one.table, one.rows, county=one.county, month=one.month, received=one.received, fields=list(one.fields)
            )
    return house.build()
