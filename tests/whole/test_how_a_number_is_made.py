"""docs/how-a-number-is-made.md is true: its commands run in their order on the demo, and print what it says."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.cli import main
from pipelines.settings import CODE_ROOT

TEXT = (CODE_ROOT / "docs" / "how-a-number-is-made.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
PROGRAM = [".venv/bin/python", "-m", "pipelines"]


def steps() -> list[tuple[list[str], list[str]]]:
    """Each command with the lines below it."""
    found: list[tuple[list[str], list[str]]] = []
    for line in (line for block in BLOCKS for line in block.splitlines()):
        if line.startswith("$ "):
            found.append((shlex.split(line[2:]), []))
        else:
            found[-1][1].append(line)
    return found


def printed_by(command: list[str], root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    if command[0] == "sha256sum":
        return f"{hashlib.sha256((root / command[1]).read_bytes()).hexdigest()}  {command[1]}\n"
    assert command[:3] == PROGRAM, command
    capsys.readouterr()
    main([*command[3:], "--root", str(root)])
    told = capsys.readouterr()
    return told.out + told.err


def pattern(lines: list[str]) -> str:
    """Lines in their order; a line of … alone is any number of lines, … within one any words."""
    parts = ["(?:.*\\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + "\\n" for line in lines]
    return "^" + "".join(parts) + "$"


@pytest.mark.slow
def test_every_step_prints_what_the_document_says(
    whole_demo_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "root"
    shutil.copytree(whole_demo_root, root)
    assert len(steps()) >= 10
    assert re.search(r"8\s*/\s*9", shown_by_the_page(root, monkeypatch))
    for command, lines in steps():
        printed = printed_by(command, root, capsys)
        assert re.search(pattern(lines), printed), f"{shlex.join(command)}\n--- printed:\n{printed[:3000]}"
    shown = shown_by_the_page(root, monkeypatch)
    assert re.search(r"8\s*/\s*9", shown)
    assert "已固化 最终数（计算时点 2026-10-21 23:59）：按期 9 / 应办 10" in shown


def shown_by_the_page(root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the page of the address in the document says."""
    address = re.search(r"`/(obligations\?[^`]+)`", TEXT)
    assert address is not None
    monkeypatch.setenv("GRIDPATROL_ROOT", str(root))
    app = AppTest.from_file(str(CODE_ROOT / "dashboards" / "app.py"), default_timeout=60)
    app.run()
    app.switch_page("pages/obligations.py")
    app.query_params.update(dict(parse_qsl(urlsplit(address[1]).query)))
    app.run()
    assert not app.exception
    return re.sub(r"<[^>]+>|\*", "", " ".join(str(part.proto.body) for part in app.get("html")))
