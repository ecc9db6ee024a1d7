"""More columns, written as in `headers`: days apart from clocks, tabs, one book for all, sections, the detachment's."""

from __future__ import annotations

SPLIT = {
    "patrol": """
        记录编号=patrol_no 乡镇、街道=grid 组织单位=by_grid 巡查人=inspectors 检查类型=kind 巡查日期=started_on
        开始时间=started_at 结束时间=ended_at 点位名称=sites 问题数=findings 现场纠正数=corrected_on_spot
        是否作废=is_withdrawn 巡查内容=note 填报时间=entered_at
    """,
    "problem": """
        问题序列号=problem_no 原问题编号=parent_problem_no 是否重复件=is_duplicate 乡镇、街道=grid 企业名称=site
        问题内容=description 来源=source 巡查编号=patrol_no 类型=category 责任网格=duty_grid 发现日期=discovered_on
        发现时间=discovered_at 交办日期=assigned_at 文书下达时间=document_issued_at 送达日期=served_at
        是否立行立改=corrected_on_spot 完成时限=rectify_due 延期至=extended_due 批准单位=extension_approved_by
        批准时间=extension_approved_at 整改时间=rectified_at 办结时间=closed_at 办结方式=closure 办理状态=status
    """,
    "follow_up": """
        案件编号=problem_no 企业名称=site 复查单位=by_grid 复查时间=done_at 方式=kind 复查结果=result
        重新整改时限=new_due 检查人员=checker
    """,
    "person": """
        工号=person_no 责任人=name 乡镇=grid 职务=post 变动类型=kind 代理人=deputy 开始日期=valid_from 结束日期=valid_to
    """,
}

TABBED = {
    "patrol": """
        巡查记录编号=patrol_no 所在乡镇=grid 参加人员=inspectors 带队人员=leader 巡查类型=kind 到达时间=started_at
        离开时间=ended_at 巡查对象=sites 发现问题数量=findings 现场整改数=corrected_on_spot 作废=is_withdrawn
        巡查情况=note 上传时间=entered_at
    """,
    "problem": """
        案件编号=problem_no 父问题编号=parent_problem_no 重复件=is_duplicate 所在乡镇=grid 涉及单位=site
        主要内容=description 案件来源=source 巡查记录编号=patrol_no 问题类别=category 责任主体=duty_grid
        问题发现时间=discovered_at 派遣时间=assigned_at 文书日期=document_issued_at 送达时间=served_at
        当场改正=corrected_on_spot 限期整改时间=rectify_due 延期后时限=extended_due
        延期批准单位=extension_approved_by 延期批准时间=extension_approved_at 完成整改时间=rectified_at
        结案时间=closed_at 办结方式=closure 案件状态=status
    """,
    "follow_up": """
        案件编号=problem_no 实施单位=by_grid 实施时间=done_at 类型=kind 验收结果=result 再次整改时限=new_due
        督办人=checker
    """,
    "person": """
        人员编号=person_no 人员姓名=name 单位=grid 岗位=post 记录类型=kind 代理人姓名=deputy 任职时间=valid_from
        离任时间=valid_to
    """,
}

ONE_BOOK = {
    "patrol": """
        巡查编号=patrol_no 乡镇（街道）=grid 检查单位=by_grid 巡查人员姓名=inspectors 检查方式=kind
        巡查开始时间=started_at 巡查结束时间=ended_at 被检查单位=sites 发现问题（个）=findings
        立行立改数（个）=corrected_on_spot 备注=note
    """,
    "problem": """
        问题编号=problem_no 上级问题编号=parent_problem_no 重复件=is_duplicate 乡镇（街道）=grid 点位名称=site
        存在问题=description 问题来源=source 问题类型=category 责任单位=duty_grid 发现时间=discovered_at
        交办时间=assigned_at 文书下达时间=document_issued_at 送达时间=served_at 现场整改=corrected_on_spot
        整改截止日期=rectify_due 延期=extended_due 延期批准人=extension_approved_by
        延期批准日期=extension_approved_at 整改完成时间=rectified_at 办结日期=closed_at 办结方式=closure 状态=status
    """,
    "follow_up": """
        问题编号=problem_no 点位名称=site 督办单位=by_grid 督办复查时间=done_at 督办复查类型=kind
        督办复查结果=result 重新整改时限=new_due 督办人员=checker
    """,
    "person": """
        人员编号=person_no 姓名=name 网格名称=grid 岗位名称=post 在岗情况=kind 顶岗人=deputy 任职起=valid_from
        任职止=valid_to
    """,
}

SECTIONED = {
    "patrol": """
        序号=# 网格名称=grid 巡查|日期=started_at 巡查|人员=inspectors 巡查|方式=kind 企业名称=sites
        发现问题数=findings 现场纠正数=corrected_on_spot 备注=note
    """,
    "problem": """
        序号=# 台账编号=problem_no 父问题编号=parent_problem_no 重复件=is_duplicate 网格名称=grid 企业名称=site
        具体问题=description 问题来源=source 污染类型=category 整改|责任单位=duty_grid 整改|期限=rectify_due
        整改|完成日期=rectified_at 发现日期=discovered_at 交办日期=assigned_at 文书日期=document_issued_at
        送达日期=served_at 是否现场整改=corrected_on_spot 延期至=extended_due 批准单位=extension_approved_by
        批准时间=extension_approved_at 复查|时间=reinspected_at 复查|人员=reinspector 复查|结果=reinspection_result
        再次整改时限=new_due 办结日期=closed_at 办结方式=closure 状态=status
    """,
    "person": """
        序号=# 姓名=name 责任网格=grid 职务=post 变动类型=kind 代理人=deputy 起始日期=valid_from 截止日期=valid_to
    """,
}

DETACHMENT = {
    "patrol": """
        巡查编号=patrol_no 网格=grid 巡查主体=by_grid 检查人员=inspectors 带队领导=leader 检查类型=kind
        起始时间=started_at 终止时间=ended_at 上传时间=entered_at 检查对象=sites 发现问题数=findings 检查情况=note
    """,
    "problem": """
        问题编号=problem_no 父问题编号=parent_problem_no 是否重复件=is_duplicate 问题描述=description
        问题来源=source 来源巡查编号=patrol_no 网格=grid 网格编码=other_code 点位名称=site 整改责任单位=duty_grid
        问题类型=category 发现时间=discovered_at 交办时间=assigned_at 现场整改=corrected_on_spot
        文书下达时间=document_issued_at 送达时间=served_at 整改期限=rectify_due 延期至=extended_due
        延期批准单位=extension_approved_by 延期批准时间=extension_approved_at 整改完成日期=rectified_at
        办结时间=closed_at 办结方式=closure 状态=status
    """,
    "follow_up": """
        问题编号=problem_no 点位名称=site 督办单位=by_grid 办理时间=done_at 督办方式=kind 督办复查结果=result
        重新整改时限=new_due 复查人员=checker
    """,
    "person": """
        执法证号=person_no 姓名=name 责任网格=grid 职务=post 记录类型=kind 代理人=deputy 任职起=valid_from
        任职止=valid_to
    """,
    "grid": """
        网格编码=code 网格名称=name 网格级别=level 上级网格=parent 责任机构=responsible_body 负责科室=departments
        是否承担巡查=is_patrol_grid
        是否重点区域=is_key_area 曾用名=former_name 设立日期=valid_from 撤销日期=valid_to 定区域=fixed_area
        定区域日期=fixed_area_on 定人员=fixed_staff 定人员日期=fixed_staff_on 定职责=fixed_duty
        定职责日期=fixed_duty_on 定任务=fixed_task 定任务日期=fixed_task_on 定奖惩=fixed_reward
        定奖惩日期=fixed_reward_on
    """,
}
