"""The names of grids a county may write, for the drop-down lists: from the list of grids the project brings."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

WHOLE_CITY = "全市"


def grid_choices(sql: Path) -> Mapping[str, list[str]]:
    """What to choose first (全市, then each county by name) → the names of grids that are understood there.

    A county's list holds its townships, itself, its level-1 unit and the city; 全市 holds all, for the detachment.
    The keys serve as names of ranges in workbooks: letters only.
    """
    with (sql / "seeds" / "grid.csv").open(encoding="utf-8-sig", newline="") as file:
        grids = list(csv.DictReader(file))
    names = {grid["grid_id"]: grid["name"] for grid in grids}
    choices = {WHOLE_CITY: [grid["name"] for grid in grids]}
    for county in (grid for grid in grids if grid["level"] == "2"):
        own = [grid["name"] for grid in grids if grid["level"] == "3" and grid["county_id"] == county["grid_id"]]
        choices[county["name"]] = [*own, county["name"], names[county["unit_id"]], names["city"]]
    return choices
