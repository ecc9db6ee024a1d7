"""The sentences of 提示函 and 督办单. Neutral: what is computed from ledgers is a lead, and no verdict on anybody."""

from __future__ import annotations

from pipelines.snapshot.urged import LONG_DAYS

SCHEME = "《环境问题网格化巡查实施方案》"
LEVEL_ZH = {0: "市本级", 1: "一级网格", 2: "二级网格", 3: "三级网格"}
DRAFT, DEMO = "征求意见稿（草稿，未签发）", "演示数据，不作任何依据"
CLAUSE = {
    1: "五（三）“强化对网格长、网格检查员的履职监督”",
    2: "二（一）1“指导监督二、三级网格的建立、运行情况和责任人的履职情况”",
    3: "二（一）1“指导监督二、三级网格的建立、运行情况和责任人的履职情况”",
}
OPENING = {
    "提示函": "现将你单位承担、已过时限而台账未见办结的义务提示如下。",
    "督办单": "现对你单位承担、已过时限而台账未见办结的义务督办如下。",
}
LEAD = "所列各项由已送达的台账按统一口径算出，是供核对的线索，不是对履职情况的认定；是否履行，以核实为准。"
UNREPORTED = "台账未送达，不等于未履行：下列各项因所凭台账未送达而不知，不计入上表，请先补报台账。"
UNREPORTED_HEADERS = ("因台账未送达而不知的事项", "有关指标")
SUMMARY_HEADERS = ("指标", "当月到期", "此前到期", "最早到期", "最长超期", "情形")
FIRST, AGAIN, LONG = "首次超期", "月初已有超期", f"超期逾{LONG_DAYS}日"
# Of what lapses with its period nothing is past due from before: it was missed before, too.
AGAIN_LAPSED = "以前月份也曾超期（过期不补）"
LIST_HEADERS = ("序号", "指标", "事项", "到期", "超期天数", "时限依据", "到期日在岗人", "来源")
FILE_HEADERS = ("序号", "文件（data/raw 下）", "收到时间", "sha256 前 12 位")
NO_ROW = "台账未见记录"
NO_SOURCE = "来源行不在可见范围"
LISTED, LISTED_NOTE = (
    "【挂牌督办】",
    "标【挂牌督办】的{n}项，其问题列入挂牌督办、限期治理或重大环境问题台账，请优先办理。",
)
END = "（以下空白）"
TO_FILL = "〔待支队填写〕"
ASK_OPEN = "仍可办理的，请抓紧办理；已经办理而台账没有写的，请补登办理时间。办理情况写进最近一个月的台账，随台账报送。"
ASK_LAPSED = (
    "巡查、督导、保障类义务按期计算，过期不能补办，不计超期天数（汇总表“最长超期”和附件“超期天数”两栏为“—”）；"
    "请说明原因，并排定本期工作。"
)
ASK_REPLY = f"请于{TO_FILL}前书面反馈办理情况。方案四（三）要求及时反馈而未定期限，期限由支队填写。"
OBJECT_ROW = (
    "台账漏写、错写的，在原台账中改正该行（编号不变），整份重新报送，以后收到的为准；被退回的行用“退回待核”改正。"
)
OBJECT_SAID = (
    "时限、归属有误或者另有原因的，提交情况说明，写明附件序号、指标和事项；"
    "情况说明与该项并列留存，不改变按台账算出的状态。"
)
OBJECT_POST = "“到期日在岗人”按责任人员名册列出，只供联系核实；名册有误的，重报责任人员表。"
