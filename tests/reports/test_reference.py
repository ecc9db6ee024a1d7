"""docs/exports.md says what the contracts say, docs/metrics.md what the catalogue says."""

from __future__ import annotations

import re

from house import RULES

from pipelines.reports.metric_reference import metric_reference
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


def test_the_metrics_page_is_what_the_catalogue_says() -> None:
    standing = (CODE_ROOT / "docs" / "metrics.md").read_text("utf-8")
    page = metric_reference(RULES.catalogue, RULES.contracts.tables)
    assert standing == page, "python -m pipelines.reports.metric_reference > docs/metrics.md"


def test_every_link_leads_to_its_metric() -> None:
    page = metric_reference(RULES.catalogue, RULES.contracts.tables)
    links = re.findall(r"\[([^]]+)\]\(#([^()\s]+)\)", page)
    assert len(links) == page.count("](#") > 2 * len(RULES.catalogue.metrics)
    headings = dict(re.findall(r"^## (.+)（(\w+)）$", page, re.MULTILINE))
    for zh, anchor in links:
        # What is made of a heading: punctuation goes, spaces become dashes.
        kept = "".join("-" if c == " " else c for c in f"{zh}{headings[zh]}" if c.isalnum() or c in " -_")
        assert anchor == kept


def test_every_metric_limit_target_and_need_is_there() -> None:
    page = metric_reference(RULES.catalogue, RULES.contracts.tables)
    for metric in RULES.catalogue.metrics:
        heading = re.escape(f"## {metric.texts['zh']}（{metric.id}）")
        (section,) = re.findall(rf"\n{heading}\n(.*?)(?=\n## |\Z)", page, re.DOTALL)
        told = [metric.texts[key] for key in ("en", "clause", "formula_zh", "formula_en", "unit", "owner_zh")]
        told += [target.basis_zh for target in metric.targets] + [need.reason_zh for need in metric.needs]
        told += [
            text
            for limit in RULES.catalogue.limits
            if limit.metric_id == metric.id
            for text in (limit.text_zh, limit.starts_from, limit.basis, limit.source, str(limit.valid_from))
        ]
        assert [text for text in told if text not in section] == []
