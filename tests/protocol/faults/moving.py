"""Faults that the properties of ``properties/moving.py`` must catch."""

from dataclasses import replace
from datetime import timedelta

from openbalint.protocol import (
    events as e,
    session as engine,
    ways,
)
from openbalint.protocol.apply import clock as apply_clock
from openbalint.protocol.decide import figures, moving, presence
from openbalint.protocol.scripts import Part, Place, block
from openbalint.protocol.state import in_last_phase
from tests.protocol.faults.planting import Fault, instead


def _pause_forgets_a_second(right):
    def wrong(session, at):
        done = right(session, at)
        return replace(done, clock=replace(done.clock, ends_at=done.clock.ends_at + timedelta(seconds=1)))

    return wrong


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


def _keeps_break(right):
    return lambda script: script.pause is not None


def _goes_anywhere(right):
    def wrong(session):
        script, place = ways.whereabouts(session)
        last = len(block(script, session.cases)) - 1
        later = Place(Part.CASE, place.case + 1, last)
        return (later,) if 0 < place.case < session.cases else right(session)

    return wrong


def _invites_again(right):
    def wrong(draft):
        target = ways.following(draft.session)
        if target:
            moving.move(draft, target)
        else:
            moving.end(draft)

    return wrong


FAULTS = (
    Fault("anybody moves", "while a leader is there, only leaders move", engine, "is_allowed", _everybody_leads),
    Fault("the entry is not looked at", "two presses of one move are one move", engine, "_check_allowed", _skips),
    Fault(
        "a second press gives five minutes more",
        "two presses of one move are one move",
        moving,
        "extend",
        lambda right: lambda draft, _: draft.emit(e.Extended(draft.now, draft.session.clock.minutes + 5)),
    ),
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
        _invites_again,
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
        "the next presenter is named at the end of a case alone",
        "a further case that is planned can be reached",
        figures,
        "naming_is_open",
        lambda right: lambda session: right(session) and (in_last_phase(session) or not session.told),
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
    Fault(
        "an hour and a minute are given", "an extension is one to sixty minutes more", moving, "MOST_MORE", instead(61)
    ),
    Fault("a sixth case", "the number of cases stays between those begun and five", ways, "MOST_CASES", instead(6)),
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
        "the break is not left out of the status table",
        "the status changes only as the table says",
        moving,
        "pause",
        lambda right: lambda draft: draft.emit(e.Ended(draft.now)),
    ),
)
