"""Starts the servers, the page's and Dagster's, on this machine only, and ends with them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

from pipelines.settings import CODE_ROOT, Settings, SettingsError, page_environment, use_dagster_home
from pipelines.snapshot import read_pointer


def page_address(settings: Settings) -> str:
    """Where the page is, or will be, served."""
    return f"http://127.0.0.1:{settings.page_port}"


def serve(settings: Settings) -> int:
    """Serve the page until told to end. Raises SnapshotError where nothing is published, SettingsError for the port."""
    read_pointer(settings.published)
    _refuse_taken(settings.page_port, "GRIDPATROL_PORT")
    command = [sys.executable, "-m", "streamlit", "run", str(CODE_ROOT / "dashboards" / "serve.py")]
    command += ["--server.port", str(settings.page_port)]
    print(f"页面 page: {page_address(settings)}（Ctrl+C 结束）", flush=True)
    # Being told to end, by Ctrl+C or by kill, means to end the server too.
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.default_int_handler)
    server = subprocess.Popen(command, cwd=CODE_ROOT, env=page_environment(settings))
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def serve_with_dagster(settings: Settings) -> int:
    """Serve the page beside Dagster's own, and end both together. Raises as `serve` does."""
    read_pointer(settings.published)
    _refuse_taken(settings.dagster_port, "GRIDPATROL_DAGSTER_PORT")
    use_dagster_home(settings.root)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", "127.0.0.1"]
    command += ["-p", str(settings.dagster_port)]
    print(f"Dagster: http://127.0.0.1:{settings.dagster_port}", flush=True)
    # A session of its own: Dagster starts children that only end with their whole group.
    workshop = subprocess.Popen(command, cwd=CODE_ROOT, env=page_environment(settings), start_new_session=True)
    try:
        return serve(settings)
    finally:
        _end_group(workshop)


def _refuse_taken(port: int, variable: str) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SettingsError(f"端口 {port} 已被占用；请关掉占用者，或设 {variable} 换一个 (port in use)")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and all it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
