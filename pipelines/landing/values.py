"""A cell of a workbook as text. What the text means is read later, in SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def row_texts(cells: Iterable[object]) -> list[str]:
    """`cell_text` of each cell, with the common plain string done without a call."""
    return [cell.strip() if type(cell) is str and cell.isprintable() else cell_text(cell) for cell in cells]


def cell_text(value: object) -> str:
    """A cell as text.

    day → 2021-05-07; instant → 2021-05-07 14:30, with :SS only where there are seconds; time of day → 14:30;
    duration → H:MM, beyond 24 hours too; truth → 是/否; number → its digits without exponent, whole numbers
    without a point; text → without white space at its ends and without control characters.
    An empty cell gives an empty text.
    """
    return _RENDER.get(type(value), _other_text)(value)


def clean_text(text: str) -> str:
    """Without control characters (tab and line break stay; CR LF and CR become LF) and outer white space."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip()


def _number_text(number: float) -> str:
    if number.is_integer():
        return str(int(number))
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text


def _instant_text(instant: datetime) -> str:
    """Excel keeps instants as fractions of a day: what is a hair off a whole second is that second."""
    whole = instant.replace(microsecond=0)
    if instant.microsecond >= 500_000 and whole.year < 9999:
        whole += timedelta(seconds=1)
    return whole.isoformat(" ", "seconds" if whole.second else "minutes")


def _time_text(moment: time) -> str:
    return _instant_text(datetime.combine(date(2000, 1, 1), moment)).partition(" ")[2]


def _duration_text(duration: timedelta) -> str:
    seconds = round(duration.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")


def _other_text(value: object) -> str:
    return "" if value is None else clean_text(str(value))


_RENDER: Mapping[type, Callable[[Any], str]] = {
    str: clean_text,
    float: _number_text,
    int: str,
    bool: lambda truth: "是" if truth else "否",
    datetime: _instant_text,
    date: date.isoformat,
    time: _time_text,
    timedelta: _duration_text,
}
