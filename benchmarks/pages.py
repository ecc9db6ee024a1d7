"""What pages cost: bytes and processor time of a rerun, waiting times of many visitors, the first load in a browser.

`make bench-pages`, over the published snapshot of a root (`--root`, by default this one; `make run` publishes one).
With `--beside ROOT` every page is also run over another root, such as one of ten years, and the ratio is printed.
Nothing is asserted here.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.asked import periods_of, rotations
from benchmarks.visits import Visit
from pipelines.settings import CODE_ROOT

_TICKS = os.sysconf("SC_CLK_TCK")
_RERUNS = 24
# Between two clicks of one visitor: they read what they asked for.
_READS_SECONDS = (4.0, 8.0)
_VISITS = 7
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--root", type=Path, default=CODE_ROOT, help="a root with a published snapshot")
    parser.add_argument("--beside", type=Path, help="another root, whose pages are compared with the first's")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the sessions go on")
    given = parser.parse_args()
    with _served(given.root) as (port, pid):
        found = _each_page(given.root, port, pid)
        waits = _many(given.root, port, given.sessions, given.seconds)
        loaded = _first_load(port)
    former = {}
    if given.beside:
        with _served(given.beside) as (port, pid):
            former = _each_page(given.beside, port, pid)
    print(f"\n每页重算 {_RERUNS} 次，每次换一个问法（月份、日期、网格或指标，都看过一次之后）：")
    print("传输量、墙钟为中位数，处理器时间为平均数（中位数只分得出 10 毫秒）")
    for page, (size, cpu, seconds) in found.items():
        beside = f"　另一根目录 {former[page][1]:.3f} s，比 {former[page][1] / cpu:.2f}" if page in former else ""
        print(f"  {page:<18}{size / 1024:>7.1f} KB{cpu:>8.3f} s 处理器{seconds:>8.3f} s 墙钟{beside}")
    ordered = sorted(waits)
    first, last = _READS_SECONDS
    print(f"\n{given.sessions} 个会话各隔 {first:.0f}—{last:.0f} 秒换一次月份，共 {len(waits)} 次")
    print(f"  中位 {statistics.median(ordered):.2f} s，95% 在 {ordered[int(len(ordered) * 0.95)]:.2f} s 之内")
    size, painted, whole = loaded
    print(f"\n浏览器首次打开：{size / 2**20:.2f} MB")
    print(f"  再次打开 {_VISITS} 次的中位：首次绘出 {painted:.2f} s，到页脚出现 {whole:.2f} s")


def _each_page(root: Path, port: int, pid: int) -> dict[str, tuple[float, float, float]]:
    """Page → bytes, seconds of processor time, seconds, over reruns that ask for something else each time."""
    return {page or "overview": _page(port, pid, page, queries) for page, queries in rotations(root).items()}


def _page(port: int, pid: int, page: str, queries: list[str]) -> tuple[float, float, float]:
    with Visit(port) as visit:
        for query in queries:
            visit.run(page, query)
        sizes, costs, waits = [], [], []
        for n in range(_RERUNS):
            before = _cpu(pid)
            one = visit.run(page, queries[n % len(queries)])
            costs.append(_cpu(pid) - before)
            sizes.append(one.sent_bytes)
            waits.append(one.seconds)
    # A tick of the clock is 10 ms: the mean of many reruns says more than the median of ticks.
    return statistics.median(sizes), statistics.fmean(costs), statistics.median(waits)


def _many(root: Path, port: int, sessions: int, seconds: float) -> list[float]:
    """How long each of many visitors waited for each of their clicks on the overview."""
    periods = periods_of(root)
    waits: list[float] = []
    until = time.monotonic() + seconds

    def visitor(seed: int) -> None:
        reads = random.Random(seed)  # thinking times
        with Visit(port) as visit:
            time.sleep(reads.uniform(0, _READS_SECONDS[1]))
            visit.run("", f"month={periods[0]}")
            while time.monotonic() < until:
                time.sleep(reads.uniform(*_READS_SECONDS))
                waits.append(visit.run("", f"month={reads.choice(periods)}").seconds)

    threads = [threading.Thread(target=visitor, args=(seed,)) for seed in range(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def _first_load(port: int) -> tuple[int, float, float]:
    """Bytes over the wire of a first visit with an empty cache; of later ones, medians, the seconds until something is
    painted and until the footer stands."""
    from playwright.sync_api import sync_playwright

    address = f"http://127.0.0.1:{port}/"
    total = 0

    def add(told: dict[str, float]) -> None:
        nonlocal total
        total += int(told.get("encodedDataLength", 0))

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", add)
        page.goto(address)
        page.wait_for_selector(".foot", timeout=60_000)
        page.close()
        painted, whole = [], []
        for _ in range(_VISITS):
            again = context.new_page()
            began = time.perf_counter()
            again.goto(address)
            again.wait_for_selector(".foot", timeout=60_000)
            whole.append(time.perf_counter() - began)
            painted.append(again.evaluate(_PAINTED) / 1000)
            again.close()
        browser.close()
    return total, statistics.median(painted), statistics.median(whole)


@contextmanager
def _served(root: Path) -> Iterator[tuple[int, int]]:
    """The pages of a root on a free port: the port, and the process that runs them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(CODE_ROOT / "dashboards" / "serve.py")]
    server = subprocess.Popen(
        [*command, "--server.port", str(port)],
        cwd=CODE_ROOT,
        env={**os.environ, "GRIDPATROL_ROOT": str(root.resolve())},
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise RuntimeError(f"页面没有起来，退出码 {server.returncode} (the server ended)")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _cpu(pid: int) -> float:
    """Seconds of processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    main()
