"""Scores by hand, and what holds for any answers."""

from hypothesis import given, strategies as st
import pytest

from openbalint.instruments import library
from openbalint.instruments.scoring import ScaleScore, UnknownItemError, accepts, score, weight
from tests.instruments.questionnaires import changed, small

SHIPPED = library.shipped()


def one(definition, scale, answers):
    """The score of one scale."""
    return next(found for found in score(definition, answers) if found.scale == scale)


def numbered(prefix, texts):
    """{prefix1: "3", …} from a row of answers; a dot is missing."""
    return {f"{prefix}{number}": "" if text == "." else text for number, text in enumerate(texts.split(), start=1)}


# ── by hand ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_self_efficacy_is_the_total_divided_by_ten():
    # 3+3+2+4+3+3+2+3+4+2 = 29
    found = score(SHIPPED["gses@1995"], numbered("gses", "3 3 2 4 3 3 2 3 4 2"))
    assert found == (ScaleScore("total", 2.9, 10, 10, prorated=False, reason=None),)


def test_self_efficacy_allows_three_missing_as_its_author_says():
    # 3+3+2+4+3+3+2 = 20, 20/7
    found = score(SHIPPED["gses@1995"], numbered("gses", "3 3 2 4 3 3 2 . . ."))
    assert found == (ScaleScore("total", 20 / 7, 7, 10, prorated=True, reason=None),)


def test_self_efficacy_has_no_score_with_four_missing_and_says_why():
    [found] = score(SHIPPED["gses@1995"], numbered("gses", "3 3 2 4 3 3 . . . ."))
    assert (found.value, found.answered, found.prorated) == (None, 6, False)
    assert (found.reason.code, str(found.reason.sentence)) == (
        "too-many-missing",
        "6 of 10 items are answered; at least 7 are needed.",
    )


def test_burnout_reverses_accomplishment_so_that_high_is_worse():
    # EE (5+4+3+4+4)/5 = 4; DP (1+2+0+1)/4 = 1; PA 6−x: (1+2+0+1+3+2)/6 = 1.5
    found = score(SHIPPED["mbi-gs@15-zh"], numbered("mbi", "5 4 3 4 4  1 2 0 1  5 4 6 5 3 4"))
    assert [(one.scale, one.value) for one in found] == [("ee", 4.0), ("dp", 1.0), ("pa", 1.5)]


def test_the_16_item_form_does_not_reverse_efficacy():
    answers = {f"mbi{number}": 0 for number in range(1, 17)} | {f"mbi{n}": 6 for n in (5, 7, 10, 11, 12, 16)}
    assert [found.value for found in score(SHIPPED["mbi-gs@16"], answers)] == [0.0, 0.0, 6.0]


def test_well_being_is_four_times_the_sum():
    # (3+4+2+1+3) × 4 = 52
    assert one(SHIPPED["who-5@1998"], "total", numbered("who", "3 4 2 1 3")).value == 52


def test_a_prorated_sum_stands_for_all_items():
    # (3+4+2+1) × 5/4 × 4 = 50
    found = one(SHIPPED["who-5@1998"], "total", numbered("who", "3 4 2 1 ."))
    assert (found.value, found.prorated) == (50.0, True)


def test_copenhagen_answers_are_the_scores_themselves():
    answers = {f"cbi_p{n}": code for n, code in enumerate(("100", "75", "50", "25", "0", "50"), 1)}
    assert one(SHIPPED["cbi@2005"], "personal", answers).value == 50.0


def test_enough_energy_for_the_family_is_reversed():
    answers = {f"cbi_w{n}": 0 for n in range(1, 7)} | {"cbi_w7": 0}
    assert one(SHIPPED["cbi@2005"], "work", answers).value == pytest.approx(100 / 7)


def test_social_support_counts_sources():
    # objective 2+6+7 = 3+4+0; subjective 1+3+4+5a–e = 2+3+1+4+3+2+1+4; use 8+9+10 = 1+2+3
    numbers = ("1", "2", "3", "4", "5a", "5b", "5c", "5d", "5e", "6", "7", "8", "9", "10")
    answers = (2, 3, 3, 1, 4, 3, 2, 1, 4, 4, 0, 1, 2, 3)
    found = score(SHIPPED["ssrs@1994"], {f"ssrs{n}": given for n, given in zip(numbers, answers, strict=True)})
    assert {one.scale: one.value for one in found} == {"objective": 7, "subjective": 20, "use": 6, "total": 33}


def test_fidelity_is_a_percentage_of_what_applied():
    # 11 of 14 points applied: 9 yes, 1 partly, 1 no: 19 of 22
    answers = {f"sc{n}": 2 for n in range(1, 10)} | {"sc10": 1, "sc11": 0}
    assert one(SHIPPED["session-checklist@1"], "fidelity", answers).value == pytest.approx(100 * 19 / 22)


# ── answers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("answer", ["2", 2, 2.0, "2.0", " 2 "])
def test_an_answer_is_the_same_as_text_and_as_number(answer):
    assert weight(small().item("q1"), answer) == 2.0


@pytest.mark.parametrize("answer", ["", "  ", None])
def test_only_nothing_is_missing(answer):
    assert one(small(), "total", {"q1": 3, "q2": 1, "q3": answer}) == ScaleScore(
        "total", 3.0, 2, 3, prorated=True, reason=None
    )


@pytest.mark.parametrize("answer", ["4", "0", "-1", "2.5", "NA", "n/a", "99", "nan", "inf", "yes", True, float("nan")])
def test_anything_else_is_out_of_range_and_never_guessed(answer):
    found = one(small(), "total", {"q1": 3, "q2": 1, "q3": answer})
    assert (found.value, found.reason.code) == (None, "out-of-range")
    assert str(found.reason.sentence) == "These answers are not among those of the item: q3."


@pytest.mark.parametrize(
    ("answer", "allowed"), [("0", True), ("9", True), ("10", False), ("1.5", False), ("-1", False)]
)
def test_a_number_keeps_its_bounds(answer, allowed):
    assert accepts(small().item("days"), answer) is allowed


def test_parts_of_a_number_are_allowed_where_the_definition_says_so():
    definition = small(changed("low = 0, high = 9,", "low = 0, high = 9, whole = false,"))
    assert one(definition, "days", {"days": "1.5"}).value == 1.5


def test_a_text_is_never_judged():
    assert accepts(small().item("note"), "NA, 7, whatever")


def test_an_item_that_is_not_there_is_our_mistake():
    with pytest.raises(UnknownItemError):
        score(small(), {"q9": 1})


# ── for any answers ───────────────────────────────────────────────────────────────────────────────────────────────────

SCORED = sorted(key for key, definition in SHIPPED.items() if definition.scales and definition.key_known)


def test_without_a_key_there_is_no_score_but_a_reason():
    keyless = small(changed('reverse = ["q2"]', 'reverse = "not known"'))
    total, days = score(keyless, {"q1": 1, "q2": 2})
    assert (total.value, total.answered, total.of, total.reason.code) == (None, 2, 3, "no-key")
    assert str(total.reason.sentence) == (
        "It is not known here which items are reversed. Import the text with its key, then these answers can be scored."
    )
    assert days.reason.code == "no-key"


@st.composite
def answered(draw, missing=True):
    """An instrument and answers that it allows, some missing."""
    definition = SHIPPED[draw(st.sampled_from(SCORED))]
    answers = {}
    for item in definition.items:
        if item.kind == "choice":
            values = st.sampled_from([option.code for option in item.options])
        else:
            values = st.integers(int(item.low), int(item.high)).map(str)
        answers[item.id] = draw(st.one_of(st.just(""), values) if missing else values)
    return definition, answers


@given(answered())
def test_a_score_is_in_its_range_or_has_a_reason(case):
    definition, answers = case
    for scale, found in zip(definition.scales, score(definition, answers), strict=True):
        given_ = sum(answers[item] != "" for item in scale.items)
        assert (found.scale, found.answered, found.of) == (scale.id, given_, len(scale.items))
        if found.of - found.answered > scale.missing.at_most:
            assert (found.value, found.prorated, found.reason.code) == (None, False, "too-many-missing")
        else:
            assert scale.low <= found.value <= scale.high
            assert (found.reason, found.prorated) == (None, found.answered < found.of)


@given(answered(missing=False))
def test_the_worst_and_the_best_answers_reach_the_ends_of_the_range(case):
    definition, _ = case
    for low in (True, False):
        ends = {}
        for item in definition.items:
            choices = [option.code for option in item.options] or [str(int(item.low)), str(int(item.high))]
            ends[item.id] = sorted(choices, key=lambda code, item=item: weight(item, code), reverse=not low)[0]
        values = [found.value for found in score(definition, ends)]
        assert values == [scale.low if low else scale.high for scale in definition.scales]


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(case, chance):
    definition, answers = case
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert score(definition, dict(shuffled)) == score(definition, answers)


@given(answered())
def test_a_missing_answer_and_an_absent_one_are_the_same(case):
    definition, answers = case
    assert score(definition, {item: answer for item, answer in answers.items() if answer}) == score(definition, answers)


@given(answered(missing=False), st.data())
def test_a_higher_answer_never_lowers_a_score_unless_it_is_reversed(case, data):
    definition, answers = case
    item = data.draw(st.sampled_from([item for item in definition.items if item.kind == "choice"]))
    codes = sorted((option.code for option in item.options), key=float)
    place = codes.index(answers[item.id])
    higher = {**answers, item.id: codes[min(place + 1, len(codes) - 1)]}
    for scale, before, after in zip(
        definition.scales, score(definition, answers), score(definition, higher), strict=True
    ):
        change = after.value - before.value
        if item.id not in scale.items:
            assert change == 0
        else:
            assert (change <= 1e-9) if item.reverse else (change >= -1e-9)


@given(answered(missing=False), st.data())
def test_prorating_replaces_the_gap_by_the_persons_own_mean(case, data):
    definition, answers = case
    scale = data.draw(st.sampled_from(definition.scales))
    gap = data.draw(st.sampled_from(scale.items))
    found = one(definition, scale.id, {**answers, gap: ""})
    if found.value is not None:
        rest = [weight(definition.item(item), answers[item]) for item in scale.items if item != gap]
        filled = [*rest, sum(rest) / len(rest)]
        whole = sum(filled) / (len(filled) if scale.method == "mean" else 1) * scale.factor
        assert found.value == pytest.approx(whole)
