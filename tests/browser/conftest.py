"""The server on a free loopback port and Debian's chromium.

Serves GRIDPATROL_ROOT where it is set, else a small published snapshot of its own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from visitor import DESK, PHONE, Visitor

from pipelines.settings import CODE_ROOT
from pipelines.snapshot import Snapshot, open_snapshot

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = os.environ.get("GRIDPATROL_ROOT")
    if given:
        return Path(given)
    folder = tmp_path_factory.mktemp("served")
    sys.path.insert(0, str(CODE_ROOT / "tests" / "pages"))
    import tiny_snapshot

    tiny_snapshot.write(folder)
    return folder


@pytest.fixture(scope="module")
def snapshot(root: Path) -> Iterator[Snapshot]:
    opened = open_snapshot(root / "data" / "published")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page's address; the server is ended by its own process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "serve.log"
    command = [sys.executable, "-m", "streamlit", "run", "dashboards/serve.py", "--server.port", str(port)]
    with log.open("w") as output:
        environment = {**os.environ, "GRIDPATROL_ROOT": str(root)}
        server = subprocess.Popen(command, cwd=CODE_ROOT, env=environment, stdout=output, stderr=output)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(20)
    assert "Traceback" not in log.read_text("utf-8")


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.25)
        else:
            return
    raise AssertionError(f"the server never answered: {log.read_text('utf-8')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, address, DESK)
    yield visitor
    assert visitor.strangers() == []
    assert visitor.asked
    visitor.page.close()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, address, PHONE)
    yield visitor
    assert visitor.strangers() == []
    visitor.page.close()
