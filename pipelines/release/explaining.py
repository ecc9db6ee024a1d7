"""What `explain` tells beside its form: when a 情况说明 is to be written, and where `build` reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from pipelines.release.explanations import why_unread
from pipelines.release.stages import FINAL, PRELIMINARY, Fixing, FixingError


def refuse_unbegun(month: str, now: datetime) -> None:
    """Raises FixingError for a month of which nothing can be past due, because it has not begun."""
    if month > f"{now:%Y-%m}":
        raise FixingError(f"{month} 还没有开始（现在 {now:%Y-%m-%d %H:%M}），没有义务可说明 (this month has not begun)")


def window_told(fixing: Fixing, month: str, now: datetime) -> str:
    """The days in which a month's 情况说明 are to be written, and whether they have come. Raises FixingError."""
    opening, closing = fixing.cut_off(month, PRELIMINARY), fixing.cut_off(month, FINAL)
    if opening is None or closing is None:
        return f"核对期 window: 工作日历到 {fixing.calendar_end} 为止，{month} 的还定不出来 (beyond the calendar)"
    days = f"核对期 window: {opening:%Y-%m-%d} 至 {closing - timedelta(days=1):%Y-%m-%d}（含）"
    if now < opening:
        return f"{days}，还没有开始；在此之前写的，显示时注明不在核对期内 (not open yet)"
    if now >= closing:
        return f"{days}，已经结束；现在写的照样采用，显示时注明不在核对期内 (closed)"
    return f"{days}，正在核对期内 (open)"


def where_read(folder: Path, out: Path) -> str:
    """Where `build` reads forms from, and whether this one stands there."""
    if why_unread(out, folder):
        return (
            f"注意：{out.resolve()} 不会被 build 读到；填好后请直接放进 {folder.resolve()} 之下，"
            "文件名以 .toml 结尾 (build does not read it there)"
        )
    return f"填好后 build 从这里读：{out.resolve()} (build reads it there)"
