"""Notes are put together in any language."""

from openbalint.stats.notes import CannotComputeError, Note

CHINESE = {"Arm %(arm)s: %(why)s": "%(arm)s 组：%(why)s", "no values": "没有数值", "no spread": "没有差异"}


def test_the_parts_of_a_note_are_translated_with_it():
    note = Note.of("Arm %(arm)s: %(why)s", arm=3, why=(Note("no values"), Note("no spread")))
    assert str(note) == "Arm 3: no values, no spread"
    assert note.text(CHINESE.__getitem__) == "3 组：没有数值, 没有差异"


def test_an_estimator_that_cannot_compute_says_why_in_a_note():
    error = CannotComputeError("Arm %(arm)s", arm="b")
    assert (str(error), error.note) == ("Arm b", Note("Arm %(arm)s", (("arm", "b"),)))
