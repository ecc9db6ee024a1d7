"""Foreign data of our own writing: a 311-style export of five boroughs, and a case register in four deliveries."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from deliveries import deliver

from pipelines import steps
from pipelines.settings import Settings

FIXTURES = Path(__file__).with_name("fixtures") / "foreign"
REQUEST_HEADER = [
    "Unique Key", "Created Date", "Closed Date", "Agency", "Complaint Type", "Descriptor", "Incident Address",
    "Borough", "Due Date", "Status", "Resolution",
]  # fmt: skip
BOROUGHS = {
    "manhattan": "MANHATTAN", "bronx": "THE BRONX", "brooklyn": "BROOKLYN", "queens": "Queens",
    "staten_island": "STATEN ISLAND",
}  # fmt: skip
SILENT_IN_MARCH = "staten_island"
# Per request: created, due, closed, status, resolution, and the state it must have on 15 April, worked out by hand.
REQUESTS = {
    number: tuple(part.strip() for part in line.split("|"))
    for number, line in {
        "01": "02/03/2020 09:15:00 AM | 02/06/2020 09:15:00 AM | 02/05/2020 04:30:00 PM | Closed | Resolved | on_time",
        # due at a day without clock: the whole of 7 February
        "02": "02/04/2020 08:00:00 AM | 02/07/2020 12:00:00 AM | 02/10/2020 12:19:00 PM | Closed | Resolved | late",
        "03": "02/05/2020 08:00:00 AM | 02/08/2020 08:00:00 AM | 01/01/1900 00:00:00 | Open | | overdue",
        # a status completes nothing, a closing date does
        "04": "02/05/2020 10:00:00 AM | 02/12/2020 10:00:00 AM | 01/01/1900 12:00:00 AM | Closed | | overdue",
        "05": "02/17/2020 12:19:00 PM | 05/01/2020 05:00:00 PM | 01/01/1900 00:00:00 | Pending | | pending",
        "06": "02/06/2020 01:00:00 PM | | 02/20/2020 01:00:00 PM | Closed | Resolved | no_deadline",
        "07": "02/11/2020 09:00:00 AM | 02/20/2020 09:00:00 AM | 02/01/2020 09:00:00 AM | Closed | | bad_dates",
        "08": "02/07/2020 09:00:00 AM | 02/09/2020 09:00:00 AM | 01/01/1900 00:00:00 | Closed | Duplicate | void",
        # 12:19 AM is nineteen minutes past midnight, eleven before it was due
        "09": "02/12/2020 11:00:00 PM | 02/13/2020 12:30:00 AM | 02/13/2020 12:19:00 AM | Closed | Resolved | on_time",
        # 12:19 PM is twelve hours later
        "10": "02/13/2020 11:00:00 PM | 02/14/2020 12:30:00 AM | 02/14/2020 12:19:00 PM | Closed | Resolved | late",
        # read day first, this would be due in October and found in March
        "11": "02/03/2020 10:00:00 AM | 03/10/2020 10:00:00 AM | 02/11/2020 10:00:00 AM | Closed | Resolved | on_time",
        "12": "02/10/2020 10:00:00 AM | 02/18/2020 12:00:00 AM | 02/18/2020 12:00:00 AM | Open | | on_time",
    }.items()
}
# What the four boroughs that delivered in March say of request 03 then.
LATER = ("02/05/2020 08:00:00 AM", "02/08/2020 08:00:00 AM", "03/20/2020 02:00:00 PM", "Closed", "Resolved", "late")
COMPLAINTS = ("Noise - Residential", "Water System", "Air Quality", "Illegal Dumping")


def request(borough: str, number: str, told: tuple[str, ...]) -> list[str]:
    """One row of the export."""
    created, due, closed, status, resolution, _ = told
    complaint = COMPLAINTS[int(number) % len(COMPLAINTS)]
    key = f"{list(BOROUGHS).index(borough) + 1}00{number}"
    return [
        key, created, closed, "EX", complaint, f"Example {number}", f"{number} Example Street", BOROUGHS[borough], due,
        status, resolution,
    ]  # fmt: skip


def expected_states() -> dict[str, str]:
    """obligation_id → state, of every request in every borough."""
    found = {}
    for borough in BOROUGHS:
        for number, told in REQUESTS.items():
            last = LATER if number == "03" and borough != SILENT_IN_MARCH else told
            found[f"rectification/{borough}/{request(borough, number, told)[0]}/r1"] = last[-1]
    return found


def write_requests(root: Path) -> None:
    """The root of the 311-style export: February of five boroughs, March of four."""
    shutil.copytree(FIXTURES / "311/config", root / "config")
    for borough in BOROUGHS:
        rows = [request(borough, number, told) for number, told in REQUESTS.items()]
        if borough == "queens":
            rows.append([*request(borough, "13", REQUESTS["01"])[:7], "Unspecified", *rows[0][8:]])
        deliver(root, f"2020-02/{borough}/requests.csv", [REQUEST_HEADER, *rows], "2020-03-02 10:00")
        if borough != SILENT_IN_MARCH:
            later = [REQUEST_HEADER, request(borough, "03", LATER)]
            deliver(root, f"2020-03/{borough}/requests.csv", later, "2020-04-02 10:00")


CASE_HEADERS = {
    "2026-06": [
        "案件编号",
        "案件来源",
        "主要内容",
        "类型",
        "所在乡镇",
        "发现日期",
        "处置截止时间",
        "结案时间",
        "案件状态",
    ],
    "2026-07": [
        "事项编码",
        "线索来源",
        "事项内容",
        "污染类别",
        "属地",
        "上报日期",
        "办理期限",
        "办理完毕时间",
        "当前环节",
    ],
    "2026-08": [
        "案件编号",
        "案件来源",
        "主要内容",
        "类型",
        "所在乡镇",
        "发现日期",
        "处置截止时间",
        "结案时间",
        "案件状态",
    ],
    "2026-09": ["登记序号", "来源", "问题描述", "问题类型", "乡镇街道", "受案日期", "办理期限", "办结时间", "状态"],
}
CASES = 36
WAITING = 14  # of these, the first are still 待办
TOWNS = ("田庄乡", "马路镇", "梅城镇")


def case(number: int, waiting_word: str = "待办") -> list[str]:
    """One case of the register; its key first."""
    is_waiting = number < WAITING
    day = 1 + number % 27
    return [
        f"AJ-{number:03}", "信访投诉", f"示例案件{number}", ("涉水", "餐饮")[number % 2], TOWNS[number % 3],
        f"2026-05-{day:02}", f"2026-06-{day:02}", "" if is_waiting else f"2026-06-{3 + number % 9:02}",
        waiting_word if is_waiting else "办结",
    ]  # fmt: skip


def write_register(root: Path, *, months: tuple[str, ...] = tuple(CASE_HEADERS)) -> None:
    """The root of the case register: the third delivery has its key column shifted, the fourth calls 待办 办理中."""
    shutil.copytree(FIXTURES / "register/config", root / "config")
    rows = [case(number) for number in range(CASES)]
    keys = [row[0] for row in rows]
    shifted = [[key, *row[1:]] for key, row in zip([*keys[1:], keys[0]], rows, strict=True)]
    told = {
        "2026-06": rows[:-4],
        "2026-07": rows,
        "2026-08": shifted,
        "2026-09": [case(number, "办理中") for number in range(CASES)],
    }
    for month in months:
        received = f"2026-{int(month[-2:]) + 1:02}-03 10:00"
        deliver(root, f"{month}/anhua/案件登记簿.csv", [CASE_HEADERS[month], *told[month]], received)


def build(root: Path, as_of: datetime) -> steps.Outlook:
    """Land and build a root by its own rules, in this process."""
    settings = Settings(root=root, as_of=as_of)
    rules = steps.read_rules(settings)
    outlook = steps.look(settings, rules, as_of)
    steps.build(settings, rules, outlook)
    return outlook
