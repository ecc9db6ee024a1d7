"""All fixed months as they lie in data/releases, each judged: whole, or damaged and why.

data/releases/<YYYY-MM>/<preliminary|final>/            a release
data/releases/<YYYY-MM>/restated/<stage>-<moment>/      what later files would change of it, as seen at that moment
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.release import folder as folders
from pipelines.release import journal, manifest
from pipelines.release.journal import Journal, Line
from pipelines.release.manifest import ManifestError
from pipelines.release.stages import STAGE_ZH, STAGES, FixingError, month_of

RESTATED = "restated"
DAMAGED = "损坏的固化数据不用于计算"


@dataclass(frozen=True)
class Release:
    """A fixed month at a stage. content: its manifest, empty where that cannot be believed; reason_zh: the damage."""

    month: str
    stage: str
    folder: Path
    content: Mapping[str, Any]
    sha256: str
    reason_zh: str = ""

    @property
    def is_intact(self) -> bool:
        """Whether its figures may be used."""
        return not self.reason_zh

    @property
    def name(self) -> str:
        """`2026-10/final`."""
        return f"{self.month}/{self.stage}"

    def moment(self, key: str) -> datetime:
        """fixed_at, as_of or known_at of a release whose manifest is believed."""
        return datetime.fromisoformat(self.content[key])

    def parquet(self, table: str) -> Path:
        """Where a kept table lies."""
        return self.folder / str(self.content["tables"][table]["file"])


@dataclass(frozen=True)
class Restatement:
    """What files known at `known_at` would change of a release; inputs: digest of all that was looked at."""

    release: Release
    folder: Path
    content: Mapping[str, Any]

    @property
    def known_at(self) -> datetime:
        """The moment up to which files were looked at: 数据更正截至."""
        return datetime.fromisoformat(self.content["known_at"])


@dataclass(frozen=True)
class Shelf:
    """Every release, by month and stage; the newest whole restatement of each; and what lies there otherwise.

    astray: path below data → what is wrong, in Chinese; unwritten: whole folders the journal does not have yet;
    journal_fault: why nothing may be written behind the journal.
    """

    releases: tuple[Release, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    astray: tuple[tuple[str, str], ...] = ()
    unwritten: tuple[Line, ...] = ()
    journal_fault: str = ""

    def of(self, month: str, stage: str) -> Release | None:
        """The release of a month and stage, damaged or not."""
        return next((one for one in self.releases if (one.month, one.stage) == (month, stage)), None)

    def restated(self, release: Release) -> Restatement | None:
        """The newest look back at a release."""
        return next((one for one in self.restatements if one.release.name == release.name), None)

    @property
    def last(self) -> Release | None:
        """The release fixed last, to which the next one is chained."""
        believed = [release for release in self.releases if release.content]
        return max(believed, key=lambda release: int(release.content["sequence"]), default=None)

    @property
    def damaged(self) -> tuple[Release, ...]:
        """The releases whose figures may not be used."""
        return tuple(release for release in self.releases if not release.is_intact)

    @property
    def identity(self) -> str:
        """What a build hangs on: every manifest, and what is wrong. The same again once damage is mended."""
        whole = hashlib.sha256()
        for release in self.releases:
            whole.update(f"{release.name}\t{release.sha256}\t{release.reason_zh}\n".encode())
        for one in self.restatements:
            whole.update(f"{one.release.name}\t{one.folder.name}\t{one.content['tables']}\n".encode())
        for path, reason in self.astray:
            whole.update(f"{path}\t{reason}\n".encode())
        return whole.hexdigest()[:12]


def read_shelf(root: Path) -> Shelf:
    """Read and verify all that lies in data/releases (`root`), against the journal in data/state too."""
    months, astray = _months(root)
    written = journal.read(root)
    found = [
        _release(month, stage, root / month / stage)
        for month in months
        for stage in STAGES
        if (root / month / stage).exists()
    ]
    found = list(_journalled(list(_chained(found, root)), written, root))
    releases = sorted(found, key=lambda one: (one.month, STAGES.index(one.stage)))
    restatements = []
    whole = [_line(one) for one in releases if one.is_intact]
    for release in releases:
        all_of, told = _restatements(release, written)
        restatements += all_of[-1:]
        whole += [_line_of(one) for one in all_of]
        astray += told
    astray = [(f"releases/{path}", reason) for path, reason in astray]
    astray += [(f"state/{journal.NAME}", written.fault)] if written.fault else []
    unwritten = tuple(line for line in whole if line.folder not in written.lines)
    return Shelf(tuple(releases), tuple(restatements), tuple(sorted(astray)), unwritten, written.fault)


def write_down(root: Path) -> None:
    """Bring the journal up to what stands whole; nothing where the journal itself is damaged."""
    shelf = read_shelf(root)
    if not shelf.journal_fault:
        journal.add(root, shelf.unwritten)


def pinned_builds(root: Path) -> frozenset[str] | None:
    """The builds that releases point to; None where a manifest cannot be believed or is gone, so that nobody knows."""
    folders_of = {folder for stage in STAGES for folder in root.glob(f"*/{stage}")}
    folders_of |= {root / line.folder for line in journal.read(root).lines.values() if line.kind == manifest.RELEASE}
    releases = [_believed(folder) for folder in folders_of]
    if any(content is None for content in releases):
        return None
    return frozenset(str(content["build_id"]) for content in releases if content)


def _believed(folder: Path) -> dict[str, Any] | None:
    try:
        return manifest.read(folder, manifest.RELEASE)
    except ManifestError:
        return None


def _months(root: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The folders of months, and whatever else lies there."""
    months, astray = [], []
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if folders.is_nobodys(path.name):
            continue
        try:
            months.append(month_of(path.name))
        except FixingError:
            astray.append((path.name, "不是月份文件夹；data/releases 只放固化的月份，请移走"))
            continue
        strangers = sorted(one.name for one in path.iterdir() if one.name not in (*STAGES, RESTATED))
        astray += [
            (f"{path.name}/{name}", f"不是固化时写的；只应有 {'、'.join(STAGES)}、{RESTATED}，请移走")
            for name in strangers
            if not folders.is_nobodys(name)
        ]
    return months, astray


def _release(month: str, stage: str, folder: Path) -> Release:
    try:
        content = manifest.read(folder, manifest.RELEASE)
    except ManifestError as error:
        found = manifest.sha256_of(folder / manifest.NAME) if (folder / manifest.NAME).is_file() else ""
        return Release(month, stage, folder, {}, found, _reason(month, stage, [str(error)]))
    told = folders.faults(folder, content)
    if (content["month"], content["stage"]) != (month, stage):
        told.append(f"{manifest.NAME} 写的是 {content['month']}/{content['stage']}，放错了文件夹")
    reason = _reason(month, stage, told) if told else ""
    return Release(month, stage, folder, content, manifest.sha256_of(folder / manifest.NAME), reason)


def _chained(releases: list[Release], root: Path) -> Iterator[Release]:
    """The releases with what the manifests after them say of them: that they are others, or gone."""
    said = {
        (before["month"], before["stage"]): (before["sha256"], release.name)
        for release in releases
        if (before := release.content.get("previous"))
    }
    for release in releases:
        sha256, by = said.pop((release.month, release.stage), (release.sha256, ""))
        if sha256 == release.sha256 or not release.is_intact:
            yield release
        else:
            told = f"{manifest.NAME} 与 {by} 所记不符：sha256 应为 {sha256}，实为 {release.sha256}"
            yield replace(release, content={}, reason_zh=_reason(release.month, release.stage, [told]))
    for (month, stage), (sha256, by) in said.items():
        told = f"整个文件夹不见了（{by} 记有它，{manifest.NAME} 的 sha256 为 {sha256}）"
        yield Release(month, stage, root / month / stage, {}, "", _reason(month, stage, [told]))


def _journalled(releases: list[Release], written: Journal, root: Path) -> Iterator[Release]:
    """The releases with what the journal says of them: that they are others, or gone."""
    missing = {line.folder: line for line in written.lines.values() if line.kind == manifest.RELEASE}
    for release in releases:
        line = missing.pop(release.name, None)
        if line is None or not release.is_intact or line.sha256 == release.sha256:
            yield release
        else:
            told = f"{manifest.NAME} 与 {journal.SHOWN} 所记不符：sha256 应为 {line.sha256}，实为 {release.sha256}"
            yield replace(release, content={}, reason_zh=_reason(release.month, release.stage, [told]))
    for line in missing.values():
        told = f"整个文件夹不见了（{journal.SHOWN} 记有它，{manifest.NAME} 的 sha256 为 {line.sha256}）"
        yield Release(line.month, line.stage, root / line.folder, {}, "", _reason(line.month, line.stage, [told]))


def _line(release: Release) -> Line:
    at = str(release.content["fixed_at"])
    return Line(release.month, release.stage, manifest.RELEASE, release.name, release.sha256, at)


def _line_of(one: Restatement) -> Line:
    of, at = one.release, str(one.content["restated_at"])
    found = manifest.sha256_of(one.folder / manifest.NAME)
    return Line(of.month, of.stage, manifest.RESTATEMENT, f"{of.month}/{RESTATED}/{one.folder.name}", found, at)


def _reason(month: str, stage: str, told: list[str]) -> str:
    where = f"data/releases/{month}/{stage}"
    return f"{month} {STAGE_ZH[stage]}：{'；'.join(told)}。{folders.RESTORE}（{where}）；{DAMAGED}"


def _restatements(release: Release, written: Journal) -> tuple[list[Restatement], list[tuple[str, str]]]:
    """The whole ones of this release, the newest last, and what is wrong with others or gone."""
    whole: list[Restatement] = []
    astray = []
    missing = {
        line.folder: line.sha256
        for line in written.lines.values()
        if line.kind == manifest.RESTATEMENT and (line.month, line.stage) == (release.month, release.stage)
    }
    for path in sorted((release.folder.parent / RESTATED).glob(f"{release.stage}-*")):
        where = f"{release.month}/{RESTATED}/{path.name}"
        said = missing.pop(where, None)
        try:
            content = manifest.read(path, manifest.RESTATEMENT)
        except ManifestError as error:
            astray.append((where, f"{error}；{folders.RESTORE}，未采用"))
            continue
        told = folders.faults(path, content)
        if said not in (None, manifest.sha256_of(path / manifest.NAME)):
            told.append(f"{manifest.NAME} 与 {journal.SHOWN} 所记不符：sha256 应为 {said}")
        if told:
            astray.append((where, f"{'；'.join(told)}；{folders.RESTORE}，未采用"))
        elif release.is_intact and content["release"] == release.sha256:
            whole.append(Restatement(release, path, content))
        elif release.is_intact:
            astray.append((where, "比照的不是现有的这份固化数据，未采用；请从备份恢复"))
    astray += [
        (where, f"整个文件夹不见了（{journal.SHOWN} 记有它，sha256 {said}）；{folders.RESTORE}")
        for where, said in missing.items()
    ]
    # A demo's moment stands still: of two at one moment the later one is longer in name, or higher.
    return sorted(whole, key=lambda one: (one.known_at, len(one.folder.name), one.folder.name)), astray
