"""Who keeps, found, handles and enforces a problem."""

from __future__ import annotations

from datetime import datetime

from naive.grids import Grids
from naive.patrols import Patrols
from naive.problems import Case

FOUND_OUTSIDE = ("patrol", "report")


class Who:
    """The four roles, by problem."""

    def __init__(self, grids: Grids, patrols: Patrols) -> None:
        self.grids, self.patrols = grids, patrols
        self.numbered: dict[tuple[str, str], list[str]] = {}
        for key, row in patrols.by_id.items():
            if row["patrol_no"] is not None:
                self.numbered.setdefault((row["county_id"], row["patrol_no"]), []).append(key)

    def level(self, grid_id: str) -> int:
        """The level of a grid."""
        return self.grids.level(grid_id)

    def keeper(self, case: Case) -> str:
        """Whose ledger it stands in: the county; for the detachment's, the unit above the place."""
        sender = str(case.now["county_id"])
        return sender if sender != "city" else self.unit(case)

    def unit(self, case: Case) -> str:
        """The level-1 unit in charge of the place."""
        return self.grids.at_level(case.now["grid_id"], 1, case.now["discovered_at"]) or "city"

    def finder(self, case: Case) -> str:
        """Whoever went, where it was found on a patrol or reported from below; else the keeper."""
        row = case.now
        if row["source"] not in FOUND_OUTSIDE:
            return self.keeper(case)
        credited = [
            grid_id
            for key in self.numbered.get((row["county_id"], row["patrol_no"]), [])
            for grid_id in self.patrols.credit[key]
        ]
        if credited:
            return min(credited, key=lambda g: (-self.level(g), g))
        return str(row["grid_id"]) if self.level(row["grid_id"]) == 3 else self.keeper(case)

    def handler(self, case: Case) -> str:
        """Who bears the first round."""
        return case.bearers[0]

    def is_stated(self, case: Case) -> bool:
        """Whether any version named who is to handle it."""
        return any(version["duty_grid_id"] is not None for version in case.versions)

    def enforcer(self, grid_id: str) -> str:
        """The grid itself where it may enforce, else the county above it."""
        return grid_id if self.level(grid_id) < 3 else str(self.grids.home[grid_id]["county_id"])

    def is_below(self, lower: str, upper: str, on: datetime) -> bool:
        """Whether one lay strictly below the other that day."""
        return lower != upper and upper in self.grids.above(lower, on)
