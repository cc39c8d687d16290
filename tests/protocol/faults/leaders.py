"""Faults that the properties of ``properties/leaders.py`` must catch."""

from dataclasses import replace

from openbalint.protocol import (
    apply as applying,
    events as e,
    session as engine,
)
from openbalint.protocol.apply import clock as apply_clock
from openbalint.protocol.decide import consequences, door, moving
from openbalint.protocol.state import Status, leader_is_here
from tests.protocol.faults.planting import Fault, instead, nothing


def _everybody_leads(right):
    def wrong(session, row, by):
        return True

    return wrong


def _lead_comes_back(right):
    def wrong(draft):
        right(draft)
        lea_leads = draft.session.status is Status.RUNNING and "lea" in door.leaders_here(draft.session)
        if lea_leads and draft.session.lead != "lea":
            draft.emit(e.LeadPassed(draft.now, "lea"))

    return wrong


def _begins_again(right):
    def wrong(session, event):
        done = right(session, event)
        return done if leader_is_here(done) else replace(done, no_leader_at=event.at)

    return wrong


def _aside_with_anybody(right):
    def wrong(draft, person):
        others = [who for who in door.leaders_here(draft.session) if who != draft.session.lead]
        if others:
            draft.emit(e.Paused(draft.now, e.PauseReason.ASIDE, others[0]))
            draft.volatile = replace(draft.volatile, aside=person)

    return wrong


def _assistant_may(right):
    return lambda session, target: True


FAULTS = (
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
        "who is aside goes on",
        "aside are a leader and somebody who is there, and going on is the other leader's",
        moving,
        "check_not_aside",
        nothing,
    ),
    Fault(
        "a leader goes aside with themselves",
        "aside are a leader and somebody who is there, and going on is the other leader's",
        moving,
        "go_aside",
        _aside_with_anybody,
    ),
    Fault(
        "nobody minds that no leader is there",
        "five minutes without a leader bring return or closing, and its minutes the end",
        applying,
        "watch_leaders",
        instead(lambda session, at: session),
    ),
    Fault(
        "a pause begins the five minutes again",
        "five minutes without a leader bring return or closing, and its minutes the end",
        apply_clock,
        "_pause",
        _begins_again,
    ),
    Fault(
        "the assistant holds the session",
        "five minutes without a leader bring return or closing, and its minutes the end",
        moving,
        "pause",
        lambda right: lambda draft: draft.emit(e.Paused(draft.now, e.PauseReason.ASSISTANT)),
    ),
)
