"""Tables of papers: three lines, a header that every page repeats, cells as text that any file may have held."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from docx.document import Document as DocumentOf
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipelines.reports.paper_styles import CELL, CELL_HEAD

OUTER, INNER = 12, 6  # eighths of a point: 1.5 pt above and below, 0.75 pt under the header
LONGEST, LONGEST_CELL = 300, 2000
WHOLE = 400  # longer rows may run over a page's end
_CUT = "……（以下从略）"
_UNFIT = {"Cc", "Cs", "Cf"}  # control, lone surrogates, and marks that turn the direction of a text unseen


def clean(text: str, longest: int = LONGEST) -> str:
    """A text from a ledger in one line, without what a document may not hold, cut where it is very long."""
    fit = "".join(
        " " if unicodedata.category(mark) in _UNFIT or mark in "\ufffe\uffff\u2028\u2029" else mark for mark in text
    )
    whole = " ".join(fit.split())
    return whole if len(whole) <= longest else whole[:longest] + _CUT


def three_lines(
    document: DocumentOf, headers: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> Any:
    """A table at the end of the document; widths in mm. Cells are text, whatever they begin with.

    Its XML is written here: python-docx looks through the whole table for each cell, and a list may hold hundreds.
    """
    table = document.add_table(0, len(headers))
    table.autofit = False
    element: Any = table._tbl
    for column, width in zip(element.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(_twips(width)))
    # Word takes the parts of w:tblPr in their order only: borders before the layout.
    element.tblPr.find(qn("w:tblLayout")).addprevious(_borders("w:tblBorders", {"top": OUTER, "bottom": OUTER}))
    head, cell = (str(document.styles[name].style_id) for name in (CELL_HEAD, CELL))
    element.append(_row(head, headers, widths, is_header=True))
    for row in rows:
        element.append(_row(cell, [clean(cell, LONGEST_CELL) for cell in row], widths, is_header=False))
    return table


def _row(style: str, cells: Sequence[str], widths: Sequence[float], *, is_header: bool) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    row.append(properties)
    if max(map(len, cells)) <= WHOLE:
        properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))
    for text, width in zip(cells, widths, strict=True):
        cell = OxmlElement("w:tc")
        shape = OxmlElement("w:tcPr")
        size = OxmlElement("w:tcW", {qn("w:w"): str(_twips(width)), qn("w:type"): "dxa"})
        shape.append(size)
        if is_header:
            shape.append(_borders("w:tcBorders", {"bottom": INNER}))
        paragraph: Any = OxmlElement("w:p")
        paragraph.get_or_add_pPr().style = style
        paragraph.add_r().add_t(text)
        cell.append(shape)
        cell.append(paragraph)
        row.append(cell)
    return row


def _borders(name: str, sizes: dict[str, int]) -> Any:
    borders = OxmlElement(name)
    for side, size in sizes.items():
        border = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{key}"), value)
        borders.append(border)
    return borders


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)
