"""Drawings of the record stay within their frame, one thing beside the other, and words only where they fit."""

from hypothesis import given, strategies as st

from openbalint.web.drawings import EDGE, WIDTH, Bar, Block, spread, timeline, voices

minutes = st.floats(0, 240, allow_nan=False)
bars = st.builds(
    Bar, name=st.sampled_from(["Opening", "Discussion", "讨论", "圈外倾听"]), minutes=minutes, out=st.booleans(), case=st.integers(1, 5)
)  # fmt: skip


@given(st.lists(bars, max_size=60), st.lists(minutes, max_size=60))
def test_a_timeline_keeps_to_its_frame_whatever_happened(went, planned):
    drawn = timeline(went, planned, listened={}, unit="min")
    for row in (drawn.went, drawn.planned):
        assert all(block.x >= EDGE and block.x + block.width <= WIDTH - EDGE + 0.2 for block in row)
        assert [block.x for block in row] == sorted(block.x for block in row)
    assert [block.out for block in drawn.went] == [bar.out for bar in went]
    assert 1 <= len(drawn.marks) <= 10 or max(sum(planned), sum(bar.minutes for bar in went)) > 540
    assert all(EDGE <= mark.x <= WIDTH - EDGE + 0.1 for mark in drawn.marks)


def test_a_timeline_of_two_phases_is_drawn_to_scale():
    went = [Bar("Telling", 10, out=False, case=1), Bar("Discussion", 30, out=True, case=1)]
    drawn = timeline(went, [20, 20], listened={1: "listened: 30 min"}, unit="min")
    assert drawn.went == (
        Block(5.0, 236.0, out=False, name="Telling", minutes="10 min"),
        Block(243.0, 712.0, out=True, name="Discussion", minutes="30 min"),
    )
    assert drawn.planned == (Block(5.0, 474.0), Block(481.0, 474.0))
    assert [(bracket.x1, bracket.x2, bracket.words) for bracket in drawn.listened] == [
        (242.0, 956.0, "listened: 30 min")
    ]
    assert [(mark.minutes, mark.anchor) for mark in drawn.marks] == [
        (0, "start"), (5, "middle"), (10, "middle"), (15, "middle"), (20, "middle"), (25, "middle"), (30, "middle"),
        (35, "middle"), (40, "end"),
    ]  # fmt: skip


LABELS = {
    "the presenter listened outside the circle: 1 min": 170,
    "案例提供者在圈外倾听：1 分钟": 94,
}  # half of their widths


@given(st.floats(0.1, 300), st.floats(0.1, 300), st.sampled_from(sorted(LABELS)))
def test_words_under_a_bracket_stay_within_the_frame(before, out, words):
    went = [Bar("Telling", before, out=False, case=1), Bar("Discussion", out, out=True, case=1)]
    (bracket,) = timeline(went, [], listened={1: words}, unit="min").listened
    assert LABELS[words] <= bracket.middle <= WIDTH - LABELS[words]


def test_words_that_do_not_fit_are_left_out():
    short = timeline(
        [Bar("Settle", 1, out=False, case=1), Bar("Discussion", 99, out=False, case=1)], [], listened={}, unit="min"
    )
    assert (short.went[0].name, short.went[0].minutes) == ("", "")


def test_nobody_was_out_so_nothing_is_told_of_listening():
    drawn = timeline([Bar("Telling", 10, out=False, case=1)], [10], listened={1: "listened: 0 min"}, unit="min")
    assert (drawn.listened, drawn.height) == ((), 142)


@given(st.integers(0, 200))
def test_each_voice_is_one_dot_within_the_drawing(count):
    dots = voices(count)
    assert len(dots) == count
    assert all(dot.x - dot.r >= 0 and dot.x + dot.r <= 130 for dot in dots)


@given(st.lists(st.floats(0, 5000, allow_nan=False), min_size=1, max_size=15))
def test_each_person_is_one_dot_and_none_hides_another(seconds):
    drawn = spread(sorted(seconds))
    assert len(drawn.dots) == len(seconds)
    assert len({(dot.x, dot.y) for dot in drawn.dots}) == len(seconds)
    assert all(dot.x <= 330 and drawn.top <= dot.y - dot.r for dot in drawn.dots)
    assert 2 <= len(drawn.marks) <= 11
