"""How each style writes a cell: dates, numbers, names of grids, deadlines.

A ISO text · B real dates and numbers of a workbook · C Chinese dates, full-width digits here and there, bare
town names · D dotted days or serial numbers, numbers as text, 无 for none · E days with slashes apart from their
clocks, short names padded · F 上午 and 下午, in January no year · G compact days, the role behind a leader's name ·
H a clock of zeros behind every day · I seconds, towns with their county. What varies within a style hangs on the
record and the column, so that a record is written alike in every file that repeats it.
"""

from __future__ import annotations

import zlib
from collections import Counter
from datetime import date, datetime, timedelta

from pipelines.demo.cells import DAY_OF, BadDay, Cell, Grid, Word
from pipelines.demo.facts import Deadline
from pipelines.demo.moments import Moment
from pipelines.demo.places import Land, Place, first_day, last_day
from pipelines.demo.words import word

Written = str | int | date | datetime
SERIAL_ZERO = date(1899, 12, 30)
SERIAL_COLUMNS = {"started_at", "discovered_at", "rectified_at"}
CLOCK_COLUMNS = {"started_at", "ended_at", "discovered_at"}
NAME_COLUMNS = {"name", "leader", "deputy", "checker"}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SUFFIXES = ("街道", "镇", "乡")
SEPARATORS = {"A": "、", "B": ",", "C": " ", "D": "；", "E": "、", "F": "，", "G": "、", "H": "/", "I": ";"}


class Style:
    """One style of one county's books, as it writes in one month."""

    def __init__(self, letter: str, land: Land, month: str = "") -> None:
        self.letter, self.land, self.month = letter, land, month
        self._bare_towns = {bare_name(place) for place in land.places.values() if place.level == 3}
        self._names = Counter(
            name[:end]
            for place in land.places.values()
            for name in {place.name, *place.aliases}
            for end in range(2, len(name) + 1)
        )

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
            case BadDay() if self.letter == "E" and column in CLOCK_COLUMNS:
                return ""
            case BadDay():
                return self._day_text(cell.year, cell.month, cell.day)
            case Moment():
                return self._moment(cell, column, key)
            case date():
                return self._moment(Moment(datetime(cell.year, cell.month, cell.day), is_day=True), column, key)
            case tuple():
                return self._people(cell) if column == "inspectors" else "、".join(cell)
            case str():
                return self._padded(cell) if column in NAME_COLUMNS else cell

    def _people(self, names: tuple[str, ...]) -> str:
        first, *others = names
        role = "（组长）" if self.letter == "G" and others else ""
        return SEPARATORS[self.letter].join([self._padded(first) + role, *map(self._padded, others)])

    def _padded(self, name: str) -> str:
        """A name of two characters as wide as one of three, where a style sets names so."""
        return "　".join(name) if self.letter == "E" and len(name) == 2 else name

    def _chance(self, one_in: int, column: str, key: str) -> bool:
        return zlib.crc32(f"{key}|{column}".encode()) % one_in == 0

    def _number(self, number: int, column: str, key: str) -> Written:
        if self.letter in "BG" or column == "problem_no":
            return number
        if self.letter in "DH" and number == 0:
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
        if self.letter == "I" and place.level == 3 and self._chance(2, column, key):
            return self.land.places[place.parent_id].name + place.name
        return place.name

    def _bare(self, place: Place) -> str:
        """The name without 镇, 乡 or 街道, where nothing else in the city could be meant."""
        bare = bare_name(place)
        own = sum(name.startswith(bare) for name in {place.name, *place.aliases})
        is_clear = place.level == 3 and len(bare) > 1 and self._names[bare] == own
        return bare if is_clear and "族" not in bare else place.name

    def _day_text(self, year: int, month: int, day: int) -> str:
        match self.letter:
            case "C":
                return f"{year}年{month}月{day}日"
            case "D":
                return f"{year}.{month}.{day}"
            case "E":
                return f"{year}/{month}/{day}"
            case "F":
                return f"{year}-{month}-{day}"
            case "G":
                return f"{year}{month:02d}{day:02d}"
            case _:
                return f"{year:04d}-{month:02d}-{day:02d}"

    def _moment(self, moment: Moment, column: str, key: str) -> Written:
        at = moment.at
        if self.letter == "B":
            return at.date() if moment.is_day else at
        if self.letter == "D" and column in SERIAL_COLUMNS and self._chance(3, column, key):
            return (at.date() - SERIAL_ZERO).days
        if self.letter == "E" and column in CLOCK_COLUMNS:
            return "" if moment.is_day else f"{at:%H:%M}"
        text = self._day_text(at.year, at.month, at.day)
        if self._leaves_year_out(at.date(), column):
            text = f"{at.month}月{at.day}日"
        if column not in DAY_OF:
            text += self._clock_text(moment)
        return text.translate(WIDE) if self.letter == "C" and self._chance(7, column, key) else text

    def _leaves_year_out(self, day: date, column: str) -> bool:
        """In January people write days without the year, also those of the December before."""
        if self.letter != "F" or not self.month.endswith("-01") or column not in {"started_at", "ended_at"}:
            return False
        return first_day(self.month) - timedelta(days=31) <= day <= last_day(self.month)

    def _clock_text(self, moment: Moment) -> str:
        at = moment.at
        if moment.is_day:
            return " 00:00:00" if self.letter == "H" else ""
        match self.letter:
            case "C":
                return f" {at.hour}时{at.minute:02d}分"
            case "F" if at.hour < 12:
                return f" 上午{at.hour}:{at.minute:02d}"
            case "F":
                return f" 下午{at.hour - 12 or 12}:{at.minute:02d}"
            case "I":
                return f" {at:%H:%M:%S}"
            case _:
                return f" {at:%H:%M}"

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
    if deadline.kind == "days" and deadline.wording == 2:
        weeks, days = divmod(deadline.count, 7)
        return f"{'零一二三四'[weeks]}周内" if weeks and not days else f"限期{deadline.count}天"
    first, second = {
        "none": ("", ""),
        "spot": ("立行立改", "立行立改"),
        "long_term": ("长期坚持", "长期坚持"),
        "days": (f"{deadline.count}日内", f"{deadline.count}天内"),
        "workdays": (f"{deadline.count}个工作日内", f"{deadline.count}个工作日内"),
        "months": (f"{deadline.count}个月内", f"{deadline.count}个月"),
        "month_end": (f"{year}年{int(month)}月底前", f"{year}年{int(month)}月"),
        "year_end": ("年底前", f"{year}年底前"),
    }[deadline.kind]
    return second if deadline.wording else first
