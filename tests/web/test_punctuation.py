"""Chinese pages have Chinese punctuation, also where a sentence is put together."""

from html import unescape
import re

import pytest

from tests.web.pages import PLAIN
from tests.web.site import Site

pytestmark = pytest.mark.django_db
HAN = r"[\u3400-\u9fff]"
FOREIGN = re.compile(rf"{HAN}[”）]?\s*[,.;!?:](?!\w)|[,.;!?:]\s*{HAN}|[。，；：！？][^\S\n]+\S")
APART = re.compile(r"</?(?:p|li|div|h\d|dt|dd|td|th|tr|option|label|ul|section|summary|legend|title)\b[^>]*>")


def foreign(html):
    """What stands around a mark that is not Chinese, or has a space behind it."""
    text = unescape(re.sub(r"<[^>]+>", "", APART.sub("\n", html)))
    return [text[max(0, one.start() - 12) : one.end() + 12] for one in FOREIGN.finditer(text)]


def test_no_sentence_on_a_chinese_page_has_foreign_marks():
    site = Site("zh-hans")
    found = {name: wrong for name, reach in PLAIN.items() if (wrong := foreign(reach(site).content.decode()))}
    assert found == {}, "Put the mark into the text that is translated."


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<h1>周四小组，11 月 30 日</h1><p>5 次，其中 2 次 · 18:30</p>", []),
        ("<h1>周四小组, 11 月 30 日</h1>", ["周四小组, 11 月 30 日"]),
        ("<p>合计 92 分钟。 <b>可以减去</b></p>", ["合计 92 分钟。 可以减去"]),
        ("<p>十二月十四日. <b>组员</b></p>", ["十二月十四日. 组员"]),
    ],
)
def test_a_foreign_mark_is_found(html, found):
    assert [one.strip() for one in foreign(html)] == found
