"""The words of the demonstration."""

from collections import Counter
import re

from openbalint.demo.book import CASES, book, lines_in
from openbalint.demo.cast import BY_KEY, CAST, MEMBERS
from openbalint.protocol.commands import Seat
from openbalint.protocol.scripts import CueCode, PhaseKind

HAN = re.compile(r"[一-鿿]")
LINES = list(lines_in(book()))


def test_every_line_is_in_both_languages_and_short_enough_to_be_a_caption():
    assert [line.en for line in LINES if HAN.search(line.en) or not HAN.search(line.zh)] == []
    assert [line.en for line in LINES if not 0 < len(line.en) <= 160 or len(line.zh) > 80] == []


def test_chinese_lines_have_full_width_marks():
    assert [line.zh for line in LINES if re.search(r"[,.?!:;]|[一-鿿] ?[\"']", line.zh)] == []


def test_a_line_is_known_by_its_english():
    """By that a presenter knows which question was asked."""
    answers = {answer.en for line in LINES if (answer := line.answer)}
    repeated = {text for text, times in Counter(line.en for line in LINES).items() if times > 1}
    assert repeated <= answers | {"Thank you."}
    assert all((found := book().line_of(line.en)) and found.zh == line.zh for line in LINES if line.en not in repeated)


def test_no_case_names_a_place_or_one_of_the_cast():
    names = {part for player in CAST for part in player.name.split()}
    assert [line.en for line in LINES for name in names if name in line.en.split() or name in line.zh] == []


def test_voices_speak_in_the_first_person_of_the_case():
    voices = [line for case in book().cases.values() for lines in case.voices.values() for line in lines]
    assert [line.en for line in voices if not line.en.startswith("If I were ")] == []
    assert [line.zh for line in voices if not line.zh.startswith("如果我是")] == []


def test_each_case_is_told_by_one_of_the_cast_and_voices_everybody_in_it():
    for name in CASES:
        case = book().cases[name]
        own = BY_KEY[case.presenter].profession
        assert BY_KEY[case.presenter] in MEMBERS
        assert {own, *case.figures} <= set(case.voices)
        assert {code for line in case.telling for code in line.adds} == set(case.figures)


def test_whatever_a_member_drifts_into_has_words_and_an_answer():
    ways = {code for player in MEMBERS for code in player.drifts}
    assert ways == set(book().drifts) == set(book().frame.leader_drift)
    assert ways <= set(CueCode)


def test_a_leader_has_a_word_for_every_phase():
    words = book().frame.leader
    assert {str(one) for one in PhaseKind} - set(words) == {"break"}


def test_the_cast_is_a_group_of_ten_with_two_leaders():
    assert Counter(player.seat for player in CAST) == {Seat.LEADER: 1, Seat.CO_LEADER: 1, Seat.MEMBER: 10}
    assert len({player.key for player in CAST}) == len({player.name for player in CAST}) == len(CAST)
