"""The READMEs are true: their commands run on the demo, their tables and samples say what the program says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from dashboards.words import ZH
from pipelines.cli import main, parser
from pipelines.contracts import load
from pipelines.settings import CODE_ROOT
from pipelines.snapshot import Snapshot
from pipelines.summary import summary

READMES = ("README.md", "README.zh.md")
COMMAND = re.compile(r"\.venv/bin/python -m pipelines ((?:[^`#'\n]|'[^'\n]*')*)")
READING = {"status", "trace", "score", "sql", "export"}


def text_of(name: str) -> str:
    return (CODE_ROOT / name).read_text("utf-8")


def commands(name: str) -> list[list[str]]:
    return [shlex.split(found) for found in COMMAND.findall(text_of(name))]


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_understood_and_those_that_read_run_on_the_demo(
    name: str, demo_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = commands(name)
    assert {command[0] for command in given} >= {"status", "trace"}
    assert any("#" in word for command in given for word in command), "a row id is shown"
    for command in given:
        parser().parse_args(command)
        if command[0] in READING and "--root" not in command:
            words = [str(tmp_path) if command[0] == "export" and word != "export" else word for word in command]
            code = main([*words, "--root", str(demo_root)])
            err = capsys.readouterr().err
            assert code == 0, f"{command}: {err}"


@pytest.mark.parametrize("name", READMES)
def test_make_targets_and_paths_exist(name: str) -> None:
    targets = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"make (\w+)\b(?!=)", text_of(name))) - {"PYTHON"} <= targets
    paths = re.findall(r"\]\(([^)]+)\)|`((?:sql|docs)/[\w/.]+)`", text_of(name))
    assert [path for pair in paths for path in pair if path and not (CODE_ROOT / path).exists()] == []


def test_the_table_of_ledgers_says_what_the_contracts_demand() -> None:
    rows = re.findall(r"^\| (\S+) \| (\S+) \| `sql/contracts/(\w+)\.toml` \|$", text_of("README.zh.md"), re.MULTILINE)
    contracts = load(CODE_ROOT / "sql/contracts").tables
    wanted = {
        (contract.zh, "、".join(contract.columns[column].zh for column in contract.identifying), name)
        for name, contract in contracts.items()
    }
    assert set(rows) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("name", READMES)
def test_the_sample_of_the_summary_is_what_the_demo_prints(name: str, whole_demo: Snapshot) -> None:
    printed = "\n".join(summary(whole_demo, "http://127.0.0.1:8501"))
    sample = re.search(r"^发布 build .*?(?=^…?\n?```)", text_of(name), re.MULTILINE | re.DOTALL)
    assert sample is not None
    for line in sample.group().splitlines():
        pattern = ".*".join(map(re.escape, line.split("…")))
        assert re.search(f"^{pattern}$", printed, re.MULTILINE), f"README: {line}\n--- printed:\n{printed}"


def test_the_words_of_the_page_are_those_of_the_page() -> None:
    assert f"“{ZH['submissions']}”" in text_of("README.zh.md")
