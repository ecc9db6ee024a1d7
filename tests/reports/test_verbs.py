"""The two verbs on the command line: a file at the end, one line and exit 2 where it was asked for wrongly."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from returned_case import build_at, deliver

from pipelines.cli import main


def test_template_needs_no_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "巡查记录.xlsx"
    assert main(["template", "巡查记录", str(out), "--root", str(tmp_path)]) == 0
    assert openpyxl.load_workbook(out).sheetnames[0] == "巡查记录"
    assert capsys.readouterr().out.startswith(f"已写出 {out}：空白台账")
    assert [path.name for path in out.parent.iterdir()] == ["巡查记录.xlsx"]
    assert main(["template", "巡查", str(out), "--root", str(tmp_path)]) == 2
    assert "巡查记录（patrol）" in capsys.readouterr().err


def test_returned_writes_the_countys_workbook_over_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(tmp_path)
    build_at(tmp_path, datetime(2026, 11, 3, 10, 0))
    out = tmp_path / "退回待核.xlsx"
    assert main(["returned", "430923", "2026-10", str(out), "--root", str(tmp_path)]) == 0
    assert openpyxl.load_workbook(out).sheetnames == ["汇总", "1_十月巡查", "2_说不清", "3_问题台账"]
    # Mended meanwhile and laid into data/raw, or about to be: nothing is laid over it.
    assert main(["returned", "南县", "2026-10", str(out), "--root", str(tmp_path)]) == 2
    assert openpyxl.load_workbook(out).sheetnames == ["汇总", "1_十月巡查", "2_说不清", "3_问题台账"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipelines.cli_ledgers.beijing_now", lambda: datetime(2026, 11, 26, 18, 20, 59))
    assert main(["returned", "南县", "2026-10", "--root", str(tmp_path)]) == 0
    assert openpyxl.load_workbook("退回待核_南县_2026-10_20261126-1820.xlsx").sheetnames == ["汇总"]
    assert main(["returned", "某县", "2026-10", str(out), "--root", str(tmp_path)]) == 2
    assert main(["returned", "南县", "2026-10", str(tmp_path / "a.csv"), "--root", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        f"已写出 {out}：4 个文件、待改 5 行；请发给安化县，改好后放回 data/raw/2026-10/ 下原来的文件夹"
        " (workbook written)",
        "已写出 退回待核_南县_2026-10_20261126-1820.xlsx：南县 2026-10 没有要改的 (workbook written)",
    ]
    said = told.err.splitlines()
    assert ["已存在" in said[0], "某县" in said[1], ".xlsx" in said[2], len(said)] == [True, True, True, 3]
