"""What a build comes to, to compare with another: exported bytes of the published tables, or a warehouse in memory."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from roots import SQL

from pipelines import engine, publish, steps
from pipelines.settings import CODE_ROOT, Settings
from pipelines.snapshot import read_pointer

MOMENT = datetime(2026, 11, 23, 9, 0)


@cache
def rules() -> steps.Rules:
    """Read once a process: no test changes them."""
    return steps.read_rules(Settings(root=CODE_ROOT))


def exported(root: Path, snapshot: Path | None = None) -> dict[str, str]:
    """Table → digest of its exported Parquet, of the current snapshot or of the one given."""
    path = snapshot or read_pointer(root / "data/published").path
    folder = root / "export" / path.stem
    con = engine.connect(None, SQL)
    con.execute(f"attach '{path}' as snapshot (read_only)")
    written = publish.export(con, rules().published, folder, "snapshot.published")
    con.close()
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in written}


def in_memory(root: Path, *, as_of: datetime = MOMENT) -> duckdb.DuckDBPyConnection:
    """Land and compute a root in a warehouse that is not kept, with every check silent; nothing is published.

    Among the checks is that no published key stands twice.
    """
    settings = Settings(root=root)
    con = engine.connect(None, SQL, threads=1)
    outlook = steps.look(settings, rules(), as_of)
    steps.land_files(con, settings, rules(), outlook)
    steps.load_moment(con, settings, rules(), outlook)
    for model in rules().tables:
        steps.compute(con, model)
    steps.check_all(con, rules())
    return con


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return con.execute(sql).fetchall()
