"""What contracts and profiles have in common: TOML read strictly, every mistake told with file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class ContractError(ValueError):
    """A contract or profile that cannot be used; names the file, the key and what was expected."""


def parse(path: Path, text: str) -> dict[str, Any]:
    """The TOML of a file already read. Raises ContractError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContractError(f"{path.name}: TOML 语法错误：{error}") from error


def read_text(path: Path) -> str:
    """A rule file's text. Raises ContractError where it is not UTF-8."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ContractError(f"{path.name}: 无法读取（应为 UTF-8 文本）：{error} (unreadable)") from error


def refuse_unknown(name: str, where: str, given: Mapping[str, Any], known: set[str]) -> None:
    """Raises ContractError for keys nobody would look at."""
    unknown = sorted(set(given) - known)
    if unknown:
        raise ContractError(f"{name} {where}: 未知的键 {unknown}；可用 {sorted(known)} (unknown keys)")


def section(name: str, where: str, given: object) -> Mapping[str, Any]:
    """A table of TOML. Raises ContractError for anything else."""
    if not isinstance(given, dict):
        raise ContractError(f"{name} {where}: 应为一节（键 = 值），现为 {given!r} (a table is expected)")
    return given


def text_of(name: str, where: str, given: object) -> str:
    """A text that is not empty. Raises ContractError for anything else."""
    if not isinstance(given, str) or not given.strip():
        raise ContractError(f"{name} {where}: 应为加引号的文字，现为 {given!r} (a text is expected)")
    return given


def texts_of(name: str, where: str, given: object) -> tuple[str, ...]:
    """A list of texts. Raises ContractError for anything else: a text alone would be read letter by letter."""
    if not isinstance(given, list):
        raise ContractError(f'{name} {where}: 应为 ["…", …]，现为 {given!r} (a list of texts is expected)')
    return tuple(text_of(name, where, one) for one in given)
