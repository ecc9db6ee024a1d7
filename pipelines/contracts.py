"""Contracts and profiles, read from sql/contracts/*.toml into frozen objects.

A contract says what each column of a table means, under which headers it is met, of what type it is and
whether it must be filled. A profile says where one county writes differently. Unknown keys are refused, so
that a misspelt rule cannot be silently without effect.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.grids import Grids, read_grids
from pipelines.profiles import Profile, load_profiles
from pipelines.rule_files import ContractError, parse, read_text, refuse_unknown
from pipelines.senders import Sender, read_senders

__all__ = ["DATED_TYPES", "Column", "Contract", "ContractError", "Contracts", "Profile", "load", "normal_header"]

COLUMN_TYPES = frozenset(
    {
        *("text", "code", "grid", "name", "names", "list", "word", "flag", "count", "number"),
        *("instant", "due", "day", "deadline", "month", "year", "cycle"),
    }
)
# Types whose cells state a date; `due` is an instant by which something is owed.
DATED_TYPES = frozenset({"instant", "due", "day", "deadline"})
# Names every staging table carries beside the contract's columns.
RESERVED = frozenset(
    {"row_id", "file_id", "sheet_name", "row_number", "county_id", "month", "file_received_at", "sha256", "fields",
     "faults", "content_hash", "extra", "row_key", "key_basis", "version_no", "disposition", "absent_in_latest",
     "opens", "since", "far_after"}
)  # fmt: skip
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")


def normal_header(text: str) -> str:
    """A header as it is compared: NFKC, without white space, line breaks and a bracketed unit, lower case."""
    return _BRACKETS.sub("", "".join(unicodedata.normalize("NFKC", text).split())).strip("*:：").lower()


@dataclass(frozen=True)
class Column:
    """One column of a table.

    words: canonical value → the words met for it (type `word` only). spare_of: the instant whose headers it shares
    where the ledger keeps the day apart from the clock; it answers only when that column has a better header.
    day_from: the column from which a clock alone takes its day (an instant with a spare takes it from the spare); where
    that is an instant, this is its end, and is read from its cell (14:30-16:00) where its own is empty.
    month_day: first or last, where a month alone stands for that day of it (type `day` only); else empty.
    note: what the column means, in Chinese for the clerk, where its name alone does not tell.
    done: whether it is the moment at which something was completed (type `instant` or `day`); words behind the date
    that say it is not done make it none.
    parts: whether a cell may hold several words, of which the first that is known counts; type `word` only.
    remarked: whether a word is still that word with a remark behind it (不合格，限5日内整改); type `word` only.
    """

    name: str
    zh: str
    en: str
    type: str
    required: bool = False
    past: bool = False
    spare_of: str = ""
    day_from: str = ""
    month_day: str = ""
    aliases: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""
    remarked: bool = False
    parts: bool = False
    done: bool = False


@dataclass(frozen=True)
class Contract:
    """One table. `identifying` columns must stand in the header for a sheet to be this table; `anchor` is the date
    on which a row hangs: the other dates written without a year take theirs from it.

    `identity`: fields that say which record a numbered row is about; where all of them differ, the number was reused.
    `correctable`: parts of the natural key of which one may change in a re-send without making another record.
    `steady`: fields that a correction changes now and then, but no delivery changes wholesale.
    `told_apart`: an instant and a text of the identity; where both are others, the number was reused, whatever agrees.
    `titled`: identifying columns that may be stated above the header instead (自评单位：安化县), for the whole sheet.
    `own_month`: an instant; a number that comes again in another month's ledger, of another month, was begun anew.
    """

    name: str
    zh: str
    en: str
    cadence: str
    identifying: tuple[str, ...]
    key: tuple[str, ...]
    natural_key: tuple[str, ...]
    anchor: str
    columns: Mapping[str, Column]
    identity: tuple[str, ...] = ()
    correctable: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()
    told_apart: tuple[str, ...] = ()
    own_month: str = ""
    titled: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[Column, ...]:
        """The columns of a blank ledger: a day kept apart from its clock is read, but nobody is asked for both."""
        return tuple(column for column in self.columns.values() if not column.spare_of)

    def spare(self, name: str) -> Column | None:
        """The column that keeps the day apart for the instant `name`."""
        return next((column for column in self.columns.values() if column.spare_of == name), None)

    def has_end(self, name: str) -> bool:
        """Whether another column is the end of what begins at the instant `name`."""
        return self.columns[name].type == "instant" and any(c.day_from == name for c in self.columns.values())

    def day_sources(self, name: str) -> tuple[str, ...]:
        """The columns from which a clock alone in `name` takes its day: the first that has one."""
        found: list[str] = []
        while name and name not in found[:-1]:
            spare = self.spare(name)
            name = spare.name if spare else self.columns[name].day_from
            found += [name] if name else []
        return tuple(found)

    def own_headers(self, name: str, profile: Profile | None = None) -> tuple[str, ...]:
        """The normalised headers written for this column, the profile's first, then its proper name."""
        theirs = profile.headers.get(self.name, {}).get(name, ()) if profile is not None else ()
        column = self.columns[name]
        return tuple(normal_header(text) for text in (*theirs, column.zh, *column.aliases))

    def headers(self, profile: Profile | None = None) -> dict[str, str]:
        """Normalised header → column name, the profile's headers first; a spare's headers mean its instant."""
        found: dict[str, str] = {}
        if profile is not None:
            for name, texts in profile.headers.get(self.name, {}).items():
                owner = self.columns[name].spare_of or name
                found.update({normal_header(text): owner for text in texts})
        for column in self.columns.values():
            for text in (column.zh, *column.aliases):
                found.setdefault(normal_header(text), column.spare_of or column.name)
        return found


@dataclass(frozen=True)
class Contracts:
    """All contracts and profiles, who reports and since when, and the digests by which landed files are keyed."""

    tables: Mapping[str, Contract]
    profiles: Mapping[str, Profile]
    digests: Mapping[str, str]
    grids: Grids
    senders: tuple[Sender, ...] = ()

    def profile(self, county_id: str) -> Profile | None:
        """The county's profile, None where it has no peculiarities."""
        return self.profiles.get(county_id)

    def digest(self, county_id: str) -> str:
        """12 hex digits over everything that decides how this county's files are read."""
        return self.digests[county_id]


def load(
    folder: Path,
    profiles_folder: Path | None = None,
    grid_seed: Path | None = None,
    sender_seed: Path | None = None,
) -> Contracts:
    """Read `folder/*.toml`, the profiles (`folder/profiles/*.toml`), the grid seed (`folder/../seeds/grid.csv`) and,
    where one is given, the sender seed.

    Raises ContractError naming file and key for unknown keys, unknown types, one header claimed by two
    columns, or a profile that speaks of a table or column no contract has; GridSeedError or
    SenderSeedError for a wrong seed.
    """
    texts = {path: read_text(path) for path in sorted(folder.glob("*.toml"))}
    tables = {contract.name: contract for contract in (_contract(path, text) for path, text in texts.items())}
    if not tables:
        raise ContractError(f"{folder} 中没有契约文件 (no contracts found)")
    grids = read_grids(grid_seed or folder.parent / "seeds" / "grid.csv")
    profiles, profile_texts = load_profiles(profiles_folder or folder / "profiles", tables, grids)
    digests = {}
    for county_id in grids.county_ids:
        whole = "\x00".join([*texts.values(), profile_texts.get(county_id, "")])
        digests[county_id] = hashlib.sha256(whole.encode()).hexdigest()[:12]
    return Contracts(tables, profiles, digests, grids, read_senders(sender_seed, grids))


def _contract(path: Path, text: str) -> Contract:
    data = parse(path, text)
    known = {
        "name", "zh", "en", "cadence", "identifying", "key", "natural_key", "anchor", "columns", "identity",
        "correctable", "steady", "told_apart", "own_month", "titled",
    }  # fmt: skip
    refuse_unknown(path.name, "", data, known)
    columns = {name: _column(path, name, given) for name, given in data["columns"].items()}
    contract = Contract(
        name=data["name"],
        zh=data["zh"],
        en=data["en"],
        cadence=data["cadence"],
        identifying=tuple(data["identifying"]),
        key=tuple(data["key"]),
        natural_key=tuple(data["natural_key"]),
        anchor=data.get("anchor", ""),
        columns=columns,
        identity=tuple(data.get("identity", ())),
        correctable=tuple(data.get("correctable", ())),
        steady=tuple(data.get("steady", ())),
        told_apart=tuple(data.get("told_apart", ())),
        own_month=data.get("own_month", ""),
        titled=tuple(data.get("titled", ())),
    )
    for name in (*contract.identifying, *contract.key, *contract.natural_key, *contract.identity, *contract.steady):
        if name not in columns:
            raise ContractError(f"{path.name}: 键列 {name} 不在 columns 中 (unknown key column)")
    strange = sorted(set(contract.correctable) - set(contract.natural_key))
    if strange:
        raise ContractError(
            f"{path.name}: correctable 中的 {strange} 不在 natural_key 中 (not part of the natural key)"
        )
    if contract.told_apart and [columns[name].type for name in contract.told_apart if name in contract.identity] != [
        "instant",
        "text",
    ]:
        raise ContractError(f"{path.name}: told_apart 应为 identity 中的一个 instant 与一个 text")
    if contract.own_month and (contract.own_month not in contract.identity or contract.cadence != "monthly"):
        raise ContractError(f"{path.name}: own_month 应为按月报送的表 identity 中的一列 (not of the identity)")
    if not set(contract.titled) <= set(contract.identifying):
        raise ContractError(f"{path.name}: titled 应为 identifying 中的列 (not identifying)")
    if contract.name != path.stem:
        raise ContractError(f"{path.name}: name 应为 {path.stem}，现为 {contract.name}")
    _refuse_wrong_days(path, contract)
    _refuse_shared_headers(path, contract)
    return contract


def _column(path: Path, name: str, given: Mapping[str, Any]) -> Column:
    where = f"[columns.{name}]"
    known = {"zh", "en", "type", "required", "past", "spare_of", "day_from", "month_day", "aliases", "words", "note",
             "remarked", "done", "parts"}  # fmt: skip
    refuse_unknown(path.name, where, given, known)
    if name in RESERVED:
        raise ContractError(f"{path.name} {where}: 列名 {name} 已由系统使用，请换一个 (reserved name)")
    if given["type"] not in COLUMN_TYPES:
        raise ContractError(f"{path.name} {where}: 未知的类型 {given['type']!r}；可用 {sorted(COLUMN_TYPES)}")
    if (given["type"] == "word") != ("words" in given):
        raise ContractError(f"{path.name} {where}: words 与 type = word 必须同时出现")
    if {"remarked", "parts"} & given.keys() and given["type"] != "word":
        raise ContractError(f"{path.name} {where}: remarked、parts 只用于 type = word")
    if "done" in given and given["type"] not in {"instant", "day"}:
        raise ContractError(f"{path.name} {where}: done 只用于 type = instant 或 day")
    if "month_day" in given and (given["type"], given["month_day"]) not in {("day", "first"), ("day", "last")}:
        raise ContractError(f"{path.name} {where}: month_day = {given['month_day']!r}；只用于 day，应为 first 或 last")
    return Column(
        name=name,
        zh=given["zh"],
        en=given["en"],
        type=given["type"],
        required=given.get("required", False),
        past=given.get("past", False),
        spare_of=given.get("spare_of", ""),
        day_from=given.get("day_from", ""),
        month_day=given.get("month_day", ""),
        aliases=tuple(given.get("aliases", ())),
        words={value: tuple(words) for value, words in given.get("words", {}).items()},
        note=given.get("note", ""),
        remarked=given.get("remarked", False),
        parts=given.get("parts", False),
        done=given.get("done", False),
    )


def _refuse_wrong_days(path: Path, contract: Contract) -> None:
    """An anchor, a spare or a source of days that is not the kind of column it must be, or a circle of sources."""
    types = {name: column.type for name, column in contract.columns.items()}
    has_dates = any(kind in DATED_TYPES for kind in types.values())
    if has_dates and types.get(contract.anchor) not in {"instant", "day"}:
        raise ContractError(f"{path.name}: anchor = {contract.anchor!r} 应为一个 instant 或 day 列 (no such date)")
    for name, column in contract.columns.items():
        where = f"{path.name} [columns.{name}]"
        if column.spare_of and (column.type, types.get(column.spare_of)) != ("day", "instant"):
            raise ContractError(f"{where}: spare_of = {column.spare_of!r}；本列应为 day，所指应为 instant")
        if column.day_from and (column.type, types.get(column.day_from)) not in {
            ("instant", "instant"),
            ("instant", "day"),
        }:
            raise ContractError(f"{where}: day_from = {column.day_from!r}；本列应为 instant，所指应为 instant 或 day")
        if name in contract.day_sources(name):
            raise ContractError(f"{where}: day_from 成环：{' → '.join((name, *contract.day_sources(name)))} (circle)")


def _refuse_shared_headers(path: Path, contract: Contract) -> None:
    owner: dict[str, str] = {}
    for column in contract.columns.values():
        for text in (column.zh, *column.aliases):
            answers = column.spare_of or column.name
            other = owner.setdefault(normal_header(text), answers)
            if other != answers:
                raise ContractError(f"{path.name}: 表头“{text}”同属 {other} 与 {answers} (ambiguous header)")
