"""退回待核: what a county has to mend of one month, in its own layout, ready to be mended and sent again.

A sheet per sheet with rows that went back: the county's titles and header, only those rows, bad cells coloured with
the reason as a comment, the row's old number in front, 退回原因, 请这样改 and 退回行标识 behind. Sent again, landing
knows the added columns (`way_back`), and the summary keeps to two filled cells a row, so that it is taken for prose.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import xlsxwriter

from pipelines.contracts import Contracts, Profile
from pipelines.reports import styles
from pipelines.reports.asked import county_asked
from pipelines.reports.returned_sheet import Formats, write_sheet
from pipelines.snapshot import Scope, Snapshot
from pipelines.snapshot.sent_back import Fault, SentBackFile, SentBackSheet, sent_back

SUMMARY = "汇总"
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME = 31
_STATES_ZH = {"refused": "整件退回", "partial": "部分工作表退回", "landed": "有退回的行"}
_HOW = (
    "1. 到各工作表里改有底色的单元格：红色是退回的原因，黄色请一并核对；鼠标停在单元格上可看说明，右边写明怎样改。",
    "2. 只改有底色的单元格，不要改表头（表头有底色的只改表头），也不要删改最左一列和最右三列，尤其是“退回行标识”。",
    "3. 改好后把这个文件整份发回市支队，放进原来的文件夹；没有退回的行已经接收，不用再报。",
    "4. 发回的每一行凭“退回行标识”代替原来退回的那一行；以后再报整份台账，改好的行算“重复”，不会多计。",
)


@dataclass(frozen=True)
class Returned:
    """The workbook, and how many rows of how many files it holds; files refused whole have no rows."""

    content: bytes
    county: str
    files: int
    rows: int


def returned(snapshot: Snapshot, contracts: Contracts, scope: Scope, county: str, month: str) -> Returned:
    """The workbook for a county, named by id, code or Chinese name; one that says so where nothing went back.

    Raises PaperError for a county the scope does not see or a month that is none.
    """
    county_id, name = county_asked(snapshot, scope, county, month)
    files, received = sent_back(snapshot, scope, county_id, month)
    as_of = snapshot.pointer.as_of
    content = workbook(files, received, name, month, as_of, contracts, contracts.profile(county_id))
    rows = sum(len(sheet.rows) for file in files for sheet in file.sheets)
    return Returned(content, name, len(files), rows)


def workbook(
    files: Sequence[SentBackFile],
    received: int,
    county: str,
    month: str,
    as_of: datetime,
    contracts: Contracts,
    profile: Profile | None,
) -> bytes:
    """The workbook of these files; `received` is how many the month's folder holds in all."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, styles.OPTIONS)
    book.set_properties({"title": f"退回待核 {county} {month}", "created": as_of})
    summary = book.add_worksheet(SUMMARY)
    formats = Formats(book)
    names = {id(sheet): name for sheet, name in _sheet_names(files)}
    _summary(book, summary, list(_told(files, received, county, month, as_of, names)))
    for file in files:
        for sheet in file.sheets:
            page = book.add_worksheet(names[id(sheet)])
            write_sheet(page, formats, sheet, contracts, profile)
    book.close()
    return content.getvalue()


def _sheet_names(files: Sequence[SentBackFile]) -> Iterator[tuple[SentBackSheet, str]]:
    """A name Excel accepts for every sheet, numbered so that no two are alike; a CSV's is its file's."""
    number = 0
    for file in files:
        for sheet in file.sheets:
            number += 1
            own = PurePosixPath(file.path).stem if _is_csv(file) else sheet.sheet_name
            yield sheet, f"{number}_{_NO_SHEET_NAME.sub(' ', own)}"[:_LONGEST_SHEET_NAME].rstrip()


def _is_csv(file: SentBackFile) -> bool:
    return file.path.lower().endswith(".csv")


def _told(
    files: Sequence[SentBackFile], received: int, county: str, month: str, as_of: datetime, names: dict[int, str]
) -> Iterator[tuple[str, list[str]]]:
    """Label and lines of the summary."""
    year, number = month.split("-")
    yield f"退回待核　{county}　{year}年{int(number)}月", []
    yield "数据截至", [f"{as_of:%Y-%m-%d %H:%M}，该月文件夹收到 {received} 个文件"]
    if not files:
        yield "结果", ["没有退回的文件，也没有待改的行。" if received else "没有收到文件。"]
        return
    yield "怎样重报", list(_HOW)
    for place, file in enumerate(files, 1):
        yield f"文件 {place}", [f"{file.path}（{_STATES_ZH[file.state]}，收到 {file.received_at:%Y-%m-%d %H:%M}）"]
        for count in file.counts:
            yield (
                count.table_zh,
                [f"读到 {count.found} 行 = 接收 {count.accepted} + 退回 {count.rejected} + 重复 {count.identical}"],
            )
        if file.reason_zh:
            yield "退回原因", [file.reason_zh]
            yield "请这样改", [file.mend_zh]
        for sheet in file.sheets:
            own = "" if _is_csv(file) else f"原工作表“{sheet.sheet_name}”："
            line = f"{own}待改 {len(sheet.rows)} 行（全表 {sheet.body_rows} 行），见工作表“{names[id(sheet)]}”"
            yield "待改的行", [line, *_by_reason(fault for row in sheet.rows for fault in row.faults)]


def _by_reason(faults: Iterator[Fault]) -> Iterator[str]:
    """One line a reason for which rows went back, with how many cells or rows have it, the most frequent first."""
    grouped: dict[tuple[str, str], Counter[str]] = {}
    for fault in faults:
        if fault.severity == "reject":
            grouped.setdefault((fault.rule, fault.column_zh), Counter())[fault.message_zh] += 1
    for messages in sorted(grouped.values(), key=lambda counted: -counted.total()):
        alike = "" if len(messages) == 1 else "等"
        yield f"　· {next(iter(messages))}{alike}：{messages.total()} 行"


def _summary(book: Any, sheet: Any, told: Sequence[tuple[str, list[str]]]) -> None:
    title, label, text = (book.add_format(style) for style in (styles.TITLE, styles.LABEL, styles.TEXT))
    file_label = book.add_format(styles.LABEL | {"bg_color": styles.PLAIN, "font_color": "#FFFFFF"})
    file_text = book.add_format(styles.TEXT | {"bold": True, "bg_color": "#DDEBF7"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 100)
    for row, (name, lines) in enumerate(told):
        if not lines:
            sheet.write_string(row, 0, name, title)
            sheet.set_row(row, 24)
            continue
        is_file = name.startswith("文件 ")
        sheet.write_string(row, 0, name, file_label if is_file else label)
        sheet.write_string(row, 1, "\n".join(lines), file_text if is_file else text)
        sheet.set_row(row, styles.height(lines))
    styles.print_setup(sheet, 0)
