"""A file that was read and is gone, or was overwritten under its name, is told by build, status and page until it is
back; no figure follows from having been told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from deliveries import deliver
from roots import build

from pipelines import steps
from pipelines.cli import main
from pipelines.settings import Settings
from pipelines.snapshot import Scope, Snapshot, SnapshotError, open_snapshot
from pipelines.snapshot.vanished import read_seen, vanished
from pipelines.summary import summary

NAME = "2026-10/nanxian/退回待核.csv"
HEAD = ["巡查编号", "所属网格", "开始时间", "巡查人员", "发现问题数"]
FIRST = [HEAD, *([f"N{n}", "南县", f"2026-10-0{n}", "示例甲", "0"] for n in range(1, 5))]
SECOND = [HEAD, *([f"N{n}", "南县", f"2026-10-0{n}", "示例甲", "0"] for n in range(5, 7))]
TOLD = (
    f"先前读过的文件不见了或被同名文件替换：{NAME}（sha256 {{digest}}，收到于 2026-11-03 09:00），当时接收 4 行，"
    "其中别的文件没有报过的不再计入；请放回原文件（另起文件名）"
)


def accepted(root: Path) -> int:
    snapshot = open_snapshot(root / "data/published")
    (row,) = snapshot.ask_unscoped("select sum(accepted) as n from published.submission")
    return int(row["n"])


def gone(root: Path) -> tuple[Snapshot, list[str]]:
    snapshot = open_snapshot(root / "data/published")
    return snapshot, [one.told for one in vanished(snapshot, Scope(), root / "data/state")]


def test_an_overwritten_file_is_told_until_it_is_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, path = tmp_path, tmp_path / "data/raw" / NAME
    deliver(root, NAME, FIRST, "2026-11-03 09:00")
    deliver(root, "2026-10/anhua/a.csv", [HEAD, ["A1", "田庄乡", "2026-10-08", "示例乙", "0"]], "2026-11-03 09:00")
    build(root)
    assert [accepted(root), gone(root)[1]] == [5, []]
    former = path.read_bytes()
    (digest,) = (one.sha256[:8] for one in read_seen(root / "data/state") if one.path == NAME)

    deliver(root, NAME, SECOND, "2026-11-04 09:00")
    once = build(root)
    snapshot, told = gone(root)
    assert [accepted(root), told] == [3, [TOLD.format(digest=digest)]]
    # The file stands in no published table, and another county's desk does not hear of it.
    assert vanished(snapshot, Scope("anhua"), root / "data/state") == []
    assert len(vanished(snapshot, Scope("nanxian"), root / "data/state")) == 1
    assert told[0] in list(summary(snapshot, "http://示例", gone=vanished(snapshot, Scope(), root / "data/state")))
    capsys.readouterr()
    assert main(["status", "--root", str(root)]) == 0
    assert told[0] in capsys.readouterr().out.splitlines()
    # The former snapshot does not know it any more; the journal does.
    assert main(["build", "--plain", "--force", "--root", str(root), "--as-of", "2026-11-23 09:00"]) == 1
    assert told[0] in capsys.readouterr().out.splitlines()

    # Without the journal the same build: no figure follows from it.
    journal = root / "data/state/seen_files.csv"
    kept = journal.rename(root / "kept.csv")
    settings = Settings(root=root)
    again = steps.look(settings, steps.read_rules(settings), datetime(2026, 11, 23, 9, 0))
    assert again.moment.build_id == once.moment.build_id
    kept.rename(journal)

    path.with_name("退回待核 前一份.csv").write_bytes(former)
    build(root)
    assert [accepted(root), gone(root)[1]] == [7, []]


def test_a_spoilt_journal_is_told_and_not_written_anew(tmp_path: Path) -> None:
    assert read_seen(tmp_path) == []
    head = "path,sha256,county_id,month,received_at,accepted\n"
    (tmp_path / "seen_files.csv").write_text(f"{head}{NAME},0a,nanxian,2026-10,2026-11-03 09:00:00,4\nx,y\n", "utf-8")
    with pytest.raises(SnapshotError, match=r"seen_files\.csv 第 3 行无法读取"):
        read_seen(tmp_path)
