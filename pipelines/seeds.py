"""Loads what the project itself brings into schema `seed`: grids, calendar, rules, catalogue, contracts' words.

One table each; the moment of the computation is one of them, so that every model reads it like any other table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.catalogue import Catalogue
from pipelines.contracts import Contracts
from pipelines.engine import run
from pipelines.release.seeding import KEPT_TABLES, make_empty

_GRID_TYPES = {
    "level": "bigint",
    "is_patrol_grid": "boolean",
    "tile_x": "double",
    "tile_y": "double",
    "valid_from": "date",
}
_OTHER_COLUMNS = (
    "min_n bigint", "ledger varchar", "combine varchar", "multiplier bigint", "divisor bigint", "interval_kind varchar",
    "place bigint",
)  # fmt: skip
_LIMIT_COLUMNS = (
    "metric_id varchar, limit_class varchar, value bigint, day_kind varchar, option varchar, basis varchar,"
    " text_zh varchar, valid_from date, valid_to date"
)
SEED_TABLES = (
    "grid", "sender", "calendar", "rule", "word", "ledger", "heading", "key_scope", "profile_name", "constant",
    "metric", "metric_field", "asked_field", "metric_target", "duty_limit", "score_card", "score_weight", "self_item",
    "self_line", "moment", *KEPT_TABLES,
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """What is computed: events after `as_of` have not happened, files after `known_at` are not read."""

    build_id: str
    as_of: datetime
    known_at: datetime
    catalogue_version: str
    code_version: str
    is_demo: bool


def load_seeds(
    con: duckdb.DuckDBPyConnection, sql_dir: Path, contracts: Contracts, catalogue: Catalogue, moment: Moment
) -> None:
    """Replace every table of schema `seed`; those of fixed months stay empty until `release.seeding` fills them."""
    make_empty(con)
    folder = sql_dir / "seeds"
    _from_csv(con, "grid", contracts.grids.path, _GRID_TYPES)
    _replace(
        con,
        "sender",
        "county_id varchar, reports_from varchar",
        [[sender.county_id, sender.reports_from or None] for sender in contracts.senders],
    )
    _from_csv(con, "calendar", folder / "calendar.csv", {"day": "date", "is_workday": "boolean"})
    _from_csv(con, "rule", folder / "rule.csv", {})
    _from_contracts(con, contracts)
    _from_catalogue(con, contracts, catalogue)
    _from_scorecard(con, catalogue)
    _replace(
        con,
        "moment",
        "build_id varchar, as_of timestamp, known_at timestamp, catalogue_version varchar, code_version varchar,"
        " is_demo boolean",
        [
            [
                moment.build_id,
                moment.as_of,
                moment.known_at,
                moment.catalogue_version,
                moment.code_version,
                moment.is_demo,
            ]
        ],
    )


def _from_csv(con: duckdb.DuckDBPyConnection, table: str, path: Path, types: Mapping[str, str]) -> None:
    casts = ", ".join(f"cast({column} as {kind}) as {column}" for column, kind in types.items())
    path_text = str(path).replace("'", "''")
    run(
        con,
        f"seed.{table}",
        f"create or replace table seed.{table} as select * {f'replace ({casts})' if casts else ''}"
        f" from read_csv('{path_text}', header = true, all_varchar = true, delim = ',', nullstr = '')",
    )


def _from_contracts(con: duckdb.DuckDBPyConnection, contracts: Contracts) -> None:
    words, headings, scopes, names, constants = [], [], [], [], []
    for table in contracts.tables.values():
        for column in table.columns.values():
            expected = "、".join(texts[0] for texts in column.words.values())
            headings.append([table.name, column.name, column.zh, expected, bool(column.spare_of)])
            for county_id in contracts.grids.county_ids:
                profile = contracts.profile(county_id)
                own = profile.words.get(table.name, {}).get(column.name, {}) if profile else {}
                meaning = {_word(w): value for value, texts in column.words.items() for w in (value, *texts)}
                meaning.update({_word(w): value for value, texts in own.items() for w in texts})
                words += [[table.name, column.name, county_id, word, value] for word, value in meaning.items()]
    for profile in contracts.profiles.values():
        scopes += [[table, profile.county_id, scope] for table, scope in profile.key_scope.items()]
        names += [[profile.county_id, name, grid_id] for name, grid_id in profile.names.items()]
        constants += [[table, column, profile.county_id] for table, one in profile.constants.items() for column in one]
    text = "table_name varchar, column_name varchar"
    _replace(con, "word", f"{text}, county_id varchar, word varchar, value varchar", words)
    ledgers = [[table.name, table.zh, table.cadence] for table in contracts.tables.values()]
    _replace(con, "ledger", "table_name varchar, zh varchar, cadence varchar", ledgers)
    _replace(con, "heading", f"{text}, zh varchar, expected varchar, is_spare boolean", headings)
    _replace(con, "key_scope", "table_name varchar, county_id varchar, scope varchar", scopes)
    _replace(con, "constant", f"{text}, county_id varchar", constants)
    _replace(con, "profile_name", "county_id varchar, name varchar, grid_id varchar", names)


def _word(text: str) -> str:
    return "".join(text.split()).lower()


def _from_catalogue(con: duckdb.DuckDBPyConnection, contracts: Contracts, catalogue: Catalogue) -> None:
    texts = [key for key in catalogue.metrics[0].texts if key != "id"]
    columns = [*(f"{key} varchar" for key in texts), *_OTHER_COLUMNS]
    _replace(
        con,
        "metric",
        "metric_id varchar, " + ", ".join(columns),
        [
            [
                *(metric.id, *(metric.texts[key] for key in texts), metric.min_n, metric.ledger),
                *(metric.combine, metric.multiplier, metric.divisor, metric.interval, place),
            ]
            for place, metric in enumerate(catalogue.metrics)
        ],
    )
    _replace(
        con,
        "metric_field",
        "metric_id varchar, need_no bigint, table_name varchar, field_table varchar, field varchar, if_missing varchar,"
        " reason_zh varchar",
        [
            [metric.id, number, need.table, field_table, field, need.if_missing, need.reason_zh]
            for metric in catalogue.metrics
            for number, need in enumerate(metric.needs)
            for field_table, field in need.any_of
        ],
    )
    _replace(
        con,
        "asked_field",
        "table_name varchar, field varchar, field_zh varchar, is_required boolean",
        _asked_fields(contracts, catalogue),
    )
    _replace(
        con,
        "metric_target",
        "metric_id varchar, value double, basis_zh varchar, valid_from date, valid_to date",
        [
            [metric.id, target.value, target.basis_zh, target.valid_from, target.valid_to]
            for metric in catalogue.metrics
            for target in metric.targets
        ],
    )
    _replace(
        con,
        "duty_limit",
        _LIMIT_COLUMNS,
        [[getattr(limit, column.split()[0]) for column in _LIMIT_COLUMNS.split(",")] for limit in catalogue.limits],
    )
    _self_items(con, catalogue)


def _self_items(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    _replace(
        con,
        "self_item",
        "name varchar, item_zh varchar, metric_id varchar, basis varchar, valid_from date, valid_to date",
        [
            [name, item.zh, metric_id, item.basis, item.valid_from, item.valid_to]
            for item in catalogue.self_items
            for name in item.names
            for metric_id in item.metric_ids
        ],
    )
    _replace(
        con,
        "self_line",
        "undated_at_most double, blind_months_at_most bigint, valid_from date, valid_to date",
        [
            [line.undated_at_most, line.blind_months_at_most, line.valid_from, line.valid_to]
            for line in catalogue.hidden_lines
        ],
    )


def _from_scorecard(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Cards with their lines, and their weights in the card's order, each in the group of its concept."""
    held = catalogue.scorecard
    concepts = {metric.id: metric.texts["concept"] for metric in catalogue.metrics}
    texts, lines = held.cards[0].texts, held.cards[0].lines
    columns = [*(f"{key} varchar" for key in texts), *(f"{key} double" for key in lines)]
    _replace(
        con,
        "score_card",
        f"level bigint, {', '.join(columns)}, valid_from date, valid_to date",
        [
            [card.level, *card.texts.values(), *map(float, card.lines.values()), card.valid_from, card.valid_to]
            for card in held.cards
        ],
    )
    _replace(
        con,
        "score_weight",
        "level bigint, version varchar, place bigint, metric_id varchar, group_id varchar, group_zh varchar,"
        " weight bigint, floor double",
        [
            [card.level, card.texts["version"], place, one.metric, group.id, group.zh, one.weight, one.floor]
            for card in held.cards
            for place, one in enumerate(card.weights)
            for group in [held.group_of(concepts[one.metric])]
        ],
    )


def _asked_fields(contracts: Contracts, catalogue: Catalogue) -> list[list[Any]]:
    """The columns every ledger that metrics rest on must have: those that must be filled, and those a duty needs.

    A number beside the duties asks for nothing: where its column is missing it is not measurable, and nobody owes it.
    Of columns of which a metric takes any, the first is asked for; the others stand in for it, and need not be there.
    """
    needs = {need.any_of[0] for metric in catalogue.metrics if metric.is_duty for need in metric.needs}
    return [
        [table, column.name, column.zh, column.required]
        for table in sorted({table for table, _ in needs if contracts.tables[table].cadence == "monthly"})
        for column in contracts.tables[table].columns.values()
        if column.required or (table, column.name) in needs
    ]


def _replace(con: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    run(con, f"seed.{table}", f"create or replace table seed.{table} ({columns})")
    listed = list(rows)
    if not listed:
        return
    names = [part.split()[0] for part in columns.split(",")]
    given = pa.table({name: [row[i] for row in listed] for i, name in enumerate(names)})
    con.register("seed_rows", given)
    run(con, f"seed.{table}", f"insert into seed.{table} select * from seed_rows")
    con.unregister("seed_rows")
