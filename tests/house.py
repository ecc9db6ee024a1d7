"""A warehouse in memory with literal ledgers: rows in by hand, every model run on a real DuckDB, rows out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import duckdb
import warehouse

from pipelines import steps
from pipelines.catalogue import Catalogue
from pipelines.contracts import Profile
from pipelines.settings import CODE_ROOT, Settings

RULES = steps.read_rules(Settings(root=CODE_ROOT))
_TABLE = re.compile(r"\b(?:staging|core|steps|obligations|indicators|points|published)\.\w+")


class House:
    """Ledgers go in with `ledger`, `build` runs every model; `rows` reads a table back as dictionaries."""

    def __init__(
        self,
        as_of: str = "2026-11-06 09:00",
        profiles: tuple[Profile, ...] = (),
        catalogue: Catalogue = RULES.catalogue,
        known_at: str | None = None,
    ) -> None:
        self.contracts = replace(RULES.contracts, profiles={profile.county_id: profile for profile in profiles})
        # Profiles go into the generated SQL; without any, the models parsed once serve all houses.
        self.rules = replace(RULES, contracts=self.contracts) if profiles else RULES
        self.catalogue = catalogue
        self.as_of = datetime.fromisoformat(as_of)
        self.known_at = datetime.fromisoformat(known_at or as_of)
        self.files = 0
        self.raw: warehouse.RawRows = {}
        self.warehouse = warehouse.take(RULES)
        self.is_lent = False

    def __del__(self) -> None:
        if not self.is_lent:
            warehouse.give_back(self.warehouse)

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection with every table made, to be changed at will: nobody else gets this warehouse any more."""
        if not self.is_lent:
            self.warehouse.lend()
            self._make({model.name for model in self.rules.models})
        self.is_lent = True
        return self.warehouse.con

    def ledger(
        self,
        table: str,
        rows: list[dict[str, str]],
        *,
        county: str = "anhua",
        month: str = "2026-10",
        received: str = "2026-11-02 10:00",
        fields: list[str] | None = None,
    ) -> str:
        """Lay one file with these rows as if it had been landed; columns not in `fields` have no header."""
        self.files += 1
        digest = f"{self.files:08x}" + "0" * 56
        file_id = f"{county}/{month}/{digest[:8]}"
        present = fields if fields is not None else sorted({name for row in rows for name in row} - {"mends_row"})
        self.insert(
            "delivery", [f"{month}/{county}/{self.files}.csv", digest, 1, county, month, received, "receipt", file_id]
        )
        self.insert("content", [file_id, "digest", "landed", None, None, None])
        self.insert("sheet", [file_id, "csv", table, present, 1, len(rows), False, [], "", [], None, None, False])
        self.insert("source_row", [f"{file_id}#csv!1", file_id, "csv", 1, "header", table, None, None])
        columns = RULES.contracts.tables[table].columns
        for number, row in enumerate(rows, 2):
            unknown = {name: text for name, text in row.items() if name not in (*columns, "mends_row")}
            cells = [row.get(name) if name in present else None for name in columns]
            extra = json.dumps(unknown, ensure_ascii=False) if unknown else None
            self.insert(table, [f"{file_id}#csv!{number}", file_id, "csv", number, *cells, extra])
            mends = row.get("mends_row")
            self.insert("source_row", [f"{file_id}#csv!{number}", file_id, "csv", number, "body", table, mends, None])
        return file_id

    def insert(self, table: str, values: list[Any]) -> None:
        """Lay one row into a raw table, for the next build."""
        self.raw.setdefault(table, []).append(values)

    def build(self) -> House:
        """Lay the rows in. What a query reads is made when it is asked for: a test is about a few of 300 tables."""
        self.warehouse.fill(self.raw)
        self.warehouse.seed(self.contracts, self.catalogue, self.as_of, self.known_at)
        return self

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of a query."""
        self._make(set(_TABLE.findall(query)))
        cursor = self.warehouse.con.execute(query)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def one(self, query: str) -> dict[str, Any]:
        """The only row of a query."""
        (row,) = self.rows(query)
        return row

    def values(self, query: str) -> list[Any]:
        """The first column of a query."""
        return [next(iter(row.values())) for row in self.rows(query)]

    def _make(self, asked: set[str]) -> None:
        """Make these tables and all they rest on; every check whose tables stand must be silent."""
        wanted = set(asked)
        for model in reversed(self.rules.tables):
            if model.name in wanted:
                wanted |= model.inputs
        self.warehouse.compute(model for model in self.rules.tables if model.name in wanted)
        standing = wanted | {name for name in self._grounds() if not name.startswith("checks.")}
        for check in self.rules.checks:
            if check.inputs <= standing:
                told = steps.offences(self.warehouse.con, check)
                assert told == [], f"{check.name}: {told}"

    def _grounds(self) -> set[str]:
        models = {model.name for model in self.rules.models}
        return {name for model in self.rules.models for name in model.inputs} - models


def person(name: str, grid: str, post: str = "网格员", since: str = "2026-01-01", **more: str) -> dict[str, str]:
    """A roster row."""
    return {"name": name, "grid": grid, "post": post, "valid_from": since, "valid_to": "", **more}


def patrol(number: str, grid: str, day: str, who: str, **more: str) -> dict[str, str]:
    """A patrol row with nothing found."""
    return {"patrol_no": number, "grid": grid, "started_at": day, "inspectors": who, "findings": "0", **more}


PROBLEM_FIELDS = [
    "problem_no", "parent_problem_no", "is_duplicate", "description", "source", "grid", "duty_grid", "category",
    "discovered_at", "served_at", "rectify_due", "extended_due", "extension_approved_by", "extension_approved_at",
    "corrected_on_spot", "rectified_at", "closed_at", "closure",
]  # fmt: skip


def problem(number: str, discovered: str = "2026-10-08", due: str = "2026-10-20", **more: str) -> dict[str, str]:
    """A problem row in 田庄乡 of 安化县, found by a patrol."""
    given = {
        "problem_no": number, "description": "示例问题", "source": "巡查发现", "grid": "田庄乡", "category": "水",
        "discovered_at": discovered, "rectify_due": due, **more,
    }  # fmt: skip
    return {name: given.get(name, "") for name in (*PROBLEM_FIELDS, *(set(given) - set(PROBLEM_FIELDS)))}
