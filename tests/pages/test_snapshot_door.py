"""The door: read-only, fenced in, one SELECT under a scope; an open snapshot outlives the swap of the pointer."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import tiny_snapshot

from pipelines.snapshot import NoSnapshotError, Scope, Snapshot, SnapshotError, open_snapshot, read_pointer
from pipelines.snapshot.standing import build_of, figures

CITY = Scope()


@pytest.mark.parametrize(
    "sql",
    [
        "create table published.x as select 1",
        "insert into published.build values (1)",
        "copy (select 1) to 'x.csv'",
        "attach 'other.duckdb'",
        "set memory_limit = '4GB'",
        "pragma version",
        "select 1; select 2",
        "",
    ],
)
def test_only_one_select_passes(snapshot: Snapshot, sql: str) -> None:
    with pytest.raises(SnapshotError, match="SELECT"):
        snapshot.ask_unscoped(sql)


def test_the_connection_itself_refuses_writing_files_and_settings(snapshot: Snapshot, tmp_path: Path) -> None:
    """Should a statement ever get past the check above."""
    outside = tmp_path / "secret.csv"
    outside.write_text("a\n1\n", "utf-8")
    cursor = snapshot.connection.cursor()
    for sql in (
        "delete from published.build",
        f"select * from read_csv('{outside}')",
        f"select * from read_text('{snapshot.pointer.path.parent / 'current.json'}')",
        f"select * from read_parquet('{snapshot.rows}/../current.json')",
        f"copy (select 1) to '{tmp_path / 'x.csv'}'",
        f"attach '{tmp_path / 'x.duckdb'}'",
        "install httpfs",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
    ):
        with pytest.raises(duckdb.Error):
            cursor.execute(sql)
    assert outside.read_text("utf-8") == "a\n1\n"


@pytest.mark.parametrize(
    "sql",
    [
        "select * from published.obligation",
        "select * from published.obligation -- visible_grid",
        "select * from published.obligation /* 未限定 from visible_grid */",
        "select '限定 from visible_grid' as x from published.obligation",
        "select 1 as visible_grid from published.obligation",
        'select "from visible_county" from (select 1 as "from visible_county")',
    ],
)
def test_a_query_without_scope_is_refused(snapshot: Snapshot, sql: str) -> None:
    with pytest.raises(SnapshotError, match="未限定数据范围"):
        snapshot.ask(CITY, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "select '城' as x from published.grid where grid_id in (from visible_grid)",
        "select 1 from published.grid as g join visible_grid as v on v.grid_id = g.grid_id",
        ", few as (select county_id /* 县 */ from\n  visible_county) select * from few",
    ],
)
def test_a_query_under_scope_passes(snapshot: Snapshot, sql: str) -> None:
    assert snapshot.ask(CITY, sql)


def test_what_the_engine_complains_of_is_told_in_chinese(snapshot: Snapshot) -> None:
    large = "select list(a.range || b.range::varchar) as x from range(20000) as a, range(20000) as b"
    with pytest.raises(SnapshotError, match="内存超过上限 512MB"):
        snapshot.ask_unscoped(large)
    with pytest.raises(SnapshotError, match="读不出来"):
        snapshot.ask_unscoped("select cast('x' as integer)")
    with pytest.raises(SnapshotError, match="结构与程序不符"):
        snapshot.frame(CITY, "select * from published.nothing where grid_id in (from visible_grid)")


@pytest.mark.slow
def test_a_snapshot_damaged_while_it_is_open_is_told(tmp_path: Path) -> None:
    tiny_snapshot.write(tmp_path)
    with closing(open_snapshot(tmp_path / "data/published")) as opened:
        path = opened.pointer.path
        path.chmod(0o644)
        with path.open("r+b") as file:
            file.truncate(12288)
        tables = ("source_row", "obligation", "metric_value", "grid_path", "quarantine")
        with pytest.raises(SnapshotError, match=f"发布文件 {path.name} 读不出来") as caught:
            for table in tables:
                opened.ask_unscoped(f"select * from published.{table}")
        assert str(tmp_path) not in str(caught.value)


def test_values_are_never_read_as_sql(snapshot: Snapshot) -> None:
    hostile = "' or 1=1; drop table published.build; --"
    assert figures(snapshot, CITY, hostile, "city", "2026-10") == {}
    assert figures(snapshot, Scope(hostile), "rectification", "city", "2026-10") == {}
    assert build_of(snapshot).build_id == "tiny00000001"


def test_cells_take_nothing_but_a_sha256(snapshot: Snapshot) -> None:
    with pytest.raises(SnapshotError, match="64 位"):
        snapshot.cells("../../etc/passwd", "csv", [1])


def test_a_missing_row_file_says_so(snapshot: Snapshot) -> None:
    with pytest.raises(SnapshotError, match="原始行文件"):
        snapshot.cells("0" * 64, "csv", [1])


def test_nothing_published(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshotError, match="make run"):
        open_snapshot(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "无法读取"),
        ("[]", "内容有误"),
        ('{"build_id": "a"}', "内容有误"),
        (
            json.dumps(
                {"build_id": "a", "file": "a.duckdb", "as_of": "now", "built_at": "2026-11-06", "is_demo": False}
            ),
            "内容有误",
        ),
        (
            json.dumps(
                {
                    "build_id": "a",
                    "file": "a.duckdb",
                    "as_of": "2026-11-06 09:00",
                    "built_at": "2026-11-06",
                    "is_demo": False,
                }
            ),
            "不存在",
        ),
    ],
)
def test_a_broken_pointer_says_what_is_wrong(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "current.json").write_text(content, "utf-8")
    with pytest.raises(SnapshotError, match=says):
        read_pointer(tmp_path)


def test_the_pointer_cannot_lead_out_of_its_folder(tmp_path: Path) -> None:
    published = tmp_path / "published"
    published.mkdir()
    (tmp_path / "other.duckdb").write_bytes(b"")
    pointer = {"build_id": "a", "file": "../other.duckdb", "as_of": "2026-11-06", "built_at": "2026-11-06"}
    (published / "current.json").write_text(json.dumps({**pointer, "is_demo": False}), "utf-8")
    with pytest.raises(SnapshotError, match="不存在"):
        read_pointer(published)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.duckdb").write_bytes(b"not a database" * 1000)
    tiny_snapshot.point(tmp_path, "a")
    with pytest.raises(SnapshotError, match="无法打开"):
        open_snapshot(tmp_path)


def test_swap_under_a_live_reader(tmp_path: Path) -> None:
    published = tiny_snapshot.write(tmp_path, "first0000000")
    old = open_snapshot(published)
    tiny_snapshot.write(tmp_path, "second000000")
    new = open_snapshot(published)
    assert build_of(old).build_id == "first0000000"
    assert build_of(new).build_id == "second000000"
    (published / "first0000000.duckdb").unlink()
    assert figures(old, CITY, "patrol_coverage", "city", "2026-10")["3"].on_time == 84
    old.close()
    new.close()


def test_one_process_can_open_the_same_snapshot_again(snapshot: Snapshot) -> None:
    again = open_snapshot(snapshot.pointer.path.parent)
    assert build_of(again).build_id == build_of(snapshot).build_id
    with pytest.raises(duckdb.Error):
        again.connection.cursor().execute("set enable_external_access = true")
    again.close()
    assert build_of(snapshot).build_id == "tiny00000001"


def test_many_threads_share_one_snapshot(snapshot: Snapshot) -> None:
    def ask(n: int) -> int:
        grid = ("city", "anhua", "heshan")[n % 3]
        return figures(snapshot, CITY, "patrol_coverage", grid, "2026-09")["all"].obligations

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(60)))
    assert found == [103, 24, 16] * 20
