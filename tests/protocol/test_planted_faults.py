"""Each fault that somebody might make in the engine is caught by the property that is named for it.

A fault is planted by replacing one function of the engine; then the walks run with that one property alone. A fault
that no walk can tell from the engine fails its test, and so does a property that has gone blind.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
import pytest

from openbalint.protocol import (
    apply as applying,
    audiences,
    events as e,
    record as recording,
    rights as granting,
    session as engine,
    volatile as v,
    ways,
)
from openbalint.protocol.apply import clock as apply_clock, floor as apply_floor, people as apply_people, turns
from openbalint.protocol.decide import cards, clock, consequences, door, figures, floor, moving, presence
from openbalint.protocol.rights import Camera, Rights
from openbalint.protocol.scripts import Part, Place
from openbalint.protocol.state import Session, Status
from tests.protocol.machine import GROUPS, Sessions
from tests.protocol.properties import PROPERTIES, check_one
from tests.protocol.walk import PropertyError


@dataclass(frozen=True)
class Fault:
    """What is planted, and the property that must see it."""

    says: str
    caught_by: str
    where: object
    name: str
    plant: Callable[[Callable], Callable]  # from the right function to the wrong one


def instead(wrong: Callable) -> Callable[[Callable], Callable]:
    return lambda right: wrong


def nothing(right: Callable) -> Callable:
    return lambda *args, **kwargs: None


def after(change: Callable) -> Callable[[Callable], Callable]:
    """The right answer, changed."""
    return lambda right: lambda *args, **kwargs: change(right(*args, **kwargs))


def _voice_outlives_pause(right):
    def wrong(session, event):
        done = right(session, event)
        return replace(done, word=replace(done.word, speaking=session.word.speaking))

    return wrong


def _returns_to_the_door(right):
    def wrong(session, event):
        done = right(session, event)
        if not isinstance(event, e.Returned) or not done.locked:
            return done
        person = replace(done.people[event.person], seated=False)
        return replace(done, people={**done.people, event.person: person})

    return wrong


def _no_hands_cleared(right):
    def wrong(session: Session, event: e.RoundStarted) -> Session:
        done = right(session, event)
        if isinstance(event, e.RoundStarted):
            return replace(done, word=replace(done.word, hands=session.word.hands))
        return done

    return wrong


def _voice_outlives_turn(right):
    def wrong(session: Session, who: str) -> Session:
        done = right(session, who)
        return replace(done, word=replace(done.word, speaking=session.word.speaking))

    return wrong


def _queues_the_holder(right):
    def wrong(draft, command):
        if command.raised and command.by == draft.session.word.holder:
            draft.session = replace(draft.session, word=replace(draft.session.word, hands=(command.by,)))
        right(draft, command)

    return wrong


def _asker_is_queued(right):
    def wrong(session, who, *, raised):
        done = right(session, who, raised=raised)
        return replace(done, word=replace(done.word, hands=(*done.word.hands, who))) if raised else done

    return wrong


def _adding_a_figure_changes_the_presenter(right):
    def wrong(session, event):
        done = right(session, event)
        if isinstance(event, e.FigureAdded):
            told = replace(done.told[done.place.case], presenter="m01")
            return replace(done, told={**done.told, done.place.case: told})
        return done

    return wrong


def _pause_forgets_a_second(right):
    def wrong(session, at):
        done = right(session, at)
        return replace(done, clock=replace(done.clock, ends_at=done.clock.ends_at + timedelta(seconds=1)))

    return wrong


def _mutates(right):
    def wrong(draft, command):
        draft.volatile.cards["ghost"] = "typed:ghost"
        right(draft, command)

    return wrong


def _sees_by_name(right):
    def wrong(moment, who):
        return replace(right(moment, who), hear=False) if who.startswith("m0") else right(moment, who)

    return wrong


def _speaks_back(session):
    return Rights(speak=True, hear=True, camera=Camera.SMALL)


def _moves_without_asking(right):
    def wrong(draft, target):
        moving.check_presenter(draft.session, target)
        moving.enter(draft, target)

    return wrong


def _skips(right):
    def wrong(session, command):
        right(session, replace(command, entry=session.entry) if hasattr(command, "entry") else command)

    return wrong


def _everybody_leads(right):
    def wrong(session, row, by):
        return True

    return wrong


def _calls_everybody_in(right):
    def wrong(moment, now, who, person):
        return None if moment.session.word.called_at else right(moment, now, who, person)

    return wrong


def _log_who(right):
    def wrong(draft, command):
        right(draft, command)
        draft.emit(e.HandSet(draft.now, command.by, raised=False))

    return wrong


def _keeps_break(right):
    return lambda script: script.pause is not None


def _logs_text(right):
    def wrong(draft, command):
        right(draft, command)
        draft.emit(e.PresenterNamed(draft.now, command.text))

    return wrong


def _names_at_the_door(right):
    return lambda session: replace(right(session), offers=tuple(session.people))


def _shows_cards(right):
    def wrong(room, audience):
        return replace(right(room, audience), texts=tuple(room.volatile.cards.values()))

    return wrong


def _alone_for_all(right):
    return lambda room: replace(right(room) or audiences.LeadersView(), signals=room.volatile.shown)


def _counts_all_gaps(right):
    def wrong(self, who, *, counts):
        right(self, who, counts=True)

    return wrong


def _counts_twice(right):
    def wrong(draft):
        right(draft)
        if draft.events and isinstance(draft.events[-1], e.SignalsCounted):
            draft.emit(replace(draft.events[-1]))

    return wrong


def _goes_anywhere(right):
    def wrong(session):
        script, place = ways.whereabouts(session)
        later = Place(Part.CASE, place.case + 1, 2)
        return (*right(session), later) if place.case < session.cases and len(script.case) > 2 else right(session)

    return wrong


def _loses_in_room(right):
    def wrong(session, event):
        done = right(session, event)
        if isinstance(event, e.Disconnected):
            person = replace(done.people[event.person], gone_at=event.at)
            return replace(done, people={**done.people, event.person: person})
        return done

    return wrong


def _lead_comes_back(right):
    def wrong(draft):
        right(draft)
        lea_leads = draft.session.status is Status.RUNNING and "lea" in door.leaders_here(draft.session)
        if lea_leads and draft.session.lead != "lea":
            draft.emit(e.LeadPassed(draft.now, "lea"))

    return wrong


def _assistant_may(right):
    return lambda session, target: True


FAULTS = [
    Fault(
        "who is back may speak",
        "a presenter who is back hears and sees, and speaks only when called in",
        granting,
        "_back",
        instead(_speaks_back),
    ),
    Fault(
        "who is back cannot say stop", "a presenter who is back can say: I need to stop", cards, "need_to_stop", nothing
    ),
    Fault(
        "a person of the case replaces the presenter",
        "the presenter of a case stays the presenter of that case",
        applying,
        "on_the_case",
        _adding_a_figure_changes_the_presenter,
    ),
    Fault(
        "another presenter can be named after telling",
        "the next case's door is no back door to another presenter",
        figures,
        "naming_is_open",
        instead(lambda session: True),
    ),
    Fault(
        "a lost presenter does not pause",
        "the group does not go on without the presenter",
        consequences,
        "hold_for_presenter",
        nothing,
    ),
    Fault(
        "a lone leader presents",
        "a lone leader is not named and does not begin to present",
        figures,
        "is_lone_leader",
        instead(lambda session, who: False),
    ),
    Fault(
        "a presenting leader keeps the commands",
        "a leader who presents gives no leader's command",
        engine,
        "is_allowed",
        _everybody_leads,
    ),
    Fault(
        "calling in lets everybody speak",
        "calling in changes nobody else's rights",
        granting,
        "_why_silent",
        _calls_everybody_in,
    ),
    Fault("anybody moves", "while a leader is there, only leaders move", engine, "is_allowed", _everybody_leads),
    Fault("the entry is not looked at", "two presses of one move are one move", engine, "_check_allowed", _skips),
    Fault(
        "next steps out without asking",
        "the step out of the circle needs an invitation",
        moving,
        "move",
        _moves_without_asking,
    ),
    Fault(
        "next invites again and again",
        "nobody is invited twice to step back",
        moving,
        "next_phase",
        lambda right: (
            lambda draft: (
                moving.move(draft, ways.following(draft.session))
                if ways.following(draft.session)
                else moving.end(draft)
            )
        ),
    ),
    Fault(
        "the closing leads nowhere",
        "the closing can be reached from every phase and leads back",
        ways,
        "_all_targets",
        lambda right: lambda session: (t for t in right(session) if session.place.part is not Part.CLOSING),
    ),
    Fault(
        "the closing is not offered",
        "the closing can be reached from every phase and leads back",
        ways,
        "_all_targets",
        lambda right: lambda session: (t for t in right(session) if t.part is not Part.CLOSING),
    ),
    Fault(
        "into the middle of the next case",
        "never into an earlier case, nor into the middle of another",
        ways,
        "targets",
        _goes_anywhere,
    ),
    Fault("a break of no minutes is entered", "a break of no minutes is skipped", ways, "has_break", _keeps_break),
    Fault(
        "resuming gives a second",
        "a pause gives the rest of the time back exactly",
        apply_clock,
        "_resume",
        _pause_forgets_a_second,
    ),
    Fault(
        "the clock runs on while nobody owns the room",
        "a pause gives the rest of the time back exactly",
        apply_clock,
        "_later",
        lambda right: lambda at, gap: at,
    ),
    Fault("any length is given", "an extension is one to sixty minutes more", moving, "check", nothing),
    Fault("any number of cases", "the number of cases stays between those begun and five", moving, "check", nothing),
    Fault(
        "a closed session goes on",
        "nothing follows the end of the log",
        presence,
        "connect",
        lambda right: (
            lambda draft, command: (
                draft.emit(e.Disconnected(draft.now, command.person))
                if command.person in draft.session.people
                else right(draft, command)
            )
        ),
    ),
    Fault(
        "who has the floor is queued",
        "who has the floor is not queued, and nobody queues twice",
        apply_floor,
        "_hand",
        _asker_is_queued,
    ),
    Fault(
        "a round does not clear hands",
        "hands die with a round and with the phase",
        applying,
        "on_the_floor",
        _no_hands_cleared,
    ),
    Fault(
        "anybody raises a hand",
        "leaders never raise a hand, nor the presenter among the facts",
        floor,
        "rights",
        instead(lambda session, volatile, who: Rights(hand=True)),
    ),
    Fault(
        "a lost turn-holder keeps the turn",
        "who is lost has no turn, no hand and no voice",
        apply_people,
        "fall_silent",
        instead(lambda session, who: session),
    ),
    Fault(
        "a lost one gets the turn",
        "who is lost has no turn, no hand and no voice",
        turns,
        "here",
        instead(lambda session, who: True),
    ),
    Fault(
        "the round lets all speak",
        "in a round only the one whose turn it is and the leaders may speak",
        granting,
        "_why_silent",
        nothing,
    ),
    Fault(
        "the ring has leaders",
        "a round goes round who is there, without leaders, once each",
        floor,
        "leads",
        instead(lambda session, who: False),
    ),
    Fault(
        "a voice outlives the turn",
        "a voice ends with the turn, the phase and a pause",
        apply_floor,
        "turn_over",
        _voice_outlives_turn,
    ),
    Fault(
        "a voice outlives a pause",
        "a voice ends with the turn, the phase and a pause",
        apply_clock,
        "_pause",
        _voice_outlives_pause,
    ),
    Fault(
        "a third mother",
        "a person of the case is there at most twice, and what is voiced stays",
        figures,
        "MOST_OF_A_CODE",
        instead(9),
    ),
    Fault(
        "observers speak",
        "observers and trainer are silent but in their own review and at the end",
        granting,
        "RING_SEATS",
        instead(frozenset()),
    ),
    Fault(
        "who is back speaks in a pause",
        "in a pause all in the circle may speak but a presenter who is back",
        granting,
        "back",
        instead(lambda session: None),
    ),
    Fault(
        "all speak while cards are written",
        "while cards are written the floor is the leaders'",
        granting,
        "_why_silent",
        nothing,
    ),
    Fault(
        "the lock holds a leader",
        "leaders are never held",
        door,
        "may_enter",
        lambda right: lambda session, person, **kw: not session.locked and right(session, person, **kw),
    ),
    Fault(
        "the case holds a leader",
        "leaders are never held",
        door,
        "may_enter",
        lambda right: lambda session, person, **kw: not door.holds_newcomers(session) and right(session, person, **kw),
    ),
    Fault("a sixteenth chair", "the sixteenth chair is refused", door, "CIRCLE_CHAIRS", instead(16)),
    Fault(
        "late-comers walk in",
        "who comes late waits for the case boundary",
        door,
        "holds_newcomers",
        instead(lambda session: False),
    ),
    Fault(
        "guests walk in",
        "guests, observers and who was sent out come in by a hand that admits them",
        door,
        "_NEEDS_ADMITTING",
        instead(frozenset()),
    ),
    Fault(
        "the lock is ornament",
        "the lock keeps newcomers out",
        door,
        "may_enter",
        lambda right: lambda session, person, **kw: right(replace(session, locked=False), person, **kw),
    ),
    Fault(
        "a reconnect waits at the door",
        "who has sat comes back at once, also through a lock",
        applying,
        "on_presence",
        _returns_to_the_door,
    ),
    Fault("who waits hears", "who waits has no rights", granting, "_WAITING", instead(Rights(hear=True))),
    Fault(
        "a sleeping phone loses who is in the room",
        "who is in the room without a device is never lost",
        applying,
        "on_presence",
        _loses_in_room,
    ),
    Fault(
        "the lead stays with the lost",
        "the lead is with a leader who is there, if there is one",
        consequences,
        "pass_lead",
        nothing,
    ),
    Fault(
        "a lead comes back by itself",
        "a lead does not come back by itself",
        consequences,
        "pass_lead",
        _lead_comes_back,
    ),
    Fault(
        "the assistant goes everywhere",
        "the assistant, without a leader, pauses, admits, returns, closes and nothing else",
        moving,
        "_is_for_the_assistant",
        _assistant_may,
    ),
    Fault("the assistant resumes", "the assistant cannot resume", engine, "is_allowed", _everybody_leads),
    Fault(
        "nobody minds that no leader is there",
        "no session stays without a leader for ever",
        applying,
        "watch_leaders",
        instead(lambda session, at: session),
    ),
    Fault("cards are shown unturned", "cards that are not turned are in no view", audiences, "_cards", _shows_cards),
    Fault("a card goes to the log", "no event holds a word that was typed", cards, "write_card", _logs_text),
    Fault(
        "signals are shown at once",
        "a signal is shown no sooner than three seconds after it was pressed",
        v,
        "SIGNAL_DELAY",
        instead((0.0, 1.0)),
    ),
    Fault(
        "signals are counted twice",
        "a phase's signals are counted once, when it ends",
        moving,
        "count_signals",
        _counts_twice,
    ),
    Fault(
        "signals are not counted", "a phase's signals are counted once, when it ends", moving, "count_signals", nothing
    ),
    Fault(
        "who needs to stop is logged",
        "who needs to stop is seen until a leader answers, and is never in the log",
        cards,
        "need_to_stop",
        _log_who,
    ),
    Fault("the door tells names", "the door tells no names", audiences, "_door", _names_at_the_door),
    Fault(
        "the assistant sees signals",
        "only leaders see times, signals, check-outs and the reason of a pause",
        audiences,
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
        "_close_gaps",
        _counts_all_gaps,
    ),
    Fault(
        "the break is not left out of the status table",
        "the status changes only as the table says",
        moving,
        "pause",
        lambda right: lambda draft: draft.emit(e.Ended(draft.now)),
    ),
    Fault(
        "a lost asker leaves the floor to nobody", "the first hand gets the floor by itself", turns, "turn_of", nothing
    ),
]
BY_THE_WALK = [
    Fault("a refusal has changed something", "a refusal changes nothing", cards, "write_card", _mutates),
    Fault(
        "a deadline never rests",
        "the clock's consequences come to rest",
        clock,
        "_lose",
        lambda right: consequences.settle,
    ),
]


def caught(fault: Fault) -> str | None:
    """The name of the property that failed, if one did, wherever the walks began."""
    return next((name for group in GROUPS if (name := caught_from(group, fault))), None)


def caught_from(group: str, fault: Fault) -> str | None:
    check = check_one(fault.caught_by) if fault.caught_by in PROPERTIES else lambda walk, moment: None
    machine = type("Faulty", (Sessions,), {"check": staticmethod(check), "starts": GROUPS[group]})
    try:
        run_state_machine_as_test(machine, settings=QUICK)
    except PropertyError as error:
        return error.name
    return None


QUICK = settings(
    max_examples=40,
    stateful_step_count=40,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    print_blob=False,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("fault", [*FAULTS, *BY_THE_WALK], ids=lambda fault: fault.says.replace(" ", "-"))
def test_a_planted_fault_is_caught_by_the_property_named_for_it(fault, monkeypatch):
    monkeypatch.setattr(fault.where, fault.name, fault.plant(getattr(fault.where, fault.name)))
    assert caught(fault) == fault.caught_by


def test_every_property_has_a_fault_that_it_catches():
    assert {fault.caught_by for fault in FAULTS} == set(PROPERTIES)
