"""Names of people for readers who may not see them in full: 王示例 becomes 王*."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import overload

from pipelines.snapshot.door import Row, Scope, Snapshot

_PERSON_HEADER = re.compile(
    r"人员|人$|人姓名|姓名|网格长|网格员|检查员|领导|经办|代理|签字|队长|负责人|责任人|问责对象|审核|leader|name|checker|inspector|deputy",
    re.IGNORECASE,
)
_SECRET_HEADER = re.compile(r"电话|手机|联系方式|身份证|phone", re.IGNORECASE)
_PLACES = frozenset({"path", "sheet_name"})
_WORD = re.compile(r"[^\s、，,；;/／()（）]+")


def mask_name(name: str) -> str:
    """The first character and a star; an empty text stays empty."""
    return f"{name[0]}*" if name else ""


class Mask:
    """Covers names in texts of one snapshot, or lets everything through for a scope that may see names."""

    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        self._known = None if scope.see_names else _known_names(snapshot)

    @overload
    def name(self, text: str) -> str: ...
    @overload
    def name(self, text: None) -> None: ...
    def name(self, text: str | None) -> str | None:
        """A field that holds names only, one or several."""
        if self._known is None or text is None:
            return text
        return _WORD.sub(lambda word: mask_name(word.group()), text)

    @overload
    def text(self, text: str) -> str: ...
    @overload
    def text(self, text: None) -> None: ...
    def text(self, text: str | None) -> str | None:
        """Free text: every name that any roster or ledger gives is covered, others cannot be recognised; a grid's name
        stays whole though it may hold somebody's."""
        if self._known is None or text is None:
            return text
        return self._known.sub(lambda word: word.group() if word.lastgroup else mask_name(word.group()), text)

    def cell(self, header: str, text: str) -> str:
        """A raw cell, judged by its header as well; without a header nothing is shown."""
        if self._known is None or not text:
            return text
        if not header or _SECRET_HEADER.search(header):
            return "*"
        return self.name(text) if _PERSON_HEADER.search(header) else self.text(text)

    def place(self, row: Row) -> Row:
        """A row of an answer with the file and sheet it names: people name files after themselves."""
        if self._known is None:
            return row
        return {name: self.text(value) if name in _PLACES else value for name, value in row.items()}

    def finding(self, column: str, value: str, message: str) -> tuple[str, str]:
        """Value and message of a finding, judged by its column's Chinese name; the message quotes the value."""
        covered = self.cell(column or "-", value)
        return covered, self.text(message.replace(value, covered) if value else message)


@lru_cache(maxsize=4)
def _known_names(snapshot: Snapshot) -> re.Pattern[str]:
    found = snapshot.ask_unscoped("""
        select name from published.person
        union select name from published.patrol_inspector
        union select leader from published.patrol
        union select deputy from published.absence
        union select unnest(string_split(checker, '、')) from published.follow_up
        union select unnest(string_split(checker, '、')) from published.backcheck
        union select unnest(string_split(person, '、')) from published.accountability
        -- an owner may be an office, which is longer than a name here and no secret
        union select name
        from (select unnest(regexp_split_to_array(owner, '[、，,;；/ 　]+')) as name from published.self_evaluation)
        where length(name) <= 4
        union select by_zh from published.explanation where length(by_zh) <= 4
    """)
    names = {str(row["name"]) for row in found if row["name"] and len(row["name"]) > 1}
    places = {str(row["name"]) for row in snapshot.ask_unscoped("select distinct name from published.grid")}
    return re.compile(f"(?P<place>{_any_of(places - names)})|{_any_of(names)}")


def _any_of(names: Iterable[str]) -> str:
    """Longest first, so that a name inside a longer one does not leave its tail uncovered."""
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) or r"(?!)"
