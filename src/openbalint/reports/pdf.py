"""A report as PDF, set by typst from a template that reads the document as JSON: nothing typed is ever markup.

The PDF is tagged, with alternative texts, and depends on nothing but its input: the day comes from outside.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
import json
from xml.etree.ElementTree import tostring

from openbalint.reports.document import Block, Document, Figure, Heading, LaidTable, Numbering, Paragraph, Points, Table
from openbalint.reports.fonts import faces, families
from openbalint.reports.references import SOURCES
from openbalint.reports.svg import Canvas, text_width
from openbalint.reports.words import Inline, Run, Words, plain, text_of

PICTURES = """
#set page(width: auto, height: auto, margin: 0pt)
#let pictures = json(bytes(sys.inputs.pictures))
#for (i, one) in pictures.enumerate() {
  if i > 0 { pagebreak() }
  image(bytes(one.svg), format: "svg", width: one.width * 1pt)
}
"""
MARGIN, WIDEST = 18, 150
LONGEST = 36  # rows; a longer table may break over pages


def pdf(document: Document, words: Words, day: date) -> bytes:
    """The whole report on A4, with fonts embedded."""
    import typst  # noqa: PLC0415 - other formats do without it

    described = _described(document, words)
    text = json.dumps(described, ensure_ascii=False)
    serif, sans = families(text)
    inputs = {"report": text, "serif": json.dumps(serif), "sans": json.dumps(sans)}
    moment = datetime.combine(day, time(), UTC)
    with as_file(files("openbalint.reports").joinpath("report.typ")) as template:
        return typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=faces(),
            format="pdf",
            sys_inputs=inputs,
            timestamp=int(moment.timestamp()),
            pdf_standards="ua-1",  # for people who listen: tags, titles, alternative texts
        )


def pngs(canvases: Sequence[Canvas], *, ppi: int = 300) -> list[bytes]:
    """Pictures as pixels, for formats that have no SVG: set on a page each, in one go."""
    import typst  # noqa: PLC0415

    pictures = [{"svg": svg_text(canvas), "width": 0.75 * canvas.width} for canvas in canvases]
    if not pictures:
        return []
    made: object = typst.compile(  # a list where there are several pages
        PICTURES.encode(), font_paths=faces(), format="png", ppi=ppi, sys_inputs={"pictures": json.dumps(pictures)}
    )
    return made if isinstance(made, list) else [made] if isinstance(made, bytes) else []


def svg_text(canvas: Canvas) -> str:
    """A picture as a file of its own, with the family of the machine's font in it."""
    text = tostring(canvas.root, encoding="unicode")
    _, sans = families(text)
    family = ", ".join(sans)
    return text.replace("<svg ", f'<svg font-family="{family}" ', 1)


def _described(document: Document, words: Words) -> dict[str, object]:
    numbering = Numbering(document, words)
    blocks = [_block(block, numbering) for block in document.blocks]
    sources = [plain(SOURCES[key]) for key in numbering.sources]
    if sources:
        blocks += [
            {"kind": "heading", "level": 1, "text": _runs(words.gettext("References"))},
            {"kind": "points", "numbered": True, "items": [_runs(source) for source in sources]},
        ]
    return {
        "language": "zh" if words.chinese else "en",
        "title": document.title,
        "facts": [_runs(numbering.runs(fact)) for fact in document.facts],
        "warning": document.warning,
        "blocks": blocks,
    }


def _block(block: Block, numbering: Numbering) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": _runs(numbering.runs(block.text))}
        case Paragraph():
            return {"kind": "paragraph", "text": _runs(numbering.runs(block.text))}
        case Points():
            return {
                "kind": "points",
                "numbered": block.numbered,
                "items": [_runs(numbering.runs(i)) for i in block.items],
            }
        case Table():
            return _table(block, numbering)
        case Figure():
            return _figure(block, numbering)


def _table(block: Table, numbering: Numbering) -> dict[str, object]:
    laid = numbering.laid(block)
    groups = [
        {"name": _runs(name), "rows": [[_cell(cell) for cell in row] for row in rows]} for name, rows in laid.groups
    ]
    return {
        "kind": "table", "label": laid.label, "title": _runs(laid.title), "heads": [_runs(head) for head in laid.heads],
        "align": [column.align for column in block.columns], "groups": groups,
        "widths": widths(laid), "long": sum(len(rows) for _, rows in laid.groups) > LONGEST, "notes": [_runs(note) for note in laid.notes],
    }  # fmt: skip


def widths(laid: LaidTable) -> list[int]:
    """The width of each column, by its longest text: what is left over is shared in proportion."""
    rows = [laid.heads, *(row for _, found in laid.groups for row in found)]
    longest = [max(round(text_width(text_of(row[i]))) for row in rows) for i in range(len(laid.heads))]
    return [MARGIN + min(width, WIDEST) for width in longest]


def _figure(block: Figure, numbering: Numbering) -> dict[str, object]:
    panels = [
        {"svg": svg_text(panel.canvas), "alt": panel.alt, "ratio": panel.canvas.height / panel.canvas.width}
        for panel in block.panels
    ]
    return {
        "kind": "figure", "label": numbering.labels[block.key], "title": _runs(numbering.runs(block.title)),
        "panels": panels, "notes": [_runs(note) for note in numbering.notes(block)],
    }  # fmt: skip


def _cell(inline: Inline) -> list[list[str]]:
    """A cell in which the name of a column may go on in the next line."""
    return [[text.replace("_", "_\u200b"), style] for text, style in _runs(inline)]


def _runs(inline: Inline) -> list[list[str]]:
    return [[run.text, run.style] for run in inline if isinstance(run, Run)]
