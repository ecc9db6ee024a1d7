"""Whether a published snapshot is still whole: asked before its standing there is taken for a reason not to build."""

from __future__ import annotations

from pathlib import Path

from pipelines.landing.store import is_whole
from pipelines.seeds import Moment
from pipelines.settings import beijing_now
from pipelines.snapshot import Pointer, Snapshot, SnapshotError, open_snapshot


def damage(path: Path, rows: Path, moment: Moment) -> str | None:
    """What is wrong with the snapshot at `path` or with the files of raw cells in `rows` it leads to; None if nothing.

    The file must open, be as long as it says, and hold the build it is named after. Its pages are read where pages
    need them and carry checksums; to read them all would take longer than the answer is worth.
    """
    try:
        snapshot = open_snapshot(
            path.parent, Pointer(moment.build_id, path, moment.as_of, beijing_now(), moment.is_demo)
        )
    except SnapshotError as error:
        return str(error).split("；")[0]
    try:
        return _not_as_named(snapshot) or _lost_rows(snapshot, rows)
    except SnapshotError as error:
        return str(error).split("；")[0]
    finally:
        snapshot.close()


def _not_as_named(snapshot: Snapshot) -> str | None:
    path = snapshot.pointer.path
    (size,) = snapshot.ask_unscoped("select total_blocks * block_size as least from pragma_database_size()")
    if path.stat().st_size < size["least"]:
        return f"{path.name} 不完整（{path.stat().st_size} 字节，应不少于 {size['least']}）"
    builds = [row["build_id"] for row in snapshot.ask_unscoped("select build_id from published.build")]
    return None if builds == [snapshot.pointer.build_id] else f"{path.name} 里是另一次发布 {'、'.join(builds)}"


def _lost_rows(snapshot: Snapshot, rows: Path) -> str | None:
    contents = snapshot.ask_unscoped(
        "select distinct file.sha256, min(file.path) as path from published.source_file as file"
        " where file.file_id in (select file_id from published.source_row) group by file.sha256 order by path"
    )
    lost = [content["path"] for content in contents if not is_whole(rows / f"{content['sha256']}.parquet")]
    return f"{len(lost)} 个文件的原始行缺失或不完整，如 {lost[0]}" if lost else None
