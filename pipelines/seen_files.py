"""The journal of every file ever read, data/state/seen_files.csv: what tells a file that is gone from one never sent.

A line a content, as the build that read it last had it. No figure follows from it: it is no part of the build_id, and
a root without it computes the same. Read by `pipelines.snapshot.vanished`.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb

from pipelines.publish import write_atomically
from pipelines.snapshot.vanished import COLUMNS, NAME, read_seen

_READ = """
    select
        file.path, file.sha256, file.county_id, file.month, cast(file.received_at as varchar),
        cast(coalesce(sum(sent.accepted), 0) as varchar)
    from published.source_file as file
    left join published.submission as sent on sent.file_id = file.file_id
    group by file.path, file.sha256, file.county_id, file.month, file.received_at, file.state
    order by file.state = 'identical' desc, file.path desc
"""


def remember(con: duckdb.DuckDBPyConnection, state: Path) -> None:
    """Write down what the tables about to be published were read from; what stood there and is gone stays.

    Raises SnapshotError where the journal cannot be read: written anew it would have forgotten what is gone.
    """
    seen = {one.sha256: one.cells for one in read_seen(state)}
    # Of several copies the last in this order counts: the one that was read, by the first of the paths.
    now = {**seen, **{row[1]: row for row in con.execute(_READ).fetchall()}}
    if now == seen:
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(now.values()))
    state.mkdir(parents=True, exist_ok=True)
    write_atomically(state / NAME, text.getvalue())
