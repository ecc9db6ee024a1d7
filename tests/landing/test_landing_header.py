"""Headers are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_files import PATROL, PROBLEM, contracts, patrol_row
from sheets import find, sheet

from pipelines.contracts import Profile
from pipelines.landing.header import find_table, nearest_table
from pipelines.landing.recognise import recognise
from pipelines.landing.records import Records, batch_of
from pipelines.landing.sheet import Merge, Sheet
from pipelines.settings import Limits


def test_two_rows_with_merged_cells() -> None:
    rows = [
        ["标题", "", "", "", "", ""],
        ["编号", "所属网格", "巡查时间", "", "录入", "巡查人员"],
        ["编号", "所属网格", "开始", "结束", "时间", "巡查人员"],
        ["1", "梅城镇", "2026-05-01 09:00", "2026-05-01 10:00", "2026-05-02", "示例甲一"],
    ]
    found = find(rows, ((1, 0, 1, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3), (2, 5, 3, 5)))
    assert found.header_rows == (2, 3)
    assert found.columns == {"grid": 1, "inspectors": 5, "started_at": 2, "ended_at": 3, "entered_at": 4}
    assert found.header_texts[3] == "巡查时间/结束"
    assert found.extra == {0: "编号"}, "a township's 编号 may be a row number"
    assert found.kinds[2] == found.kinds[3] == "header"


def test_two_rows_of_a_csv_that_has_lost_its_merges() -> None:
    found = find([["网格", "巡查时间", "", "人员"], ["", "开始", "结束", ""], ["梅城镇", "2026-05-01", "", "示例"]])
    assert found.columns == {"grid": 0, "started_at": 1, "ended_at": 2}
    assert found.extra == {3: "人员"}


def test_a_title_over_the_whole_width_does_not_make_a_second_header_row() -> None:
    found = find([["巡查记录", "", "", "", ""], PATROL, patrol_row(1)], ((1, 0, 1, 4),))
    assert found.header_rows == (2,)


def test_problem_and_patrol_share_headers() -> None:
    shared = ["问题编号", "所属网格", "发现时间", "检查时间", "企业名称", "问题类型"]
    assert find([shared, ["1"]]).contract == "problem"
    assert find([PROBLEM, ["1"]]).contract == "problem"
    assert find([["网格", "日期", "发现问题数", "检查人员"], ["1"]]).contract == "patrol"


def test_the_other_contracts_by_their_own_headers() -> None:
    assert find([["问题编号", "督办单位", "督办时间", "督办方式", "结果"], ["1"]]).contract == "follow_up"
    assert find([["姓名", "乡镇", "职务", "任职时间"], ["1"]]).contract == "person"
    assert find([["编码", "名称", "级别", "上级网格", "生效日期"], ["1"]]).contract == "grid"


def test_the_proper_name_beats_an_alias_and_the_left_one_its_double() -> None:
    found = find([["网格", "开始时间", "所属网格", "备注", "备注", "", "备注"], ["a", "b", "c", "d", "e", "f", "g"]])
    assert found.columns == {"grid": 2, "started_at": 1, "note": 3}
    assert found.extra == {0: "网格", 4: "备注#2", 6: "备注#3", 5: "第6列（无表头）"}


@pytest.mark.parametrize(
    ("header", "columns", "extra"),
    [
        (["网格", "巡查日期", "开始时间", "结束时间"], {"started_on": 1, "started_at": 2, "ended_at": 3}, {}),
        (["网格", "巡查日期", "巡查时间"], {"started_on": 1, "started_at": 2}, {}),
        (["网格", "巡查时间", "开始时间"], {"started_on": 1, "started_at": 2}, {}),
        (["网格", "到达时间", "日期", "开始时间"], {"started_on": 2, "started_at": 3}, {1: "到达时间"}),
        (["网格", "巡查日期", "巡查人员"], {"started_at": 1, "inspectors": 2}, {}),
        (["网格", "开始时间", "开始时间"], {"started_at": 1}, {2: "开始时间#2"}),
    ],
)
def test_the_day_in_a_column_of_its_own(header: list[str], columns: dict[str, int], extra: dict[int, str]) -> None:
    found = find([header, ["甲", "乙", "丙", "丁"][: len(header)]])
    assert (found.columns, found.extra) == ({"grid": 0, **columns}, extra)


def test_problems_and_visits_too_may_have_their_day_apart() -> None:
    found = find([["问题编号", "网格", "发现日期", "发现时间"], ["1"]])
    assert found.columns == {"problem_no": 0, "grid": 1, "discovered_on": 2, "discovered_at": 3}
    found = find([["问题编号", "复查单位", "复查日期", "复查时间", "复查类型"], ["1"]])
    assert found.columns == {"problem_no": 0, "by_grid": 1, "done_on": 2, "done_at": 3, "kind": 4}


def test_a_profile_names_headers_of_its_county() -> None:
    rows = [["片区", "何时", "谁"], ["梅城镇", "2026-05-01", "示例"]]
    assert find_table(sheet(rows), contracts(), None, Limits()) is None
    profile = Profile("anhua", headers={"patrol": {"grid": ("片区",), "started_at": ("何时",)}})
    assert find(rows, profile=profile).columns == {"grid": 0, "started_at": 1}


def test_what_was_not_recognised_says_what_is_missing() -> None:
    near = nearest_table(sheet([["台账"], ["问题编号", "发现时间", "镇名"]]), contracts(), None, Limits())
    assert near.contract is not None
    assert (near.row_number, near.contract.name, near.missing) == (2, "problem", ("所属网格",))
    assert near.seen == ("问题编号", "发现时间", "镇名")


def test_the_header_is_sought_near_the_top_only() -> None:
    above = [["前言"]] * 30
    assert find_table(sheet([*above, PATROL]), contracts(), None, Limits()) is None
    assert find_table(sheet([*above[1:], PATROL]), contracts(), None, Limits()) is not None


SPACE = st.sampled_from(["", " ", "　", "\n", " \n "])
UNIT = st.sampled_from(["", "（个）", "(yyyy-mm-dd)", "【必填】", "[处]", "*", "：", ":"])


@st.composite
def messy(draw: st.DrawFn, header: str) -> str:
    """The header with white space anywhere, a unit behind it and perhaps in full-width letters."""
    spaced = "".join(letter + draw(SPACE) for letter in header)
    wide = draw(st.booleans())
    text = "".join(chr(ord(c) + 0xFEE0) if wide and "!" <= c <= "~" else c for c in spaced)
    return draw(SPACE) + text + draw(UNIT)


@st.composite
def messy_sheets(draw: st.DrawFn) -> tuple[str, dict[str, int], Sheet]:
    """A sheet with a header of a contract in one row or two, below some title lines, with unknown columns between."""
    contract = contracts().tables[draw(st.sampled_from(["patrol", "problem", "follow_up", "person", "grid"]))]
    others = [name for name in contract.columns if name not in contract.identifying]
    names: list[str | None] = [*contract.identifying, *draw(st.lists(st.sampled_from(others), unique=True, max_size=6))]
    names = list(draw(st.permutations([*names, *[None] * draw(st.integers(0, 3))])))
    texts = [f"未知{i}" if n is None else draw(messy(contract.columns[n].zh)) for i, n in enumerate(names)]
    titles = [["说明文字"]] * draw(st.integers(0, 4))
    header = [texts]
    merges: tuple[Merge, ...] = ()
    if draw(st.booleans()):
        top = len(titles) + 1
        spans = [(top, i, top + 1, i) for i in range(len(texts) - 2)]
        merges = (*spans, (top, len(texts) - 2, top, len(texts) - 1))
        header = [[*texts[:-2], "其他信息", ""], texts]
    rows = [*titles, *header, [f"值{i}" for i in range(len(names))]]
    columns = {name: index for index, name in enumerate(names) if name is not None}
    return contract.name, columns, sheet(rows, merges)


@given(messy_sheets())
@settings(max_examples=300, deadline=None)
def test_messy_headers_are_found(case: tuple[str, dict[str, int], Sheet]) -> None:
    name, columns, given_sheet = case
    found = find_table(given_sheet, contracts(), None, Limits())
    assert found is not None
    assert (found.contract, dict(found.columns)) == (name, columns)
    rest = [cells for number, cells in given_sheet.rows if number not in found.kinds]
    assert [cells[0] for cells in rest] == ["值0"]


def test_the_columns_of_a_returned_sheet_are_nobodys() -> None:
    rows = [
        ["【退回待核】改有底色的单元格", "", "", "", "", "", ""],
        ["原行号", "所属网格", "开始时间", "巡查人员", "", "退回原因", "退回行标识"],
        ["7", "田庄乡", "2026-10-05", "示例甲", "旁注", "“开始时间”未填", "a#csv!7"],
        ["9", "合计", "", "", "", "", ""],
    ]
    part = recognise(sheet(rows), contracts(), None, Limits())
    assert part.table is not None
    assert part.table.columns == {"grid": 1, "started_at": 2, "inspectors": 3}
    assert part.table.extra == {4: "第4列（无表头）"}
    assert part.kinds == {1: "title", 2: "header", 4: "footnote"}
    assert part.mends == 6


def test_a_column_of_that_name_alone_is_the_countys_own() -> None:
    part = recognise(
        sheet([["所属网格", "开始时间", "退回原因"], ["田庄乡", "2026-10-05", "示例"]]), contracts(), None, Limits()
    )
    assert part.table is not None
    assert part.table.extra == {2: "退回原因"}
    assert part.mends is None


def test_the_id_copied_into_the_own_csv_is_read_as_such() -> None:
    read = [(1, ["退回行标识", "所属网格", "开始时间"]), (2, ["", "田庄乡", "2026-10-05"]), (3, ["x", "合计", ""])]
    part = recognise(Sheet("csv", False, Records([batch_of(read)])), contracts(), None, Limits())
    assert part.table is not None
    assert (dict(part.table.extra), part.kinds, part.mends) == ({}, {1: "header", 3: "footnote"}, 0)


ITEMS = ["序号", "评价内容", "标准分", "自评分", "扣分原因", "完成时限"]


@pytest.mark.parametrize(
    "above",
    [
        [["2025年度自评表"], ["自评单位：安化县", "", "自评年度：2025年", "", "上报时间：2026年1月25日"]],
        [["自评单位：安化县    自评年度：2025年    上报时间：2026年1月25日"]],
        [["自评单位：", "安化县", "自评年度：", "2025年", "上报时间：", "2026年1月25日"]],
    ],
)
def test_what_stands_above_the_header_is_stated_of_every_row(above: list[list[str]]) -> None:
    found = find(
        [*above, ITEMS, ["1", "示例项", "30", "28", "漏巡", "2026年6月底前"], ["合计", "", "30", "28", "", ""]]
    )
    assert found.contract == "self_evaluation"
    assert found.stated == {"grid": "安化县", "year": "2025年", "submitted_at": "2026年1月25日"}
    assert found.columns["item"] == 1
    last = len(above) + 3
    assert found.kinds == {
        **dict.fromkeys(range(1, len(above) + 1), "title"), len(above) + 1: "header", last: "footnote"
    }  # fmt: skip


def test_a_column_of_the_table_goes_before_what_stands_above_it() -> None:
    rows = [
        ["自评单位：安化县", "自评年度：2025", "上报时间：2026-1-25"],
        ["乡镇", "评价内容", "自评分"],
        ["田庄乡", "示例项", "9"],
    ]
    found = find(rows)
    assert found.columns == {"grid": 0, "item": 1, "self_score": 2}
    assert found.stated == {"year": "2025", "submitted_at": "2026-1-25"}


def test_names_above_a_table_that_does_not_say_its_items_make_it_no_evaluation() -> None:
    above = ["自评单位：安化县", "自评年度：2025", "上报时间：2026-1-25"]
    assert (
        find_table(
            sheet([above, ["序号", "责任人", "完成时限"], ["1", "示例甲", "年底前"]]), contracts(), None, Limits()
        )
        is None
    )
    found = find([["填报单位：安化县", "上报时间：2026-11-01"], PATROL, patrol_row(1)])
    assert (found.contract, found.stated) == ("patrol", {})
