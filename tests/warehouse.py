"""Warehouses in memory that are used again: a table whose SQL and inputs are what they were is not made anew.

A model is a function of the tables it reads. To plan two hundred of them takes a second, and most of what a test lays
in concerns a few: hundreds of tests would plan the same roster and the same grids. Where rows do change, the plan of a
table stays prepared: to plan it takes longer than a few rows take.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import duckdb
from roots import SQL

from pipelines import steps
from pipelines.catalogue import Catalogue
from pipelines.contracts import Contracts
from pipelines.landing import tables
from pipelines.models import Compute, Model
from pipelines.seeds import Moment, load_seeds

RawRows = dict[str, list[list[Any]]]
_free: list[Warehouse] = []


class _Made(NamedTuple):
    """What a table was made of, and what came out: two of one stamp hold the same rows."""

    form: str
    inputs: int
    stamp: int


class Warehouse:
    """A connection, and what its tables were made of."""

    def __init__(self, rules: steps.Rules) -> None:
        self.con: duckdb.DuckDBPyConnection = steps.engine.connect(None, SQL, threads=1)
        tables.ensure(self.con, rules.contracts)
        self.raw = {f"raw.{name}": 0 for name in tables.wanted(rules.contracts)}
        self.seeded = ("", (datetime.min, datetime.min))
        self.made: dict[str, _Made] = {}
        # What stands under each name: its form without its rows.
        self.standing: dict[str, str] = {}
        # A plan made by the optimizer is of the rows of its day, and is made again at every use.
        self.con.execute("pragma disable_optimizer")
        self.prepared: set[str] = set()

    def fill(self, rows: RawRows) -> None:
        """Make the raw tables hold these rows and no others."""
        for name, stamp in self.raw.items():
            lines = rows.get(name.removeprefix("raw."), [])
            wanted = hash(repr(lines)) if lines else 0
            if wanted == stamp:
                continue
            self.raw[name] = -1  # whatever fails now, the rows are no longer those of the former stamp
            self.con.execute(f"delete from {name}")
            for line in lines:
                self.con.execute(f"insert into {name} values ({', '.join('?' for _ in line)})", line)
            self.raw[name] = wanted

    def seed(self, contracts: Contracts, catalogue: Catalogue, as_of: datetime, known_at: datetime) -> None:
        """Load the seeds at this moment."""
        seeded = (repr((sorted(contracts.profiles.items()), contracts.senders, catalogue)), (as_of, known_at))
        if self.seeded == seeded:
            return
        if self.seeded[0] == seeded[0]:
            self.con.execute("update seed.moment set as_of = ?, known_at = ?", [as_of, known_at])
        else:
            self._forget_plans()
            load_seeds(
                self.con, SQL, contracts, catalogue, Moment("test", as_of, known_at, catalogue.version, "code", True)
            )
        self.seeded = seeded

    def compute(self, models: Iterable[Model]) -> None:
        """Make those of the models whose SQL or inputs changed; what came out as before changes nothing after it.

        models: in order, and with each all that it reads.
        """
        others, moment = self.seeded
        stamps: dict[str, int] = self.raw | {"seed.moment": hash(moment)}
        for model in models:
            is_empty = bool(model.empty_with) and self.raw[model.empty_with] == 0
            form = f"{'empty' if is_empty else 'view' if model.is_view else 'table'} {model.sql}"
            inputs = hash(() if is_empty else tuple(stamps.get(name, hash(others)) for name in sorted(model.inputs)))
            before = self.made.pop(model.name, _Made("", 0, 0))
            # A view is computed where it is read: what it reads may change beneath it.
            if before.form == form and (model.is_view or before.inputs == inputs):
                stamp = inputs if model.is_view else before.stamp
            else:
                self._renew(model, is_empty)
                stamp = inputs if is_empty or model.is_view else self._content(model.name)
            self.made[model.name] = _Made(form, inputs, stamp)
            stamps[model.name] = stamp

    def lend(self) -> None:
        """To one who keeps it, and may ask what the optimizer alone makes bearable."""
        self.con.execute("pragma enable_optimizer")

    def _renew(self, model: Model, is_empty: bool) -> None:
        """Make the rows of a model anew; where its table stands already, only its rows go."""
        form = f"{'view' if model.is_view and not is_empty else 'table'} {model.sql}"
        if is_empty and self.standing.get(model.name) == f"view {model.sql}":
            return  # it yields nothing either, and what reads it keeps its plan
        if self.standing.get(model.name) != form:
            self.standing.pop(model.name, None)
            self._forget_plans()
            steps.compute(self.con, model)
            self.standing[model.name] = form
            return
        if model.is_view:
            return
        self.con.execute(f"delete from {model.name}")
        if is_empty:
            return
        if model.compute is not None:
            self._insert_computed(model, model.compute)
        else:
            self._execute("rows", model.name, f"insert into {model.name}\n{model.sql}")

    def _insert_computed(self, model: Model, compute: Compute) -> None:
        made = compute(self.con.sql(model.sql).to_arrow_table())
        self.con.register("made", made)
        try:
            self.con.execute(f"insert into {model.name} from made")
        finally:
            self.con.unregister("made")

    def _content(self, table: str) -> int:
        hashed = f"select hash(list(hash(t))) from (select hash(columns(*)) from {table}) as t"
        row = self._execute("content", table, hashed).fetchone()
        assert row is not None
        return hash(row)

    def _execute(self, what: str, table: str, sql: str) -> duckdb.DuckDBPyConnection:
        """Run what is asked of a table again and again: from the second time on by its plan."""
        name = f"{what}_of_{table.replace('.', '_')}"
        if name not in self.prepared:
            self.con.execute(f"prepare {name} as {sql}")
            self.prepared.add(name)
        return self.con.execute(f"execute {name}")

    def _forget_plans(self) -> None:
        """Whatever else is created: each plan would be made again at every use, and never kept."""
        self.prepared.clear()


def take(rules: steps.Rules) -> Warehouse:
    """A warehouse nobody uses, or a new one."""
    return _free.pop() if _free else Warehouse(rules)


def give_back(warehouse: Warehouse) -> None:
    """For the next who takes one; nobody may have kept its connection."""
    _free.append(warehouse)
