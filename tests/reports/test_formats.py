"""The three formats: one file each, deterministic, accessible, Chinese in its own font, invented data said to be so."""

from html.parser import HTMLParser
import io
from itertools import pairwise
import re
import zipfile

import docx
from pypdf import PdfReader
import pytest

from openbalint.reports import fonts
from openbalint.reports.fonts import NoChineseFontError
from openbalint.tables.codebook import Codebook
from tests.reports.trial import CHINESE, EDGES, NAMES, printed, rendered, small, trial

WARNINGS = {"en": "Synthetic data: invented people", "zh-hans": "合成数据：虚构的人"}
ONE = ("emotional_exhaustion",)
NASTY = '<script>alert("1")</script> *b* %(x)s & \\ # $ @ [x] = "'


class Parsed(HTMLParser):
    """Elements with attributes, and the text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def text_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_the_same_input_gives_the_same_bytes(kind):
    assert rendered(trial(names=ONE), kind) == rendered(trial(names=ONE), kind)


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_asks_the_network_for_nothing(language):
    page = rendered(trial(codebook=CHINESE), language=language)
    parsed = Parsed(page)
    asking = [
        (tag, name)
        for tag, attributes in parsed.elements
        for name in attributes
        if name in {"src", "href", "srcset", "action", "style"}
    ]
    assert asking == []
    assert {tag for tag, _ in parsed.elements} & {"script", "link", "iframe", "object", "img", "base"} == set()
    assert re.findall(rb"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page) == []


def test_every_table_has_a_caption_and_heads_and_every_picture_words():
    parsed = Parsed(rendered(trial(sex=True)))
    assert len(parsed.all("table")) == len(parsed.all("caption")) == 8
    assert {attributes.get("scope") for attributes in parsed.all("th")} == {"col", "row", "rowgroup"}
    pictures = parsed.all("svg")
    assert len(pictures) == 3 * len(NAMES) + 1
    assert all(attributes["role"] == "img" and "balint" in attributes["aria-label"] for attributes in pictures)


def test_headings_do_not_skip_a_level():
    levels = [int(tag[1]) for tag, _ in Parsed(rendered(trial())).elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_names_that_look_like_markup_stay_text():
    analysis = trial(arms={"balint": NASTY}, title=NASTY, codebook=Codebook({ONE[0]: NASTY}), names=ONE)
    parsed = Parsed(rendered(analysis))
    assert parsed.all("script") == []
    assert NASTY in "".join(parsed.words)
    assert any(NASTY in (attributes["aria-label"] or "") for attributes in parsed.all("svg"))
    assert NASTY in docx.Document(io.BytesIO(rendered(analysis, "docx"))).core_properties.title
    assert "alert" in text_of_pdf(rendered(analysis, "pdf"))


@pytest.mark.parametrize("language", WARNINGS)
def test_invented_data_are_said_to_be_invented_everywhere(language):
    page = rendered(trial(), language=language).decode("utf-8")
    parsed = Parsed(page.encode("utf-8"))
    warning = WARNINGS[language]
    assert page.count(f"({warning})") == len(parsed.all("caption")) + len(parsed.all("figcaption"))
    assert all(warning.split(":")[0].split("：")[0] in attributes["aria-label"] for attributes in parsed.all("svg"))
    assert warning in re.search("<title>(.*)</title>", page)[1]
    pages = PdfReader(io.BytesIO(rendered(trial(names=ONE), "pdf", language))).pages
    assert all(warning in one.extract_text() for one in pages)
    word = docx.Document(io.BytesIO(rendered(trial(names=ONE), "docx", language)))
    assert word.sections[0].header.paragraphs[0].text == warning


def test_real_data_carry_no_such_word():
    page = rendered(trial(synthetic=False)).decode("utf-8")
    assert "ynthetic" not in page
    assert "invented" not in page


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def embedded(content: bytes) -> dict[str, bool]:
    """The fonts of a PDF and whether each is inside."""
    found = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():
            one = font.get_object()
            for inner in one.get("/DescendantFonts", [one]):
                described = inner.get_object()["/FontDescriptor"]
                found[str(one["/BaseFont"])] = any(f"/FontFile{kind}" in described for kind in ("", "2", "3"))
    return found


def test_the_pdf_holds_its_chinese_font_and_its_text():
    content = rendered(trial(codebook=CHINESE, names=ONE), "pdf", "zh-hans")
    inside = embedded(content)
    assert all(inside.values())
    assert any("CJK" in name or "Han" in name or "Song" in name or "Hei" in name for name in inside)
    text = text_of_pdf(content)
    for part in (
        "巴林特督导组",
        "情绪衰竭",
        "各组干预前、干预后与变化及组间比较",
        "4.111",
        "参考文献",
    ):
        assert part in text


def test_the_pdf_is_tagged_and_says_what_it_is():
    reader = PdfReader(io.BytesIO(rendered(trial(title="Balint supervision", names=ONE), "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert reader.metadata.title == "Balint supervision"
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-23"
    assert all(inside for inside in embedded(rendered(trial(names=ONE), "pdf")).values())


def test_without_a_chinese_font_people_are_told_what_to_install(monkeypatch):
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"Libertinus Serif"}))
    for kind in ("pdf", "docx"):
        with pytest.raises(NoChineseFontError, match="apt install fonts-noto-cjk"):
            rendered(trial(codebook=CHINESE, names=ONE), kind)
    assert rendered(trial(names=ONE), "pdf").startswith(b"%PDF-")
    assert "巴林特督导组" in rendered(trial(codebook=CHINESE)).decode("utf-8")


# ── DOCX ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_word_file_has_headings_captions_and_described_pictures():
    content = rendered(trial(codebook=CHINESE), "docx", "zh-hans")
    word = docx.Document(io.BytesIO(content))
    by_style = {
        style: [p.text for p in word.paragraphs if p.style.name == style]
        for style in ("Heading 1", "Heading 2", "Caption")
    }
    assert by_style["Heading 1"] == ["概要", "数据", "结果", "方法", "这份分析不能说明的事", "参考文献"]
    assert by_style["Heading 2"] == ["干预前、干预后与变化", "组间差异", "全部检验", "图"]
    assert [caption.split("　")[0] for caption in by_style["Caption"]] == [
        "表 1",
        "表 2",
        "表 3",
        "表 4",
        "表 5",
        "表 6",
        "图 1",
        "图 2",
        "图 3",
        "图 4",
        "图 5",
        "表 7",
    ]
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(described) == 3 * len(NAMES) + 1
    assert all("巴林特督导组" in text for text in described)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("word/document.xml").decode("utf-8")
        styles = parts.read("word/styles.xml").decode("utf-8")
    assert xml.count(" SEQ Table ") == 7
    assert xml.count(" SEQ Figure ") == 5
    assert xml.count("<w:tblHeader/>") == len(word.tables)
    assert 'w:eastAsia="SimSun"' in styles
    assert 'w:eastAsia="zh-CN"' in styles


def test_the_word_file_keeps_the_order_that_word_insists_on():
    with zipfile.ZipFile(io.BytesIO(rendered(trial(sex=True), "docx"))) as parts:
        xml = parts.read("word/document.xml").decode("utf-8")
    for properties in re.findall("<w:tblPr>(.*?)</w:tblPr>", xml):
        tags = list(re.findall(r"<w:(tbl\w+|jc)\b", properties))
        assert tags == ["tblW", "jc", "tblBorders", "tblLayout", "tblLook"]
    for row in re.findall("<w:tr>(.*?)</w:tr>", xml):
        wide = [int(width) for width in re.findall(r'<w:tcW w:type="dxa" w:w="(\d+)"', row)]
        assert sum(wide) == pytest.approx(170 * 56.7, rel=0.01)


@pytest.mark.parametrize("case", EDGES)
def test_data_at_the_edge_become_a_report(case):
    analysis = small(*EDGES[case])
    assert "small.csv" in "".join(Parsed(rendered(analysis)).words)
    assert rendered(analysis, "pdf").startswith(b"%PDF-")
    assert docx.Document(io.BytesIO(rendered(analysis, "docx"))).tables


def test_pictures_of_many_arms_fit_on_a_page():
    pages = PdfReader(io.BytesIO(rendered(small(*EDGES["seven arms"]), "pdf"))).pages
    assert any("Adjusted difference, 95% interval" in page.extract_text() for page in pages)


def test_a_long_title_does_not_stop_word():
    word = docx.Document(io.BytesIO(rendered(trial(title="long " * 100, names=ONE), "docx")))
    assert len(word.core_properties.title) == 255


def test_a_printed_table_becomes_a_report_too():
    analysis = printed()
    found = analysis.result.outcomes["reduced_accomplishment"].omnibus.F
    assert f"{found:.3f}" in "".join(Parsed(rendered(analysis)).words)
    assert rendered(analysis, "pdf").startswith(b"%PDF-")
    assert docx.Document(io.BytesIO(rendered(analysis, "docx"))).tables
