"""Register rows by hand, and what the house says of them."""

from __future__ import annotations

from house import House

TIANZHUANG = "g430923209"


def grid(code: str = "430923209", name: str = "新田庄镇", since: str = "2026-10-01", **more: str) -> dict[str, str]:
    """A register row of a township of 安化县."""
    return {"code": code, "name": name, "level": "三级", "parent": "安化县", "valid_from": since, **more}


def periods(house: House, grid_id: str = TIANZHUANG) -> list[tuple[str, str, str]]:
    """Name, first and last day of each published period."""
    rows = house.rows(f"select name, valid_from, valid_to from published.grid where grid_id = '{grid_id}' order by 2")
    return [(row["name"], str(row["valid_from"]), str(row["valid_to"] or "")) for row in rows]


def faults(house: House) -> list[tuple[str, str]]:
    """Column and rule of every finding."""
    rows = house.rows("select column_name, rule from published.quarantine order by row_id, 1, 2")
    return [(row["column_name"], row["rule"]) for row in rows]


def told(*rows: dict[str, str], county: str = "anhua") -> tuple[list[tuple[str, str]], House]:
    """What is found in a register of these rows."""
    house = House()
    house.ledger("grid", list(rows), county=county)
    return faults(house.build()), house
