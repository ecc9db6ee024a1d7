"""What the clerk reads after a build: each file's state in plain words, what was not used, where to look further."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from roots import build

from dashboards.words import say
from pipelines.cli import main
from pipelines.files import files
from pipelines.snapshot import Scope, Snapshot, open_snapshot
from pipelines.snapshot.alarms import odd_sheets
from pipelines.snapshot.submissions import sent_files
from pipelines.status import status
from pipelines.summary import summary
from pipelines.way_back import LISTS

HEADER = "巡查编号,所属网格,开始时间,巡查人员,发现问题数"
GOOD = "田庄乡,2026-10-08,示例甲,0"
BAD = "田庄乡,随便写,示例甲,0"
FILES = {
    "好.csv": f"{HEADER},天气,\n1,{GOOD},晴,旁注\n",
    "好（再发）.csv": f"{HEADER},天气,\n1,{GOOD},晴,旁注\n",
    "部分.csv": f"{HEADER}\n2,{GOOD}\n3,{BAD}\n",
    "全退.csv": f"{HEADER}\n4,{BAD}\n",
    "全退（再发）.csv": f"{HEADER}\n4,{BAD}\n",
    "不认.csv": "年度,产值,增速\n2025,1,2\n",
    "不认（再发）.csv": "年度,产值,增速\n2025,1,2\n",
    "空.xlsx": "",
}


def write_workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    for name in ("十月", "草稿"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, [*HEADER.split(","), "序\n号"])
        sheet.write_row(1, 0, [f"W{name}", *GOOD.split(","), "1"])
    sheet.hide()
    lists = book.add_worksheet(LISTS)
    lists.write_column(0, 0, ["是", "否"])
    lists.very_hidden()
    book.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("status")
    folder = root / "data/raw/2026-10/anhua"
    folder.mkdir(parents=True)
    lines = ["文件名,收到时间"]
    for number, (name, text) in enumerate(FILES.items()):
        (folder / name).write_text(text, "utf-8")
        lines.append(f"{name},2026年11月2日 9:{number:02}")
    (folder / "_receipts.csv").write_text("\n".join(lines), "gbk")
    write_workbook(folder / "隐藏.xlsx")
    (root / "data/raw/放错.csv").write_text(FILES["好.csv"], "utf-8")
    build(root)
    return root


@pytest.fixture
def snapshot(root: Path) -> Snapshot:
    return open_snapshot(root / "data/published")


@pytest.fixture
def told(snapshot: Snapshot) -> dict[str, list[str]]:
    """File name → the lines about it; what was not read under its first line."""
    blocks: dict[str, list[str]] = {}
    for line in list(status(snapshot))[1:]:
        if not line.startswith(" "):
            block = blocks.setdefault(re.split("  |：", line)[0].rsplit("/", 1)[-1], [])
        block.append(line.strip())
    return blocks


def test_each_file_has_its_state_in_words(told: dict[str, list[str]]) -> None:
    files = {name: lines for name, lines in told.items() if not name.startswith(("未读", "缺列"))}
    assert {name: lines[0].split("  ")[1] for name, lines in files.items()} == {
        "好.csv": "入库",
        "好（再发）.csv": "内容相同",
        "部分.csv": "部分退回",
        "全退.csv": "全部退回",
        "全退（再发）.csv": "内容相同（该内容全部退回）",
        "不认.csv": "整件退回",
        "不认（再发）.csv": "内容相同（该内容整件退回）",
        "空.xlsx": "整件退回",
        "隐藏.xlsx": "入库",
    }
    assert told["好（再发）.csv"][1] == "说明：与 2026-10/anhua/好.csv 逐字节相同，未重复计入"
    assert told["不认（再发）.csv"][1].startswith("说明：与 2026-10/anhua/不认.csv 逐字节相同，该件已整件退回：")
    assert told["隐藏.xlsx"][0].endswith("（首次看到）")


def test_what_was_not_read_not_used_or_hidden_is_told(told: dict[str, list[str]]) -> None:
    assert told["未读 放错.csv"] == [
        "未读 放错.csv：文件直接放在 data/raw 下；应放在 data/raw/<年-月>/<县区>/ 之下，如 2026-05/安化县/"
    ]
    assert told["好.csv"][1:] == ["巡查记录：读到 1 = 接收 1 + 退回 0 + 重复 0", "未用的列：天气、第7列（无表头）"]
    assert told["隐藏.xlsx"][2:] == [
        "隐藏工作表：草稿（已照常读取）", "未用的列（工作表“十月”）：序 号", "未用的列（工作表“草稿”）：序 号"
    ]  # fmt: skip


def test_the_columns_a_ledger_lacks_are_named_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "data/raw/2026-10/anhua"
    folder.mkdir(parents=True)
    (folder / "缺.csv").write_text("巡查编号,所属网格,开始时间\n1,田庄乡,2026-10-08\n", "utf-8")
    build(tmp_path)
    snapshot = open_snapshot(tmp_path / "data/published")
    told = [line for line in status(snapshot) if line.startswith("缺列")]
    snapshot.close()
    lacking = "录入时间、发现问题数、巡查人员、巡查类型、巡查点位"
    assert told == [f"缺列 2026-10 安化县 巡查记录：没有“{lacking}”列 → 请补上后整份重新报送"]


def test_a_finding_can_be_followed(told: dict[str, list[str]], root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = (line for line in told["部分.csv"] if line.startswith("退回"))
    assert line.startswith("退回 第 3 行：“开始时间”")
    assert main(["trace", line.rsplit("行编号 ", 1)[1], "--root", str(root)]) == 0
    assert "开始时间 = 随便写" in capsys.readouterr().out


def test_no_english_is_left(told: dict[str, list[str]]) -> None:
    lines = "\n".join(line for block in told.values() for line in block)
    text = re.sub(r"行编号 \S+|data/raw/?|\S*\.(csv|xlsx)|2026-10/anhua/", "", lines)
    assert re.findall("[A-Za-z]+", text) == []


def test_the_summary_counts_alike_and_points_to_status(snapshot: Snapshot) -> None:
    text = "\n".join(summary(snapshot, "http://示例"))
    landed = "文件 files: 9（入库 landed 2，退回的已重报 sent again 0，"
    assert f"{landed}部分退回 some rows returned 1，全部退回 all rows returned 1，" in text
    assert "整件退回 refused 2，内容相同 identical 3）" in text
    assert "未读 not read: 放错.csv" in text
    assert "有 5 个文件需要处理，见 python -m pipelines status" in text


def test_our_own_hidden_lists_are_odd_nowhere(snapshot: Snapshot) -> None:
    odd = [
        (sheet.sheet_name, sheet.is_hidden)
        for sheet in odd_sheets(snapshot, Scope(), "2026-10")
        if "隐藏" in sheet.path
    ]
    assert odd == [("十月", False), ("草稿", True)]


def test_a_file_stands_on_the_page_as_it_stands_here(tmp_path: Path) -> None:
    folder = tmp_path / "data/raw/2026-10/anhua"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    book = xlsxwriter.Workbook(str(folder / "半份.xlsx"))
    known, unknown = book.add_worksheet("十月"), book.add_worksheet("别的")
    known.write_row(0, 0, HEADER.split(","))
    known.write_row(1, 0, ["W半", *GOOD.split(",")])
    for row in range(3):
        unknown.write_row(row, 0, [f"{cell}{row}" for cell in "甲乙丙丁"])
    book.close()
    build(tmp_path)
    snapshot = open_snapshot(tmp_path / "data/published")
    here = {file.path: file.word for file in files(snapshot)}
    there = [(one.path, say(f"file_{one.standing}")) for one in sent_files(snapshot, Scope(), "2026-10", "anhua")]
    snapshot.close()
    assert [one for one in there if "半份" in one[0]] == [("2026-10/anhua/半份.xlsx", "部分退回")] * 2
    assert len(set(here.values())) > 2
    assert set(there) == set(here.items())


def test_status_of_a_part(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A county, a month, only what is to be mended: what was not read is told in each, months of others in none."""
    at = ["--root", str(root)]
    assert main(["status", "安化县", "2026-10", "--to-mend", *at]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split("  ")[0].rsplit("/", 1)[-1] for line in lines if line.startswith("2026-10/")} == {
        "部分.csv", "全退.csv", "不认.csv", "空.xlsx",
    }  # fmt: skip
    assert "9 个文件，需要处理的 4 个" in lines
    assert sum(line.startswith("未读 ") for line in lines) == 1
    for asked in (["桃江县", "2026-10"], ["安化县", "2026-09"]):
        assert main(["status", *asked, *at]) == 0
        others = [line for line in capsys.readouterr().out.splitlines()[1:] if not line.startswith("未读")]
        missing = f"未报送 {asked[1]} {asked[0]}：巡查记录、问题台账"
        assert others == ([missing] if asked[1] == "2026-10" else []) + ["没有收到这里的文件"], asked
    assert main(["status", "长沙县", *at]) == 2
    assert "没有这个区县市" in capsys.readouterr().err
    assert main(["status", "安化县", "十月", *at]) == 2
