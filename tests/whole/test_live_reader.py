"""Builds are published while readers keep asking: no error, and a snapshot once opened is one build to the end."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from builds import MOMENT, in_memory, rules
from deliveries import deliver

from dashboards.data import open_door
from pipelines import publish
from pipelines.seeds import Moment
from pipelines.settings import beijing_now
from pipelines.snapshot import Scope, Snapshot, open_snapshot, read_pointer

TABLES = ("obligation", "metric_value", "source_row", "calendar")
FIRST = Moment("build00", MOMENT, MOMENT, "test", "code", False)

Answer = tuple[str, datetime, tuple[int, ...]]


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    header = ["巡查编号", "所属网格", "实施网格", "巡查人员", "开始时间", "发现问题数"]
    rows = [[f"XC-{day}", "田庄乡", "田庄乡", "示例甲", f"2026-10-{day:02}", "0"] for day in range(1, 29)]
    deliver(tmp_path, "2026-10/anhua/一.csv", [header, *rows], "2026-11-02 09:00")
    with in_memory(tmp_path) as con:
        yield con


def moment(number: int) -> Moment:
    return replace(FIRST, build_id=f"build{number:02}", as_of=MOMENT + timedelta(hours=number))


def publish_build(con: duckdb.DuckDBPyConnection, published: Path, number: int) -> None:
    """Publish a build of its own content: of every table compared, one row less than the build before."""
    if number:
        for table in TABLES:
            con.execute(f"delete from published.{table} where rowid = (select min(rowid) from published.{table})")
    at = moment(number)
    con.execute("update published.build set build_id = ?, as_of = ?", [at.build_id, at.as_of])
    publish.write_snapshot(con, rules().published, published, at)


def keep_asking(published: Path, has_ended: threading.Event) -> set[Answer]:
    """Open the current snapshot again and again and put the same questions to it several times."""
    seen: set[Answer] = set()
    while not has_ended.is_set() or len(seen) == 0:
        with_build = open_snapshot(published)
        for _ in range(3):
            (build,) = with_build.ask_unscoped("select build_id, as_of from published.build")
            counts = tuple(
                int(with_build.ask_unscoped(f"select count(*) as n from published.{table}")[0]["n"])
                for table in TABLES
            )  # fmt: skip
            assert (build["build_id"], build["as_of"]) == (with_build.pointer.build_id, with_build.pointer.as_of)
            assert with_build.ask(Scope("anhua"), "select count(*) as n from visible_grid")[0]["n"] > 1
            seen.add((build["build_id"], build["as_of"], counts))
        with_build.close()
    return seen


def calendar_days(snapshot: Snapshot) -> int:
    return int(snapshot.ask_unscoped("select count(*) as days from published.calendar")[0]["days"])


def test_the_same_build_written_again_reaches_a_process_that_reads_it(
    tmp_path: Path, con: duckdb.DuckDBPyConnection
) -> None:
    published = tmp_path / "data/published"
    publish_build(con, published, 0)
    before = open_snapshot(published)
    days = calendar_days(before)
    con.execute("delete from published.calendar where rowid = (select min(rowid) from published.calendar)")
    again = publish.write_snapshot(con, rules().published, published, moment(0))
    after = open_snapshot(published)
    assert (calendar_days(before), calendar_days(after)) == (days, days - 1)
    assert before.pointer.path.name == "build00.duckdb"
    assert again.name == after.pointer.path.name == "build00-2.duckdb"
    assert publish.snapshot_path(published, moment(0)) == again
    before.pointer.path.unlink()
    third = publish.write_snapshot(con, rules().published, published, moment(0))
    assert third.name == "build00-3.duckdb", "a name that a reader may still hold is not taken again"
    before.close()
    after.close()


def test_the_pages_see_the_same_build_written_again(
    tmp_path: Path, con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = tmp_path / "data/published"
    monkeypatch.setenv("GRIDPATROL_ROOT", str(tmp_path))
    publish_build(con, published, 0)
    months = [month.month for month in open_door().months]
    con.execute("delete from published.metric_value where period = ?", [months[-1]])
    con.execute("delete from published.measurable where month = ?", [months[-1]])
    publish.write_snapshot(con, rules().published, published, moment(0))
    assert [month.month for month in open_door().months] == months[:-1]


def test_going_back_to_a_build_keeps_when_it_was_computed(tmp_path: Path, con: duckdb.DuckDBPyConnection) -> None:
    published = tmp_path / "data/published"
    publish_build(con, published, 0)
    path = read_pointer(published).path
    an_hour_ago = path.stat().st_mtime - 3600
    os.utime(path, (an_hour_ago, an_hour_ago))
    publish_build(con, published, 1)
    now = read_pointer(published).built_at
    publish.point_to(published, path, moment(0))
    back = read_pointer(published)
    assert (back.build_id, back.path) == ("build00", path)
    assert timedelta(minutes=59) < now - back.built_at < timedelta(minutes=62)
    assert abs(beijing_now() - now) < timedelta(minutes=2)


@pytest.mark.parametrize(
    ("number_of_readers", "builds"),
    [(2, 4), pytest.param(4, publish.KEPT_SNAPSHOTS + 3, marks=pytest.mark.slow)],
)
def test_readers_go_on_while_builds_are_published(
    tmp_path: Path, con: duckdb.DuckDBPyConnection, number_of_readers: int, builds: int
) -> None:
    published = tmp_path / "data/published"
    whole = [con.execute(f"select count(*) from published.{table}").fetchone() for table in TABLES]
    publish_build(con, published, 0)
    first = open_snapshot(published)
    has_ended = threading.Event()
    with ThreadPoolExecutor(number_of_readers) as pool:
        readers = [pool.submit(keep_asking, published, has_ended) for _ in range(number_of_readers)]
        try:
            for number in range(1, builds):
                publish_build(con, published, number)
            publish.write_snapshot(con, rules().published, published, moment(builds - 1))  # the same one again
        finally:
            has_ended.set()
        answers = set().union(*(reader.result() for reader in readers))
    expected = {
        (moment(n).build_id, moment(n).as_of, tuple(count[0] - n for count in whole if count)) for n in range(builds)
    }
    assert answers <= expected, "an answer no single build gives"
    assert len(answers) > 1, "the readers must have seen the builds change"
    assert read_pointer(published).build_id == moment(builds - 1).build_id
    assert first.pointer.path.exists() == (builds <= publish.KEPT_SNAPSHOTS), "only the newest are kept"
    assert first.ask_unscoped("select build_id from published.build") == [{"build_id": "build00"}]
    first.close()
