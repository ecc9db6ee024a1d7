"""The list that lies beside fixed figures: what they are, what they were computed of, and the digest of every file.

It carries a digest of itself, and a release that of the manifest before it: whoever alters one of them breaks a link.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAME = "manifest.json"
RELEASE, RESTATEMENT = "release", "restatement"
_KEYS = {
    RELEASE: {
        "kind", "month", "stage", "sequence", "fixed_at", "fixed_by", "as_of", "known_at", "build_id",
        "catalogue_version", "code_version", "is_demo", "sources", "tables", "previous", "digest",
    },
    RESTATEMENT: {
        "kind", "month", "stage", "release", "restated_at", "as_of", "known_at", "catalogue_version", "code_version",
        "is_demo", "inputs", "tables", "digest",
    },
}  # fmt: skip


class ManifestError(ValueError):
    """A manifest that cannot be believed; the message says why, in Chinese."""


def write(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest of a folder with its own digest."""
    whole = {**content, "digest": _digest(content)}
    assert set(whole) == _KEYS[content["kind"]], "every key is looked at when it is read"
    (folder / NAME).write_text(json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def read(folder: Path, kind: str) -> dict[str, Any]:
    """Read and believe a manifest. Raises ManifestError where it is missing, unreadable or altered."""
    path = folder / NAME
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ManifestError(f"缺少 {NAME}") from error
    except (OSError, ValueError) as error:
        raise ManifestError(f"{NAME} 无法读取（{error}）") from error
    if not isinstance(content, dict) or set(content) != _KEYS[kind] or content["kind"] != kind:
        raise ManifestError(f"{NAME} 的内容不是一份固化清单")
    said = content.pop("digest")
    found = _digest(content)
    if said != found:
        raise ManifestError(f"{NAME} 被改过：所记摘要 {said}，实为 {found}")
    return content


def sha256_of(path: Path) -> str:
    """Digest of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
