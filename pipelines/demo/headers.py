"""Which columns each style of ledger has, in which order and under which headers.

Written `header=cell`, one column after another. A header `上|下` stands in two rows, the upper one merged over
its neighbours with the same upper text; `↵` is a line break inside the header; `#` is the column of running
numbers, which no contract knows.
"""

from __future__ import annotations

from pipelines.demo.headers_handling import HANDLING
from pipelines.demo.headers_more import DETACHMENT, ONE_BOOK, SECTIONED, SPLIT, TABBED
from pipelines.demo.headers_papers import PAPERS

PLAIN = {
    "patrol": """
        巡查编号=patrol_no 所属网格=grid 网格编码=grid_code 实施网格=by_grid 巡查人员=inspectors 带队人=leader
        巡查类型=kind 开始时间=started_at 结束时间=ended_at 录入时间=entered_at 巡查点位=sites 发现问题数=findings
        现场纠正数=corrected_on_spot 巡查情况=note
    """,
    "problem": """
        问题编号=problem_no 上级问题编号=parent_problem_no 是否重复件=is_duplicate 问题描述=description
        问题来源=source 来源巡查编号=patrol_no 所属网格=grid 网格编码=grid_code 点位名称=site 责任单位=duty_grid
        问题类型=category 发现时间=discovered_at 交办时间=assigned_at 现场整改=corrected_on_spot
        文书下达时间=document_issued_at 送达时间=served_at 整改时限=rectify_due 延期至=extended_due
        延期批准单位=extension_approved_by 延期批准时间=extension_approved_at 整改完成时间=rectified_at
        办结时间=closed_at 办结方式=closure 状态=status
    """,
    "follow_up": """
        问题编号=problem_no 点位名称=site 实施网格=by_grid 督办复查时间=done_at 督办复查类型=kind
        督办复查结果=result 重新整改时限=new_due 复查人=checker
    """,
    "person": """
        人员编号=person_no 姓名=name 所属网格=grid 岗位=post 记录类型=kind 代理人=deputy 任职起=valid_from
        任职止=valid_to
    """,
}

WORKBOOK = {
    "patrol": """
        记录编号=patrol_no 乡镇街道=grid 乡镇代码=other_code 检查人员=inspectors 带队领导=leader 检查类型=kind
        巡查时间|开始=started_at 巡查时间|结束=ended_at 被检查单位=sites 发现问题数=findings
        立行立改数=corrected_on_spot 检查情况=note 填报时间=entered_at
    """,
    "problem": """
        案件编号=problem_no 父问题编号=parent_problem_no 重复件=is_duplicate 乡镇街道=grid 乡镇代码=other_code
        涉及单位=site 主要内容=description 案件来源=source 巡查记录编号=patrol_no 问题类别=category 责任主体=duty_grid
        发现日期=discovered_at 交办日期=assigned_at 文书日期=document_issued_at 送达日期=served_at
        是否现场整改=corrected_on_spot 整改|时限=rectify_due 整改|完成时间=rectified_at 延期后时限=extended_due
        批准单位=extension_approved_by 批准时间=extension_approved_at 结案时间=closed_at 办结方式=closure
        案件状态=status
    """,
    "follow_up": """
        案件编号=problem_no 复查单位=by_grid 复查时间=done_at 复查类型=kind 复查结果=result 再次整改时限=new_due
        复查人员=checker 是否作废=is_withdrawn
    """,
    "person": """
        工号=person_no 人员姓名=name 责任网格=grid 职务=post 变动类型=kind 代理人姓名=deputy 任职时间=valid_from
        离任时间=valid_to
    """,
}

CHINESE = {
    "patrol": """
        巡查单号=patrol_no 乡镇=grid 巡查单位=by_grid 检查人员=inspectors 巡查方式=kind 检查时间=started_at
        检查对象=sites 发现问题=findings 现场整改数=corrected_on_spot 检查情况=note
        录入时间=entered_at
    """,
    "problem": """
        台账编号=problem_no 原问题编号=parent_problem_no 是否重复件=is_duplicate 所在乡镇=grid 污染源名称=site
        具体问题=description 来源=source 污染类型=category 经办单位=duty_grid 问题发现时间=discovered_at
        派遣时间=assigned_at 文书下达时间=document_issued_at 送达时间=served_at 当场改正=corrected_on_spot
        处置截止时间=rectify_due 延长期限=extended_due 延期批准人=extension_approved_by
        延期批准日期=extension_approved_at 完成时间=rectified_at 办结日期=closed_at 办结方式=closure 办理状态=status
    """,
    "follow_up": """
        台账编号=problem_no 督办单位=by_grid 督办时间=done_at 督办方式=kind 结果=result 重新整改时限=new_due
        督办人员=checker
    """,
    "person": """
        责任人姓名=name 乡镇=grid 岗位名称=post 在岗情况=kind 顶岗人=deputy 上岗日期=valid_from 离岗日期=valid_to
    """,
}

BROKEN = {
    "patrol": """
        序号=# 乡镇↵（街道）=grid 巡查↵日期=started_at 网格员=inspectors 检查↵方式=kind 企业↵名称=sites
        发现问题数↵（个）=findings 现场纠正数↵（个）=corrected_on_spot 备注=note
    """,
    "problem": """
        序号=# 问题↵编号=problem_no 父问题↵编号=parent_problem_no 重复件↵（是/否）=is_duplicate 乡镇↵（街道）=grid
        点位名称=site 存在问题=description 问题来源=source 问题类型=category 整改↵责任单位=duty_grid
        发现↵日期=discovered_at 交办↵日期=assigned_at 文书↵日期=document_issued_at 送达↵日期=served_at
        是否↵立行立改=corrected_on_spot 整改↵期限=rectify_due 延期至=extended_due 批准单位=extension_approved_by
        批准时间=extension_approved_at 整改完成↵日期=rectified_at 复查↵日期=reinspected_at 复查↵人员=reinspector
        复查↵情况=reinspection_result 再次↵整改时限=new_due 办结↵日期=closed_at 办结↵方式=closure 状态=status
    """,
    "person": """
        序号=# 姓名=name 责任↵网格=grid 网格↵职务=post 变动↵类型=kind 代理人=deputy 任职↵起始=valid_from
        任职↵截止=valid_to
    """,
}

_BASE = {
    "A": PLAIN,
    "B": WORKBOOK,
    "C": CHINESE,
    "D": BROKEN,
    "E": SPLIT,
    "F": TABBED,
    "G": ONE_BOOK,
    "H": SECTIONED,
    "I": DETACHMENT,
}
# Every table of each style, in the order in which the files are sent.
HEADERS = {
    style: {**tables, "problem": tables["problem"] + HANDLING[style], **PAPERS[style]}
    for style, tables in _BASE.items()
}


def columns_of(style: str, table: str, lacking: frozenset[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """Header and cell of each column of a table, without those a county lacks, written `table.cell`."""
    pairs = (column.replace("↵", "\n").split("=") for column in HEADERS[style][table].split())
    return tuple((header, cell) for header, cell in pairs if f"{table}.{cell}" not in lacking)
