"""Faults that the properties of ``properties/leaders.py`` must catch."""

from openbalint.protocol import (
    apply as applying,
    events as e,
    session as engine,
)
from openbalint.protocol.decide import consequences, door, moving
from openbalint.protocol.state import Status
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
        "nobody minds that no leader is there",
        "no session stays without a leader for ever",
        applying,
        "watch_leaders",
        instead(lambda session, at: session),
    ),
)
