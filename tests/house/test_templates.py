"""Pages work under a policy that allows our own files alone."""

from collections.abc import Iterator
import re

from tests import pseudo
from tests.house.repository import PACKAGE, ROOT, place

RULES = {
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")": "Move the script to frontend/src and load it by src; data goes through json_script.",
    r"<style\b": "Move the rules to a style sheet in web/static/openbalint.",
    r"\sstyle\s*=": "Use a class; a policy without inline styles would drop this.",
    r"\son[a-z]+\s*=\s*[\"']": "Bind the event in frontend/src; a policy without inline scripts would drop this.",
    r"href\s*=\s*[\"']javascript:": "Use a button and bind it in frontend/src.",
    r"\|safe\b|{%\s*autoescape off": "Let Django escape it.",
    r"(?:src|href)\s*=\s*[\"'](?:https?:)?//": "Bring the file along; a page loads nothing from other hosts.",
}
LINK = re.compile(r"<a\b[^>]*href\s*=\s*[\"']https?://[^>]*>")  # a link that people follow is no load


def test_templates_hold_no_script_no_style_and_no_foreign_file():
    found = [
        f"{place(path, number)}: {instead}"
        for path in sorted(PACKAGE.rglob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for pattern, instead in RULES.items()
        if re.search(pattern, LINK.sub("", line), re.IGNORECASE)
    ]
    assert found == []


def test_the_room_draws_without_inline_styles():
    found = [
        place(path, number)
        for path in sorted((ROOT / "frontend/src").rglob("*.ts"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\bstyleMap\b|\sstyle=|unsafeHTML|\.innerHTML\b", line)
    ]
    assert found == [], "Set a class, or element.style.setProperty; draw with templates, never with HTML in a string."


CODE = re.compile(r"(?:html|svg)?`|[{}]|//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"", re.DOTALL)
MARKUP = re.compile(r"`|\$\{")


def drawn(source: str) -> Iterator[str]:
    """The markup of each Lit template of a file, with ⟦⟧ for each value in it."""
    at, around = 0, [("{", "")]  # what is open: code, or a template with its markup so far
    while token := (MARKUP if "`" in around[-1][0] else CODE).search(source, at):
        kind, markup = around[-1]
        text, at = source[at : token.start()], token.end()
        if token[0] == "${":
            around[-1] = (kind, f"{markup}{text}⟦⟧")
        if ("`" in kind and token[0] == "`") or token[0] == "}":
            around.pop()
        elif token[0] in {"{", "${", "`", "html`", "svg`"}:
            around.append((token[0], ""))
        if kind in {"html`", "svg`"} and token[0] == "`":
            yield markup + text


def test_the_room_draws_no_text_that_is_in_no_catalogue():
    found = {
        str(path.relative_to(ROOT)): bare
        for path in sorted((ROOT / "frontend/src").rglob("*.ts"))
        if (bare := [rest for html in drawn(path.read_text("utf-8")) for rest in pseudo.bare(html)])
    }
    assert found == {}, 'Write ${t("…")}.'


def test_bare_text_is_found_within_what_is_drawn():
    source = """const a = { b: "`" }; // html`no`
    html`<p title="Way ${d}" class=${c ? html`<b>out</b>` : `x${y}`}>${t("in")} now</p>`"""
    assert list(drawn(source)) == ["<b>out</b>", '<p title="Way ⟦⟧" class=⟦⟧>⟦⟧ now</p>']
