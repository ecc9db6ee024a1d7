"""The texts of 办理时效: a part of words.ZH."""

from __future__ import annotations

TIMELINESS_ZH: dict[str, str] = {
    "timeliness": "办理时效",
    "pick_span": "期间",
    "pick_timed_metric": "指标",
    "span_month": "当月",
    "span_to_date": "1 月至当月",
    "span_year": "全年",
    "span_shown_to_date": "{year}年1—{number}月累计",
    "span_shown_year": "{year}年全年",
    "unknown_span": "网址中的期间“{value}”无法识别，已按当月显示。",
    "timed_metric": "{group} · {metric}",
    # the rates
    "honest": "按期率",
    "counted_honest": "按期 ÷ 应办（按期、超期办结、超期未办结）",
    "closed_only": "仅按已办结计",
    "counted_closed_only": "按期 ÷（按期、超期办结）；仅供对照，不作评价",
    "original_rate": "按原时限",
    "counted_original_rate": "延期不算数；分母与按期率相同",
    "silent_rate": "未报送按未履行计",
    "counted_silent_rate": "按期 ÷（应办、未报送）",
    "interval": "95% 区间 {low}—{high}",
    "no_rate_few": "不足 {min_n} 件，不出百分比",
    "why_differ": (
        "两个数为什么不同：应办 {due} 件里有 {overdue} 件超期至今没有办结，按期率算进分母；"
        "仅按已办结计把这 {overdue} 件整个略去，只在办结的 {closed} 件里看，{on_time} / {closed} "
        "就显得比 {on_time} / {due} 好。越是拖着不办，这个数反而越好看。"
    ),
    "why_none_closed": (
        "应办 {due} 件没有一件办结（超期未办结 {overdue} 件），仅按已办结计就算不出来，按期率照样是 {on_time} / {due}。"
    ),
    "why_same": "应办 {due} 件都已办结，没有超期未办结的，所以两个数相同。",
    "undated": "另有 {k} 件未定时限，不在应办之内：没有时限就无所谓超期，请补定时限。",
    "silent": "另有 {k} 项因台账未报送无法判断，不在应办之内；按未履行计见“未报送按未履行计”。",
    "clashing": "另有 {k} 件时间矛盾，不在应办之内。",
    "still_open": "在办未到期 {k} 件，到期之后才计入。",
    "rates_none": "所选期间没有到期的义务。",
    # months
    "states_by_month": "八种状态逐月",
    "states_by_month_note": "每柱为当月到期义务按状态的项数，至多 24 个月。表中数字点开即为逐项义务。",
    "states_by_month_alt": "{metric}逐月各状态的义务数，{first}至{last}；数字见下表。",
    "states_by_month_none": "到所选月份为止没有这项义务。",
    "blind_column": "不可测网格",
    "all_duties": "义务总数",
    "limit_word": "时限",
    "month_column": "月份",
    # ageing
    "ageing": "超期未办结的整改拖了多久",
    "ageing_note": "{month}月末（未结束的月份为计算时点）已过整改时限而未完成的件数，按超期天数分档；点件数看每一件。",
    "ageing_none": "没有超期未办结的整改。",
    "ageing_later": "所选月份还没有开始，无从计起。",
    "ageing_blind": "没有能看出超期与否的台账，不可测。",
    "ageing_lacking": "其中 {n} 个单位不可测或未报送，不在数内：{names}",
    "band_open_overdue_0_7": "0—7 日",
    "band_open_overdue_8_30": "8—30 日",
    "band_open_overdue_31_90": "31—90 日",
    "band_open_overdue_over_90": "91 日以上",
    "oldest": "拖得最久的 {n} 件",
    "oldest_note": "天数算到{month}月末；网格档案与义务明细算到计算时点，所以更多。",
    "problem_no": "问题编号",
    "where": "网格",
    "what": "问题",
    "due_day": "时限",
    "days_over": "超期天数",
    "days": "{n} 天",
    "done_later": "后于 {day} 完成",
    # survival
    "survival": "整改用时：到第几天还有多少没完成",
    "survival_note": (
        "{span}发现的问题，纵轴为尚未完成的比例。没完成的也算在内（计到计算时点），不因没完成而被略去。"
        "复查不合格的不算完成，仍从发现之日算起，一个问题一件。"
    ),
    "survival_none": "所选期间没有发现的问题。",
    "survival_few": "只有 {n} 件，已完成 {events} 件；不足最少件数，不画曲线、不出中位数。",
    "survival_no_curve": "乡镇不画曲线（件数少），只列上面的数。",
    "survival_count": "{n} 件整改，已完成 {events} 件，其余仍在进行。",
    "median": "一半在 {median} 天内完成（中位数；95% 区间 {low}—{high} 天）。",
    "median_open_end": "一半在 {median} 天内完成（中位数；95% 区间自 {low} 天起，上限还看不到）。",
    "median_none": "过半没有完成，中位数还看不到。",
    "survival_alt": "整改用时曲线：{n} 件，已完成 {events} 件。{marks}",
    "survival_mark": "第 {day} 天仍未完成 {share}",
    "survival_city": "全市（对照）",
    "survival_band": "95% 区间",
    "survival_open": "仍在进行（计到此日）",
    "survival_x": "自发现起的天数",
    "at_risk": "看满该天数而未完成的件数",
    "at_risk_day": "天数",
    "at_risk_note": "到这一日开始时还没有完成、也还看得到的件数",
    "still_share": "其后尚未完成",
    "still_share_note": "这一日之后仍未完成的比例；没完成的计到计算时点。已经看不到的日子不列",
    # classes
    "by_class": "信访与交办，按时限种类",
    "by_class_note": (
        "按期 / 应办；{span}到期的。点数字打开该指标的逐项义务，信访、热线同在一份清单，各项写有时限依据。"
    ),
    "by_class_none": "所选期间没有到期的信访、交办事项。",
    "class_metric": "事项",
    "class_limit": "时限种类",
    "class_share": "按期 / 应办",
    "class_petition_acceptance": "信访受理",
    "class_petition_closure_petition": "信访答复",
    "class_petition_closure_hotline": "热线办结",
    "class_assigned_problem": "交办问题办结",
    "class_unreported": "台账未报送",
    "limit_petition_acceptance": "法定受理期限",
    "limit_petition_closure_petition": "法定办理期限，经批准可延长",
    "limit_petition_closure_hotline": "工单所写时限",
    "limit_assigned_problem": "交办单所写时限",
    "limit_unreported": "不知有无",
}
