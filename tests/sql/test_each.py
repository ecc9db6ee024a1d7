"""One function over many columns reads the same whether it is written out for each or stands once over their list."""

from __future__ import annotations

from typing import Any

import pytest
from house import RULES, House, patrol, person, problem

from pipelines import each_sql
from pipelines.typed_sql import typed

ROWS = {
    "problem": [
        problem("1", "10月8日", "10日内", served_at="2026.10.9 下午3时", rectified_at="2026-10-32", closed_at="43878"),
        problem(
            "2",
            "2026-10-08",
            "2026年10月底前",
            rectified_at="2026-10-09（整改中）",
            closed_at="1900-01-01",
            discovered_at="9:30",
        ),
        problem("", "", "长期坚持", served_at="25:61", extended_due="2026-11-01 24:00", grid="田庄乡（高桥村）"),
    ],
    "patrol": [
        patrol("1", "田庄乡", "20261003 8:30", "张　三（网格员）、李示例", ended_at="9时半"),
        patrol("2", "某乡", "2026/13/1", "张示例", findings="无"),
    ],
    "person": [
        person("张示例", "田庄乡", since="2026年1月"),
        person("李示例", "安化县", since="不详", valid_to="至今"),
    ],
}


@pytest.fixture(scope="module")
def house() -> House:
    made = House()
    for table, rows in ROWS.items():
        made.ledger(table, rows)
    return made.build()


@pytest.mark.parametrize("table", ROWS)
def test_lists_and_columns_read_alike(house: House, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[list[dict[str, Any]]] = []
    for many in (1, 1_000):
        monkeypatch.setattr(each_sql, "MANY", many)
        sql = typed(RULES.contracts.tables[table], {})
        assert ("list_transform([" in sql) == (many == 1)
        found.append(house.rows(f"select * from ({sql}) order by row_id"))
    assert found[0] == found[1]
    assert len(found[0]) == len(ROWS[table])
    assert any(row["faults"] for row in found[0])
