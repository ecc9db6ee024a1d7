"""The names of grids a county may write, for the drop-down lists: from the list of grids in force."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.grids import Grids

WHOLE_CITY = "全市"


def grid_choices(grids: Grids) -> Mapping[str, list[str]]:
    """What to choose first (全市, then each county by name) → the names of grids that are understood there.

    A county's list holds its townships, itself and all above it; 全市 holds all, for the detachment.
    """
    by_id = {line["grid_id"]: line for line in grids.lines}
    choices = {WHOLE_CITY: [line["name"] for line in grids.lines]}
    for county in (line for line in grids.lines if line["level"] == "2"):
        names = [
            line["name"] for line in grids.lines if line["level"] == "3" and line["parent_id"] == county["grid_id"]
        ]
        grid: Mapping[str, str] | None = county
        while grid is not None:
            names.append(grid["name"])
            grid = by_id.get(grid["parent_id"])
        choices[county["name"]] = names
    return choices
