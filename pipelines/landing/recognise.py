"""One file as parts ready to be stored: each sheet with its table, or with the reason why it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pipelines.contracts import Contract, Contracts, Profile
from pipelines.landing.container import TEXT_SUFFIXES
from pipelines.landing.delimited import SHEET_NAME, read_delimited
from pipelines.landing.header import FoundTable, Nearest, find_table, nearest_table
from pipelines.landing.kinds import row_kinds
from pipelines.landing.receipts import NAME as REGISTER
from pipelines.landing.receipts import NO_LEDGERS_ZH
from pipelines.landing.records import BATCH_ROWS, Records, batches_of
from pipelines.landing.sheet import Row, Sheet, Unreadable
from pipelines.landing.two_tables import other_table
from pipelines.landing.workbook import read_workbook
from pipelines.settings import Limits
from pipelines.way_back import Added, added

_TABLE_LIKE = 3
_SHOWN_HEADERS = 15
_SHOWN_CHARACTERS = 20
_NO_LEDGER = f"不是台账的，请收件人在 {REGISTER} 的“{NO_LEDGERS_ZH}”一列写明"


@dataclass(frozen=True)
class Part:
    """One sheet with rows: its table or None, what each row is that is not body, and what is wrong, if anything.

    mends: index of the cells that name the returned row for which a row stands; None where the sheet has none.
    added: indexes of the cells that are ours, on a sheet that was returned and came back.
    is_no_ledger: whoever received the file said so, and all its rows are prose.
    nearest, lacking: of a sheet without a table the contract it comes nearest to and the names of the columns it lacks;
    empty where that would be a guess.
    """

    sheet: Sheet
    table: FoundTable | None
    kinds: Mapping[int, str]
    reason_zh: str = ""
    mend_zh: str = ""
    mends: int | None = None
    nearest: str = ""
    lacking: tuple[str, ...] = ()
    is_no_ledger: bool = False
    added: tuple[int, ...] = ()

    @property
    def table_name(self) -> str:
        """Name of its contract, empty where it has none."""
        return self.table.contract if self.table else ""


@dataclass(frozen=True)
class Verdict:
    """What became of a file. state: landed, partial (some sheets refused) or refused. is_read: whether it has rows."""

    state: str
    reason_zh: str | None = None
    mend_zh: str | None = None
    is_read: bool = True


def read_file(path: Path, limits: Limits) -> list[Sheet]:
    """The sheets of a file that have rows. Raises Unreadable, also where there is none."""
    read = read_delimited if path.suffix.lower() in TEXT_SUFFIXES else read_workbook
    sheets = [sheet for sheet in read(path, limits) if sheet.rows]
    if not sheets:
        raise Unreadable("文件里没有任何内容", "请核对是否导出了空表；本月确无记录时，请保留表头报送")
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise Unreadable("有两张同名的工作表，其中的行无法区分", "请在 Excel 中给工作表各取一个名字后另存，再报送")
    return sheets


def recognise(sheet: Sheet, contracts: Contracts, profile: Profile | None, limits: Limits) -> Part:
    """Name the table of a sheet. A sheet without one is a note where no row looks like one of a table; else its rows
    below what is most like a header count as body and are sent back, with the headers seen and those missing.

    The columns that a returned sheet brings back from us are no part of what it says.
    """
    ours = added(cells for _, cells in sheet.rows[: limits.header_search_rows])
    if ours is None:
        return _recognise(sheet, contracts, profile, limits)
    own = replace(sheet, rows=_own_rows(sheet.rows, ours))
    return replace(
        _recognise(own, contracts, profile, limits, ours), sheet=sheet, mends=ours.row, added=tuple(ours.columns)
    )


def no_ledger(sheet: Sheet, limits: Limits) -> Part:
    """A sheet of which whoever received it said that it is none: prose, whatever it looks like."""
    ours = added(cells for _, cells in sheet.rows[: limits.header_search_rows])
    kinds = {number: "note" for number, _ in sheet.rows}
    return Part(sheet, None, kinds, is_no_ledger=True, added=tuple(ours.columns) if ours else ())


def _own_rows(rows: Sequence[Row], ours: Added) -> Sequence[Row]:
    """The rows with our cells emptied; those of a large text file stay what they are, a part at a time."""
    if not isinstance(rows, Records):
        return [(number, ours.own(cells)) for number, cells in rows]
    starts = range(0, len(rows), BATCH_ROWS)
    parts = (rows[start : start + BATCH_ROWS] for start in starts)
    own = ([(number, ours.own(cells)) for number, cells in part] for part in parts)
    return Records(chain.from_iterable(map(batches_of, own)))


def _recognise(
    sheet: Sheet, contracts: Contracts, profile: Profile | None, limits: Limits, ours: Added | None = None
) -> Part:
    table = find_table(sheet, contracts, profile, limits, ours.columns if ours else ())
    if table is not None:
        other = other_table(sheet, table, contracts, profile, limits)
        return Part(sheet, table, table.kinds) if other is None else _two_tables(sheet, table, other, contracts)
    if ours is None and not any(sum(map(bool, cells)) >= _TABLE_LIKE for _, cells in sheet.rows):
        return Part(sheet, None, {number: "note" for number, _ in sheet.rows})
    near = nearest_table(sheet, contracts, profile, limits)
    kinds = _kinds_near(sheet, near, ours)
    seen = "、".join(_short(text) for text in near.seen[:_SHOWN_HEADERS])
    more = f"等 {len(near.seen)} 列" if len(near.seen) > _SHOWN_HEADERS else ""
    place = _place(sheet)
    reason = f"{place}未认出是哪张表：第 {near.row_number} 行的表头为 {seen}{more}"
    if near.contract is None:
        known = "；".join(_told(contract) for contract in contracts.tables.values())
        return Part(
            sheet, None, kinds, f"{reason}，无一相符", f"应为以下之一，并至少有括号中的表头：{known}；{_NO_LEDGER}"
        )
    lacks = _lacks(near.contract, near.missing)
    if near.is_weak:
        guesses = "；".join([lacks, *(_lacks(contract, missing) for contract, missing in near.rivals)])
        told = f"看不准是哪张表，可能是：{guesses}"
        mend = "请核对这是哪张表，再补上该表所缺的列"
    else:
        told = f"最接近{lacks}"
        mend = f"请补上 {_quoted(near.missing)} 列"
    return Part(
        sheet,
        None,
        kinds,
        f"{reason}；{told}",
        f"{mend}；若只是叫法不同，请支队把该叫法登记为别名，原件不必重报；{_NO_LEDGER}",
        nearest="" if near.is_weak else near.contract.name,
        lacking=() if near.is_weak else near.missing,
    )


def _two_tables(sheet: Sheet, table: FoundTable, other: FoundTable, contracts: Contracts) -> Part:
    """The refusal of a sheet with two ledgers, the upper one told first; what neither header is remains what it was."""
    both = sorted((table, other), key=lambda one: one.header_rows)
    where = "，".join(f"第 {one.header_rows[0]} 行是“{contracts.tables[one.contract].zh}”的表头" for one in both)
    place = _place(sheet)
    return Part(
        sheet,
        None,
        {**table.kinds, **dict.fromkeys(other.header_rows, "header")},
        f"{place}上下放了两张表：{where}；连在一起读，一张表的单元格会被当成另一张表的内容",
        "请把两张表分到两张工作表（CSV 则分成两个文件）后重新报送；"
        f"重报后，请收件人在 {REGISTER} 的“{NO_LEDGERS_ZH}”一列写明原件的这张工作表",
    )


def _place(sheet: Sheet) -> str:
    """Which sheet of a workbook; a CSV is but one."""
    return "" if sheet.name == SHEET_NAME else f"工作表“{sheet.name}”"


def _lacks(contract: Contract, missing: Sequence[str]) -> str:
    return f"“{contract.zh}”，缺少 {_quoted(missing)}"


def _quoted(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _kinds_near(sheet: Sheet, near: Nearest, ours: Added | None) -> dict[int, str]:
    """Row number → kind on a sheet that is no table: what nearly is its header, what stands above, sums below.

    Where not one header is known, a row with a digit in it is no header either: such a sheet has none, and all its rows
    but sums and signatures are body. On a returned sheet the header is where our own columns are named, and all above
    it is title.
    """
    head = _header_near(sheet.rows, near, ours)
    if head is None:
        widest = next(cells for number, cells in sheet.rows if number == near.row_number)
        perhaps = [index for index, text in enumerate(widest) if text]
        return row_kinds(sheet.rows, range(0), (), sheet.merges, perhaps)
    cells_of_head = [cells for _, cells in sheet.rows[head.start : head.stop]]
    filled = {index for cells in cells_of_head for index, text in enumerate(cells) if text}
    identifying = near.identifying or sorted(filled) or range(len(cells_of_head[0]))
    kinds = row_kinds(sheet.rows, head, identifying, sheet.merges, {*identifying, *near.unknown})
    if ours is not None:
        kinds.update({number: "title" for number, _ in sheet.rows[: head.start]})
    return kinds


def _header_near(rows: Sequence[Row], near: Nearest, ours: Added | None) -> range | None:
    """Positions of the rows that are most like a header; None where there is none."""
    if ours is not None and near.contract is None:
        return range(ours.position, ours.position + 1)
    position = next(place for place, (number, _) in enumerate(rows) if number == near.row_number)
    texts = tuple(filter(None, rows[position][1]))
    if near.contract is None and any(character.isdigit() for text in texts for character in text):
        return None
    # The texts seen differ from the row's own where the row below was read with it, as the columns of its groups.
    return range(position, position + (1 if near.seen == texts else 2))


def _told(contract: Contract) -> str:
    return f"{contract.zh}（{'、'.join(contract.columns[name].zh for name in contract.identifying)}）"


def verdict(parts: Sequence[Part]) -> Verdict:
    """What became of a file that could be read."""
    wrong = [part for part in parts if part.reason_zh]
    has_table = any(part.table is not None for part in parts)
    if not wrong and not has_table and not any(part.is_no_ledger for part in parts):
        return Verdict("refused", "文件里只有说明文字，没有台账", "请核对是否传错文件；台账应有表头")
    if not wrong:
        return Verdict("landed")
    reason = "；".join(part.reason_zh for part in wrong)
    mend = "；".join(dict.fromkeys(part.mend_zh for part in wrong))
    return Verdict("partial" if has_table else "refused", reason, mend)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}…"
