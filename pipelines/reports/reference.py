"""docs/exports.md, written from the contracts: `python -m pipelines.reports.reference > docs/exports.md`.

For the clerk and for whoever draws the data out of a county's system: which tables, which headers, which forms.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pipelines.contracts import Column, Contract, Contracts, load
from pipelines.reports.forms import CADENCE_ZH, FORMS, example, obligation_zh
from pipelines.settings import CODE_ROOT

_LEAD_IN = """\
# 报送什么、怎样填

县区按自己的台账报 Excel（.xlsx、.xls、.xlsm）或 CSV 即可，不必改成统一格式：系统认表头，不认文件名，也不管列的先后。
本页列出每张表认得哪些列、哪些表头、哪些写法。手上没有台账的，可以要一张带下拉列表和填报说明的空白表：

    .venv/bin/python -m pipelines template 巡查记录 巡查记录.xlsx

- **表头**：全角半角、空格、换行、括号里的单位都不影响认读，“所属网格*”也认。一份文件可以有几张表。
- **表头必须有**的列缺了，整张工作表认不出，会退回并说明缺哪一列；其余列缺了不退行，相关指标写“不可测”。
  不是台账的工作表（通讯录、封面），请收件人在 `_receipts.csv` 的“不是台账的工作表”一列写明，不必改。
- **必填**的格空着，那一行退回待核，写明哪一列、怎样改；其余行照常接收。
- 认不出的列随行保存，不丢。合计、小计、注、填表人这些行不当作数据。
- 退回的行用 `.venv/bin/python -m pipelines returned 安化县 2026-10` 生成，样式是县区自己的，改好发回。
- **各表共有的一列：退回行标识**。退回待核的最后一列，写明这一行代替先前退回的哪一行
  （行编号，如 `anhua/2026-10/1705a7c5#csv!3`）；发回时认这一列，不论编号、日期、网格改没改。
  自己的台账里不必有；抄了进去也不碍事，查无此退回行的只提示一句。
  同在其中的“原行号”“退回原因”“请这样改”不算数据。
- 某县独有的叫法由市支队登记在 `sql/contracts/profiles/`，原件不必重报。

本页由契约（`sql/contracts/`）生成，不要手改：`python -m pipelines.reports.reference > docs/exports.md`。
"""


def reference(contracts: Contracts) -> str:
    """The whole page in Markdown."""
    parts = [_LEAD_IN, "## 有哪些表\n", *_overview(contracts), "\n## 各类写法\n", *_types(contracts)]
    for contract in contracts.tables.values():
        parts += [f"\n## {contract.zh}（{contract.name}）\n", *_table(contract)]
    return "\n".join(parts) + "\n"


def _overview(contracts: Contracts) -> Iterator[str]:
    yield "| 表 | 何时报 | 表头必须有 |"
    yield "| --- | --- | --- |"
    for contract in contracts.tables.values():
        yield f"| [{contract.zh}](#{contract.zh}{contract.name}) | {_cadence(contract)} | {_identifying(contract)} |"


def _types(contracts: Contracts) -> Iterator[str]:
    used = {column.type for contract in contracts.tables.values() for column in contract.columns.values()}
    yield "| 类型 | 认得的写法 | 示例 |"
    yield "| --- | --- | --- |"
    for name, form in FORMS.items():
        if name in used:
            yield f"| {form.kind} | {form.accepted} | {form.example} |"


def _table(contract: Contract) -> Iterator[str]:
    yield f"{_cadence(contract)}。表头必须有：{_identifying(contract)}。{_key(contract)}\n"
    yield "| 列 | 填否 | 类型 | 表头也认 | 说明与可选的说法 |"
    yield "| --- | --- | --- | --- | --- |"
    for column in contract.columns.values():
        cells = (
            f"**{column.zh}**",
            obligation_zh(contract, column),
            FORMS[column.type].kind,
            "、".join(column.aliases),
            _told(column),
        )
        yield f"| {' | '.join(cell.replace('|', '／') for cell in cells)} |"


def _told(column: Column) -> str:
    """What the column means and, for a choice, its words with what else is read as each."""
    parts = [f"{column.note}。"] if column.note else []
    words = [f"{first}（也认 {'、'.join(others)}）" if others else first for first, *others in column.words.values()]
    if words:
        parts.append(f"可选：{'；'.join(words)}")
    elif not column.note and column.type in {"text", "code"} and example(column) != FORMS[column.type].example:
        parts.append(f"如 {example(column)}")
    return "".join(parts)


def _key(contract: Contract) -> str:
    """What makes two rows the same record."""
    named = ["、".join(contract.columns[name].zh for name in names) for names in (contract.key, contract.natural_key)]
    number, content = named
    if number and content:
        return f"同一记录：{number}相同；没有的，后来的一份里{content}都相同的（同一份里写两次算两次）。"
    return f"同一记录：{number or content}相同。"


def _cadence(contract: Contract) -> str:
    return CADENCE_ZH.get(contract.cadence, contract.cadence)


def _identifying(contract: Contract) -> str:
    return "、".join(contract.columns[name].zh for name in contract.identifying)


if __name__ == "__main__":
    sys.stdout.write(reference(load(CODE_ROOT / "sql" / "contracts")))
