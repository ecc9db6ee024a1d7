"""情况说明: what a grid says of an overdue duty, written in TOML in data/state/explanations/.

    [[explanation]]
    "指标" = "rectification"
    "义务编号" = "rectification/…"
    "谁写的" = "…"
    "写于" = "2026-11-10"
    "说明" = "…"

Whatever is wrong is told with file, entry and line, and so is every file nobody reads; the rest of the file, and the
other files, are used all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.release.explanation_lines import KEYS, Part, filled, parts, shown

_LONGEST = 2000
_NOBODY_MEANT = frozenset({"thumbs.db", "desktop.ini"})
_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Explanation:
    """One entry, number `entry` of its file (from 1), whose head is line `line`."""

    metric_id: str
    obligation_id: str
    by: str
    written_on: date
    text: str
    file: str
    entry: int
    line: int


@dataclass(frozen=True)
class Explanations:
    """What could be read, and file → what is wrong, entry by entry."""

    entries: tuple[Explanation, ...]
    astray: tuple[tuple[str, str], ...]


def read_explanations(folder: Path, metrics: Mapping[str, str] = _NAMES) -> Explanations:
    """All files of the folder, in the order of their names; metrics: Chinese name → id."""
    entries: list[Explanation] = []
    astray: list[tuple[str, str]] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or any(_is_nobodys(part) for part in path.relative_to(folder).parts):
            continue
        wrong = why_unread(path, folder)
        text = "" if wrong else _text(path)
        if wrong or text is None:
            astray.append((name, wrong or "打不开，或既非 UTF-8、UTF-16 也非 GBK 的文字；请用记事本另存为 UTF-8"))
            continue
        for one in _entries(text, name, metrics):
            if isinstance(one, Explanation):
                entries.append(one)
            else:
                astray.append((name, one))
    return Explanations(tuple(entries), tuple(astray))


def why_unread(path: Path, folder: Path) -> str:
    """Why a file at this place is not read, by its place and name alone, and how to mend it; empty where it is."""
    if path.parent.resolve() != folder.resolve():
        return "没有直接放在 data/state/explanations/ 之下，不读；请移到那里"
    if _is_nobodys(path.name):
        return "文件名像临时文件，不读；请换个名字"
    if path.suffix.lower() == ".toml":
        return ""
    if ".toml." in path.name.lower():
        return f"文件名应以 .toml 结尾；请去掉 {path.name[path.name.lower().rindex('.toml.') + 5 :]}"
    return "只读 explain 写出的 .toml 文件；请把内容填在那里面"


def _is_nobodys(name: str) -> bool:
    """True of hidden and temporary files: nobody meant them to be read."""
    return name.startswith((".", "~")) or name.lower() in _NOBODY_MEANT or name.lower().endswith(("~", ".tmp"))


def _text(path: Path) -> str | None:
    """The file's text in UTF-8, UTF-16 or GBK, as Notepad writes them; None where it is in none or cannot be opened."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _entries(text: str, file: str, metrics: Mapping[str, str]) -> Iterator[Explanation | str]:
    """Each entry of a file, or what is wrong with it."""
    before, *rest = parts(text)
    astray = filled(before).written
    if astray:
        line = dict(before.body)[astray[0]]
        yield f"第 {astray[0]} 行：应写在 [[explanation]] 之下，现为 {shown(line)}；未采用"
    number = 0
    for part in rest:
        if part.is_commented:
            yield from _left_commented(part)
            continue
        number += 1
        found = _explanation(part, file, number, metrics)
        yield f"第 {number} 条（第 {part.line} 行起）：{found}；未采用" if isinstance(found, str) else found


def _left_commented(part: Part) -> Iterator[str]:
    """An entry behind a # is none; where somebody filled it in, that is told."""
    said = filled(part)
    if said.written or said.filled_behind_hash:
        yield f"第 {part.line} 行起的一条填了，但行首的“# ”没有去掉：要采用就去掉六行行首的“# ”，不要就删掉；未采用"


def _explanation(part: Part, file: str, entry: int, metrics: Mapping[str, str]) -> Explanation | str:
    """The entry, or what is wrong with it."""
    if not part.is_well_headed:
        return f"第 {part.line} 行应写成 [[explanation]]，现为 {shown(part.head)}"
    said = filled(part)
    wrong = said.wrong
    for key, zh in KEYS.items():
        if key not in said.values and key in said.behind_hash:
            wrong.append(f"第 {said.behind_hash[key]} 行 {zh}：行首的“# ”没有去掉")
        elif key not in said.values:
            wrong.append(f"缺少 {zh}（{key}）")
    values = {key: value for key, (_, value) in said.values.items()}
    if not wrong and len(values["text"]) > _LONGEST:
        wrong.append(f"第 {said.values['text'][0]} 行 说明：{len(values['text'])} 字，超过 {_LONGEST} 字")
    if wrong:
        return "；".join(wrong)
    values["metric_id"] = metrics.get(values["metric_id"], values["metric_id"])
    return Explanation(**values, file=file, entry=entry, line=part.line)
