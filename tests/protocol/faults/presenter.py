"""Faults that the properties of ``properties/presenter.py`` must catch."""

from dataclasses import replace

from openbalint.protocol import (
    apply as applying,
    events as e,
    rights as granting,
    session as engine,
)
from openbalint.protocol.apply import clock as apply_clock
from openbalint.protocol.decide import cards, consequences, figures
from openbalint.protocol.rights import Camera, Rights
from tests.protocol.faults.planting import Fault, instead, nothing


def _adding_a_figure_changes_the_presenter(right):
    def wrong(session, event):
        done = right(session, event)
        if isinstance(event, e.FigureAdded):
            told = replace(done.told[done.place.case], presenter="m01")
            return replace(done, told={**done.told, done.place.case: told})
        return done

    return wrong


def _speaks_back(session):
    return Rights(speak=True, hear=True, camera=Camera.SMALL)


def _everybody_leads(right):
    def wrong(session, row, by):
        return True

    return wrong


def _calls_everybody_in(right):
    def wrong(moment, now, who, person):
        return None if moment.session.word.called_at else right(moment, now, who, person)

    return wrong


FAULTS = (
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
        "the chair moves out of who is asked to and cannot hear",
        "the group does not go on without the presenter",
        consequences,
        "drop_invitation",
        nothing,
    ),
    Fault(
        "the chair moves out of the only leader",
        "a lone leader is not named and does not begin to present",
        consequences,
        "drop_invitation",
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
        "who was named for a case that is dropped stays so",
        "where no case is left to come nobody is counted on for one",
        apply_clock,
        "_plan",
        instead(lambda session, cases: replace(session, cases=cases)),
    ),
    Fault(
        "a case is offered where none is to come",
        "where no case is left to come nobody is counted on for one",
        figures,
        "naming_is_open",
        instead(lambda session: True),
    ),
    Fault(
        "calling in lets everybody speak",
        "calling in changes nobody else's rights",
        granting,
        "_why_silent",
        _calls_everybody_in,
    ),
)
