"""How each style writes a cell: dates, numbers, names of grids, deadlines.

A ISO text · B real dates and numbers of a workbook · C Chinese dates, full-width digits here and there, bare
town names · D dotted days or serial numbers, numbers as text, 无 for none. What varies within a style hangs on
the record and the column, so that a record is written alike in every file that repeats it.
"""

from __future__ import annotations

import zlib
from datetime import date, datetime

from pipelines.demo.facts import Deadline, Moment
from pipelines.demo.ledgers import BadDay, Cell, Grid, Word
from pipelines.demo.places import Land, Place
from pipelines.demo.words import word

Written = str | int | date | datetime
SERIAL_ZERO = date(1899, 12, 30)
SERIAL_COLUMNS = {"started_at", "discovered_at", "rectified_at"}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SUFFIXES = ("街道", "镇", "乡")
SEPARATORS = {"A": "、", "B": ",", "C": " ", "D": "；"}


class Style:
    """One style of one county's books."""

    def __init__(self, letter: str, land: Land) -> None:
        self.letter, self.land = letter, land
        self._bare_towns = {bare_name(place) for place in land.places.values() if place.level == 3}

    def write(self, cell: Cell, column: str, key: str) -> Written:
        """A cell as it stands in the ledger; '' where it is empty."""
        match cell:
            case None:
                return ""
            case bool():
                return "是" if cell else "否"
            case int():
                return self._number(cell, column, key)
            case Grid():
                return self._grid(self.land.places[cell.grid_id], column, key)
            case Word():
                return word(self.letter, cell.column, cell.value)
            case Deadline():
                return self._deadline(cell, column, key)
            case BadDay():
                return self._day_text(cell.year, cell.month, cell.day)
            case Moment():
                return self._moment(cell, column, key)
            case date():
                return self._moment(Moment(datetime(cell.year, cell.month, cell.day), is_day=True), column, key)
            case tuple():
                return (SEPARATORS[self.letter] if column == "inspectors" else "、").join(cell)
            case str():
                return cell

    def _chance(self, one_in: int, column: str, key: str) -> bool:
        return zlib.crc32(f"{key}|{column}".encode()) % one_in == 0

    def _number(self, number: int, column: str, key: str) -> Written:
        if self.letter == "B" or column == "problem_no":
            return number
        if self.letter == "D" and number == 0:
            return "无"
        text = str(number)
        return text.translate(WIDE) if self.letter == "C" and self._chance(5, column, key) else text

    def _grid(self, place: Place, column: str, key: str) -> str:
        if self.letter == "C" and self._chance(2, column, key):
            return self._bare(place)
        # 赫山 could be the county or its 赫山街道: an alias that is a bare town name is never written.
        aliases = [alias for alias in place.aliases if alias not in self._bare_towns]
        if aliases and self._chance(2 if place.level < 3 else 4, column, key):
            return aliases[zlib.crc32(key.encode()) % len(aliases)]
        return place.name

    def _bare(self, place: Place) -> str:
        """The name without 镇, 乡 or 街道, where nothing else in the city could be meant."""
        bare = bare_name(place)
        others = (other for other in self.land.places.values() if other is not place)
        taken = {name for other in others for name in (other.name, *other.aliases)}
        clear = place.level == 3 and len(bare) > 1 and not any(name.startswith(bare) for name in taken)
        return bare if clear and "族" not in bare else place.name

    def _day_text(self, year: int, month: int, day: int) -> str:
        match self.letter:
            case "C":
                return f"{year}年{month}月{day}日"
            case "D":
                return f"{year}.{month}.{day}"
            case _:
                return f"{year:04d}-{month:02d}-{day:02d}"

    def _moment(self, moment: Moment, column: str, key: str) -> Written:
        at = moment.at
        if self.letter == "B":
            return at.date() if moment.is_day else at
        if self.letter == "D" and column in SERIAL_COLUMNS and self._chance(3, column, key):
            return (at.date() - SERIAL_ZERO).days
        text = self._day_text(at.year, at.month, at.day)
        if not moment.is_day:
            text += f" {at.hour}时{at.minute:02d}分" if self.letter == "C" else f" {at:%H:%M}"
        return text.translate(WIDE) if self.letter == "C" and self._chance(7, column, key) else text

    def _deadline(self, deadline: Deadline, column: str, key: str) -> Written:
        if deadline.kind == "at" and deadline.moment is not None:
            return self._moment(deadline.moment, column, key)
        text = deadline_words(deadline)
        return text.translate(WIDE) if self.letter == "C" and self._chance(3, column, key) else text


def bare_name(place: Place) -> str:
    """A town's name without 街道, 镇 or 乡."""
    return next((place.name.removesuffix(s) for s in SUFFIXES if place.name.endswith(s)), place.name)


def deadline_words(deadline: Deadline) -> str:
    """A deadline that is no date, in words; `month` is needed where the words name a month or a year."""
    year, month = (deadline.month or "0-0").split("-")
    first, second = {
        "none": ("", ""),
        "spot": ("立行立改", "立行立改"),
        "long_term": ("长期坚持", "长期坚持"),
        "days": (f"{deadline.count}日内", f"{deadline.count}天内"),
        "workdays": (f"{deadline.count}个工作日内", f"{deadline.count}个工作日内"),
        "month_end": (f"{year}年{int(month)}月底前", f"{year}年{int(month)}月"),
        "year_end": ("年底前", f"{year}年底前"),
    }[deadline.kind]
    return second if deadline.wording else first
