"""Cards: written face down, turned over together, then gone; relayed and forgotten."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.events import CardsOpened, CardsPutAway, CardsTurned
from openbalint.protocol.rights import Why
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.views import Audience, CardsState, CardsView
from tests.protocol.stage import Stage, ann, bob, cora, lea, olga, rui


def writing(**cards: str) -> Stage:
    stage = Stage().to(PhaseKind.SILENCE)
    stage.do(c.OpenCards(lea, stage.entry))
    for who, text in cards.items():
        stage.do(c.WriteCard(who, text))
    return stage


def test_while_they_are_written_the_floor_is_the_leaders():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.do(c.OpenCards(cora, stage.entry))
    assert (stage.speakers(), stage.rights(bob).why) == ({lea, cora}, Why.CARDS)


def test_everybody_in_the_circle_writes_but_a_presenter_who_is_back():
    stage = writing()
    assert {who for who, rights in stage.room.rights.items() if rights.card} == {lea, cora, bob, olga, rui}
    assert stage.refused(c.WriteCard(ann, "words")) == "not-now"


def test_in_the_closing_the_presenter_writes_too():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.do(c.OpenCards(lea, stage.entry))
    assert stage.rights(ann).card


def test_unturned_texts_are_in_no_view_and_their_number_is_in_the_leaders():
    stage = writing(bob="a small bird", rui="cold hands")
    assert {who: stage.sees(who).cards for who in (Audience.LEADERS, Audience.ASSISTANT, Audience.CIRCLE)} == {
        Audience.LEADERS: CardsView(CardsState.WRITING, written=2),
        Audience.ASSISTANT: CardsView(CardsState.WRITING),
        Audience.CIRCLE: CardsView(CardsState.WRITING),
    }
    assert not any("bird" in repr(stage.sees(audience)) for audience in Audience)


def test_turned_cards_are_seen_by_all_who_are_seated_and_by_nobody_else():
    stage = writing(bob="a small bird", rui="cold hands")
    stage.do(c.TurnCards(cora, stage.entry))
    seen = {audience: set(stage.sees(audience).cards.texts) for audience in Audience}
    both = {"a small bird", "cold hands"}
    assert seen == {
        Audience.LEADERS: both,
        Audience.ASSISTANT: both,
        Audience.CIRCLE: both,
        Audience.SCREEN: set(),
        Audience.DOOR: set(),
    }


def test_the_order_of_the_cards_is_drawn():
    orders = set()
    for seed in range(12):
        stage = writing(bob="one", rui="two", olga="three")
        stage.chance.seed(seed)
        stage.do(c.TurnCards(lea, stage.entry))
        orders.add(stage.sees().cards.texts)
    assert len(orders) > 3


def test_the_log_has_opened_turned_and_away_and_never_who_or_how_many():
    stage = writing(bob="a small bird", rui="cold hands")
    before = len(stage.log) - 1
    stage.do(c.TurnCards(lea, stage.entry))
    stage.do(c.PutCardsAway(lea, stage.entry))
    assert [type(event) for event in stage.log[before:]] == [CardsOpened, CardsTurned, CardsPutAway]


def test_a_card_can_be_replaced_and_taken_back_until_it_is_turned():
    stage = writing(bob="first")
    stage.do(c.WriteCard(bob, "second"))
    stage.do(c.WriteCard(rui, "third"))
    stage.do(c.WriteCard(rui, "  "))
    stage.do(c.TurnCards(lea, stage.entry))
    assert stage.sees().cards.texts == ("second",)
    assert stage.refused(c.WriteCard(bob, "late")) == "not-now"


def test_a_card_holds_two_hundred_characters():
    stage = writing(bob="x" * 200)
    assert stage.refused(c.WriteCard(bob, "x" * 201)) == "too-long"


def test_put_away_they_are_gone_and_can_be_written_anew():
    stage = writing(bob="first")
    stage.do(c.TurnCards(lea, stage.entry))
    stage.do(c.PutCardsAway(lea, stage.entry))
    assert stage.sees().cards == CardsView(CardsState.NONE)
    stage.do(c.OpenCards(lea, stage.entry))
    assert stage.sees().cards == CardsView(CardsState.WRITING, written=0)


def test_with_the_phase_they_are_gone():
    stage = writing(bob="first")
    stage.do(c.TurnCards(lea, stage.entry))
    stage.next()
    assert stage.sees().cards == CardsView(CardsState.NONE)
    assert stage.room.volatile.turned == ()


@pytest.mark.parametrize("kind", [PhaseKind.CALL, PhaseKind.FEELINGS, PhaseKind.DISCUSSION, PhaseKind.RETURN])
def test_only_at_the_end_of_the_silence_and_in_the_closing(kind):
    stage = Stage().to(kind)
    assert stage.refused(c.OpenCards(lea, stage.entry)) == "not-now"


def test_they_are_opened_turned_and_put_away_in_this_order():
    stage = Stage().to(PhaseKind.SILENCE)
    assert stage.refused(c.TurnCards(lea, stage.entry)) == "not-now"
    assert stage.refused(c.PutCardsAway(lea, stage.entry)) == "not-now"
    stage.do(c.OpenCards(lea, stage.entry))
    assert stage.refused(c.OpenCards(cora, stage.entry)) == "not-now"
    stage.do(c.TurnCards(lea, stage.entry))
    assert stage.refused(c.TurnCards(cora, stage.entry)) == "not-now"


def test_members_neither_open_nor_turn_them():
    stage = Stage().to(PhaseKind.SILENCE)
    assert stage.refused(c.OpenCards(bob, stage.entry)) == "not-yours"
    stage.do(c.OpenCards(lea, stage.entry))
    assert stage.refused(c.TurnCards(bob, stage.entry)) == "not-yours"


def test_hands_do_not_outlive_the_writing():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.do(c.SetHand(bob, raised=True))
    stage.do(c.OpenCards(lea, stage.entry))
    assert stage.sees().queue == ()
    assert stage.refused(c.SetHand(bob, raised=True)) == "not-now"
