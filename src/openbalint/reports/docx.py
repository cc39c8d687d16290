"""A report as DOCX: real headings, captions with numbers that Word keeps, tables with repeated heads, pictures with words.

Word gets the Chinese fonts by name (Office has them); the pictures hold theirs as pixels.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
import io
import zipfile

import docx as python_docx
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from openbalint.reports.document import Block, Document, Figure, Heading, Numbering, Paragraph, Points, Table
from openbalint.reports.pdf import pngs, widths
from openbalint.reports.references import SOURCES
from openbalint.reports.words import Inline, Run, Words, plain

LATIN, SANS = "Times New Roman", "Arial"
HAN_SERIF, HAN_SANS = "SimSun", "Microsoft YaHei"
INK, CLAY = RGBColor(0x1F, 0x28, 0x27), RGBColor(0x86, 0x45, 0x1F)
SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
MOST = 255  # characters of a title in the properties
EPOCH = (1980, 1, 1, 0, 0, 0)
FULL, HALF, TEXT = Mm(84), Mm(78), Mm(170)


def docx(document: Document, words: Words, day: date) -> bytes:
    """The whole report on A4."""
    made = io.BytesIO()
    _Letter(document, words, day).word.save(made)
    return _dated(made.getvalue())


def _dated(content: bytes) -> bytes:
    """The same file without the moment at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), old.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Letter:
    """A document on its way to Word."""

    def __init__(self, document: Document, words: Words, day: date) -> None:
        self.document, self.words = document, words
        self.numbering = Numbering(document, words)
        self.word: Word = python_docx.Document()
        self._properties(day)
        self._styles()
        self._page()
        self.word.add_paragraph(document.title, style="Title")
        for fact in document.facts:
            self._paragraph(self.numbering.runs(fact), "Subtitle")
        for block in document.blocks:
            self._block(block)
        self._sources()

    def _properties(self, day: date) -> None:
        core, moment = self.word.core_properties, datetime.combine(day, time(), UTC).replace(tzinfo=None)
        core.title, core.author = self.document.title[:MOST], "OpenBalint"
        core.comments = self.document.warning or ""
        core.created = core.modified = moment
        core.last_modified_by, core.revision = "OpenBalint", 1
        core.language = "zh-CN" if self.words.chinese else "en-GB"

    def _styles(self) -> None:
        for name, size, sans in (
            ("Normal", 10.5, False), ("Title", 20, True), ("Subtitle", 9, True), ("Heading 1", 15, True), ("Heading 2", 12, True),
            ("Caption", 9.5, False), ("List Bullet", 10.5, False), ("List Number", 10.5, False),
        ):  # fmt: skip
            style = self.word.styles[name]
            style.font.size, style.font.color.rgb, style.font.italic = Pt(size), INK, False
            style.font.bold = name.startswith(("Heading", "Title"))
            _font(style.element.get_or_add_rPr(), *((SANS, HAN_SANS) if sans else (LATIN, HAN_SERIF)))
        self.word.styles["Caption"].paragraph_format.keep_with_next = True
        _language(self.word.styles["Normal"].element.get_or_add_rPr(), chinese=self.words.chinese)

    def _page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(22)
        if self.document.warning:
            head = section.header.paragraphs[0]
            head.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = head.add_run(self.document.warning)
            run.bold, run.font.color.rgb = True, CLAY
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(foot, "PAGE", "1")

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._paragraph(self.numbering.runs(block.text), f"Heading {block.level}")
            case Paragraph():
                self._paragraph(self.numbering.runs(block.text), "Normal")
            case Points():
                for item in block.items:
                    self._paragraph(self.numbering.runs(item), "List Number" if block.numbered else "List Bullet")
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)

    def _sources(self) -> None:
        if self.numbering.sources:
            self._paragraph(self.words.gettext("References"), "Heading 1")
            for key in self.numbering.sources:
                self._paragraph(plain(SOURCES[key]), "List Number")

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, block: Table) -> None:
        laid = self.numbering.laid(block)
        self._caption(laid.label, laid.title)
        table = self.word.add_table(rows=0, cols=len(block.columns))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, True
        sides = [column.align for column in block.columns]
        self._row(table, laid.heads, sides, bold=True)
        _repeat(table)
        for name, rows in laid.groups:
            if name:
                cells = table.add_row().cells
                _fill(cells[0].merge(cells[-1]).paragraphs[0], name, bold=True)
            for row in rows:
                self._row(table, row, sides)
        _rules(table)
        _set_widths(table, widths(laid))
        self._notes(laid.notes)

    def _row(self, table: WordTable, texts: tuple[Inline, ...], sides: Sequence[str], *, bold: bool = False) -> None:
        row = table.add_row()  # type: ignore[no-untyped-call] # its annotations are not complete
        _add(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - python-docx has no name for it
        for cell, text, side in zip(row.cells, texts, sides, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = SIDES[side]
            _fill(paragraph, text, bold=bold)

    def _notes(self, notes: tuple[Inline, ...]) -> None:
        for note in notes:
            paragraph = self._paragraph(note, "Normal")
            paragraph.paragraph_format.space_after = Pt(3)
            for run in paragraph.runs:
                run.font.size = Pt(8.5)

    # ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _figure(self, block: Figure) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        pixels = pngs([panel.canvas for panel in block.panels])
        for panel, picture_bytes in zip(block.panels, pixels, strict=True):
            width = FULL if len(block.panels) == 1 else HALF
            picture = paragraph.add_run().add_picture(io.BytesIO(picture_bytes), width=width)
            described = picture._inline.docPr  # noqa: SLF001 - python-docx has no name for the alternative text
            described.set("descr", panel.alt)
            described.set("name", self.numbering.labels[block.key])
        self._caption(self.numbering.labels[block.key], self.numbering.runs(block.title), after=True)
        self._notes(self.numbering.notes(block))

    def _caption(self, label: str, title: Inline, *, after: bool = False) -> None:
        """A caption whose number is a field: Word counts on when something is put before it."""
        name, number = label.rsplit(" ", 1)
        paragraph = self.word.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = not after or None
        paragraph.add_run(f"{name} ").bold = True
        _field(paragraph, f"SEQ {'Figure' if after else 'Table'} \\* ARABIC", number, bold=True)
        warned = [Run(f" ({self.document.warning})")] if self.document.warning else []
        _fill(paragraph, (Run("　" if self.words.chinese else ". "), *title, *warned))

    def _paragraph(self, inline: Inline, style: str) -> WordParagraph:
        paragraph = self.word.add_paragraph(style=style)
        _fill(paragraph, inline, size=None)
        return paragraph


def _fill(paragraph: WordParagraph, inline: Inline, *, bold: bool = False, size: float | None = 9) -> None:
    """Runs into a paragraph, in the size of tables if none is said."""
    for piece in inline:
        if isinstance(piece, Run):
            run = paragraph.add_run(piece.text)
            run.italic, run.bold = piece.style == "italic" or None, bold or piece.style == "bold" or None
            run.font.superscript = piece.style == "sup" or None
            if size:
                run.font.size = Pt(size)
    if size:
        paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(1)


# ── what python-docx has no names for ────────────────────────────────────────────────────────────────────────────────


def _add(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _font(properties: BaseOxmlElement, latin: str, han: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = _add(properties, "w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind, family in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", han)):
        fonts.set(qn(f"w:{kind}"), family)


def _language(properties: BaseOxmlElement, *, chinese: bool) -> None:
    found = properties.find(qn("w:lang"))
    if found is not None:
        properties.remove(found)
    _add(properties, "w:lang", val="zh-CN" if chinese else "en-GB", eastAsia="zh-CN")


def _field(paragraph: WordParagraph, code: str, shown: str, *, bold: bool = False) -> None:
    """A field with the value it has now."""
    for kind, text in (("begin", None), (None, code), ("separate", None), ("result", shown), ("end", None)):
        run = paragraph.add_run(shown if kind == "result" else "")
        run.bold = bold or None
        if kind in {"begin", "separate", "end"}:
            _add(run._r, "w:fldChar", fldCharType=kind)  # noqa: SLF001
        elif text and kind is None:
            _add(run._r, "w:instrText").text = f" {text} "  # noqa: SLF001


def _set_widths(table: WordTable, shares: Sequence[int]) -> None:
    """Columns in proportion to their longest texts."""
    for row in table.rows:
        for i, cell in enumerate(row._tr.tc_lst):  # noqa: SLF001 - a merged cell is one there
            part = sum(shares) if cell.grid_span > 1 else shares[i]
            cell.width = int(TEXT * part / sum(shares))
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(TEXT * share / sum(shares))


def _repeat(table: WordTable) -> None:
    """The first row is the head on every page."""
    _add(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001


def _rules(table: WordTable) -> None:
    """Lines above and below the head and at the end, as journals set tables."""
    properties = table._tbl.tblPr  # noqa: SLF001
    borders = _add(properties, "w:tblBorders")
    properties.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )  # Word insists on the order
    for side in ("top", "bottom"):
        _add(borders, f"w:{side}", val="single", sz="12", color="1F2827")
    for cell in table.rows[0].cells:
        edges = _add(cell._tc.get_or_add_tcPr(), "w:tcBorders")  # noqa: SLF001
        _add(edges, "w:bottom", val="single", sz="6", color="1F2827")
