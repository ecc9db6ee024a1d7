"""The columns of what is kept beside the ledgers, written as in `headers`: lists of sites, self-evaluations, plans …

A style without a table does not send it.
"""

from __future__ import annotations

_SITE = {
    "A": """
        点位编号=site_no 点位名称=name 点位类型=kind 所属网格=grid 是否重点=is_key 风险等级=risk 巡查频次=cycle
        挂牌情况=listing 列入日期=valid_from 退出日期=valid_to
    """,
    "B": """
        企业编号=site_no 企业名称=name 行业类别=kind 乡镇街道=grid 是否重点点位=is_key 监管等级=risk 监管频次=cycle
        督办情况=listing 纳入日期=valid_from 关停日期=valid_to
    """,
    "C": """
        污染源编号=site_no 污染源名称=name 污染源类型=kind 所在乡镇=grid 是否重点污染源=is_key 巡查要求=cycle
        列管日期=valid_from 退出时间=valid_to
    """,
    "D": """
        序号=# 重点↵点位=name 点位↵类别=kind 所属↵乡镇=grid 重点=is_key 检查↵频次=cycle 挂牌↵督办情况=listing
        列入↵时间=valid_from 移出↵日期=valid_to
    """,
    "E": """
        监管对象编号=site_no 监管对象=name 监管对象类型=kind 乡镇、街道=grid 是否重点=is_key 环境风险等级=risk
        频次=cycle 生效日期=valid_from 失效日期=valid_to
    """,
    "F": """
        点位编号=site_no 点位名称=name 点位类型=kind 所在乡镇=grid 是否重点=is_key 巡查周期=cycle 挂牌情况=listing
        列入日期=valid_from 退出日期=valid_to
    """,
    "H": """
        序号=# 单位名称=name 企业类型=kind 网格名称=grid 是否重点=is_key 巡查频率=cycle 挂牌督办情况=listing
        起始日期=valid_from 截止日期=valid_to
    """,
}
_SELF_EVALUATION = {
    "A": """
        自评网格=grid 自评年度=year 自评项目=item 分值=max_score 自评得分=self_score 评分依据=basis
        存在问题=shortfall 原因分析=cause 改进措施=improvement 改进责任人=owner 改进时限=improvement_due
        改进完成时间=improvement_done_at 佐证材料=evidence 自评上报时间=submitted_at 自评报告文号=document_no
    """,
    "B": """
        乡镇街道=grid 考核年度=year 考核项目=item 标准分=max_score 自评分=self_score 完成情况=basis 扣分原因=shortfall
        原因=cause 整改措施=improvement 责任人=owner 完成时限=improvement_due 完成时间=improvement_done_at
        附件=evidence 报送时间=submitted_at
    """,
    "C": """
        乡镇=grid 年度=year 评价内容=item 满分=max_score 得分=self_score 存在的问题=shortfall
        下一步措施=improvement 整改责任人=owner 整改时限=improvement_due 整改完成时间=improvement_done_at
        上报日期=submitted_at 文号=document_no
    """,
    "D": """
        序号=# 单位=grid 评价↵年度=year 评价↵指标=item 标准↵分值=max_score 自评↵分数=self_score
        存在↵不足=shortfall 原因↵分析=cause 改进↵措施=improvement 责任↵人员=owner 改进↵期限=improvement_due
        实际↵完成时间=improvement_done_at 上报↵时间=submitted_at
    """,
    "E": """
        自评单位=grid 评价年度=year 评价项目=item 分值=max_score 自评得分=self_score 自评依据=basis
        主要问题=shortfall 改进措施=improvement 责任单位=owner 计划完成时间=improvement_due
        实际完成时间=improvement_done_at 提交时间=submitted_at 上报文号=document_no
    """,
    "F": """
        填报单位=grid 年度=year 考核内容=item 权重分=max_score 得分=self_score 问题与不足=shortfall 原因分析=cause
        改进办法=improvement 责任人=owner 完成时限=improvement_due 完成时间=improvement_done_at 报送日期=submitted_at
    """,
    "H": "序号=# 网格名称=grid 年度=year 报送日期=submitted_at 报告文号=document_no",
    "I": """
        网格=grid 自评年度=year 自评项目=item 分值=max_score 自评得分=self_score 存在问题=shortfall
        改进措施=improvement 改进责任人=owner 改进时限=improvement_due 改进完成时间=improvement_done_at
        上报时间=submitted_at 自评报告文号=document_no
    """,
}
_BACKCHECK = {
    "A": """
        巡查编号=patrol_no 问题编号=problem_no 所属网格=grid 点位名称=site 抽取方式=sampled_by 复核时间=checked_at
        复核人=checker 复核结果=result
    """,
    "B": """
        被复核巡查编号=patrol_no 被复核问题编号=problem_no 乡镇街道=grid 企业名称=site 抽样方式=sampled_by
        核查时间=checked_at 核查人员=checker 核查结果=result
    """,
    "I": """
        巡查编号=patrol_no 问题编号=problem_no 网格=grid 复核对象=site 抽取方式=sampled_by 复核日期=checked_at
        复核人员=checker 复核结论=result
    """,
}
_PATROL_PLAN = {
    "A": """
        计划网格=grid 计划月份=plan_month 应巡查次数=required_patrols 特殊时段=special_name 时段起=special_from
        时段止=special_to 通知文号=notice_no 通知日期=notice_on
    """,
    "B": "乡镇街道=grid 月份=plan_month 计划次数=required_patrols",
    "C": "区县=whole_county 乡镇=grid 巡查月份=plan_month 应巡查天数=required_patrols",
    "I": """
        适用县区=whole_county 计划月份=plan_month 应巡查次数=required_patrols 特殊时段名称=special_name
        时段开始=special_from 时段结束=special_to 发文字号=notice_no 印发日期=notice_on
    """,
}
_GRID_RECORD = {
    "A": "管理事项=kind 所属网格=grid 开展日期=held_on 主题=subject 文号=document_no",
    "B": "记录类型=kind 单位=grid 召开时间=held_on 会议主题=subject 纪要编号=document_no",
    "C": "工作类别=kind 乡镇=grid 开展时间=held_on 工作内容=subject",
    "D": "序号=# 活动↵类型=kind 乡镇↵（街道）=grid 日期=held_on 内容=subject 文号=document_no",
}
_ACCOUNTABILITY = {
    "D": """
        序号=# 被问责人↵姓名=person 单位=grid 职务=post 问责↵事由=matter 处理↵日期=decided_on 处理↵方式=measure
        决定↵文号=document_no
    """,
    "E": "问责对象=person 所在单位=grid 岗位=post 追责原因=matter 追责时间=decided_on 追责方式=measure",
    "I": """
        被问责人=person 责任网格=grid 职务=post 问责事由=matter 问责日期=decided_on 问责方式=measure
        问责文号=document_no
    """,
}
_MONTHLY_SUMMARY = {
    "A": """
        填报网格=grid 报表月份=about_month 出动人次=person_times 检查家次=site_times 发现问题数=problems
        办结问题数=closed
    """,
    "B": "乡镇街道=grid 月份=about_month 人次=person_times 家次=site_times 问题数=problems 办结数=closed",
    "C": "单位=grid 统计月份=about_month 巡查人次=person_times 巡查家次=site_times 发现问题=problems 办结=closed",
    "D": """
        序号=# 填报↵单位=grid 年月=about_month 出动↵巡查人次=person_times 检查↵企业家次=site_times
        发现↵问题数量=problems 整改↵完成数=closed
    """,
    "F": "单位=grid 月度=about_month 检查人次=person_times 检查单位家次=site_times 问题数=problems 已办结=closed",
}
_GRID = {
    "C": """
        网格编码=code 名称=name 级别=level 上级网格=parent 责任主体=responsible_body 生效日期=valid_from
        定区域=fixed_area 定区域日期=fixed_area_on 定人员=fixed_staff 定人员日期=fixed_staff_on 定职责=fixed_duty
        定职责日期=fixed_duty_on 定任务=fixed_task 定任务日期=fixed_task_on 定奖惩=fixed_reward
        定奖惩日期=fixed_reward_on
    """,
}
_TABLES = {
    "grid": _GRID,
    "site": _SITE,
    "self_evaluation": _SELF_EVALUATION,
    "backcheck": _BACKCHECK,
    "patrol_plan": _PATROL_PLAN,
    "grid_record": _GRID_RECORD,
    "accountability": _ACCOUNTABILITY,
    "monthly_summary": _MONTHLY_SUMMARY,
}
PAPERS = {
    style: {table: styles[style] for table, styles in _TABLES.items() if style in styles} for style in "ABCDEFGHI"
}
