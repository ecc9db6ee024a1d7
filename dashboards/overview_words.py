"""The words of 月度总览 beside those all pages share."""

from __future__ import annotations

from pipelines.snapshot.judged import ASSURANCE_ZH, VARIATION_ZH

OVERVIEW_ZH: dict[str, str] = {
    "span_shown_before": "{year}年{number}月以前",
    "before_note": "到期在所选月份之前的义务；各月的数在各月里计，这里只逐项列出。",
    "attention": "需要关注",
    "attention_note": (
        "按后果排列，不是定论，也不是排名：先挂牌督办和上级交办、信访，再是已知未解决的问题，再是台账未送达、没有到场、"
        "手续迟缓；同一类里本月新有的在前，其中拖得久的在前。点开一句就是所说的那些义务。"
    ),
    "attention_none": "本月没有到期未办、未送达、不能判断的，也没有超出正常波动的变差。",
    "attention_overdue": "{grid}　{metric}：{n} 项超期未办结，最久逾期 {days} 天{listed}。",
    "attention_only_earlier": "{grid}　{metric}：本月没有新的超期。",
    "attention_listed": "，其中 {n} 项涉及挂牌督办",
    "attention_earlier": "以前月份有 {n} 项至今未办，最久逾期 {days} 天{listed}。",
    "attention_missing": "{grid}　未报送：{tables}{n}。没有台账不等于没有履行，先请补报。",
    "attention_unjudged": "，{n} 项义务因此无法判断",
    "attention_blind": "{grid}　{n} 项指标不能判断或不能全部判断（缺列、名册未报等），不算好也不算差，请补报。",
    "attention_change": "{grid}　{metric}：本月 {on_time}/{due}，比它自己以往的正常波动更差（不是偶然），请了解原因。",
    "attention_more": "其余 {n} 项",
    "concern_kind": "类别",
    "attention_what": "事项",
    "attention_n": "项数",
    "attention_days": "最久逾期（天）",
    "attention_before": "以前月份未办（项）",
    "attention_before_days": "以前月份未办的最久逾期（天）",
    "attention_before_note": "到期在以前各月、至今没有办结的同一指标的义务，不在“项数”之内。",
    "tier_0": "涉及挂牌督办",
    "tier_1": "上级交办、信访",
    "tier_2": "已知未解决",
    "tier_3": "看不出",
    "tier_4": "没有到场、在岗",
    "tier_5": "手续、填报",
    "draft_paper": "起草督办单、提示函",
    "pick_concern": "就哪一项起草",
    "pick_bearer": "发给哪个承担义务的网格",
    "bearer": "{grid}（本月 {n} 项，以前 {carried} 项，{kind}）",
    "draft_note": ("草稿按所列义务逐项写明依据与来源行，签发之前请逐项核对。首次超期用提示函，再次超期用督办单。"),
    "enforcement": "执法情况",
    "enforcement_note": "只陈述件数与金额，不分好坏，不排名。",
    "dots": "各区县与区间",
    "dots_units": "各一级网格单元与区间",
    "dots_note": (
        "点是按期率，横线是 95% 区间：横线重叠的，看不出谁好谁差。按行政区划排列，不按高低；"
        "应办不足 {min_n} 项的只列按期/应办；竖线是目标。"
    ),
    "dots_alt": "{metric}各单位的按期率与 95% 区间：{lines}。",
    "dots_target": "目标 {target}",
    "dots_few": "件数少",
    "dots_partly": "部分不可测",
    "dots_low": "95% 区间下限",
    "dots_high": "95% 区间上限",
    "dots_none": "没有到期的义务。",
    "complete": "数据是否齐全",
    "complete_missing": "未报送台账 {n} 张",
    "complete_others": "含{names}的",
    "complete_blind": "不能全部判断的指标 {n} 项",
    "complete_stage_open": "当月未结束",
    "complete_stage_none": "尚未固化",
    "complete_stage": "{stage}已固化",
    "complete_restated": "固化后有数据更正",
    "complete_back_unseen": "退回情况只有报送单位看得到",
    "rows_unseen": "台账由上级报送：各行的读取、退回情况这里看不到。",
    "complete_back": "退回待核 {n} 行",
    "signal": "波动",
    "signal_note": (
        "波动：与它自己以往各月相比，是正常波动还是不是偶然；达标把握：照现在的样子，往后能不能稳定达到目标。"
        "满 12 个月、月均 5 件以上才判。"
    ),
    "signal_none": "不判",
    "card_beside": "1—{number}月累计 {to_date}　去年同月 {year_ago}",
    "map_counties": "区县示意图",
    "map_by_county": "本指标不由乡镇承担：一块一个区县。",
    **{f"variation_{key}": zh for key, zh in VARIATION_ZH.items()},
    **{f"assurance_{key}": zh for key, zh in ASSURANCE_ZH.items()},
}
