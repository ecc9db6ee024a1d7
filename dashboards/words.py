"""Every text the pages show, in Chinese and, by `?lang=en`, in English from dictionaries with the same keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Protocol
from urllib.parse import parse_qs

from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboards.coverage_words import COVERAGE_ZH
from dashboards.en import EN
from dashboards.explain_words import EXPLAIN_ZH
from dashboards.grid_words import GRID_ZH
from dashboards.history_words import HISTORY_ZH
from dashboards.metric_words import METRICS_ZH
from dashboards.overview_words import OVERVIEW_ZH
from dashboards.scope_words import SCOPE_ZH
from dashboards.self_words import SELF_ZH
from dashboards.submission_words import SUBMISSIONS_ZH
from dashboards.taken_words import TAKEN_ZH
from dashboards.timeliness_words import TIMELINESS_ZH
from pipelines.snapshot.owed_words import OWED_ZH
from pipelines.snapshot.walk import STATE_ZH

ZH: dict[str, str] = {
    "comma": "、",
    "semicolon": "；",
    "clause_comma": "，",
    "colon": "：",
    "in_brackets": "（{text}）",
    "chain_arrow": "　→　",
    "system": "益阳市环境问题网格化巡查考核",
    "overview": "月度总览",
    "submissions": "数据报送",
    "obligations": "义务明细",
    "row": "来源行",
    "demo": "演示数据",
    "city": "全市",
    "detachment": "支队",
    "pick_month": "月份",
    "pick_county": "区县",
    "pick_level": "级别",
    "pick_metric": "下列图表所示指标",
    "pick_grid_any": "网格（可输入名称查找）",
    "pick_township": "乡镇（可输入名称查找）",
    "no_township": "（未选）",
    "level_default": "页面约定",
    "level_1": "一级",
    "level_2": "二级",
    "level_3": "三级",
    "level_all": "各级合计",
    "level_note": "页面约定：巡查覆盖率、频次看三级网格，其余指标看各级合计。",
    "month_lines": "{year}年{line}{number}月",
    "month_open": "{year}年{number}月（未结束）",
    "shown_level": "{level}网格",
    "shown_all": "各级合计",
    "month_is_open": "所选月份尚未结束：未到期的义务还会变动，数字仅供在办参考。",
    "working": "正在计算，请稍候",
    "stage_preliminary": "初步数",
    "stage_final": "最终数",
    "fixed": "{month}的{stage}已固化（计算时点 {as_of}）。本页的数按现在所知的文件计；固化的数并列在义务明细里。",
    "fixed_changed": "固化之后收到的文件已引起数据更正（截至 {until}）。",
    "stale": "数据计算于 {built}，已 {days} 天没有更新。到期而无人报送的义务不会自行出现，请执行 make build 重新计算。",
    "unknown_month": "网址中的月份“{value}”不在数据之内，已改为 {used}。",
    "unknown_county": "网址中的区县“{value}”不存在或无权查看，已改为 {used}。",
    "unknown_level": "网址中的级别“{value}”无法识别，已按页面约定显示。",
    "unknown_metric": "网址中的指标“{value}”不存在，已改为 {used}。",
    "unknown_grid": "网址中的网格“{value}”不存在或无权查看，已略去。",
    "unknown_state": "网址中的状态“{value}”无法识别，已显示全部状态。",
    "unknown_lang": "页面只有中文与英文（en），网址中的语言“{value}”已略去。",
    "due": "按期 / 应办",
    "nothing_due": "无应办",
    "target": "目标 {target}",
    "verdict_met": "达到目标 {target}",
    "verdict_below": "未达目标 {target}",
    "verdict_undated": "未定时限超过一成，不作达标判断",
    "verdict_silent": "未报送按未履行计则未达目标 {target}",
    "verdict_blind": "可测的网格达到目标 {target}；另有网格不可测，不作达标判断",
    "verdict_few": "应办不足 {min_n} 项，只列分子分母，不出百分比",
    "verdict_nothing_due": "本月没有到期的义务",
    "blind": "不可测",
    "blind_more": "另有 {n} 个网格不可测",
    "blind_all": "逐个查看 {n} 个不可测的网格",
    "blind_grids": "不可测的网格　{n} 个",
    "blind_note": "判断不了是否履行，不算履行，也不算未履行，不计入应办。",
    "blind_county": "{county}（{n}）",
    "blind_names": "网格",
    "reason": "缘由",
    "mend_line": "如何改正：{text}。",
    "if_unmet": "未报送按未履行计 {rate}",
    "original": "按原时限 {on_time} / {due}{rate}",
    "count": "{state} {n}",
    "measured": "{n}/{of} 县可测",
    "measured_partly": "{n}/{of} 县可测（其中 {partial} 个部分可测）",
    "measured_one": "可测",
    "measured_one_partly": "部分可测",
    "measured_one_not": "不可测",
    "measured_none": "该月尚无报送要求",
    "open_duties": "逐项查看 {n} 项义务",
    "limit": "时限依据：{text}",
    "formula": "口径：{text}",
    "clause": "方案条款：{text}",
    "about_figure": "口径与依据",
    "map": "乡镇示意图",
    "map_note": "一格一个乡镇（街道），位置只示大致方位，不代表边界与面积。颜色只表示状态，不是排名。",
    "map_hatched": "斜线格为 6 个“其他”单位（开发区、湿地中心等）：是否承担巡查义务尚待支队明确，目前不计巡查义务。",
    "map_alt": "{month}{metric}：{n} 个网格的状态示意图。{summary}",
    "map_empty": "所选范围内没有乡镇。",
    "tile_hint": "点选图中一格，或在此选一个乡镇，查看它的义务与来源。",
    "tile_xn": "按期 {on_time} / 应办 {due}",
    "tile_open": "查看该乡镇的义务",
    "township_chosen": "已选乡镇",
    "unmet": "超期未办结（点名）",
    "unmet_none": "所选范围内没有超期未办结的义务。",
    "unmet_more": "其余 {n} 项，全部查看",
    "unmet_note": "按区县、到期日排列，不是排名。在岗人是到期日在岗人。",
    "unreported": "未报送",
    "unreported_line": "{county}　{n} 项义务无法判断",
    "unreported_note": "应报台账没有送达，既不算履行也不算未履行；考核时按未履行计。",
    "over": "逾期 {n} 天",
    "late_by": "超期 {n} 天",
    "due_on": "{day} 到期",
    "no_due": "无到期日",
    "met_on": "{day} 履行",
    "in_post": "到期日在岗人 {name}",
    "in_post_acting": "到期日由 {name} 代理（{post}空缺）",
    "in_post_nobody": "到期日无人在岗（名册未列{post}）",
    "in_post_unknown": "名册未报，到期日在岗人不明",
    "chain": "责任链　{links}",
    "chain_link": "{level} {grid} {person}",
    "chain_departments": "（{names}）",
    "chain_nobody": "（无人在岗）",
    "post_chief": "网格长",
    "post_head": "机构负责人",
    "post_days": "任职第 {n} 天",
    "deputy": "代理人 {name}",
    "deputy_short": "（代理 {name}）",
    "extended": "经批准延期（原时限 {day}）",
    "basis": "依据：{text}",
    "basis_all": "以下各项时限依据：{text}",
    "county": "区县",
    "found": "读到",
    "accepted": "接收",
    "rejected": "退回",
    "identical": "重复",
    "files": "{n} 份",
    "none": "—",
    "missing_line": "未报送：{text}",
    "missing_none": "所需台账均已送达。",
    "returned": "退回待核 {n} 行",
    "returned_patrols": "退回待核的巡查记录　{n} 行",
    "returned_patrols_note": "这些行退回待改，改好重报后才能计入。",
    "returned_patrols_unmet": "这些行退回待改，改好重报后才能计入；其中可能就有所缺的巡查。",
    "mended": "已重报",
    "where_file": "{sender}　{table}　{file}",
    "in_file": "{file} 第 {rows} 行",
    "absent": "重报后不再出现 {n} 行，仍计入",
    "absent_note": "重报的文件里没有再出现的记录，照旧保留、照样计算；确属误报的，请在重报中改正而不是删去。",
    "same_as": "重复：与先前报来的这一行内容相同，计的是那一行",
    "absent_row": "重报后不再出现：同表后来的报送里没有这一行，仍计入。",
    "near_returned": "退回待核 {n} 行：{rows}",
    "near_uncredited": "未计入的巡查 {n} 次：{rows}",
    "near_more": "等",
    "first_rows": "以下为前 {n} 条。",
    "returned_none": "没有退回待核的行。",
    "returned_first": "以下为前 {n} 条；全部都在各县的退回待核工作簿里。",
    "table": "表",
    "line": "行",
    "field": "字段",
    "value": "所填",
    "problem": "问题",
    "mend": "如何改正",
    "trend": "逐月变化",
    "trend_alt": "{metric}逐月各状态的义务数。",
    "trend_none": "没有可画的月份。",
    "trend_note": "每柱为当月到期义务按状态的项数，各月应办数不同，不宜只看高低。",
    "footer": "发布编号 {build_id}　计算时点 {as_of}　计算于 {built_at}　指标目录 {catalogue}　时间均为北京时间",
    "back": "返回月度总览",
    "back_obligations": "返回义务明细",
    "figure_head": "{metric}　{grid}　{month}　{level}",
    "all_states": "全部 {n}",
    "page_of": "第 {page} / {pages} 页，共 {n} 项",
    "previous": "上一页",
    "next": "下一页",
    "no_duties": "没有符合条件的义务。",
    "duty_row": "形成义务的行",
    "met_row": "履行义务的行",
    "both_row": "来源行",
    "no_row": "没有来源行：义务由网格名录或报送要求产生，无台账行可履行。",
    "uncredited": "未计入任何网格的巡查　{n} 次",
    "uncredited_note": "台账里有这些巡查，但按口径不能算作任何网格自己的巡查。",
    "open_row": "查看该行",
    "row_missing": "没有这一行，或无权查看。请从义务明细进入，或核对网址中的 id。",
    "row_unreadable": "这一行的原始单元格暂时读不出：{error}",
    "row_none": "网址缺少行号（id）。请从义务明细进入。",
    "row_title": "{file}　第 {number} 行",
    "sheet_csv": "（CSV）",
    "file": "文件",
    "sheet": "工作表",
    "row_number": "行号",
    "kind": "行的类别",
    "sha256": "文件摘要 SHA-256",
    "received": "收到时间",
    "basis_receipt": "收件登记",
    "basis_first_sight": "首次看到",
    "sender": "报送单位",
    "row_id": "行编号",
    "cells": "原始单元格",
    "cells_note": "左为表头原文，右为单元格原文，未作任何改动。",
    "cells_empty": "空单元格：{names}",
    "no_header": "第 {n} 列（无表头）",
    "findings": "核查发现",
    "outcome": "处理",
    "finding_reject": "退回待核",
    "finding_mended": "退回，已重报",
    "finding_warn": "提示",
    "revisions": "更正",
    "revision_line": "{field}：{old} → {new}",
    "revision_from": "更正自",
    "revision_to": "更正为",
    "empty_value": "（空）",
    "credits": "巡查计入",
    "credit_stated": "计入 {grid}（台账写明）",
    "credit_post": "计入 {grid}（人员当日任职）",
    "credit_none": "未计入：{reason}",
    "uses": "引用本行的义务与数字",
    "uses_none": "没有哪项义务直接以这一行为据（责任人员、网格等表的行，决定的是别的行怎样计）。",
    "role_forms": "形成",
    "role_meets": "履行",
    "role_both": "形成并履行",
    "role_told": "所及",
    "use_line": "{role}：{metric}　{grid}　{month}　{state}",
    "entry_line": "{grid}　{level}　{on_time} / {due}",
    "empty_title": "尚未发布数据",
    "empty_text": "还没有可以显示的数据。请在项目目录执行下面的命令，完成后刷新本页。",
    "empty_command": "make run",
    "failed_title": "数据暂时无法读取",
    "failed_text": "发布的数据文件无法打开。原始台账不受影响；请执行下面的命令重新发布，完成后刷新本页。",
    "crashed_title": "页面出错",
    "crashed_text": "这一页没有算完，数字不可用。请返回月度总览重试；再次出现请把网址和时间告诉管理员。",
    "tile_not_owed": "“其他”单位，是否承担待定",
    "tile_not_measurable": "不可测",
    "state_not_measurable": "不可测",
    "tile_nothing_due": "无应办",
    "kind_header": "表头",
    "kind_title": "标题",
    "kind_body": "数据",
    "kind_section": "小标题",
    "kind_footnote": "注",
    "kind_note": "说明",
    "download_xlsx": "{name}表格（含说明）",
    "download_csv": "{name} CSV",
    "download_basis": "数据依据",
    "download_demo": "全部数据为虚构，仅供演示。",
    **OWED_ZH,
    **METRICS_ZH,
    **OVERVIEW_ZH,
    **SUBMISSIONS_ZH,
    **TIMELINESS_ZH,
    **COVERAGE_ZH,
    **SELF_ZH,
    **HISTORY_ZH,
    **EXPLAIN_ZH,
    **SCOPE_ZH,
    **GRID_ZH,
    **TAKEN_ZH,
    **{f"state_{state}": zh for state, zh in STATE_ZH.items()},
    **{f"tile_{state}": zh for state, zh in STATE_ZH.items()},
}
LANGUAGES = {"zh": ZH, "en": EN}
DEFAULT = "zh"


_kept: ContextVar[str] = ContextVar("language", default="")


@contextmanager
def speaking(spoken: str) -> Iterator[None]:
    """What is said within is said in this language: a file made when it is asked for is made outside its page."""
    token = _kept.set(spoken)
    try:
        yield
    finally:
        _kept.reset(token)


def language() -> str:
    """What the address bar asks for; Chinese where it asks for nothing that is spoken here, and outside a page."""
    if _kept.get():
        return _kept.get()
    context = get_script_run_ctx(suppress_warning=True)
    return _asked(context.query_string) if context else DEFAULT


@lru_cache(maxsize=512)
def _asked(query: str) -> str:
    given = parse_qs(query).get("lang", [DEFAULT])[-1]
    return given if given in LANGUAGES else DEFAULT


def say(key: str, **values: object) -> str:
    """The text for a key with its values filled in. Raises KeyError for a key nobody wrote."""
    return LANGUAGES[language()][key].format(**values)


class Named(Protocol):
    """An entry of the catalogue of metrics."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def formula_zh(self) -> str: ...
    @property
    def formula_en(self) -> str: ...


def named(entry: Named) -> str:
    """A metric's name in the language of the page."""
    return entry.en if language() == "en" and entry.en else entry.zh


def formula(entry: Named) -> str:
    """How it is computed, in the language of the page."""
    return entry.formula_en if language() == "en" and entry.formula_en else entry.formula_zh


def month_words(month: str, *, is_open: bool = False) -> str:
    """`2026-10` → 2026年10月."""
    return say("month_open" if is_open else "month", year=month[:4], number=int(month[5:]))
