"""The columns of problem ledgers beyond those of the rectification, written as in `headers`; each style in its order.

A county that lacks some of them (`counties`) leaves them out.
"""

from __future__ import annotations

HANDLING = {
    "A": """
        登记时间=registered_at 收到时间=received_at 到场时间=first_action_at 问题性质=nature 文书编号=document_no
        督导单位=supervisor_grid 经办人=handler 是否超权限=beyond_authority 上报时间=escalated_at 移送时间=referred_at
        移送单位=referred_to 是否需立案=needs_filing 立案时间=filed_at 处罚决定时间=decided_at 处罚文号=penalty_no
        罚款金额=fine_amount 采取措施=measures 信访件号=petition_no 受理时间=accepted_at 答复时间=replied_at
        交办单号=assignment_no 反馈时限=feedback_due 反馈时间=feedback_at 反馈方向=feedback_direction
        是否需公开=must_disclose 公开时间=disclosed_at 挂牌情况=listing 验收时间=verified_at 销号时间=cleared_at
        整改进度=progress
    """,
    "B": """
        登记时间=registered_at 收到时间=received_at 首次处置时间=first_action_at 问题性质=nature 文书号=document_no
        经办人=handler 督导单位=supervisor_grid 是否超权限=beyond_authority 上报时间=escalated_at 移送|时间=referred_at
        移送|单位=referred_to 是否需立案=needs_filing 立案时间=filed_at 处罚|决定时间=decided_at 处罚|文号=penalty_no
        罚款金额（元）=fine_amount 采取措施=measures 信访编号=petition_no 受理日期=accepted_at 答复时间=replied_at
        交办文号=assignment_no 反馈|时限=feedback_due 反馈|时间=feedback_at 反馈|方向=feedback_direction
        是否需公开=must_disclose 公开时间=disclosed_at 挂牌情况=listing 验收日期=verified_at 销号日期=cleared_at
        整改情况=progress
    """,
    "C": """
        登记日期=registered_at 收到时间=received_at 到场时间=first_action_at 问题性质=nature 监察文书编号=document_no
        经办人=handler 督导单位=supervisor_grid 是否超权限=beyond_authority 上报时间=escalated_at 移送时间=referred_at
        移送单位=referred_to 是否需立案=needs_filing 立案时间=filed_at 处罚决定时间=decided_at
        处罚决定书文号=penalty_no 罚款金额（元）=fine_amount 采取措施=measures 信访件号=petition_no
        受理时间=accepted_at 答复时间=replied_at 交办单号=assignment_no 反馈时限=feedback_due 反馈时间=feedback_at
        反馈方向=feedback_direction 是否需公开=must_disclose 公开时间=disclosed_at 挂牌情况=listing
        验收时间=verified_at 销号时间=cleared_at 进展情况=progress
    """,
    "D": """
        登记↵日期=registered_at 收到↵时间=received_at 到场↵时间=first_action_at 问题↵性质=nature 文书↵编号=document_no
        经办人=handler 督导↵单位=supervisor_grid 是否↵超权限=beyond_authority 上报↵时间=escalated_at
        移送↵时间=referred_at 移送↵单位=referred_to 是否↵需立案=needs_filing 立案↵时间=filed_at
        处罚↵决定时间=decided_at 处罚↵文号=penalty_no 罚款↵金额（元）=fine_amount 采取↵措施=measures
        信访↵件号=petition_no 受理↵日期=accepted_at 答复↵时间=replied_at 交办↵单号=assignment_no
        反馈↵时限=feedback_due 反馈↵时间=feedback_at 反馈↵方向=feedback_direction 挂牌↵情况=listing
        验收↵日期=verified_at 销号↵日期=cleared_at 整改↵进度=progress 是否↵需公开=must_disclose 公开↵时间=disclosed_at
    """,
    "E": """
        登记时间=registered_at 收到时间=received_at 问题性质=nature 文书编号=document_no 经办人=handler
        督导单位=supervisor_grid 是否超权限=beyond_authority 上报时间=escalated_at 移送时间=referred_at
        移送单位=referred_to 是否需立案=needs_filing 立案时间=filed_at 处罚决定时间=decided_at 处罚文号=penalty_no
        罚款金额=fine_amount 采取措施=measures 信访编号=petition_no 受理时间=accepted_at 答复时间=replied_at
        交办单号=assignment_no 反馈时限=feedback_due 反馈时间=feedback_at 反馈方向=feedback_direction
        是否需公开=must_disclose 公开时间=disclosed_at 挂牌情况=listing 验收时间=verified_at 销号时间=cleared_at
        整改状态=progress 首次处置时间=first_action_at
    """,
    "F": """
        收到时间=received_at 到场时间=first_action_at 问题性质=nature 文书编号=document_no 经办人=handler
        督导单位=supervisor_grid 是否超权限=beyond_authority 上报时间=escalated_at 移送时间=referred_at
        移送单位=referred_to 是否需立案=needs_filing 立案时间=filed_at 处罚决定时间=decided_at 处罚文号=penalty_no
        罚款金额=fine_amount 采取措施=measures 信访件号=petition_no 受理时间=accepted_at 答复时间=replied_at
        交办文号=assignment_no 反馈时限=feedback_due 反馈时间=feedback_at 反馈方向=feedback_direction
        是否需公开=must_disclose 公开时间=disclosed_at 挂牌情况=listing 验收时间=verified_at 销号时间=cleared_at
        完成情况=progress 登记时间=registered_at
    """,
    "G": """
        登记时间=registered_at 收到时间=received_at 到场时间=first_action_at 问题性质=nature 文书编号=document_no
        经办人=handler 督导单位=supervisor_grid 是否超权限=beyond_authority 上报时间=escalated_at
        移送时间=referred_at 移送单位=referred_to 是否需立案=needs_filing 立案时间=filed_at
        处罚决定时间=decided_at 处罚文号=penalty_no 罚款金额=fine_amount 采取措施=measures 信访件号=petition_no
        受理日期=accepted_at 答复时间=replied_at 交办单号=assignment_no 反馈时限=feedback_due
        反馈时间=feedback_at 反馈方向=feedback_direction 是否需公开=must_disclose 公开时间=disclosed_at
        挂牌情况=listing 验收时间=verified_at 销号时间=cleared_at 整改进度=progress
    """,
    "H": """
        登记日期=registered_at 收到时间=received_at 到场时间=first_action_at 问题性质=nature 文书编号=document_no
        经办人=handler 督导单位=supervisor_grid 是否超权限=beyond_authority 上报时间=escalated_at
        移送|时间=referred_at 移送|单位=referred_to 是否需立案=needs_filing 立案时间=filed_at
        处罚|决定时间=decided_at 处罚|文号=penalty_no 罚款金额=fine_amount 采取措施=measures 信访件号=petition_no
        受理日期=accepted_at 答复时间=replied_at 交办单号=assignment_no 反馈|时限=feedback_due
        反馈|时间=feedback_at 反馈|方向=feedback_direction 是否需公开=must_disclose 公开时间=disclosed_at
        挂牌情况=listing 验收日期=verified_at 销号日期=cleared_at 整改进度=progress
    """,
    "I": """
        登记时间=registered_at 收到时间=received_at 到场时间=first_action_at 问题性质=nature 文书编号=document_no
        督导单位=supervisor_grid 经办人=handler 是否超权限=beyond_authority 上报时间=escalated_at
        移送时间=referred_at 移送单位=referred_to 是否需立案=needs_filing 立案时间=filed_at
        处罚决定时间=decided_at 处罚文号=penalty_no 罚款金额=fine_amount 采取措施=measures 信访件号=petition_no
        受理时间=accepted_at 答复时间=replied_at 交办单号=assignment_no 反馈时限=feedback_due
        反馈时间=feedback_at 反馈方向=feedback_direction 是否需公开=must_disclose 公开时间=disclosed_at
        挂牌情况=listing 验收时间=verified_at 销号时间=cleared_at 整改进度=progress
    """,
}
