"""Whatever is sent to the form of a script is either mended by its sender or a script that a session can use."""

from hypothesis import given, strategies as st

from openbalint.groups.scripts import faults
from openbalint.protocol.scripts import announced_minutes
from openbalint.protocol.shipped import SHIPPED
from openbalint.web.forms.scripts import ScriptForm

codes = st.sampled_from(sorted(SHIPPED))
numbers = st.one_of(st.integers(-5, 300), st.sampled_from(["", "ten", "1.5", "٣", "9" * 50, None]))
anything = st.one_of(
    numbers, st.booleans(), st.text(max_size=120), st.sampled_from(["once", "twice", "never", "small", "open"])
)


def form_of(code, sent=None):
    """The form, unsent or with what a browser sends: texts alone, and nothing for an empty box."""
    texts = (
        None
        if sent is None
        else {
            name: "on" if value is True else str(value)
            for name, value in sent.items()
            if value is not None and value is not False
        }
    )
    return ScriptForm(texts, name="Ours", version=1, script=SHIPPED[code], original=SHIPPED[code])


def sent_by(form):
    return {field.html_name: field.value() for field in (*form, *form.rows, *(form.drifts or ()))}


@given(codes, st.data())
def test_a_form_that_is_accepted_makes_a_good_script_of_the_announced_length(code, data):
    sent = sent_by(form_of(code))
    for field in data.draw(st.lists(st.sampled_from(sorted(sent)), max_size=4, unique=True)):
        sent[field] = data.draw(anything, label=field)
    if data.draw(st.booleans(), label="announce what it adds up to"):
        shown = form_of(code, sent).redrawn()
        sent = sent_by(shown) | {"announced": shown.rows.total}
    form = form_of(code, sent)
    if form.is_valid():
        assert faults(form.script) == ()
        assert announced_minutes(form.script) == form.cleaned_data["announced"]
    else:
        assert form.errors


@given(codes, st.dictionaries(st.sampled_from(["was", "announced", "cases", "minutes-telling", "name", "x"]), anything))
def test_a_form_that_arrives_in_pieces_is_shown_again(code, sent):
    form = form_of(code, sent)
    assert not form.is_valid()
    assert isinstance(form.redrawn(), ScriptForm)
