"""The helpers that look before they rewrite give what rewriting every cell would give."""

from __future__ import annotations

import random

import duckdb
import pyarrow as pa
import pytest
from roots import SQL

from pipelines import engine

ODD = (
    "张三李A.0\\/无-—、，,;；/／ 　"
    "\xa0\t\n\r\f\v\u2003\u2028\u1680\u200b\x85()（）<>ab12-－：:０９．＋～％等同志和与3+|&\\"
)
WITHOUT_LOOKING = """
create macro all_half_width(t) as translate(t, '０１２３４５６７８９／：．－＋，～％　', '0123456789/:.-+,~% ');
create macro all_tidy(t) as trim(regexp_replace(all_half_width(t), '\\s+', ' ', 'g'));
create macro all_plain_names(t) as
    trimmed(regexp_replace(regexp_replace('<' || regexp_replace(regexp_replace(regexp_replace(trimmed(bare_names(t)),
        '([^、，,;；/／\\s\\p{Z}(（])(?:[\\s\\p{Z}]*[(（][^)）]*[)）])+', '\\1', 'g'),
        '[\\s\\p{Z}]*([、，,;；/／\\n\\r])[\\s\\p{Z}]*', '>\\1<', 'g'),
        '[\\t\\p{Z}]+', '> <', 'g') || '>',
        '<(\\p{Han})> <(\\p{Han})>', '<\\1\\2>', 'g'),
        '[<>]', '', 'g'));
create macro all_filled(t) as
    case
        when not regexp_full_match(t, '[\\s　\\x{a0}]*(-|--|—|——|/|\\\\|无|N/A|NULL|null|None|空)?[\\s　\\x{a0}]*')
            then trimmed(t)
    end;
create macro all_unspaced(t) as regexp_replace(all_half_width(t), '\\s', '', 'g');
create macro all_read_code(t) as upper(regexp_replace(all_unspaced(t), '^(\\d+)\\.0+$', '\\1'));
create macro all_grid_text(t) as
    regexp_replace(all_unspaced(t), '^(.+(?:镇|乡|街道|街道办事处))[(（][^()（）]*[)）]$', '\\1');
create macro all_read_names(t) as
    list_filter(regexp_split_to_array(all_plain_names(t), '[、，,;；/／\\s\\p{Z}]+'), lambda x: x <> '');
create macro all_read_list(t) as
    list_filter(
        list_transform(regexp_split_to_array(t, '[、，,;；\\n\\r]+'), lambda x: trim(x, ' 　')), lambda x: x <> '');
"""


@pytest.mark.parametrize(
    "helper", ["half_width", "tidy", "unspaced", "plain_names", "grid_text", "filled", "read_code"]
)
def test_a_cell_left_alone_needed_nothing(helper: str) -> None:
    con = odd_cells(helper)
    assert (
        con.execute(f"select t from cell where {helper}(t) is distinct from all_{helper}(t) limit 5").fetchall() == []
    )
    assert con.execute(f"select count(*) from cell where {helper}(t) <> t").fetchall() > [(1000,)]


@pytest.mark.parametrize("helper", ["read_names", "read_list"])
def test_a_list_split_at_a_character_gives_what_a_pattern_gives(helper: str) -> None:
    con = odd_cells(helper)
    assert (
        con.execute(f"select t from cell where {helper}(t) is distinct from all_{helper}(t) limit 5").fetchall() == []
    )
    assert con.execute(f"select count(*) from cell where len({helper}(t)) > 1").fetchall() > [(1000,)]


def test_a_date_read_as_it_stands_is_what_the_reader_of_all_forms_reads() -> None:
    con = engine.connect(None, SQL, threads=1)
    con.execute("""
        create table told as
        select printf('%04d-%02d-%02d', y, m, d) || clock as t
        from range(1980, 2030, 7) as years (y), range(14) as months (m), range(33) as days (d),
            (values (''), (' 08:05'), (' 24:00:01')) as clocks (clock)
    """)
    since = "date '2026-01-01'"
    # A space behind it is nothing the quick way knows.
    query = (
        f"select t from told where read_instant(t, {since}) is distinct from read_instant(t || ' ', {since}) limit 5"
    )
    assert con.execute(query).fetchall() == []
    assert con.execute("select t from told where regexp_matches(t, range_shape()) limit 5").fetchall() == []
    # Eight years, two of them leap years, a day alone and with its clock.
    counted = con.execute(f"select count(*), count(read_instant(t, {since})) from told").fetchall()
    assert counted == [(8 * 14 * 33 * 3, (8 * 365 + 2) * 2)]


def odd_cells(helper: str) -> duckdb.DuckDBPyConnection:
    """A connection with the helpers and a table `cell` of odd texts `t`."""
    chance = random.Random(helper)
    texts = ["".join(chance.choices(ODD, k=chance.randrange(8))) for _ in range(30_000)] + [None]
    con = engine.connect(None, SQL, threads=1)
    con.execute(WITHOUT_LOOKING)
    con.execute("create table cell (t varchar)")
    given = pa.table({"t": pa.array(texts)})
    con.register("given", given)
    con.execute("insert into cell select t from given")
    return con
