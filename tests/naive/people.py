"""Who held which post when, who stood in for whom."""

from __future__ import annotations

from datetime import date, timedelta

from naive.clock import holds
from naive.grids import Grids
from naive.inputs import Inputs, Row

ONE_HOLDER = ("grid_chief", "body_head")


class People:
    """Posts, absences, and both together as those in post."""

    def __init__(self, inputs: Inputs, grids: Grids) -> None:
        self.grids = grids
        roster = [row for row in inputs.now["person"] if row["grid_id"] in grids.home]
        bearers: dict[tuple[str, str], set[str]] = {}
        for row in roster:
            if row["person_no"] is not None:
                county = grids.home[row["grid_id"]]["county_id"]
                bearers.setdefault((county, row["person_no"]), set()).add(row["name"])
        for row in roster:
            county = grids.home[row["grid_id"]]["county_id"]
            number = row["person_no"]
            known = number is not None and len(bearers[county, number]) == 1
            row["person_id"] = f"{county}/{number if known else row['name']}"
        self.posts = self._posts(roster)
        self.absences = [row for row in roster if row["kind"] in ("leave", "seconded", "acting")]
        self.in_post = [*self.posts, *self._deputies()]

    def _posts(self, roster: list[Row]) -> list[Row]:
        stated: dict[tuple[object, ...], Row] = {}
        best: dict[tuple[object, ...], tuple[object, ...]] = {}
        for row in roster:
            if row["kind"] not in (None, "post"):
                continue
            key = (row["grid_id"], row["post"], row["name"], row["valid_from"])
            rank = (
                row["person_no"] is None,
                -row["file_received_at"].timestamp(),
                -(row["valid_to"] or date.max).toordinal(),
                row["person_no"] or "",
                row["row_id"],
            )
            if key not in best or rank < best[key]:
                best[key] = rank
                stated[key] = dict(row)
        posts = list(stated.values())
        for row in posts:
            if row["post"] not in ONE_HOLDER:
                continue
            successors = [
                other["valid_from"]
                for other in stated.values()
                if (other["grid_id"], other["post"]) == (row["grid_id"], row["post"])
                and other["valid_from"] > row["valid_from"]
            ]
            if successors:
                end = min(successors) - timedelta(days=1)
                row["valid_to"] = min(row["valid_to"], end) if row["valid_to"] else end
        return posts

    def _deputies(self) -> list[Row]:
        found = []
        for row in self.absences:
            if row["deputy"] is not None:
                found.append({**row, "name": row["deputy"], "person_id": None, "post": "deputy"})
            elif row["kind"] == "acting":
                found.append({**row, "post": "deputy"})
        return found

    def on(self, grid_id: str, when: date) -> list[Row]:
        """All in post at a grid that day."""
        return [row for row in self.in_post if row["grid_id"] == grid_id and holds(row, when)]

    def inspectors_on(self, grid_id: str, when: date) -> list[Row]:
        """Inspectors in post at a grid that day; deputies aside."""
        return [
            row for row in self.posts
            if row["grid_id"] == grid_id and row["post"] == "inspector" and holds(row, when)
        ]  # fmt: skip

    def is_responsible(self, row: Row) -> bool:
        """Whether a post is that of the one responsible for its grid."""
        level = self.grids.level(row["grid_id"])
        return bool((level in (1, 2) and row["post"] == "grid_chief") or (level == 3 and row["post"] == "body_head"))

    def held_by(self, name: str, sender: str, when: date) -> list[str]:
        """The grids a named person of this sender's ledger is of that day: own county first, then level 1."""
        near, far = [], []
        for row in self.in_post:
            if row["name"] != name or not holds(row, when):
                continue
            county = self.grids.home[row["grid_id"]]["county_id"]
            if sender in (county, "city"):
                near.append(row["grid_id"])
            elif county == "city":
                far.append(row["grid_id"])
        return sorted(set(near or far))
