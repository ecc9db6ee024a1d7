"""docs/exports.md says what the contracts say."""

from __future__ import annotations

import re

from house import RULES

from pipelines.reports.reference import reference
from pipelines.settings import CODE_ROOT


def test_the_page_is_what_the_contracts_say() -> None:
    standing = (CODE_ROOT / "docs" / "exports.md").read_text("utf-8")
    assert standing == reference(RULES.contracts), "python -m pipelines.reports.reference > docs/exports.md"


def test_every_column_alias_and_word_is_there() -> None:
    page = reference(RULES.contracts)
    for contract in RULES.contracts.tables.values():
        (section,) = re.findall(rf"\n## {contract.zh}（{contract.name}）\n(.*?)(?=\n## |\Z)", page, re.DOTALL)
        lines = {line.split("|")[1].strip(): line for line in section.splitlines() if line.startswith("| **")}
        assert list(lines) == [f"**{column.zh}**" for column in contract.columns.values()]
        for column in contract.columns.values():
            line = lines[f"**{column.zh}**"]
            texts = [*column.aliases, *(word for words in column.words.values() for word in words)]
            assert [text for text in texts if text not in line] == []
            assert ("必填" in line) == (column.required or column.name in contract.identifying)
