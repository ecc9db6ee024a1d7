"""Headers of the tables that are taken away, where no page has them."""

from __future__ import annotations

TAKEN_ZH: dict[str, str] = {
    "take_concept": "组",
    "take_rate": "按期率",
    "take_assured": "达标把握",
    "take_target": "目标",
    "take_state": "状态",
    "take_started": "义务开始",
    "take_due": "时限",
    "take_met": "履行时间",
    "take_in_post": "到期日在岗人",
    "take_basis": "时限依据",
    "take_numerator": "分子",
    "take_denominator": "分母",
    "take_unit": "单位",
    "take_first": "最早收到",
    "take_files": "份数",
    "take_blind": "不可测的网格",
    "take_measurable": "可测县",
    "take_silent": "未报送的县区数",
    "take_counties": "县数",
    "take_numbers": "参考数值",
}
