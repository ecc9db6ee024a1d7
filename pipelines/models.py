"""The models: one SELECT a table, from sql/<layer>/*.sql and from the contracts, in the order they depend.

A model's inputs are read from its own SQL. An unknown table, an input from a higher layer and a circle are
errors; a file without the three-line header is one too. What SQL cannot say alone is computed by Python from what its
SELECT yields (`pipelines/points/`); such a model stands in the same order, and its inputs are read the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pyarrow as pa
import sqlglot
from sqlglot import exp

LAYERS = ("raw", "seed", "staging", "core", "steps", "obligations", "indicators", "points", "published", "checks")
MODEL_LAYERS = LAYERS[2:]
# Points are made of published sums and are published themselves: the two read each other, without a circle.
_RANK = {layer: LAYERS.index("published" if layer == "points" else layer) for layer in LAYERS}
# A step of handling is read once, by the model that puts a clock to all of them.
_VIEW_LAYERS = ("steps",)
_HEADER_LINES = 3


Compute = Callable[[pa.Table], pa.Table]
"""What a SELECT yields → the rows of the table: pure, the columns in the order and of the types of the table."""


class ModelError(ValueError):
    """A model that cannot be used; names the file and what was expected."""


@dataclass(frozen=True)
class Model:
    """One table to be made: `name` is schema.table, `header` its three comment lines, `inputs` tables it reads.

    is_view: it is computed where it is read. That spares writing what a single reader turns over row by row.
    empty_with: a raw table without whose rows this one has none either, and need not be planned.
    compute: turns what the SELECT yields into the rows of the table; None where the SELECT yields them itself.
    """

    name: str
    sql: str
    header: tuple[str, ...]
    inputs: frozenset[str]
    is_view: bool = False
    empty_with: str = ""
    compute: Compute | None = None

    @property
    def layer(self) -> str:
        """The schema the model lies in."""
        return self.name.split(".")[0]

    @property
    def table(self) -> str:
        """The table's own name."""
        return self.name.split(".")[1]


def read_folder(sql_dir: Path) -> list[Model]:
    """All models written by hand under sql/<layer>/."""
    return [
        make(f"{layer}.{path.stem}", path.read_text("utf-8"), is_view=layer in _VIEW_LAYERS)
        for layer in MODEL_LAYERS
        for path in sorted((sql_dir / layer).glob("*.sql"))
    ]


def make(name: str, sql: str, *, is_view: bool = False) -> Model:
    """A model of its SQL text. Raises ModelError for a missing header or SQL that does not parse."""
    lines = sql.splitlines()
    header = tuple(line[2:].strip() for line in lines[:_HEADER_LINES] if line.startswith("--"))
    if len(header) != _HEADER_LINES:
        raise ModelError(f"{name}: 开头应有三行注释：一行是什么、粒度、依据 (three-line header expected)")
    return Model(name, sql, header, _inputs(name, sql), is_view)


@cache
def _inputs(name: str, sql: str) -> frozenset[str]:
    # Parsing takes longer than most models run; command line, definitions and run all ask for the same text.
    return frozenset(_tables_read(name, sql))


def _tables_read(name: str, sql: str) -> Iterable[str]:
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.errors.ParseError as error:
        raise ModelError(f"{name}: SQL 无法解析 (does not parse): {error}") from error
    local = {cte.alias_or_name for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.db:
            yield f"{table.db}.{table.name}"
        elif table.name and table.name not in local:
            raise ModelError(f"{name}: 表 {table.name} 没有写明模式，也不是本查询的 CTE (unknown table)")


def in_order(models: Iterable[Model], sources: Iterable[str]) -> tuple[Model, ...]:
    """The models sorted so that each comes after its inputs; `sources` are the tables that stand already.

    Raises ModelError for a name defined twice, an unknown input, an input of a higher layer or a circle.
    """
    known: dict[str, Model] = {}
    for model in models:
        if model.name in known:
            raise ModelError(f"{model.name} 定义了两次 (defined twice)")
        known[model.name] = model
    given = set(sources)
    for model in known.values():
        for table in sorted(model.inputs):
            _check_input(model, table, known, given)
    graph = {name: sorted(model.inputs & known.keys()) for name, model in sorted(known.items())}
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ModelError(f"模型成环 (circle): {' → '.join(error.args[1])}") from error
    return tuple(known[name] for name in order)


def _check_input(model: Model, table: str, known: Mapping[str, Model], given: set[str]) -> None:
    if table not in known and table not in given:
        raise ModelError(f"{model.name} 读取了不存在的表 {table} (unknown table)")
    layer = table.split(".")[0]
    if _RANK[layer] > _RANK[model.layer]:
        raise ModelError(f"{model.name} 不能读取更高层的 {table} (reads a higher layer)")
