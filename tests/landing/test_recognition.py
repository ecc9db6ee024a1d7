"""Every table is known by its headers, as a county may write them, and none is taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_files import contracts

from pipelines.landing.header import find_table
from pipelines.landing.sheet import Sheet
from pipelines.settings import Limits

TABLES = sorted(contracts().tables)
# Header rows as ledgers have them: abbreviated, with columns of their own, with columns copied from other tables.
SPELLINGS = {
    "patrol": [
        "巡查编号 所属网格 巡查人员 开始时间 结束时间 发现问题数 巡查情况",
        "序号 乡镇 检查日期 检查人员 企业名称 检查情况 发现问题",
        "网格名称 巡查时间 巡查人 检查对象 巡查方式 发现问题数 文书编号 备注",
        "乡镇 日期 巡查人员 发现问题数 现场纠正数 带队领导 签字",
        "日期 镇 检查人 检查企业 问题个数",
        "序号 乡镇（街道） 查处日期 检查人 检查企业 问题个数",
        "编号 镇街 查处时间 检查人员 被检查单位 问题数量",
    ],
    "problem": [
        "问题编号 所属网格 问题描述 问题来源 问题类型 发现时间 整改时限 整改完成时间",
        "案件编号 乡镇 企业名称 主要内容 来源 类型 发现日期 责任单位 整改期限 完成时间 结案时间",
        "问题编号 网格 存在问题 发现时间 复查时间 复查人 复查结果 上报时间 责任单位",
        "台账编号 所在乡镇 污染源名称 问题类别 发现日期 挂牌情况 改进措施 责任领导",
        "编号 属地乡镇 查处日期 存在问题 限期整改 批准人 批准日期 办结情况",
        "问题编号 镇 检查日期 存在问题 整改期限 延期至 延期批准人 完成情况",
    ],
    "follow_up": [
        "问题编号 实施网格 督办复查时间 督办复查类型 督办复查结果 复查人",
        "案件编号 复查单位 复查时间 复查类型 复查结果 复查人员 备注",
        "企业名称 督办单位 督办时间 督办方式 结果 督办人 文书号",
    ],
    "person": [
        "人员编号 姓名 所属网格 岗位 联系电话 任职起 任职止",
        "姓名 乡镇 职务 电话 任职时间 离任时间",
        "序号 单位 责任人姓名 网格职务 手机 上岗日期 记录类型 代理人",
    ],
    "grid": [
        "网格编码 网格名称 网格级别 上级网格 责任机构 设立日期",
        "编码 名称 级别 上级网格 科室 生效日期 是否重点区域",
        "网格代码 网格 网格层级 上一级网格 责任主体 起始日期 定区域 定人员 定职责 定任务 定奖惩",
    ],
    "site": [
        "点位编号 点位名称 点位类型 所属网格 是否重点 巡查频次 列入日期",
        "序号 企业名称 行业类别 乡镇 风险等级 检查频次 经度 纬度 备注",
        "污染源名称 污染源类型 所在乡镇 挂牌情况 巡查周期 责任人 联系电话",
        "监管对象 监管对象类型 责任网格 监管等级 监管频次 纳入日期 移出日期",
    ],
    "self_evaluation": [
        "自评网格 自评年度 自评项目 分值 自评得分 存在问题 改进措施 自评上报时间",
        "单位 年度 评价内容 标准分 自评分 扣分原因 整改措施 责任人 完成时限 完成时间 上报时间",
        "乡镇 年份 报送时间 报告文号 备注",
        "填报单位 考核年度 考核内容 满分 得分 完成情况 主要问题 原因分析 下一步措施 责任单位 报送日期",
    ],
    "backcheck": [
        "巡查编号 问题编号 抽取方式 复核时间 复核人 复核结果 复核说明",
        "问题编号 所属网格 企业名称 问题描述 发现时间 复核日期 复核人员 抽样方式 复核结论",
        "巡查记录编号 乡镇 巡查时间 检查对象 巡查情况 核查日期 核查人 核查方式 核查结果 备注",
    ],
    "patrol_plan": [
        "计划网格 适用县区 计划月份 应巡查次数 特殊时段 时段起 时段止 通知文号 通知日期",
        "乡镇 月份 计划巡查次数 备注",
        "区县市 网格名称 年月 应巡次数 重点时段 开始日期 结束日期 文号 印发日期",
    ],
    "grid_record": [
        "管理事项 所属网格 开展日期 主题 文号",
        "序号 单位 记录类型 会议时间 会议主题 参加人员 纪要编号",
        "乡镇 事项类别 日期 工作内容 文件编号 备注",
    ],
    "accountability": [
        "被问责人 所属网格 职务 问责事由 问责日期 问责方式 问责文号",
        "姓名 单位 岗位 问责原因 处理时间 处理结果 文号",
        "序号 问责对象 乡镇 事由 决定日期 处理方式 决定文号 备注",
    ],
    "monthly_summary": [
        "填报网格 报表月份 出动人次 检查家次 发现问题数 办结问题数",
        "乡镇 月份 人次 家次 问题数 办结数",
        "单位 巡查人次 巡查家次 发现问题 已办结 办结率 备注",
        "区县 统计月份 应巡查次数 出动执法人次 出动巡查人次 检查企业家次 发现环境问题数 完成整改数",
    ],
}


def recognised(headers: list[str]) -> str | None:
    found = find_table(Sheet("表", False, [(1, headers), (2, ["值"] * len(headers))], ()), contracts(), None, Limits())
    return found.contract if found else None


@pytest.mark.parametrize("name", TABLES)
def test_the_template_of_each_table_is_that_table(name: str) -> None:
    contract = contracts().tables[name]
    headers = [column.zh for column in contract.columns.values()]
    found = find_table(Sheet("表", False, [(1, headers), (2, ["值"] * len(headers))], ()), contracts(), None, Limits())
    assert found is not None
    assert (found.contract, list(found.columns)) == (name, list(contract.columns))


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in SPELLINGS.items() for line in lines])
def test_header_rows_of_counties(name: str, line: str) -> None:
    assert recognised(line.split()) == name


def test_every_table_is_spelt_in_three_ways() -> None:
    assert {name for name, lines in SPELLINGS.items() if len(lines) >= 3} == set(TABLES)


@pytest.mark.parametrize(
    "line",
    [
        "序号 乡镇 企业名称 类型 存在问题 发现时间 整改时限",  # a problem ledger without numbers is no list of sites
        "序号 属地乡镇 查处日期 存在问题 限期整改 批准人 批准日期 办结情况",  # nor is it a list of patrols
        "乡镇 年度 问题数 办结数",
        "姓名 单位 问责情况 备注",
        "乡镇 会议 培训 自查",
        "问题编号 复查结果 备注",
    ],
)
def test_what_looks_like_another_table_is_not_made_one(line: str) -> None:
    assert recognised(line.split()) is None


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_any_choice_of_headers_that_identifies_is_that_table(data: st.DataObject) -> None:
    """The identifying headers under any name, and others of the contract under their own."""
    contract = contracts().tables[data.draw(st.sampled_from(TABLES))]
    named = [
        data.draw(st.sampled_from([contract.columns[name].zh, *contract.columns[name].aliases]))
        for name in contract.identifying
    ]
    others = [column.zh for name, column in contract.columns.items() if name not in contract.identifying]
    more = data.draw(st.lists(st.sampled_from(others), unique=True, min_size=min(3, len(others)), max_size=8))
    headers = list(dict.fromkeys([*named, *more]))
    assert recognised(data.draw(st.permutations(headers))) == contract.name
