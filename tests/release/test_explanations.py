"""情况说明: read strictly, used for duties past due alone, and what is wrong is told with file and entry."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from builds import rules
from house import House, patrol, problem
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import steps
from pipelines.release.explaining import refuse_unbegun, where_read, window_told
from pipelines.release.explanations import Explanation, Explanations, read_explanations
from pipelines.release.seeding import load_kept
from pipelines.release.shelf import Shelf
from pipelines.release.stages import FixingError
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


BACKSLASH = "英文双引号里不能有反斜杠 \\；把 \\ 改为 /，或两头改用英文单引号 '…'"
UNREADABLE = "打不开，或既非 UTF-8、UTF-16 也非 GBK 的文字；请用记事本另存为 UTF-8"
BEHIND_HASH = "填了，但行首的“# ”没有去掉：要采用就去掉六行行首的“# ”，不要就删掉；未采用"
PLAIN = """指标 = "按期整改率"
义务编号 = "rectification/anhua/A/r1"
谁写的 = "示例甲"
写于 = 2026年11月10日
说明 = "示例原因"
"""


def entry(duty: str = "rectification/anhua/A/r1", on: str = "2026-11-10", text: str = "示例原因") -> str:
    return ENTRY.format(duty, on, text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (entry().replace("by =", "who = 1\nby ="), "第 12 行：未知的键 who；键只有 指标、义务编号、谁写的、写于、说明"),
        (entry().replace('by = "示例甲"\n', ""), "缺少 谁写的（by）"),
        (entry().replace("by = ", "# by = "), "第 12 行 谁写的：行首的“# ”没有去掉"),
        (entry().replace("by =", 'by = "示例"\nby ='), "第 13 行：by 写了两次；每条说明都要有自己的 [[explanation]]"),
        (entry(on="11月10日"), "第 13 行 written_on：日期应写成 2026-11-05，也可写 2026年11月5日，现为 11月10日"),
        (entry(on="2026-02-30"), "第 13 行 written_on：没有这一天；日期应写成 2026-11-05，现为 2026-02-30"),
        (entry(on=""), "第 13 行 written_on：等号后面是空的；日期应写成 2026-11-05"),
        (entry(on='""  # 写成 2026-11-05'), "第 13 行 written_on：等号后面是空的；日期应写成 2026-11-05"),
        (entry(text=" "), "第 14 行 text：是空的，应在引号里填文字"),
        (entry().replace('by = "示例甲"', "by ="), "第 12 行 by：是空的，应在引号里填文字"),
        (entry(text="长" * 2001), "第 14 行 说明：2001 字，超过 2000 字"),
        (entry().replace('"示例甲"', "“示例甲”"), '第 12 行 by：用了中文引号 “ ”；两头改为英文引号 "，现为 “示例甲”'),
        (entry().replace('甲"', "甲”"), '第 12 行 by：用了中文引号 “ ”；两头改为英文引号 "，现为 "示例甲”'),
        (entry().replace('甲"', "甲"), '第 12 行 by：结尾缺英文引号 "，现为 "示例甲'),
        (entry().replace('"示例甲"', "示例甲"), '第 12 行 by：文字要放在英文引号 "…" 里，现为 示例甲'),
        (entry().replace('"示例甲"', "7"), '第 12 行 by：文字要放在英文引号 "…" 里，现为 7'),
        (entry(text="等\n设备=到货"), '第 14—15 行 text：文字中间按了回车；请写成一行，现为 "等 设备=到货"'),
        (entry(text='见"附件"'), '第 14 行 text：文字里面还有英文引号 "；里面的改为 “ ”，现为 "见"附件""'),
        (entry(text="D:\\照片"), f'第 14 行 text：{BACKSLASH}，现为 "D:\\照片"'),
        (entry(text="D:\\temp"), f'第 14 行 text：{BACKSLASH}，现为 "D:\\temp"'),
        (entry().replace("by =", "by:"), '第 12 行读不懂，应为 键 = "值"，现为 by: "示例甲"；缺少 谁写的（by）'),
        (entry().replace("[[explanation]]", "[explanation]]"), "第 9 行应写成 [[explanation]]，现为 [explanation]]"),
        (
            entry(on="2026-13-01").replace('"示例甲"', "乙"),
            '第 12 行 by：文字要放在英文引号 "…" 里，现为 乙；'
            "第 13 行 written_on：没有这一天；日期应写成 2026-11-05，现为 2026-13-01",
        ),
    ],
)
def test_a_wrong_entry_is_told_and_the_others_are_used(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "甲.toml").write_text(f"{entry(text='一')}{content}{entry(text='三')}", "utf-8")
    found = read_explanations(tmp_path)
    assert found.astray == (("甲.toml", f"第 2 条（第 9 行起）：{words}；未采用"),)
    assert [(one.text, one.file, one.entry) for one in found.entries] == [("一", "甲.toml", 1), ("三", "甲.toml", 3)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[[explanation]\n", "第 1 条（第 1 行起）：第 1 行应写成 [[explanation]]，现为 [[explanation]；未采用"),
        ("说明".encode("gb18030"), "第 1 行：应写在 [[explanation]] 之下，现为 说明；未采用"),
        (b'text = "x"\n', '第 1 行：应写在 [[explanation]] 之下，现为 text = "x"；未采用'),
        (b"PK\x03\x04\xff\xff", UNREADABLE),
        (entry().encode("utf-16-le"), UNREADABLE),
        (f"# [[explanation]]\n{PLAIN}".encode(), f"第 1 行起的一条{BEHIND_HASH}"),
        (re.sub("^", "# ", f"[[explanation]]\n{PLAIN}", flags=re.MULTILINE).encode(), f"第 1 行起的一条{BEHIND_HASH}"),
    ],
)
def test_a_wrong_file_is_told_and_the_others_are_used(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    (tmp_path / "b.toml").write_text(entry(), "utf-8")
    found = read_explanations(tmp_path)
    ((name, reason),) = found.astray
    assert (name, reason) == ("a.toml", words)
    assert [one.file for one in found.entries] == ["b.toml"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"\"'“”#=[]\\\n\r 　甲", "\nby = ", "\n写于=", '"""', "[[explanation]]", "2026-1"]),
        max_size=12,
    )
)
def test_whatever_one_entry_holds_its_neighbours_are_read(pieces: list[str]) -> None:
    with TemporaryDirectory() as place:
        (Path(place) / "x.toml").write_text(
            f"{entry(text='前')}\n[[explanation]]\ntext = {''.join(pieces)}\n{entry(text='后')}"
        )
        found = read_explanations(Path(place))
    assert [one.text for one in found.entries if one.text in "前后"] == ["前", "后"]
    assert found.astray


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_form_saved_by_notepad_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "甲.TOML").write_bytes(f"[[explanation]]\r\n{PLAIN}".replace("\n", "\r\n").encode(encoding))
    (one,) = read_explanations(tmp_path, {"按期整改率": "rectification"}).entries
    assert one == Explanation(
        "rectification", "rectification/anhua/A/r1", "示例甲", date(2026, 11, 10), "示例原因", "甲.TOML", 1, 1
    )


@pytest.mark.parametrize(
    "on",
    [
        "2026-11-05",
        '"2026-11-05"',
        '"2026年11月5日"',
        "2026/11/5",
        "2026．11．05  # 周四",
        "2026-11-05 09:30:00",
        "“2026-11-5”",
    ],
)
def test_a_day_may_be_written_as_people_write_it(tmp_path: Path, on: str) -> None:
    (tmp_path / "x.toml").write_text(entry(on=on), "utf-8")
    found = read_explanations(tmp_path)
    assert (found.astray, [one.written_on for one in found.entries]) == ((), [date(2026, 11, 5)])


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'D:\\temp \"附件\"'", 'D:\\temp "附件"'),
        ('"甲 # 乙"  # 丙', "甲 # 乙"),
        ('"""一\n[1] 二\n"""', "一\n[1] 二"),
        ('"说“好”了"', "说“好”了"),
        ('"说\\"好\\"了"', '说"好"了'),
    ],
)
def test_what_toml_allows_is_read_as_it_says(tmp_path: Path, written: str, text: str) -> None:
    (tmp_path / "x.toml").write_text(entry().replace('"示例原因"', written) + entry(), "utf-8")
    found = read_explanations(tmp_path)
    assert (found.astray, [one.text for one in found.entries]) == ((), [text, "示例原因"])


def test_a_file_that_is_not_read_is_told(tmp_path: Path) -> None:
    for name in ("a.toml.txt", "b.docx", "旧/c.toml", ".d.toml", "~$b.docx", ".~lock.b.docx#", "Thumbs.db", "e.toml~"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(entry(), "utf-8")
    assert read_explanations(tmp_path) == Explanations(
        (),
        (
            ("a.toml.txt", "文件名应以 .toml 结尾；请去掉 .txt"),
            ("b.docx", "只读 explain 写出的 .toml 文件；请把内容填在那里面"),
            ("旧/c.toml", "没有直接放在 data/state/explanations/ 之下，不读；请移到那里"),
        ),
    )


ENTRIES = [
    entry(),
    entry("rectification/anhua/B/r1", "2026-11-17").replace('"rectification"', '"按期整改率"'),
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
        "第 3 条（第 16 行起）：rectification/anhua/C/r1 没有超期，情况说明只用于超期的义务；未采用",
        "第 4 条（第 23 行起）：没有 rectification/anhua/Z/r1 这项义务；未采用",
        "第 5 条（第 30 行起）：没有 rectifikation 这个指标；未采用",
        "第 6 条（第 37 行起）：写于 2026-11-21，晚于计算时点；未采用",
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
    (tmp_path / "x.toml").write_text(text, "utf-8")
    assert read_explanations(tmp_path) == Explanations((), ()), "a form nobody filled in is no fault"
    filled = text.replace('"谁写的" = ""', '"谁写的" = "示例乙"').replace('"写于" = ""', '"写于" = "2026-11-10"')
    head, _, entry_text = filled.replace('"说明" = ""', '"说明" = "示例"').partition("# [[")
    uncommented = "\n".join(line.removeprefix("# ") for line in f"# [[{entry_text}".splitlines())
    assert len(tomllib.loads(head + uncommented)["explanation"]) == 1
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


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 8, 23, 59, 59), "还没有开始；在此之前写的，显示时注明不在核对期内 (not open yet)"),
        (datetime(2026, 11, 9), "正在核对期内 (open)"),
        (datetime(2026, 11, 16, 23, 59, 59), "正在核对期内 (open)"),
        (datetime(2026, 11, 17), "已经结束；现在写的照样采用，显示时注明不在核对期内 (closed)"),
    ],
)
def test_the_window_and_whether_it_is_open_are_told(now: datetime, words: str) -> None:
    told = window_told(rules().fixing, "2026-10", now)
    assert told == f"核对期 window: 2026-11-09 至 2026-11-16（含），{words}"


def test_a_month_that_has_not_begun_has_nothing_to_explain() -> None:
    refuse_unbegun("2026-11", datetime(2026, 11, 1))
    with pytest.raises(FixingError, match="2026-12 还没有开始"):
        refuse_unbegun("2026-12", datetime(2026, 11, 30, 23))


def test_a_form_written_elsewhere_says_that_build_does_not_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "data/state/explanations"
    assert where_read(folder, folder / "a.toml") == f"填好后 build 从这里读：{folder / 'a.toml'} (build reads it there)"
    for out in (tmp_path / "a.toml", folder / "旧/a.toml", folder / ".a.toml"):
        assert where_read(folder, out).startswith(f"注意：{out} 不会被 build 读到；填好后请直接放进 {folder} 之下")
