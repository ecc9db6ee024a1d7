"""What cannot spill may have the machine's memory, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest
from roots import SQL

from pipelines import engine

_LISTS = "select k, list(k || repeat('x', 200)) as texts from range(300000) as r(k) group by k"


def test_a_model_that_cannot_spill_is_run_again_with_the_machines_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_MEMORY", "40MB")
    con = engine.connect(tmp_path / "work.duckdb", SQL)
    con.execute("set temp_directory = ''")
    before = con.execute("select current_setting('memory_limit')").fetchone()
    assert engine.build_table(con, "staging.texts", _LISTS) == 300_000
    assert con.execute("select current_setting('memory_limit')").fetchone() == before
    con.close()
