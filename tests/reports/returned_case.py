"""A county's month with everything that can go back: rows of a workbook and a CSV, a strange sheet, a broken file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

from pipelines import steps
from pipelines.settings import Settings

FOLDER = "data/raw/2026-10/安化县"
LONG = "430923199001010013"
FORMULA = '=HYPERLINK("http://example.invalid","点我")'
PATROLS = [
    "巡查编号,乡镇,巡查时间,巡查人员,发现问题数,身份证号",
    f"XC-1,田庄乡,2026-10-05 09:00,张示例,0,{LONG}",
    f"XC-2,田庄乡,2026-10-06 09:00,李示例,若干,{LONG}",
    f"XC-3,,2026.13.1,,1,{LONG}",
]


def deliver(root: Path) -> None:
    """Write the county's files as received."""
    folder = root / FOLDER
    folder.mkdir(parents=True)
    (folder / "十月巡查.csv").write_bytes("\r\n".join(PATROLS).encode("gb18030"))
    (folder / "说不清.csv").write_text("何地,何时,何人,何事\n田庄乡,2026-10-08,王示例,@路面污水\n", "utf-8")
    (folder / "坏文件.xlsx").write_bytes(b"PK\x03\x04 cut off")
    _problems(folder / "问题[十月].xlsx")


def _problems(path: Path) -> None:
    """A title, a header of two rows with groups, and four problems of which two are wrong."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("问题台账")
    sheet.merge_range("A1:I1", "安化县环境问题台账（2026年10月）")
    for index, text in enumerate(["序号", "问题编号", "问题描述", "问题来源", "所属网格", "问题类型", "发现时间"]):
        sheet.merge_range(1, index, 2, index, text)
    sheet.merge_range("H2:I2", "整改")
    sheet.write_row("H3", ["时限", "完成时间"])
    sheet.write_row(3, 0, ["1", "WT-1", "示例问题一", "巡查发现", "田庄乡", "水", "2026-10-08", "2026-10-20", ""])
    sheet.write_row(4, 0, ["2", "WT-2", FORMULA, "巡查发现", "田庄乡", "水", "3.1", "2026-10-20", "不详"])
    sheet.write_row(5, 0, ["3", "WT-3", "示例问题三", "", "无此乡", "水", "2026-10-09", "30日内", ""])
    sheet.write_row(6, 0, ["4", "WT-4", "示例问题四", "巡查发现", "东坪镇", "水", "2026-10-09", "30日内", ""])
    book.close()


def build_at(root: Path, now: datetime) -> None:
    """Build as if the clock said `now`; what lies there new is received then."""
    settings = Settings(root=root)
    rules = steps.read_rules(settings)
    steps.build(settings, rules, steps.look(settings, rules, now))
