"""Sound: who is silenced, which microphone is shared, who does not hear, how long people spoke."""

from dataclasses import replace
from math import isfinite

from openbalint.protocol import commands as c, events as e, speech
from openbalint.protocol.decide.draft import Draft, check, check_known, refuse
from openbalint.protocol.state import has_leader_seat, here, speaking_at

MOST = 24 * 3600.0  # seconds; nothing goes on for longer


def set_silenced(draft: Draft, command: c.SetSilenced) -> None:
    """Not a leader; the presenter too, if a leader wishes so."""
    check_known(draft, command.person)
    check(not has_leader_seat(draft.session, command.person), "not-yours")
    check(draft.session.people[command.person].seated, "not-here")
    if (command.person in draft.session.silenced) != command.silenced:
        draft.emit(e.SilencedSet(draft.now, command.person, command.silenced))


def ask_mute(draft: Draft, command: c.AskMute) -> None:
    """A request, passed on and forgotten."""
    check_known(draft, command.person)
    check(here(draft.session, command.person), "not-here")
    draft.asked = command.person


def set_shared(draft: Draft, command: c.SetShared) -> None:
    """A device that is there, and people in the room who sit at no other one."""
    check_known(draft, command.person)
    session, people = draft.session, tuple(dict.fromkeys(command.people))
    check(here(session, command.person) and session.people[command.person].connected, "not-here")
    elsewhere = {
        who for device, there in session.shared.items() if device != command.person for who in (device, *there)
    }
    for who in people:
        check_known(draft, who)
        check(here(session, who) and session.people[who].in_room, "not-here")
    check(command.person not in people and not elsewhere & {command.person, *people}, "bad-value")
    if session.shared.get(command.person, ()) != people:
        draft.emit(e.SharedSet(draft.now, command.person, people))


def set_shared_speaker(draft: Draft, command: c.SetSharedSpeaker) -> None:
    """Somebody who sits there, or nobody."""
    there = draft.session.shared.get(command.person)
    check(there is not None, "not-found")
    check(command.who in (None, command.person, *(there or ())), "not-found")
    others = {device: who for device, who in draft.volatile.shared_speakers.items() if device != command.person}
    marked = {**others, command.person: command.who} if command.who else others
    draft.volatile = replace(draft.volatile, shared_speakers=marked)


def report_hearing(draft: Draft, command: c.ReportHearing) -> None:
    """One's own sound is lost, or back."""
    if (draft.session.people[command.by].deaf_at is None) != command.hears:
        draft.emit(e.HearingSet(draft.now, command.by, command.hears))


def report_around(draft: Draft, command: c.ReportAround) -> None:
    """Who is around somebody, in their own words; the last answer counts."""
    draft.volatile = replace(draft.volatile, around={**draft.volatile.around, command.by: command.around})


def report_speech(draft: Draft, command: c.ReportSpeech) -> None:
    """Seconds of the phase under way, or of the one just left while it waits to be counted."""
    check(isfinite(command.seconds) and 0 <= command.seconds <= MOST and command.turns >= 0, "bad-value")
    heard = draft.volatile.speech
    who = speaking_at(draft.session, draft.volatile.shared_speakers, command.by)
    if command.entry == heard.now.entry:
        heard = replace(heard, now=speech.report(heard.now, command.by, who, command.seconds, command.turns))
    else:
        ended = heard.last.since
        if ended is None or command.entry != heard.last.entry or draft.now > ended + speech.GRACE:
            refuse("stale")
        last = speech.report(heard.last, command.by, who, command.seconds, command.turns)
        heard = replace(heard, last=last, due=ended + speech.GRACE)
    draft.volatile = replace(draft.volatile, speech=heard)


def count_speech(draft: Draft, *, whole: bool = False) -> None:
    """The phase that was waiting is counted; with ``whole`` the one under way too, since nothing follows."""
    heard = draft.volatile.speech
    _count(draft, heard.last)
    if whole:
        _count(draft, heard.now.until(draft.now))
    draft.volatile = replace(draft.volatile, speech=speech.NO_SPEECH if whole else speech.Speech(heard.now))


def _count(draft: Draft, heard: speech.Heard) -> None:
    if heard.heard:
        draft.emit(e.SpeechCounted(draft.now, heard.entry, *speech.counted(heard)))
