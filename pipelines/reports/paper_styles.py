"""The look of a signed paper: page, type, marks and page numbers as official documents have them (GB/T 9704).

A4 with margins of 37, 35, 28 and 26 mm; the title 22 pt, the body 16 pt on exact lines of 28.95 pt with characters
0.25 pt closer, which gives 22 lines of 28 characters (exactly 29 pt gives 21). Fonts go by the names they bear on
Windows, written with w:eastAsia: the machine that makes the paper needs none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from docx import Document
from docx.document import Document as DocumentOf
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

TITLE_FONT, BODY_FONT, HEAD_FONT, SUBHEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN_FONT = "Times New Roman"
PAGE_NUMBER_FONT = "宋体"
WIDTH, HEIGHT = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
LINE = Pt(28.95)
WORD = "15"  # laid out as by Word 2013 and later, not “in compatibility mode”
BEIJING = timedelta(hours=8)
CLOSER = -5  # twentieths of a point between characters
TITLE, BODY, HEAD, SUBHEAD, PLAIN, CELL, CELL_HEAD, NOTE, MARK, FOOT = (
    "公文标题", "公文正文", "公文一级标题", "公文二级标题", "公文无缩进",
    "公文表格", "公文表头", "公文附注", "公文标识", "公文数据依据",
)  # fmt: skip


@dataclass(frozen=True)
class _Type:
    """A paragraph style. indent: of the first line, in characters of its own size; line: exact, None for single; gap:
    points above and below. Only lines of LINE keep to the grid of lines: it would stretch the others to it."""

    font: str
    size: float
    line: Length | None = LINE
    indent: int = 0
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    is_close: bool = True
    gap: float = 0.0


_STYLES = {
    TITLE: _Type(TITLE_FONT, 22, Pt(35), align=WD_ALIGN_PARAGRAPH.CENTER, is_close=False),
    BODY: _Type(BODY_FONT, 16, indent=2),
    HEAD: _Type(HEAD_FONT, 16, indent=2),
    SUBHEAD: _Type(SUBHEAD_FONT, 16, indent=2),
    PLAIN: _Type(BODY_FONT, 16),
    CELL: _Type(BODY_FONT, 10.5, Pt(14), align=WD_ALIGN_PARAGRAPH.LEFT, is_close=False, gap=2),
    CELL_HEAD: _Type(HEAD_FONT, 10.5, Pt(14), align=WD_ALIGN_PARAGRAPH.LEFT, is_close=False, gap=2),
    NOTE: _Type(BODY_FONT, 12, Pt(18), is_close=False),
    FOOT: _Type(BODY_FONT, 9, Pt(12), align=WD_ALIGN_PARAGRAPH.LEFT, is_close=False),
    MARK: _Type(HEAD_FONT, 14, None, align=WD_ALIGN_PARAGRAPH.LEFT, is_close=False),
}


def blank(title: str, marks: str, evidence: str, made_at: datetime) -> DocumentOf:
    """An empty paper with its styles; `marks` stand at the top of every page, at its foot the page number on the outer
    side and below it what the paper rests on."""
    document = Document()
    _properties(document, title, made_at)
    _base(document)
    for name, of in _STYLES.items():
        _style(document, name, of)
    document.settings.odd_and_even_pages_header_footer = True
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), WORD)
    section = document.sections[0]
    _page(section, is_landscape=False)
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].style = document.styles[MARK]
        header.paragraphs[0].add_run(marks)
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):  # fmt: skip
        _page_number(footer.paragraphs[0], align)
        footer.add_paragraph(evidence, style=FOOT)
    return document


def landscape(document: DocumentOf) -> Section:
    """A new page laid across, for wide tables; marks and page numbers go on."""
    last = document.paragraphs[-1]
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    # The break comes in a paragraph of its own, which on a full page would be an empty one more.
    carrier = document.paragraphs[-1]
    properties: Any = carrier._p.pPr
    last._p.get_or_add_pPr().append(properties.sectPr)
    carrier._p.getparent().remove(carrier._p)
    _page(section, is_landscape=True)
    return section


def line(document: DocumentOf, text: str, style: str = BODY) -> Paragraph:
    """One paragraph; the text must be clean."""
    return document.add_paragraph(text, style=style)


def set_font(properties: Any, font: str, size: float) -> None:
    """Font of a run or style (its w:rPr): Chinese by `font`, digits and Latin in their own; “” count as Chinese."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    properties.sz_val = Pt(size)


def _properties(document: DocumentOf, title: str, made_at: datetime) -> None:
    told = document.core_properties
    told.title, told.author, told.last_modified_by, told.comments = title, "", "", ""
    told.created = told.modified = made_at - BEIJING  # a document's properties are in UTC
    told.language = "zh-CN"


def _base(document: DocumentOf) -> None:
    """What holds where no style of ours does, and the grid of lines."""
    normal: Any = document.styles["Normal"]
    set_font(normal.element.get_or_add_rPr(), BODY_FONT, 16)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)


def _style(document: DocumentOf, name: str, of: _Type) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    properties = style.element.get_or_add_rPr()
    set_font(properties, of.font, of.size)
    if of.is_close:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(CLOSER))
        properties.find(qn("w:sz")).addprevious(spacing)
    shape = style.paragraph_format
    shape.alignment = of.align
    shape.space_before = shape.space_after = Pt(of.gap)
    if of.line is None:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, of.line
    if of.line != LINE:
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().find(qn("w:spacing")).addprevious(snap)
    if of.indent:
        shape.first_line_indent = Pt(of.indent * (of.size + CLOSER / 20))
        style.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(of.indent * 100))
    shape.widow_control = False
    shape.keep_with_next = name == HEAD


def _page(section: Section, *, is_landscape: bool) -> None:
    if is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = HEIGHT, WIDTH
        margins = (LEFT, RIGHT, BOTTOM, TOP)
    else:
        section.page_width, section.page_height = WIDTH, HEIGHT
        margins = (TOP, BOTTOM, LEFT, RIGHT)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = margins
    section.header_distance, section.footer_distance = Mm(15), Mm(10 if is_landscape else 20)
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE.pt * 20)))
    properties.append(grid)


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """“— 1 —”, one character in from the edge."""
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for kind, text in (("text", "— "), ("begin", ""), ("code", " PAGE "), ("separate", ""), ("text", "1"), ("end", ""),
                       ("text", " —")):  # fmt: skip
        run: Any = paragraph.add_run(text if kind == "text" else None)
        set_font(run._r.get_or_add_rPr(), PAGE_NUMBER_FONT, 14)
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        elif kind != "text":
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
            run._r.append(field)
