"""What 指标说明 says: its own headings, methods in plain words, what the detachment has yet to settle."""

METHODS = (
    "rate", "rollup", "states", "unmeasured", "deadline", "few", "interval", "chart", "funnel", "survival", "score",
    "fixed",
)  # fmt: skip
# A question and the metrics it decides.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "times": ("problem_registration", "first_response", "violation_report", "escalation", "dispatch", "patrol_entry"),
    "frequency": ("patrol_frequency", "patrol_coverage"),
    "others": ("patrol_coverage", "patrol_frequency"),
    "whole_month": ("patrol_coverage", "patrol_frequency", "post_filled"),
    "sites": ("key_site_visit", "site_sweep"),
    "above": ("upper_guidance", "listed_followup"),
    "handler": ("reinspection",),
    "papers": ("document_complete", "feedback"),
    "law": ("case_filing", "case_decision", "petition_acceptance", "petition_closure", "disclosure"),
    "sending": ("export_submission", "field_completeness"),
    "evaluation": ("self_evaluation_submission", "improvement_defined"),
    "house": ("five_fixed", "grid_management", "post_filled"),
    "targets": (),
    "weights": (),
    "fixing": (),
    "who_sees": (),
}

EXPLAIN_ZH: dict[str, str] = {
    "explain": "指标说明",
    "unknown_catalogue": "网址中的指标“{value}”不在目录之内，以下列出{used}。",
    "explain_all": "全部指标",
    "pick_catalogue": "查指标（可输入名称查找）",
    "catalogue_option": "{group}　{metric}",
    "catalogue_index": "指标目录　共 {n} 项",
    "catalogue_note": "义务有人承担、有时限、有目标；数值只供参考，没有目标，不排名。点名称看全部说明。",
    "catalogue_differs": (
        "数按指标目录 {published} 版计算，规则文件现为 {now} 版；时限、目标、权重的沿革取自后者，重新计算后两者一致。"
    ),
    "catalogue_download": "指标目录",
    "catalogue_metric": "指标",
    "catalogue_id": "编号",
    "catalogue_en": "英文名",
    "catalogue_kind": "类别",
    "catalogue_duty": "义务",
    "catalogue_number": "数值",
    "catalogue_group": "组",
    "catalogue_levels": "谁承担",
    "catalogue_levels_text": "{levels}网格",
    "catalogue_clause": "方案条款",
    "catalogue_clause_text": "方案{id}：{duty}",
    "catalogue_formula": "口径",
    "catalogue_formula_en": "英文口径",
    "catalogue_combined": "怎样合成",
    "catalogue_unit": "单位与方向",
    "catalogue_unit_alone": "单位",
    "catalogue_direction": "方向",
    "catalogue_min": "最少件数",
    "catalogue_min_text": "{n}；不足的只写分子、分母，不写百分比，不排名",
    "catalogue_needs": "缺列时",
    "catalogue_owner": "归口",
    "catalogue_version": "口径版本",
    "catalogue_version_text": "第 {version} 版（指标目录 {catalogue}）",
    "catalogue_figure": "目前",
    "catalogue_open_duties": "看义务明细",
    "catalogue_open_facts": "看数值明细",
    "catalogue_held": "时限、目标与权重的沿革",
    "catalogue_held_note": "按生效日管用：改动另加一条，此前的义务仍按当时有效的一条。",
    "catalogue_kind_limit": "时限",
    "catalogue_kind_target": "目标",
    "catalogue_kind_weight": "权重",
    "catalogue_what": "项目",
    "catalogue_rule": "内容",
    "catalogue_since": "生效",
    "catalogue_basis": "依据",
    "catalogue_ours": "本系统暂定",
    "catalogue_from": "{since} 起",
    "catalogue_span": "{since} 至 {until}",
    "catalogue_target": "目标",
    "catalogue_limit": "时限",
    "catalogue_about": "指标说明：{metric}",
    "direction_up": "越高越好",
    "direction_down": "越低越好",
    "direction_neutral": "不分好坏，不排名",
    "clauses": "条款、指标与页面",
    "clauses_note": (
        "方案每一条由哪些指标来量，在哪一页看；台账看不出的，写明为什么不设指标。编号照方案原文（原文没有三）。"
    ),
    "clauses_id": "条款",
    "clauses_duty": "方案的要求",
    "clauses_metrics": "指标",
    "clauses_pages": "页面",
    "clauses_beyond": "台账看不出的",
    "cards_title": "评分卡",
    "cards_note": (
        "每级网格一张，只列该级自己承担的义务，各项之和为 100 分。比率到目标得满分，到零分线及以下不得分，其间按直线。"
    ),
    "cards_group": "组",
    "cards_weight": "权重",
    "cards_floor": "零分线",
    "methods": "方法，用平常的话说",
    "method_rate_head": "率怎样算",
    "method_rate": (
        "率 = 按期办结 ÷（按期办结 + 超期办结 + 超期未办结）。别的状态另列，不进分子，也不进分母。"
        "只拿办结的来算，拖着不办的就没了，率会虚高，所以不用。“未报送按未履行计”的率旁边另列，评分用的是它：不报不占便宜。"
    ),
    "method_rollup_head": "上级怎样合计",
    "method_rollup": (
        "各网格的分子加在一起，分母加在一起，最后除一次；从不拿各乡镇的率再平均。"
        "三件里办成三件的乡镇，不会和一百件里办成九十件的一样重。"
    ),
    "method_states_head": "一项义务八种状态",
    "method_states": (
        "按期办结、超期办结、超期未办结、在办未到期、未定时限、时间矛盾、不纳入考核、未报送，只能是其中一种。"
        "未定时限：义务在，台账没写时限，或写的不是日期（如“长期坚持”）。时间矛盾：几个日期互相打架，如完成早于发现。"
        "不纳入考核：重复件、作废件、依法中止的。没有到期义务的，写“无应办”，不是零分，也不是满分。"
    ),
    "method_unmeasured_head": "不可测与未报送",
    "method_unmeasured": (
        "未报送：该报的台账没有来，办没办谁也不知道；评分按没有办计。"
        "不可测：台账来了，但缺了判断所需的列，或写的人不在名册，看不出办没办；不算办了，也不算没办，不进应办，"
        "页面写明几个县可测。缺列、不报都得不到好处：评分时这些分数算“看不出”，不能据此判达标。"
    ),
    "method_deadline_head": "时限怎样数",
    "method_deadline": (
        "按小时的，台账只写到日的，算到期满那天的 24 时。按工作日的，照国务院办公厅的放假调休安排。"
        "末日写到日的，计至当日 23:59:59。延期要在原时限之前经上级网格批准才算，原时限下的数并列。"
        "复查不合格的，前一轮照旧，另起一轮按新的时限计。"
    ),
    "method_few_head": "件数少的怎样看",
    "method_few": (
        "应办不足最少件数（一般 10 件）的，只写按期几件、应办几件，不写百分比，不判达标，不排名。"
        "应办 3 件、超期 1 件，写成 67% 吓人，其实只差一件。"
    ),
    "method_interval_head": "率旁边的区间",
    "method_interval": (
        "只凭这些件数，真正的水平大致落在哪里（95% 的把握，威尔逊算法）。10 件办成 9 件，率是 90%，区间约 60%—98%；"
        "100 件办成 90 件，区间约 83%—94%。件数越多，区间越窄。两个县的区间大半重叠，就不能说谁好谁差。"
        "分子可以大过分母的（如每百次巡查发现的问题数），用拜尔算法。"
    ),
    "method_chart_head": "波动判读（控制图）",
    "method_chart": (
        "每月的数总有高低。用到当月为止的各月算出中线和上下限，符合下面一条才算有变化："
        "越出上下限；相邻三个月里有两个月靠近同一侧的限（过了三分之二）；连续七个月在中线同一侧；连续七个月一路升或一路降。"
        "此外都是平常波动，不必逐月追问原因。满十二个月、平均每月满五件才判读；缺数的月份断开；以后的数不改以前的判读。"
    ),
    "method_funnel_head": "漏斗图",
    "method_funnel": (
        "横着是件数，竖着是率。件数少的网格，碰巧高、碰巧低都平常，所以限像漏斗，左宽右窄。"
        "落在漏斗里的，与大家的差别可以只是偶然；落在外面的，才值得去问原因。件数不足的只画不判。名次只给一段区间，不给一个数。"
    ),
    "method_survival_head": "用时（没办完的也算）",
    "method_survival": (
        "只算办完的，最难的还拖着，平均天数反而好看。这里把没办完的也计入：它至少已经拖了这么多天。"
        "“中位数”是一半问题办完所用的天数；还没有一半办完的，写不出来，不等于快。"
        "从发现起计，复查不合格的那次完成不算，继续计时。作废的、日期矛盾的不计。"
    ),
    "method_score_head": "得分与结论",
    "method_score": (
        "只评网格自己承担的义务，下级的不重复算。没有应办的项目不得分也不失分，权重不计："
        "总分 = 得分之和 × 100 ÷ 可评分值。"
        "可评分值太少的写“可评不足”，不下结论。达标要每一组、每一项都过线，一项很差，别的再好也补不上；"
        "一件超期定不了未达标。权重、目标和各条线都是本系统暂定。"
    ),
    "method_fixed_head": "固化与数据更正",
    "method_fixed": (
        "次月第 6 个工作日零时出初步数，第 12 个工作日零时出最终数，其间可以核对、重报、写情况说明。固化的数此后不改。"
        "后来的文件使数变了的，另列“数据更正”：原来是多少，现在是多少，哪一份文件引起的。情况说明只并列，不改状态。"
    ),
    "questions": "待支队明确的事项",
    "questions_note": (
        "方案没有定、或条文有待核对的，本系统先这样算；支队定了以后另加一条、写明生效日，以前的义务不改。"
    ),
    "questions_ask": "待明确",
    "questions_now": "现在怎样算",
    "questions_for": "影响的指标",
    "ours_title": "本系统暂定的时限与目标　{n} 条",
    "ours_name": "本系统暂定的时限与目标",
    "ours_note": "一条一行，供支队逐条核定。",
    "question_times": "方案写“立即”“及时”“第一时间”的，各是多少小时？",
    "question_times_now": "登记、到场、上报、移送、交办、录入都是 24 小时。",
    "question_frequency": "各级网格每月要巡查几天？",
    "question_frequency_now": (
        "一级 1 天、二级 2 天、三级 4 天；当月结束前报来巡查计划的从计划，县区自定的不能低于本级。"
    ),
    "question_others": "开发区、湿地中心等 6 个“其他”单位是否承担巡查义务？",
    "question_others_now": "不承担，地图上画斜线。",
    "question_whole_month": "月中设立或撤销的网格，当月承担不承担？",
    "question_whole_month_now": "当月每一天都在的网格才承担。",
    "question_sites": "重点点位多久去一次，一般点位多久排查一遍？",
    "question_sites_now": "清单写了频次的从清单；没写的每季一次；全部点位每年一遍。",
    "question_above": "上级网格多久指导一次下级，挂牌问题多久督办一次？",
    "question_above_now": "指导、抽查每季至少一次；挂牌督办每月至少一次。",
    "question_handler": "整改的经办人自己去复查，算不算复查？",
    "question_handler_now": "算，依据里注明“复查人即经办人”。",
    "question_papers": "没有当场改正的，几天内下文书；办结后几天内反馈？",
    "question_papers_now": "文书 7 日；反馈 5 个工作日。",
    "question_law": "立案、处罚决定、信访、公开的法定期限，条文和天数对不对？",
    "question_law_now": "按所知的法定期限计，每条注明“条文待核”。",
    "question_sending": "台账每月几号前报，必填的格至少填多少？",
    "question_sending_now": "次月 5 日前，逢非工作日顺延；必填的格至少填 95%。",
    "question_evaluation": "自评哪天前上报，自评项目与指标怎样对应？",
    "question_evaluation_now": "次年 1 月 31 日前；对应关系按项目名称，由本系统暂定。",
    "question_house": "五定、制度、例会、自查各要多久一次、要什么凭据？",
    "question_house_now": "会议、自查每年各至少一件，制度、五定定过的此后仍算；凭网格管理记录。",
    "question_targets": "各项指标的目标定多少？",
    "question_targets_now": "巡查覆盖率 100%，其余 95%。",
    "question_weights": "评分卡的权重，达标、未达标、可评不足各条线定多少？",
    "question_weights_now": "见上面的评分卡，各级分列。",
    "question_fixing": "每月哪天出初步数、最终数，核对期几天？",
    "question_fixing_now": "次月第 6 个、第 12 个工作日零时；核对期 5 个工作日满。",
    "question_who_sees": "县区能否看别的县区的数，谁能看到人名？",
    "question_who_sees_now": "页面只在本机打开，看得到全市和人名；登录建成之前不对外提供。",
}
