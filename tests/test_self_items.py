"""The list of items: dated, of known duties, and no name with two meanings on one day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.dated_rules import CatalogueError
from pipelines.self_items import load, load_lines

OBLIGATION = {"patrol_coverage": "巡查覆盖率", "rectification": "按期整改率"}
ENTRY = """[[item]]
zh = "整改"
names = ["整改"]
metrics = ["rectification"]
basis = "本系统暂定"
source = "示例"
valid_from = 2021-05-07
"""


def read(tmp_path: Path, text: str) -> list[tuple[str, tuple[str, ...], date | None]]:
    (tmp_path / "self_items.toml").write_text(text, "utf-8")
    items = load(tmp_path, OBLIGATION)
    return [(item.zh, item.metric_ids, item.valid_to) for item in items]


def test_a_duty_means_itself_and_another_meaning_begins_when_the_former_ends(tmp_path: Path) -> None:
    later = ENTRY.replace("rectification", "patrol_coverage").replace("2021-05-07", "2025-01-01")
    assert read(tmp_path, f"{ENTRY}valid_to = 2024-12-31\n{later}") == [
        ("整改", ("rectification",), date(2024, 12, 31)),
        ("整改", ("patrol_coverage",), None),
        ("巡查覆盖率", ("patrol_coverage",), None),
        ("按期整改率", ("rectification",), None),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY + ENTRY, "同时有效"),
        (ENTRY.replace('["整改"]', '["按期整改率"]'), "同时有效"),
        (ENTRY.replace('["rectification"]', '["nothing"]'), "没有这些义务"),
        (ENTRY.replace('["整改"]', "[]"), "names、metrics 为空"),
        (ENTRY.replace("本系统暂定", "听说"), "basis"),
        (ENTRY + 'weight = "1"\n', "未知的键"),
        ("[[items]]\n", "只有"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read(tmp_path, text)


LINE = """[[line]]
undated_at_most = 0.1
blind_months_at_most = 3
basis = "本系统暂定"
source = "示例"
valid_from = 2021-05-07
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "应有自 2021-05-07 起"),
        (LINE + LINE, "重叠"),
        (f"{LINE}valid_to = 2024-12-31\n" + LINE.replace("2021-05-07", "2025-02-01"), "接不上"),
        (LINE.replace("0.1", "10"), "undated_at_most"),
        (LINE.replace("= 3", "= 13"), "blind_months_at_most"),
    ],
)
def test_lines_that_cannot_be_used_say_why(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "self_items.toml").write_text(text, "utf-8")
    with pytest.raises(CatalogueError, match=message):
        load_lines(tmp_path)
