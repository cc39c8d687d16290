"""A report as one HTML file that asks the network for nothing: style, pictures and text inside, no script.

It is built as a tree of elements, so every text is escaped by the serialiser. Pictures take their colours from classes
and follow light, dark and print.
"""

from importlib.resources import files
from itertools import count
from xml.etree.ElementTree import Element, SubElement, tostring

from openbalint.reports.document import Block, Document, Figure, Heading, Numbering, Paragraph, Points, Table
from openbalint.reports.references import SOURCES
from openbalint.reports.words import Inline, Run, Words, plain, text_of

LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
TAGS = {"italic": "i", "bold": "b", "sup": "sup"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html(document: Document, words: Words) -> bytes:
    """The whole page."""
    page: bytes = tostring(_Page(document, words).root, encoding="utf-8", method="html")
    return b"<!doctype html>\n" + page + b"\n"


class _Page:
    """A document on its way to a tree."""

    def __init__(self, document: Document, words: Words) -> None:
        self.document, self.words = document, words
        self.numbering, self.ids = Numbering(document, words), count(1)
        self.root = Element("html", {"lang": LANGUAGES[words.tag]})
        self._head()
        body = SubElement(self.root, "body")
        self._warning(body)
        main = SubElement(body, "main")
        self._title(main)
        for block in document.blocks:
            self._block(main, block)
        self._sources(main)

    def _head(self) -> None:
        head = SubElement(self.root, "head")
        SubElement(head, "meta", {"charset": "utf-8"})
        SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
        SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
        SubElement(head, "meta", {"name": "color-scheme", "content": "light dark"})
        SubElement(head, "title").text = _with(self.document.warning, self.document.title)
        SubElement(head, "style").text = files("openbalint.reports").joinpath("report.css").read_text("utf-8")

    def _warning(self, body: Element) -> None:
        if self.document.warning:
            SubElement(body, "aside", {"class": "warning"}).text = self.document.warning

    def _title(self, main: Element) -> None:
        header = SubElement(main, "header")
        SubElement(header, "h1").text = self.document.title
        for fact in self.document.facts:
            self._runs(SubElement(header, "p"), self.numbering.runs(fact))

    def _block(self, parent: Element, block: Block) -> None:
        match block:
            case Heading():
                self._runs(SubElement(parent, f"h{block.level + 1}"), self.numbering.runs(block.text))
            case Paragraph():
                self._runs(SubElement(parent, "p"), self.numbering.runs(block.text))
            case Points():
                self._points(parent, [self.numbering.runs(item) for item in block.items], numbered=block.numbered)
            case Table():
                self._table(parent, block)
            case Figure():
                self._figure(parent, block)

    def _points(self, parent: Element, items: list[Inline], *, numbered: bool) -> None:
        points = SubElement(parent, "ol" if numbered else "ul")
        for item in items:
            self._runs(SubElement(points, "li"), item)

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, parent: Element, block: Table) -> None:
        laid, name = self.numbering.laid(block), f"table-{next(self.ids)}"
        section = SubElement(parent, "div", {"class": "table"})
        # A wide table scrolls in itself, also by the keyboard; its caption tells what the region is.
        region = SubElement(
            section, "div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": name}
        )
        table = SubElement(region, "table")
        self._caption(SubElement(SubElement(table, "caption", {"id": name}), "span"), laid.label, laid.title)
        self._heads(table, block, laid.heads)
        for group, rows in laid.groups:
            self._group(table, block, group, rows)
        self._notes(section, laid.notes)

    def _caption(self, caption: Element, label: str, title: Inline) -> None:
        marked = [Run(f" ({self.document.warning})")] if self.document.warning else []
        self._runs(caption, (Run(label, "bold"), Run("　" if self.words.chinese else ". "), *title, *marked))

    def _heads(self, table: Element, block: Table, heads: tuple[Inline, ...]) -> None:
        row = SubElement(SubElement(table, "thead"), "tr")
        for head, column in zip(heads, block.columns, strict=True):
            self._runs(SubElement(row, "th", {"scope": "col", "class": column.align}), head)

    def _group(self, table: Element, block: Table, name: Inline, rows: tuple[tuple[Inline, ...], ...]) -> None:
        body = SubElement(table, "tbody")
        if name:
            line = SubElement(body, "tr", {"class": "group"})
            head = {"scope": "rowgroup", "colspan": str(len(block.columns))}
            self._runs(SubElement(SubElement(line, "th", head), "span"), name)
        for cells in rows:
            row = SubElement(body, "tr")
            self._runs(SubElement(row, "th", {"scope": "row"}), cells[0])
            for cell, column in zip(cells[1:], block.columns[1:], strict=True):
                self._runs(SubElement(row, "td", {"class": column.align}), cell)

    def _notes(self, parent: Element, notes: tuple[Inline, ...]) -> None:
        for note in notes:
            self._runs(SubElement(parent, "p", {"class": "note"}), note)

    # ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _figure(self, parent: Element, block: Figure) -> None:
        figure = SubElement(parent, "figure")
        panels = SubElement(figure, "div", {"class": "panels"})
        for panel in block.panels:
            picture = SubElement(panels, "svg", {**panel.canvas.root.attrib, "role": "img", "aria-label": panel.alt})
            picture.extend(panel.canvas.root)
        caption = SubElement(figure, "figcaption")
        self._caption(SubElement(caption, "p"), self.numbering.labels[block.key], self.numbering.runs(block.title))
        self._notes(caption, self.numbering.notes(block))

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _sources(self, main: Element) -> None:
        if self.numbering.sources:
            SubElement(main, "h2").text = self.words.ugettext("References")
            self._points(main, [plain(SOURCES[key]) for key in self.numbering.sources], numbered=True)

    def _runs(self, parent: Element, inline: Inline) -> None:
        for run in inline:
            if isinstance(run, Run) and run.style != "plain":
                SubElement(parent, TAGS[run.style]).text = run.text
                continue
            first, *rest = text_of((run,)).split("_")
            _append(parent, first)
            for part in rest:  # a name of a column may go on in the next line
                _append(parent, "_")
                SubElement(parent, "wbr")
                _append(parent, part)


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _with(warning: str | None, title: str) -> str:
    return f"{title} – {warning}" if warning else title
