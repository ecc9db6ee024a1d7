"""What people write into cells of counts and names is read as what they meant; and the helpers of every engine."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import engine
from pipelines.settings import CODE_ROOT

CON = engine.connect(None, CODE_ROOT / "sql", threads=1)


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
BLANK = st.sampled_from([" ", "　", "  ", "\xa0", "\u2002", "\t"])


@settings(deadline=None)
@given(number=st.integers(0, 10**9), style=st.sampled_from(["{}", "{}.0", " {} ", "{}个", "{:,}", "{} 起"]))
def test_counts(number: int, style: str) -> None:
    (found,) = CON.execute("select read_count(tidy(filled_count($1)))", [style.format(number)]).fetchone() or ()
    assert found == number


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("无", 0),
        ("未发现", 0),
        ("-1", None),
        ("两个", 2),
        ("三处", 3),
        ("十二", 12),
        ("十二个", 12),
        ("九十九", 99),
        ("百", None),
        ("—", 0),
        ("零", 0),
        ("1.5", None),
        ("", None),
    ],
)
def test_particular_counts(text: str, count: int | None) -> None:
    (found,) = CON.execute("select read_count(tidy(filled_count($1)))", [text]).fetchone() or ("nothing",)
    assert found == count


@st.composite
def messy_names(draw: st.DrawFn) -> tuple[list[str], str]:
    """Names, and a cell that lists them: names of two letters with a blank within, roles behind, any separator."""
    names = draw(st.lists(st.text(HAN, min_size=2, max_size=4), min_size=1, max_size=5))
    written = []
    for name in names:
        text = draw(BLANK).join(name) if len(name) == 2 and draw(st.booleans()) else name
        role = draw(
            st.sampled_from(["", "", "（网格长）", "(带队)", "（组长、驾驶员）", " (副网格长)", "（甲）（乙）"])
        )
        written.append(text + role)
    separator = st.sampled_from(["、", "，", ", ", ";", "； ", " / ", "／", "\n"]) | BLANK
    text = written[0]
    for one in written[1:]:
        text += draw(separator) + one
    return names, draw(st.sampled_from(["", " ", "　"])) + text + draw(st.sampled_from(["", " ", "、"]))


@settings(deadline=None, max_examples=300)
@given(case=messy_names())
def test_names_are_read_however_they_are_padded_and_adorned(case: tuple[list[str], str]) -> None:
    names, text = case
    assert CON.execute("select read_names(filled($1))", [text]).fetchone() == (names,)


@pytest.mark.parametrize(
    ("text", "names", "name"),
    [
        ("示　甲", ["示甲"], "示甲"),
        ("示　甲 例 乙", ["示甲", "例乙"], "示甲 例乙"),
        ("示例丙 示　甲", ["示例丙", "示甲"], "示例丙 示甲"),
        ("示、甲", ["示", "甲"], "示、甲"),
        ("示例丙（网格长）", ["示例丙"], "示例丙"),
        ("（示例丙）", ["（示例丙）"], "（示例丙）"),
        ("无", None, None),
    ],
)
def test_particular_names(text: str, names: list[str] | None, name: str | None) -> None:
    assert CON.execute("select read_names(filled($1)), read_name(filled($1))", [text]).fetchone() == (names, name)


@settings(deadline=None)
@given(
    names=st.lists(st.text("甲乙丙丁示例", min_size=2, max_size=4), min_size=1, max_size=5),
    separator=st.sampled_from(["、", "，", ",", ";", "；", " / ", " ", "　", "\n"]),
)
def test_names_are_split_whatever_stands_between(names: list[str], separator: str) -> None:
    (found,) = CON.execute("select read_names(filled($1))", [separator.join(names)]).fetchone() or ()
    assert found == names


def test_helpers_every_engine_must_offer() -> None:
    row = CON.execute(
        "select end_of_day(timestamp '2024-02-29 10:00'), plus_days(date '2024-02-28', 2),"
        " days_between(timestamp '2024-02-28 23:59', timestamp '2024-02-29 00:01'), month_of(date '2024-02-29'),"
        " first_of_month('2024-02'), end_of_month('2024-02'), last_day_of_month('2023-02'),"
        " start_of_day(date '2024-01-01'), plus_months(timestamp '2024-01-31 10:00', 1),"
        " months_apart('2023-11', '2024-02'), has_column(['a', 'b'], 'b'), has_column(['a'], 'b')"
    ).fetchone()
    assert row == (
        datetime(2024, 2, 29, 23, 59, 59),
        date(2024, 3, 1),
        1,
        "2024-02",
        date(2024, 2, 1),
        datetime(2024, 2, 29, 23, 59, 59),
        date(2023, 2, 28),
        datetime(2024, 1, 1),
        date(2024, 2, 29),
        3,
        True,
        False,
    )
