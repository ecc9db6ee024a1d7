"""情况说明: read strictly, used for duties past due alone, and what is wrong is told with file and entry."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builds import rules
from house import House, patrol, problem

from pipelines import steps
from pipelines.release.explanations import read_explanations
from pipelines.release.seeding import load_kept
from pipelines.release.shelf import Shelf
from pipelines.reports import PaperError
from pipelines.reports.explanation_form import _lines, write_form
from pipelines.snapshot.walk import Obligation

ENTRY = """
[[explanation]]
metric_id = "rectification"
obligation_id = "{}"
by = "示例甲"
written_on = {}
text = "{}"
"""


def entry(duty: str = "rectification/anhua/A/r1", on: str = "2026-11-10", text: str = "示例原因") -> str:
    return ENTRY.format(duty, on, text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (entry().replace("by =", "who = 1\nby ="), "第 2 条：未知的键 who；未采用"),
        (entry().replace("by = ", "# by = "), "第 2 条：缺少 by；未采用"),
        (entry(on='"2026-11-10"'), "第 2 条：written_on 应为不加引号的日期，如 2026-11-10，现为 '2026-11-10'；未采用"),
        (entry(text=" "), "第 2 条：text 应为加引号的文字，不能空着；未采用"),
        (entry(text="长" * 2001), "第 2 条：text 超过 2000 字；未采用"),
    ],
)
def test_a_wrong_entry_is_told_and_the_others_are_used(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "甲.toml").write_text(f"{entry(text='一')}{content}{entry(text='三')}", "utf-8")
    found = read_explanations(tmp_path)
    assert found.astray == (("甲.toml", words),)
    assert [(one.text, one.file, one.entry) for one in found.entries] == [("一", "甲.toml", 1), ("三", "甲.toml", 3)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[[explanation]\n", "无法读取，应为 UTF-8 的 TOML"),
        ("说明".encode("gb18030"), "无法读取，应为 UTF-8 的 TOML"),
        (b'text = "x"\n', "未知的键 text；每条应写在 [[explanation]] 之下"),
        (b'explanation = "x"\n', "explanation 应写成 [[explanation]]，一条一节"),
    ],
)
def test_a_wrong_file_is_told_and_the_others_are_used(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    (tmp_path / "b.toml").write_text(entry(), "utf-8")
    found = read_explanations(tmp_path)
    ((name, reason),) = found.astray
    assert name == "a.toml"
    assert words in reason
    assert [one.file for one in found.entries] == ["b.toml"]


ENTRIES = [
    entry(),
    entry("rectification/anhua/B/r1", "2026-11-17"),
    entry("rectification/anhua/C/r1"),
    entry("rectification/anhua/Z/r1"),
    entry().replace('"rectification"', '"rectifikation"'),
    entry(on="2026-11-21"),
    *(entry(on=day) for day in ("2026-11-08", "2026-11-09", "2026-11-16")),
    entry("rectification/anhua/Y/r1", "2026-11-11", "示例：停电"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house with an overdue, a late and a punctual rectification, and these explanations."""
    folder = tmp_path_factory.mktemp("explanations")
    (folder / "x.toml").write_text("".join(ENTRIES), "utf-8")
    house = House(as_of="2026-11-20 09:00")
    house.ledger("patrol", [patrol("1", "田庄乡", "2026-10-08", "示例甲")])
    house.ledger(
        "problem",
        [problem("A"), problem("B", rectified_at="2026-10-25"), problem("C", rectified_at="2026-10-15")],
    )
    house.build().rows("select 1 from published.misplaced_file")
    house.is_lent = True  # what is laid in below is no other test's
    load_kept(house.warehouse.con, Shelf(), rules().fixing, folder, "2026-09", house.as_of)
    # Y was overdue when October was fixed; no ledger holds it now
    gone = "'2026-10', 'preliminary', 'rectification', 'rectification/anhua/Y/r1', '2026-10', 'g430923209'"
    house.warehouse.con.execute(f"insert into seed.release_unmet values ({gone})")
    for model in rules().tables:
        if model.name in ("published.explanation", "published.misplaced_file"):
            steps.compute(house.warehouse.con, model)
    return house


def asked(house: House, query: str) -> list[tuple[Any, ...]]:
    return house.warehouse.con.execute(query).fetchall()


def test_only_duties_past_due_are_explained(house: House) -> None:
    there = ("anhua", "2026-10", False)
    assert asked(house, "select * from published.explanation where entry < 7 order by entry") == [
        (
            "rectification",
            "rectification/anhua/A/r1",
            "示例甲",
            date(2026, 11, 10),
            "示例原因",
            "x.toml",
            1,
            True,
            *there,
        ),
        (
            "rectification",
            "rectification/anhua/B/r1",
            "示例甲",
            date(2026, 11, 17),
            "示例原因",
            "x.toml",
            2,
            False,
            *there,
        ),
    ]
    told = asked(house, "select path, reason_zh from published.misplaced_file order by reason_zh")
    assert {path for path, _ in told} == {"../state/explanations/x.toml"}
    assert [reason for _, reason in told] == [
        "第 3 条：rectification/anhua/C/r1 没有超期，情况说明只用于超期的义务；未采用",
        "第 4 条：没有 rectification/anhua/Z/r1 这项义务；未采用",
        "第 5 条：没有 rectifikation 这个指标；未采用",
        "第 6 条：written_on 为 2026-11-21，晚于计算时点；未采用",
    ]


def test_the_window_is_from_the_preliminary_day_to_the_day_before_the_final_one(house: House) -> None:
    within = dict(asked(house, "select written_on, is_within_window from published.explanation where not is_gone"))
    assert within == {
        date(2026, 11, 8): False,
        date(2026, 11, 9): True,
        date(2026, 11, 10): True,
        date(2026, 11, 16): True,
        date(2026, 11, 17): False,
    }


def test_the_form_is_toml_and_each_entry_can_be_uncommented(house: House, tmp_path: Path) -> None:
    con = house.warehouse.con
    query = "select * from published.obligation where obligation_id = 'rectification/anhua/A/r1'"
    row = con.execute(query).df().to_dict("records")[0]
    given = {name: row.get(name) for name in Obligation.__dataclass_fields__}
    odd = {"obligation_id": 'rectification/anhua/A"\\1/r1', "subject_text": "示例\n问题", "metric_zh": "按期整改率"}
    duty = Obligation(**{**given, "grid_name": "田庄乡", **odd})
    text = "\n".join(_lines([duty], "安化县", "2026-10", house.as_of))
    assert tomllib.loads(text) == {}
    filled = text.replace('# by = ""', '# by = "示例乙"').replace("written_on = ", "written_on = 2026-11-10")
    head, _, entry_text = filled.replace('text = ""', 'text = "示例"').partition("# [[")
    uncommented = "\n".join(line.removeprefix("# ") for line in f"# [[{entry_text}".splitlines())
    (tmp_path / "x.toml").write_text(head + uncommented, "utf-8")
    (told,) = read_explanations(tmp_path).entries
    assert (told.obligation_id, told.by, told.written_on) == (odd["obligation_id"], "示例乙", date(2026, 11, 10))


def test_a_form_that_may_hold_answers_is_not_overwritten(tmp_path: Path) -> None:
    write_form(tmp_path / "a.toml", "x")
    with pytest.raises(PaperError, match="已存在"):
        write_form(tmp_path / "a.toml", "y")
    with pytest.raises(PaperError, match="toml 结尾"):
        write_form(tmp_path / "a.xlsx", "y")
    assert (tmp_path / "a.toml").read_text("utf-8") == "x"
