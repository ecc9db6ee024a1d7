"""The words of the ledgers: for each canonical value the common word, and another that means the same."""

from __future__ import annotations

_LISTING = "listed_supervision=挂牌督办 time_limited_treatment=限期治理 major_ledger=重大环境问题台账/重大问题"
_TEXT = {
    "patrol.kind": """
        routine=日常巡查/日常检查 spot_check=抽查 supervision=督查/督导检查 surprise=突击检查/突击
        follow_up=复查/回头看 guidance=指导帮扶/帮扶 special=专项检查/专项行动 double_random=双随机/双随机抽查
        unannounced=暗访 night=夜查/夜间巡查 hazard_check=隐患排查/排查 joint=联合检查/联合执法
    """,
    "problem.source": """
        patrol=巡查发现/日常巡查 petition=信访投诉/群众投诉 hotline=12345/12345热线 assigned=上级交办/交办
        inspection=督察反馈/省环保督察 spot_check=上级抽查/抽查发现 report=下级网格报告/网格上报 referred=部门移送/移送
        media=媒体曝光/舆情 other=其他/其它
    """,
    "problem.category": """
        air=大气/大气污染 water=水/水污染 soil=土壤/土壤污染 noise=噪声/噪音 solid_waste=固废/固体废物 radiation=辐射
        ecology=生态/生态破坏 fume=油烟/餐饮油烟 other=其他/其它
    """,
    "problem.closure": "normal=正常办结/办结 forced=强制办结 void=作废 merged=并案 suspended=缓办",
    "problem.reinspection_result": "pass=合格/整改到位 fail=不合格/整改不到位 partial=部分/部分完成",
    "follow_up.kind": "supervise=督办/督导 urge=催办 reinspect=复查 look_back=后督察/回头看 accept=验收",
    "follow_up.result": "pass=合格/通过 fail=不合格/未通过 partial=部分/部分合格",
    "person.post": "grid_chief=网格长 body_head=机构负责人/负责人 inspector=网格员/网格检查员",
    "grid.level": "1=一级/一级网格 2=二级/二级网格 3=三级/三级网格",
    "person.kind": "post=任职/在岗 leave=请假 seconded=抽调 acting=代理",
    "problem.nature": "violation=违法行为/环境违法 hazard=环境隐患/隐患 petition=信访投诉/投诉 dispute=污染纠纷/纠纷",
    "problem.listing": _LISTING,
    "problem.progress": """
        not_started=未启动/未整改 in_progress=整改中/正在整改 done=已完成/已整改 verified=已验收 cleared=已销号
        overdue=超期未完成
    """,
    "problem.feedback_direction": "up=向上/向上反馈 down=向下/向下反馈 petitioner=答复信访人",
    "site.kind": """
        enterprise=工矿企业/企业 water_source=饮用水水源地/饮用水源地 wastewater=污水处理厂 landfill=垃圾填埋场/填埋场
        livestock=畜禽养殖场/规模养殖场 mine=矿山/采石场 other=其他/其它
    """,
    "site.listing": _LISTING,
    "backcheck.sampled_by": "random=随机/随机抽取 targeted=定向/定向核查",
    "backcheck.result": """
        confirmed=查实/属实 partly=部分查实/部分属实 refuted=查否/不属实 unverifiable=无法查证/无法核实
    """,
    "grid_record.kind": """
        scheme=实施方案/工作方案 rule=制度/管理制度 team=巡查小组 meeting=会议/例会 self_check=自查/自查自纠
        training=培训/业务培训 reward=奖惩/考核奖惩
    """,
    "accountability.measure": """
        talk=约谈/提醒谈话 written_inspection=书面检查 criticism=通报批评/通报 admonition=诫勉/诫勉谈话
        adjustment=调整岗位/调离岗位
    """,
}
WORDS = {
    column: {value: tuple(words.split("/")) for value, words in (pair.split("=") for pair in text.split())}
    for column, text in _TEXT.items()
}
# Which of the two words a style writes.
CHOICE = {"A": 0, "B": 1, "C": 1, "D": 0, "E": 1, "F": 0, "G": 1, "H": 0, "I": 0}


def word(style: str, column: str, value: str) -> str:
    """The word of a style for a canonical value; a value without a second word has one for all."""
    words = WORDS[column][value]
    return words[min(CHOICE[style], len(words) - 1)]
