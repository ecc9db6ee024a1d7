"""What a clerk is told of a column: its kind in plain Chinese, the forms that are read, an example, whether it must be.

One source for the template's instructions, its input messages and the reference page.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.contracts import Column, Contract

CADENCE_ZH = {"monthly": "按月报送", "on_change": "有变动时报送", "yearly": "每年报送"}


@dataclass(frozen=True)
class Form:
    """One type of column. kind: its name; accepted: the forms that are read; example: a value that is accepted."""

    kind: str
    accepted: str
    example: str


FORMS = {
    "text": Form("文字", "照实填写，不限格式", "示例文字"),
    "code": Form("编号", "照原编号填写；按文字保存，开头的 0 不会丢", "示例0001"),
    "grid": Form(
        "网格",
        "乡镇（街道）全称，或区县市、一级网格单元的名称；也认其政府、生态环境局（分局、站）；可从下拉列表选",
        "大码头街道",
    ),
    "instant": Form(
        "日期时间",
        "2026-10-12、2026/10/12、2026年10月12日、20261012；"
        "有时刻的接着写 14:30 或 14时30分，也认上午、下午、早8点、晚8点；还没有的留空，也可写“未完成”",
        "2026-10-12 14:30",
    ),
    "due": Form("期限", "2026-10-31、2026/10/31、2026年10月31日；有时刻的接着写 14:30", "2026-10-31"),
    "day": Form("日期", "2026-10-12、2026/10/12、2026.10.12、2026年10月12日、20261012", "2026-10-12"),
    "count": Form("个数", "0、1、2 这样的整数，也认“两个”“十二处”；没有填 0，也可写“无”“未发现”", "1"),
    "number": Form("数", "只填数字，可带小数，不写单位", "1.5"),
    "flag": Form("是否", "是、否；不清楚就留空，留空不当作“否”", "是"),
    "name": Form("姓名", "照实填写一人", "王示例"),
    "names": Form("姓名（可多人）", "几个人之间用顿号、逗号、分号、斜杠或空格隔开", "张示例、李示例"),
    "list": Form("多项", "几项之间用顿号、逗号、分号或换行隔开", "示例化工厂、示例水厂"),
    "word": Form("选项", "只用所列说法", ""),
    "deadline": Form(
        "时限",
        "日期如 2026-10-31；或 立行立改、即知即改、24小时内、30日内、30个工作日内、一周内、1个月内、"
        "2026年10月底前、年底前、长期坚持、持续整改",
        "30日内",
    ),
    "month": Form("月份", "2026-10、2026年10月、202610；不要写 2026.1", "2026-10"),
    "year": Form("年度", "2026、2026年、2026年度", "2026"),
    "cycle": Form("频次", "每周1次、每月2次、每季度1次、半年1次、每年1次", "每季度1次"),
}
"""By type of the contracts; a test holds that every type is told of."""

# What a text or code is called says what a fitting example looks like; the first that fits.
_EXAMPLES = (
    (("电话", "手机"), "0737-0000000"),
    (("编码",), "430902005"),
    (("文号", "文书编号"), "示例〔2026〕1号"),
    (("网格名称",), "示例镇"),
    (("单位", "机构"), "示例大队"),
    (("姓名", "领导", "带队人", "经办人", "填报人", "审核人", "验收人", "复查人", "代理人", "责任人"), "王示例"),
)


def example(column: Column) -> str:
    """A value that the column accepts, as a person would write it."""
    if column.type == "word":
        return next(iter(column.words.values()))[0]
    if column.type in {"text", "code"}:
        for endings, value in _EXAMPLES:
            if column.zh.endswith(endings):
                return value
    return FORMS[column.type].example


def choices(column: Column) -> list[str]:
    """The words to choose from: the first of each value; 是 and 否 for a flag; none for other types."""
    if column.type == "flag":
        return ["是", "否"]
    return [words[0] for words in column.words.values()]


def accepted(column: Column) -> str:
    """The forms that are read, the words of a choice included."""
    if column.type == "word":
        return f"从下列说法中选一个：{'、'.join(choices(column))}"
    return FORMS[column.type].accepted


def must_fill(contract: Contract, column: Column) -> bool:
    """Whether an empty cell sends the row back."""
    return column.required or column.name in contract.identifying


def obligation_zh(contract: Contract, column: Column) -> str:
    """Whether the column must be there and be filled, in words."""
    if column.name in contract.identifying:
        return "必填，表头必须有"
    return "必填" if column.required else "选填"
