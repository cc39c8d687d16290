"""Faults that the properties of ``properties/whole.py`` must catch."""

from dataclasses import replace

from openbalint.protocol import (
    apply as applying,
    audiences,
    events as e,
    kept,
    leaders,
    record as recording,
    rights as granting,
    session as stepping,
)
from openbalint.protocol.apply import people
from openbalint.protocol.decide import clock, consequences, floor
from tests.protocol.faults.planting import Fault


def _queues_the_holder(right):
    def wrong(draft, command):
        if command.raised and command.by == draft.session.word.holder:
            draft.session = replace(draft.session, word=replace(draft.session.word, hands=(command.by,)))
        right(draft, command)

    return wrong


def _mutates(right):
    def wrong(draft, command):
        people = draft.session.people
        people[command.by] = replace(people[command.by], left=True)
        right(draft, command)

    return wrong


def _sees_by_name(right):
    def wrong(moment, who):
        return replace(right(moment, who), hear=False) if who.startswith("m0") else right(moment, who)

    return wrong


def _names_at_the_door(right):
    return lambda session: replace(right(session), offers=tuple(session.people))


def _alone_for_all(right):
    return lambda room: replace(right(room) or leaders.LeadersView(), signals=room.volatile.shown)


def _counts_all_gaps(right):
    def wrong(self, who, *, counts):
        right(self, who, counts=True)

    return wrong


def _hears_when_it_goes(right):
    def wrong(session, event):
        done = right(session, event)
        if not isinstance(event, e.Disconnected):
            return done
        person = replace(done.people[event.person], deaf_at=None, deaf=False)
        return replace(done, people={**done.people, event.person: person})

    return wrong


FAULTS = (
    Fault("the door tells names", "the door tells no names", audiences, "_door", _names_at_the_door),
    Fault(
        "the assistant sees signals",
        "only leaders see times, signals, check-outs and the reason of a pause",
        leaders,
        "_for_assistant",
        _alone_for_all,
    ),
    Fault(
        "the session holds what the log does not",
        "replaying the log gives the same session",
        floor,
        "set_hand",
        _queues_the_holder,
    ),
    Fault(
        "rights look at the name", "rights follow the same people through renaming", granting, "_rights", _sees_by_name
    ),
    Fault(
        "who gets another seat keeps the turn in the round",
        "another seat is everybody's at once, and who is let go is gone",
        people,
        "_reseated",
        lambda right: lambda session, who, seat: people._change(session, who, seat=seat),
    ),
    Fault(
        "rights are kept through a change of the floor",
        "what is kept is what would be worked out anew",
        stepping,
        "grounds",
        lambda right: lambda session, volatile: right(session, volatile)[:8],
    ),
    Fault(
        "what was seen first is kept for ever",
        "what is kept is what would be worked out anew",
        kept,
        "all_same",
        lambda right: lambda before, now: True,
    ),
    Fault(
        "a case is missing from the record",
        "the record computes for every log",
        recording._Walk,
        "record",
        lambda right: lambda self, planned: replace(right(self, planned), cases=()),
    ),
    Fault(
        "the lost 20 s are listened",
        "listened minutes are those with a connection, and no gap of twenty seconds is",
        recording._Walk,
        "_close_listening",
        _counts_all_gaps,
    ),
    Fault(
        "a page that loads again begins the twenty seconds anew",
        "listened minutes are those with a connection, and no gap of twenty seconds is",
        applying,
        "on_presence",
        _hears_when_it_goes,
    ),
    Fault("a refusal has changed something", "a refusal changes nothing", floor, "set_hand", _mutates),
    Fault(
        "a deadline never rests",
        "the clock's consequences come to rest",
        clock,
        "_lose",
        lambda right: consequences.settle,
    ),
)
