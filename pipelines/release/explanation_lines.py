"""The text of a file of 情况说明, entry by entry, line by line: what is broken is told, and how to mend it.

Each line `键 = 值` is TOML of its own; days may be written as people write them, and keys in Chinese.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# Key → the name people know it by; either may be written.
KEYS = {"metric_id": "指标", "obligation_id": "义务编号", "by": "谁写的", "written_on": "写于", "text": "说明"}
_CANONICAL = {**{key: key for key in KEYS}, **{zh: key for key, zh in KEYS.items()}}
_TO_FILL = ("by", "written_on", "text")
_DAY_MEND = "日期应写成 2026-11-05"
_BACKSLASH = "英文双引号里不能有反斜杠 \\；把 \\ 改为 /，或两头改用英文单引号 '…'"

_CURLY = "“”‘’＂「」"
_HASH = r"\s*(?P<hash>(?:[#＃]\s*)*)"
# Whatever is meant as the head of an entry, so that one without a bracket does not take its neighbours along.
_HEAD = re.compile(_HASH + r"(?:[\[［【]{2}|[\[［【]\s*[\"'“]?\s*expl|expl\w*\s*[\]］】])", re.IGNORECASE)
_WELL = re.compile(r"\s*\[\[\s*explanation\s*\]\]\s*(?:#.*)?")
_LINE = re.compile(
    rf"{_HASH}[\"'{_CURLY}]?(?P<key>[^\s\"'{_CURLY}=＝#＃]+)[\"'{_CURLY}]?\s*[=＝]\s*(?P<value>.*?)\s*", re.DOTALL
)
_DAY = re.compile(
    rf"[\"'{_CURLY}]?\s*(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?"
    rf"(?:[Tt ]\s*\d{{1,2}}:\d\d\S*?)?\s*[\"'{_CURLY}]?\s*(?:#.*)?"
)


@dataclass(frozen=True)
class Part:
    """The lines of one entry, the first being its head; of what stands before the first entry, line 0 and no head."""

    line: int
    head: str
    body: tuple[tuple[int, str], ...]

    @property
    def is_commented(self) -> bool:
        found = _HEAD.match(self.head)
        return bool(found and found["hash"])

    @property
    def is_well_headed(self) -> bool:
        return _WELL.fullmatch(self.head) is not None


@dataclass
class Filled:
    """What the lines of an entry say: key → (line, value), what is wrong, key → line where it stands behind a #."""

    values: dict[str, tuple[int, Any]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    behind_hash: dict[str, int] = field(default_factory=dict)
    written: list[int] = field(default_factory=list)
    filled_behind_hash: bool = False


class _MisreadError(ValueError):
    """What stands after the equals sign cannot be used; the message says why and how to mend it."""


def parts(text: str) -> list[Part]:
    """The text cut at the heads of entries, commented out or not; the first part is what stands before them."""
    found: list[tuple[int, str, list[tuple[int, str]]]] = [(0, "", [])]
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if _HEAD.match(line):
            found.append((number, line, []))
        else:
            found[-1][2].append((number, line))
    return [Part(number, head, tuple(body)) for number, head, body in found]


def filled(part: Part) -> Filled:
    """Read the lines of an entry."""
    said = Filled()
    for number, last, text in _statements(part.body):
        found = _LINE.fullmatch(text)
        key = _CANONICAL.get(found["key"]) if found else None
        if found and found["hash"]:
            if key:
                said.behind_hash[key] = number
                said.filled_behind_hash |= key in _TO_FILL and _is_filled(found["value"])
            continue
        said.written.append(number)
        if found is None:
            said.wrong.append(f'第 {number} 行读不懂，应为 键 = "值"，现为 {shown(text)}')
        elif key is None:
            known = "、".join(KEYS.values())
            said.wrong.append(f"第 {number} 行：未知的键 {found['key']}；键只有 {known}")
        elif key in said.values:
            said.wrong.append(f"第 {number} 行：{found['key']} 写了两次；每条说明都要有自己的 [[explanation]]")
        else:
            try:
                said.values[key] = (number, _value(key, found["value"], last > number))
            except _MisreadError as error:
                rows = f"第 {number} 行" if last == number else f"第 {number}—{last} 行"
                said.wrong.append(f"{rows} {found['key']}：{error}")
                said.values[key] = (number, None)
    return said


def shown(text: str) -> str:
    """What stands there, on one line and not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:40]}…"


def _statements(body: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """First line, last line and text of each `键 = 值`, and of what is no such thing, without empty lines and comments.

    A text begun by a quote and not ended goes on to the next key.
    """
    place = 0
    while place < len(body):
        number, line = body[place]
        place += 1
        found = _LINE.fullmatch(line)
        if not line.strip() or (found is None and line.lstrip()[0] in "#＃"):
            continue
        said = [line]
        if found and not found["hash"] and found["key"] in _CANONICAL:
            while place < len(body) and _goes_on(found["value"], said, body[place][1]):
                said.append(body[place][1])
                place += 1
        yield number, number + len(said) - 1, "\n".join(said)


def _goes_on(value: str, said: Sequence[str], following: str) -> bool:
    """True where the next line still belongs to a value that has not ended."""
    for quote in ('"""', "'''"):
        if value.startswith(quote):
            return "\n".join(said).count(quote) < 2
    if value[:1] not in ('"', "'", *_CURLY) or not value or not following.strip():
        return False
    if len(said) == 1 and len(value) > 1 and re.search(rf"[\"'{_CURLY}]\s*(?:#.*)?$", value):
        return False
    is_ended = len(said) > 1 and re.search(rf"[\"'{_CURLY}]\s*$", said[-1])
    found = _LINE.fullmatch(following)
    return not is_ended and following.lstrip()[0] not in "#＃" and not (found and found["key"] in _CANONICAL)


def _value(key: str, written: str, is_split: bool) -> str | date:
    """The value of a key. Raises _MisreadError."""
    if not _is_filled(written):
        raise _MisreadError(f"等号后面是空的；{_DAY_MEND}" if key == "written_on" else "是空的，应在引号里填文字")
    if key == "written_on":
        return _day(written)
    if written[0] not in "\"'":
        raise _MisreadError(f"{_why(written, is_split)}，现为 {shown(written)}")
    try:
        value: str = tomllib.loads(f"value = {written}")["value"]
    except tomllib.TOMLDecodeError as error:
        raise _MisreadError(f"{_why(written, is_split)}，现为 {shown(written)}") from error
    # TOML reads D:\temp as D:, a tab and emp, and says nothing.
    if key in _TO_FILL and written[0] == '"' and "\\" in re.sub(r'\\[\\"]', "", written):
        raise _MisreadError(f"{_BACKSLASH}，现为 {shown(written)}")
    if not value.strip():
        raise _MisreadError("是空的，应在引号里填文字")
    return value.strip()


def _is_filled(written: str) -> bool:
    return re.fullmatch(rf"[\"'{_CURLY}\s]*(?:#.*)?", written) is None


def _day(written: str) -> date:
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", written).strip())
    if found is None:
        raise _MisreadError(f"{_DAY_MEND}，也可写 2026年11月5日，现为 {shown(written)}")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise _MisreadError(f"没有这一天；{_DAY_MEND}，现为 {shown(written)}") from error


def _why(written: str, is_split: bool) -> str:
    """Why a value is no text of TOML, and how to mend it."""
    if written.startswith(('"""', "'''")):
        return "三个引号起头的文字没有用三个同样的引号收尾，或里面有反斜杠"
    if written[0] in _CURLY or (written[-1] in _CURLY and not is_split):
        return '用了中文引号 “ ”；两头改为英文引号 "'
    if written[0] not in "\"'":
        return '文字要放在英文引号 "…" 里'
    if is_split:
        return "文字中间按了回车；请写成一行"
    if written[0] == '"' and "\\" in written:
        return _BACKSLASH
    if written.count(written[0]) == 1:
        return f"结尾缺英文引号 {written[0]}"
    return f"文字里面还有英文引号 {written[0]}；里面的改为 “ ”"
