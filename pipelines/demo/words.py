"""The words of the ledgers: for each canonical value the common word, and another that means the same."""

from __future__ import annotations

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
