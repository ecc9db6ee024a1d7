"""The rows of a recognised sheet are told apart: titles, header, body, sections, footnotes."""

from __future__ import annotations

import pytest
from landing_files import PATROL, PROBLEM, patrol_row
from sheets import body, find


def test_titles_header_body_footnotes() -> None:
    rows = [["安化县五月巡查记录"], ["单位：起"], PATROL, patrol_row(1), [], ["合 计", "", "", "", "9"], ["注：示例"]]
    found = find(rows)
    assert found.contract == "patrol"
    assert found.header_rows == (3,)
    assert found.columns == {"patrol_no": 0, "grid": 1, "inspectors": 2, "started_at": 3, "findings": 4}
    assert found.kinds == {1: "title", 2: "title", 3: "header", 6: "footnote", 7: "footnote"}
    assert body(rows) == [patrol_row(1)]


def test_odd_rows_are_body_and_never_lost() -> None:
    rows = [
        ["一"],
        ["一、城区", "", "示例"],
        ["二号井"],
        ["", "", "只有人"],
        ["统计局旁", "梅城镇", "示例", "2026-05-01", "1"],
        ["注塑厂"],
        ["统计局"],
    ]
    assert body([PATROL, *rows]) == rows


def test_a_numbered_heading_alone_in_its_row_begins_a_section() -> None:
    rows = [PATROL, ["一、田庄乡"], patrol_row(1), ["（二）重点企业", "", ""], ["", "十一. 梅城镇"], patrol_row(2)]
    assert find(rows).kinds == {1: "header", 2: "section", 4: "section", 5: "section"}
    problem = [["网格名称", "发现时间", "问题编号", "问题描述"], ["一、田庄乡", "", "", ""]]
    assert find(problem).kinds == {1: "header", 2: "section"}


def test_in_a_narrow_table_a_numbered_heading_is_a_row() -> None:
    narrow = [["所属网格", "开始时间", "巡查人员"], ["一、田庄乡"]]
    assert find(narrow).kinds == {1: "header"}


def test_a_section_title_merged_over_what_identifies_is_no_record() -> None:
    rows = [PATROL, ["城区"], patrol_row(1), ["乡镇"], ["注：示例"], ["其他"]]
    merges = ((2, 0, 2, 4), (4, 0, 4, 0), (5, 0, 5, 4), (6, 0, 6, 1))
    kinds = {1: "header", 2: "title", 5: "footnote"}
    assert find(rows, merges).kinds == kinds


def test_a_footnote_word_with_all_that_identifies_is_a_record() -> None:
    row = ["合计-1", "梅城镇", "示例甲一", "2026-05-01", "0"]
    assert body([PATROL, row]) == [row]


def test_a_sum_in_the_column_of_grids_is_no_grid() -> None:
    found = find([["乡镇", "日期", "发现问题数"], ["梅城镇", "2026-05-01", "3"], ["合 计", "2026-05-31", "3"]])
    assert found.kinds == {1: "header", 3: "footnote"}


def test_the_header_repeated_on_each_page_is_header() -> None:
    found = find([PATROL, patrol_row(1), PATROL, patrol_row(2)])
    assert found.kinds == {1: "header", 3: "header"}


PROBLEMS = [*PROBLEM, "问题来源", "责任单位"]
ONE_PROBLEM = ["1", "梅城镇", "油污", "2026-05-01", "30日内", "巡查", "示例站"]


def test_a_ledger_above_the_header_of_another_is_body() -> None:
    patrols = [patrol_row(number) for number in range(1, 6)]
    rows = [PATROL, *patrols, [], ["问题台账"], PROBLEMS, *[ONE_PROBLEM] * 3]
    found = find(rows)
    assert found.contract == "problem"
    assert found.kinds == {1: "title", 8: "title", 9: "header"}
    assert body(rows) == [*patrols, *[ONE_PROBLEM] * 3]


def test_rows_above_their_own_header_are_body() -> None:
    short = ["", "梅城镇", "", "2026-05-03"]
    rows = [["安化县五月巡查记录"], patrol_row(1), short, [*short, "3"], PATROL, patrol_row(2)]
    assert find(rows).kinds == {1: "title", 3: "title", 5: "header"}, "two cells are a title, three a row"


@pytest.mark.parametrize(
    "title",
    [
        ["填报单位：安化县", "填报时间：2026-11-01", "填表人：示例"],
        ["单位：安化县", "时间：2026-11-01", "经办：示例", "电话：07370000"],
        ["单位：", "安化县", "时间：", "2026-11-01", "经办:", "示例"],
        ["填报单位", "安化县", "填报时间", "2026-11-01", "示例"],
        ["安化县", "", "2026年5月"],
        ["序", "哪里", "谁", "何时", "几个"],
        ["1", "2", "3", "4", "5"],
        ["(1)", "（2）", "(3)", "(4)", "(5)"],
        ["①", "②", "③", "④", "⑤"],
        ["甲", "乙", "1", "2", "3"],
        ["栏次", "1", "2", "3", "4"],
        ["第1列", "第2列", "第3列", "第4列", "第5列"],
    ],
)
def test_a_title_of_many_cells_stays_a_title(title: list[str]) -> None:
    assert find([title, PATROL, patrol_row(1)]).kinds == {1: "title", 2: "header"}


def test_column_numbers_right_below_the_header_are_no_row() -> None:
    assert find([PATROL, ["1", "2", "3", "4", "5"], patrol_row(1)]).kinds == {1: "header", 2: "title"}
    # Elsewhere, or out of turn, they are somebody's row.
    assert find([PATROL, patrol_row(1), ["1", "2", "3", "4", "5"]]).kinds == {1: "header"}
    assert find([PATROL, ["1", "2", "3", "5", "4"]]).kinds == {1: "header"}


def test_the_uppermost_of_three_merged_header_rows_is_no_row() -> None:
    rows = [
        ["序号", "网格", "2026年巡查", "", "", "2026年其他"],
        ["序号", "网格", "巡查时间", "", "巡查人员", "备注"],
        ["序号", "网格", "开始", "结束", "巡查人员", "备注"],
        ["1", "梅城镇", "2026-05-01", "", "示例", ""],
    ]
    merges = ((1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 2, 3), (2, 4, 3, 4), (2, 5, 3, 5))
    found = find(rows, merges)
    assert found.header_rows == (2, 3)
    assert found.kinds == {1: "title", 2: "header", 3: "header"}


def test_the_header_of_another_table_or_order_further_down_is_body() -> None:
    assert find([PROBLEMS, ONE_PROBLEM, [], PATROL, patrol_row(1)]).kinds == {1: "header"}
    assert find([PATROL, patrol_row(1), PATROL[::-1], patrol_row(2)[::-1]]).kinds == {1: "header"}
