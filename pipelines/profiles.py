"""Profiles: where one reporting unit writes otherwise than the contracts expect. README beside the profiles.

A profile is <county_id>.toml; all.toml speaks for every unit that has none of its own. What a profile says without
effect (an unknown table, a word of no value, a constant nobody could read) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.grids import Grids
from pipelines.rule_files import ContractError, parse, read_text, refuse_unknown, section, text_of, texts_of

if TYPE_CHECKING:
    from pipelines.contracts import Contract

SHARED = "all"
DATE_ORDERS = frozenset({"ymd", "mdy", "dmy"})
YEARS = frozenset({"roc", "two_digit"})
KEY_SCOPES = frozenset({"county", "month"})
# What a constant may fill: texts need no reading that could fail on every row, words are checked here.
CONSTANT_TYPES = frozenset({"text", "code", "name", "word"})
_KEYS = {"headers", "words", "names", "key_scope", "date_order", "years", "sentinels", "constants"}
_REGISTERED = re.compile(r"g\d{9}")  # a grid that the register may bring, not among the seed's

PerColumn = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Profile:
    """Where one county differs: extra headers, extra words, names of grids, tables numbered anew each month.

    date_order: table → order of the parts of its dates. years: table → how years of fewer than four digits count.
    sentinels: table → column → texts that mean “no value”. constants: table → column → the value of every row.
    """

    county_id: str
    headers: PerColumn = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    key_scope: Mapping[str, str] = field(default_factory=dict)
    date_order: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[str, str] = field(default_factory=dict)
    sentinels: PerColumn = field(default_factory=dict)
    constants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def load_profiles(
    folder: Path, tables: Mapping[str, Contract], grids: Grids
) -> tuple[dict[str, Profile], dict[str, str]]:
    """(county_id → profile, county_id → the profile's text) of the units that have one. Raises ContractError."""
    profiles: dict[str, Profile] = {}
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in (*grids.county_ids, SHARED):
            raise ContractError(f"profiles/{path.name}: 文件名应为 {(*grids.county_ids, SHARED)} 之一 (who is this?)")
        texts[path.stem] = read_text(path)
        profiles[path.stem] = _profile(path, texts[path.stem], tables, grids)
    shared = profiles.pop(SHARED, None)
    if shared is not None:
        text = texts.pop(SHARED)
        for county_id in grids.county_ids:
            if county_id not in profiles:
                profiles[county_id], texts[county_id] = replace(shared, county_id=county_id), text
    return profiles, texts


def _profile(path: Path, text: str, tables: Mapping[str, Contract], grids: Grids) -> Profile:
    name, data = f"profiles/{path.name}", parse(path, text)
    refuse_unknown(name, "", data, _KEYS)
    columns = {key: _per_column(name, key, data.get(key, {}), tables) for key in ("headers", "words", "sentinels")}
    listed = {
        key: {
            table: {
                column: texts_of(name, f"[{key}.{table}] {column}", given) for column, given in given_columns.items()
            }
            for table, given_columns in columns[key].items()
        }
        for key in ("headers", "sentinels")
    }
    return Profile(
        county_id=path.stem,
        headers=listed["headers"],
        words=_words(name, columns["words"], tables),
        names=_names(name, data.get("names", {}), grids),
        key_scope=_per_table(name, "key_scope", data, tables, KEY_SCOPES),
        date_order=_per_table(name, "date_order", data, tables, DATE_ORDERS),
        years=_per_table(name, "years", data, tables, YEARS),
        sentinels=listed["sentinels"],
        constants=_constants(name, data.get("constants", {}), columns["words"], tables),
    )


def _per_table(
    name: str, key: str, data: Mapping[str, Any], tables: Mapping[str, Contract], allowed: frozenset[str]
) -> dict[str, str]:
    given = section(name, key, data.get(key, {}))
    for table, value in given.items():
        if table not in tables or value not in allowed:
            raise ContractError(f"{name} {key}: {table} = {value!r}；应为 表 = {'、'.join(sorted(allowed))} 之一")
    return dict(given)


def _per_column(name: str, key: str, given: object, tables: Mapping[str, Contract]) -> dict[str, Mapping[str, Any]]:
    found = {}
    for table, columns in section(name, f"[{key}]", given).items():
        if table not in tables:
            raise ContractError(f"{name} [{key}.{table}]: 没有这张表 (unknown table)")
        found[table] = section(name, f"[{key}.{table}]", columns)
        refuse_unknown(name, f"[{key}.{table}]", columns, set(tables[table].columns))
    return found


def _words(
    name: str, given: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Contract]
) -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    found: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    for table, columns in given.items():
        for column, values in columns.items():
            where = f"[words.{table}.{column}]"
            refuse_unknown(name, where, section(name, where, values), set(tables[table].columns[column].words))
            meant = {value: texts_of(name, f"{where} {value}", texts) for value, texts in values.items()}
            found.setdefault(table, {})[column] = meant
    return found


def _names(name: str, given: object, grids: Grids) -> dict[str, str]:
    known = {line["grid_id"] for line in grids.lines}
    found = {}
    for written, grid_id in section(name, "[names]", given).items():
        found[written] = text_of(name, f"[names] {written}", grid_id)
        if grid_id not in known and not _REGISTERED.fullmatch(grid_id):
            raise ContractError(f"{name} [names] {written}: 名录中没有网格 {grid_id!r} (no such grid)")
    return found


def _constants(
    name: str, given: object, words: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Contract]
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, columns in _per_column(name, "constants", given, tables).items():
        contract = tables[table]
        for column, value in columns.items():
            where = f"[constants.{table}] {column}"
            text = text_of(name, where, value)
            kind = contract.columns[column]
            if kind.type not in CONSTANT_TYPES or column in (*contract.identifying, *contract.key):
                raise ContractError(
                    f"{name} {where}: 这一列不能填固定值；编号、日期、网格须逐行填写 (no constant here)"
                )
            own = section(name, f"[words.{table}.{column}]", words.get(table, {}).get(column, {}))
            known = {_word(word) for values in (kind.words, own) for value, texts in values.items()
                     for word in (value, *texts)}  # fmt: skip
            if kind.type == "word" and _word(text) not in known:
                raise ContractError(f"{name} {where}: {text!r} 不是 {sorted(kind.words)} 之一 (unknown word)")
            found.setdefault(table, {})[column] = text
    return found


def _word(text: str) -> str:
    return "".join(text.split()).lower()
