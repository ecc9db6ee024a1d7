"""The helpers that look before they rewrite give what rewriting every cell would give."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from roots import SQL

from pipelines import engine

ODD = "张三李、，,;；/／ 　\xa0\t\n\r\f\v\u2003\u2028\u1680\u200b\x85()（）<>ab12-－：:０９．＋～％等同志和与3+|&\\"
WITHOUT_LOOKING = """
create macro all_half_width(t) as translate(t, '０１２３４５６７８９／：．－＋，～％　', '0123456789/:.-+,~% ');
create macro all_tidy(t) as trim(regexp_replace(all_half_width(t), '\\s+', ' ', 'g'));
create macro all_plain_names(t) as
    regexp_replace(regexp_replace('<' || regexp_replace(regexp_replace(regexp_replace(trimmed(bare_names(t)),
        '([^、，,;；/／\\s\\p{Z}(（])(?:[\\s\\p{Z}]*[(（][^)）]*[)）])+', '\\1', 'g'),
        '[\\s\\p{Z}]*([、，,;；/／\\n\\r])[\\s\\p{Z}]*', '>\\1<', 'g'),
        '[\\t\\p{Z}]+', '> <', 'g') || '>',
        '<(\\p{Han})> <(\\p{Han})>', '<\\1\\2>', 'g'),
        '[<>]', '', 'g');
"""


@pytest.mark.parametrize("helper", ["half_width", "tidy", "plain_names"])
def test_a_cell_left_alone_needed_nothing(helper: str) -> None:
    chance = random.Random(helper)
    texts = ["".join(chance.choices(ODD, k=chance.randrange(8))) for _ in range(30_000)] + [None]
    con = engine.connect(None, SQL, threads=1)
    con.execute(WITHOUT_LOOKING)
    con.register("cell", pa.table({"t": pa.array(texts)}))
    query = f"select t from cell where {helper}(t) is distinct from all_{helper}(t) limit 5"
    assert con.execute(query).fetchall() == []
    assert con.execute(f"select count(*) from cell where {helper}(t) <> t").fetchall() > [(1000,)]
