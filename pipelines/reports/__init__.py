"""Files for people: blank ledgers, returned rows, the reference of the contracts.

Made from the published snapshot, the contracts and the list of grids only; nothing is computed here.
"""

from __future__ import annotations

import os
from pathlib import Path


class PaperError(ValueError):
    """A paper that cannot be made as asked for; the message says what was wrong and what is possible."""


def write_paper(path: Path, content: bytes, suffix: str = ".xlsx", *, may_replace: bool = True) -> None:
    """Write a paper whole or not at all.

    Raises PaperError for another suffix and, where it may not replace, for a file that stands already; OSError for the
    rest.
    """
    if path.suffix.lower() != suffix:
        kind = f"{'an' if suffix == '.xlsx' else 'a'} {suffix}"
        raise PaperError(f"输出文件应以 {suffix} 结尾，现为 {path.name!r} (the output must be {kind} file)")
    if not may_replace and path.exists():
        raise PaperError(f"{path} 已存在，里面可能已有人改过，不覆盖；请换一个文件名 (exists already)")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
