"""Errors on the command line: one line each, Chinese first; a longer text goes whole into a file the line names."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence

from pipelines.settings import Settings, beijing_now

_LONGEST = 300
_NO_SPACE = os.strerror(errno.ENOSPC)  # the engine says it in the same words


def text_of(error: BaseException, is_foreseen: bool) -> str:
    """All there is to say of an error; one that nobody foresaw comes with its trace."""
    if not is_foreseen:
        trace = "".join(traceback.format_exception(error))
        return f"未预料的错误 (unexpected) {type(error).__name__}: {error}\n{trace}"
    text = f"读写文件失败 (cannot read or write): {error}" if isinstance(error, OSError) else str(error.args[0])
    if _NO_SPACE in text:
        return f"磁盘已满，未发布，原快照不变；请腾出空间后重新运行 (disk full)：{text}"
    return text


def complain(settings: Settings | None, texts: Sequence[str]) -> None:
    """Print each text in one line to stderr, and where that says less than the whole, keep the whole in a file."""
    heads = [_head(text) for text in texts]
    whole = _keep(settings, texts) if settings is not None and heads != list(texts) else ""
    for head, text in zip(heads, texts, strict=True):
        print(f"错误 error: {head}{whole if head != text else ''}", file=sys.stderr)


def _head(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _keep(settings: Settings, texts: Sequence[str]) -> str:
    """Write the whole texts beside the work database; returns what to add to the line."""
    path = settings.last_error
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{beijing_now():%Y-%m-%d %H:%M:%S}\n\n" + "\n\n".join(texts) + "\n", "utf-8")
    except OSError as error:
        return f"（全文无法写入 {path}：{error.strerror}）"
    return f"（全文见 {path}）"
