"""A build tells the clerk little: a counter on a terminal, then one line a layer."""

from __future__ import annotations

import pytest

from pipelines.progress import Tally


def run(is_terminal: bool) -> None:
    tally = Tally(3, is_terminal)
    for layer, rows in (("core", 5), ("staging", 1000), ("staging", 234)):
        tally.made(layer, rows, 0.25)
    tally.close()


def test_a_log_gets_a_line_a_layer(capsys: pytest.CaptureFixture[str]) -> None:
    run(is_terminal=False)
    assert capsys.readouterr().out.splitlines() == [
        "  认读与核对 staging：2 张表，1,234 行，0.5 秒",
        "  归并 core：1 张表，5 行，0.2 秒",
    ]


def test_a_terminal_gets_a_counter_that_the_lines_replace(capsys: pytest.CaptureFixture[str]) -> None:
    run(is_terminal=True)
    shown = capsys.readouterr().out.split("\r")
    assert shown[1:4] == ["  已算 1/3 张表", "  已算 2/3 张表", "  已算 3/3 张表"]
    assert shown[4].strip() == ""
    assert shown[5].count("\n") == 2
