"""Whatever a header looks like, it is written back with every text in its place."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
from house import RULES
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reports.returned import workbook
from pipelines.snapshot.sent_back import Fault, SentBackFile, SentBackRow, SentBackSheet

TEXTS = st.sampled_from(["", "", "甲", "乙", "=1+1"])
HEADERS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=3)
)


@settings(deadline=None, max_examples=60)
@given(HEADERS)
def test_a_header_of_any_shape_is_written_back(header: list[tuple[str, ...]]) -> None:
    fault = Fault("grid", "所属网格", "missing", "", "reject", "“所属网格”未填", "请补填")
    sheet = SentBackSheet(
        "甲/乙", "patrol", 9, (("标题",),), tuple(header), (SentBackRow("x#甲!7", 7, ("@丙",), (fault,)),)
    )
    file = SentBackFile("2026-10/anhua/a.xlsx", datetime(2026, 11, 3), "landed", "", "", (), (sheet,))
    content = workbook([file], 1, "安化县", "2026-10", datetime(2026, 11, 3), RULES.contracts, None)
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    rows = [[str(cell.value or "") for cell in row] for row in page.iter_rows()]
    width = len(header[0])
    shown = [row[1 : width + 1] for row in rows[2 : 2 + len(header)]]
    for depth, cells in enumerate(header):
        for index, text in enumerate(cells):
            above = header[depth - 1][index] if depth else None
            assert shown[depth][index] == ("" if text == above else text)
    assert rows[-1][0:2] == ["7", "@丙"]
    assert rows[-1][width + 1 :] == ["“所属网格”未填", "请补填", "x#甲!7"]
