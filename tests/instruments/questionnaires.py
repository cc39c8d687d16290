"""A small invented instrument to break, and how to write it."""

import re

from openbalint.instruments import definition_file

SMALL = """\
name = "small"
version = "1"
title = {en = "Small", zh-Hans = "小问卷"}
languages = ["en", "zh-Hans"]
source = "invented for the tests"
minutes = 1
reverse = ["q2"]

[licence]
name = "CC BY 4.0"
holder = "nobody"
terms = {en = "free"}
permits = ["show", "export", "change", "sell"]
source = "https://example.org"

[options.truth]
1 = {en = "no", zh-Hans = "否"}
2 = {en = "partly", zh-Hans = "部分"}
3 = {en = "yes", zh-Hans = "是"}

[items]
q1 = {options = "truth", en = "One?", zh-Hans = "一？"}
q2 = {options = "truth", en = "Two?", zh-Hans = "二？"}
q3 = {options = "truth", en = "Three?", zh-Hans = "三？"}
days = {kind = "number", low = 0, high = 9, en = "Days?", zh-Hans = "几天？"}
note = {kind = "text", en = "Anything else?", zh-Hans = "还有什么？"}

[scales.total]
title = {en = "Total", zh-Hans = "总分"}
items = ["q1", "q2", "q3"]
method = "mean"
range = [1, 3]
missing = {at_most = 1, then = "prorate", source = "ours"}
higher = {en = "more", zh-Hans = "更多"}

[scales.days]
title = {en = "Days", zh-Hans = "天数"}
items = ["days"]
method = "sum"
range = [0, 9]
missing = {at_most = 0, then = "no-score", source = "ours"}
"""

# The same without the text of its items: what ships of an instrument that others own.
WITHHELD = re.sub(r"(?m)^((?:q\d|days|note) = {.*?), en = .*$", r"\1}", SMALL)

TEXT = """\
instrument = "small@1"
language = "en"
source = "the licensed booklet"

[licence]
name = "Order 77"
holder = "Owner"
permits = ["show"]
source = "a letter"
licensee = "Example Hospital"
until = 2027-06-30
administrations = 100

[options.truth]
1 = "never"
3 = "always"

[items]
q1 = "First secret?"
q2 = "Second secret?"
q3 = "Third secret?"
days = "Secret days?"
note = "Secret note?"
"""


def small(text=SMALL):
    """The small instrument, or one made from another text."""
    return definition_file.from_toml(text.encode(), "small@1.toml")


def changed(old, new, text=SMALL):
    """The text with one place changed, which must be there once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def line_of(words, text=SMALL):
    """The number of the line that begins with these words."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(words))
