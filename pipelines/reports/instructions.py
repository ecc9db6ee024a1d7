"""填报说明, the second sheet of a blank ledger: what each column means, whether it must be filled, forms, an example.

Two filled cells a row at most, so that landing takes the sheet for prose and counts no rows.
"""

from __future__ import annotations

from typing import Any

from pipelines.contracts import Column, Contract
from pipelines.reports import styles
from pipelines.reports.forms import CADENCE_ZH, FORMS, accepted, example, must_fill, obligation_zh

INSTRUCTIONS = "填报说明"


def write_instructions(book: Any, sheet: Any, contract: Contract) -> None:
    """Fill `sheet`: the column's name, and beside it all there is to say of it."""
    title, name, text = (book.add_format(style) for style in (styles.TITLE, styles.LABEL, styles.TEXT))
    bold, plain = (book.add_format(styles.FONT | {"bold": bold}) for bold in (True, False))
    required = book.add_format(styles.LABEL | {"bg_color": styles.REQUIRED, "font_color": "#FFFFFF"})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, f"{contract.zh} {INSTRUCTIONS}", title)
    row = 1
    for line in _general(contract):
        sheet.write_string(row, 0, line[0], name)
        sheet.write_string(row, 1, line[1], text)
        row += 1
    sheet.freeze_panes(1, 1)
    for column in contract.asked:
        sheet.write_string(row, 0, column.zh, required if must_fill(contract, column) else name)
        parts: list[Any] = []
        for label, told in _told(contract, column):
            parts += [bold, label, plain, f"{told}\n"]
        parts[-1] = parts[-1].rstrip("\n")
        sheet.write_rich_string(row, 1, *parts, text)
        sheet.set_row(row, styles.height(f"{label}{told}" for label, told in _told(contract, column)))
        row += 1
    styles.print_setup(sheet, 0)


def _general(contract: Contract) -> list[tuple[str, str]]:
    """What holds for the whole table."""
    identifying = "、".join(contract.columns[name].zh for name in contract.identifying)
    return [
        ("报送", f"{CADENCE_ZH.get(contract.cadence, contract.cadence)}；填好后原样发给市支队，文件名不限"),
        ("表头", f"不要改动；其中 {identifying} 必须有。可以加列，加的列随行保存"),
        ("空格", "选填的列不清楚就留空，不要写“无”“/”凑数"),
    ]


def _told(contract: Contract, column: Column) -> list[tuple[str, str]]:
    """Label and text of each thing to say of a column."""
    told = [(f"{obligation_zh(contract, column)}。", column.note and f"{column.note}。")]
    told.append((f"{FORMS[column.type].kind}：", accepted(column)))
    if column.aliases:
        told.append(("表头也认：", "、".join(column.aliases)))
    told.append(("示例：", example(column)))
    return told
