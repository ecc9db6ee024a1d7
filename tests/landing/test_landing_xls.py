"""A workbook of Excel 97 to 2003 is read as its twin in the present format is.

`fixtures/xls/巡查记录.xls` holds the rows below, written by openpyxl and saved as “Excel 97-2003” by LibreOffice
Calc: no library among the dependencies writes that format.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
from builds import in_memory, rows
from deliveries import receipt

from pipelines.landing.workbook import read_workbook
from pipelines.settings import Limits

XLS = Path(__file__).parents[1] / "fixtures/xls/巡查记录.xls"
RECEIVED = "2026-11-02 09:00"


def twin(path: Path) -> Path:
    """Title, header of two merged rows, a merged township, real dates and written ones, a sum, a note; prose beside."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "十月"
    for line in (
        ["安化县2026年10月巡查记录（示例）"],
        ["序号", "所属网格", "巡查情况", None, None, "发现问题数", "备注"],
        [None, None, "巡查时间", "巡查人员", "巡查点位", None, None],
        [1, "田庄乡", datetime(2026, 10, 8, 9, 30), "示例甲、示例乙", "示例矿山", 0, ""],
        [2, None, datetime(2026, 10, 9, 14, 0), "示例甲", "示例砂场；示例猪场", 2, "已督促整改"],
        [3, "马路镇", "2026年10月12日", "示例丙", "示例水源地", "无", ""],
        [4, "马路镇", datetime(2026, 10, 15), "示例丙", "示例水源地", 1, "次日复查"],
        ["合计", None, None, None, None, 3, None],
        ["注：示例数据，人员均为虚构"],
    ):
        sheet.append(line)
    for area in ("A1:G1", "A2:A3", "B2:B3", "C2:E2", "F2:F3", "G2:G3", "B4:B5"):
        sheet.merge_cells(area)
    for line, form in ((4, "yyyy-mm-dd hh:mm"), (5, "yyyy-mm-dd hh:mm"), (7, "yyyy-mm-dd")):
        sheet.cell(line, 3).number_format = form
    book.create_sheet("说明")["A1"] = "本表为示例"
    book.save(path)
    return path


def test_cells_merges_and_sheets_are_those_of_the_present_format(tmp_path: Path) -> None:
    old = list(read_workbook(XLS, Limits()))
    new = list(read_workbook(twin(tmp_path / "a.xlsx"), Limits()))
    assert [sheet.name for sheet in old] == ["十月", "说明"]
    assert [(sheet.name, list(sheet.rows)) for sheet in old] == [(sheet.name, list(sheet.rows)) for sheet in new]
    assert sorted(old[0].merges) == sorted(new[0].merges)


def test_it_lands_as_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "data/raw/2026-10/anhua" / XLS.name
    path.parent.mkdir(parents=True)
    path.write_bytes(XLS.read_bytes())
    receipt(path, RECEIVED)
    with in_memory(tmp_path) as con:
        sent = rows(con, "select table_name, found, accepted, rejected from published.submission where found > 0")
        assert sent == [("patrol", 4, 4, 0)]
        patrols = rows(con, "select cast(started_at as varchar), grid_id, findings from published.patrol order by 1")
        sites = rows(con, "select count(*) from published.patrol_site")
    assert patrols == [
        ("2026-10-08 09:30:00", "g430923209", 0),
        ("2026-10-09 14:00:00", "g430923209", 2),
        ("2026-10-12 00:00:00", "g430923120", 0),
        ("2026-10-15 00:00:00", "g430923120", 1),
    ]
    assert sites == [(5,)]
