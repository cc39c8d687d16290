"""Faults that the properties of ``properties/sound.py`` must catch."""

from openbalint.protocol import audiences, events as e, rights as granting, speech, state
from openbalint.protocol.decide import sound
from tests.protocol.faults.planting import Fault, instead


def _said(heard):
    """Whatever a device says, also of who had no right to speak."""
    return {who: round(seconds) for who, seconds in heard.heard.items()}, {}, {}


def _as_many_turns_as_said(right):
    return lambda heard: (*right(heard)[:2], dict(heard.turns))


def _logs_the_request(right):
    def wrong(draft, command):
        right(draft, command)
        draft.emit(e.SilencedSet(draft.now, command.person, silenced=False))

    return wrong


FAULTS = (
    Fault(
        "a leader's silence is ornament",
        "who is silenced speaks in no state",
        granting,
        "_rights",
        lambda right: granting._unsilenced,
    ),
    Fault(
        "the group talks to a presenter who hears nothing",
        "a presenter who does not hear is waited for",
        state,
        "hears",
        instead(lambda person: True),
    ),
    Fault(
        "a device says how long it spoke",
        "speech is counted once for a phase, and within the right to speak",
        speech,
        "counted",
        instead(_said),
    ),
    Fault(
        "a device says how often it spoke",
        "speech is counted once for a phase, and within the right to speak",
        speech,
        "counted",
        _as_many_turns_as_said,
    ),
    Fault(
        "a phase is counted twice",
        "speech is counted once for a phase, and within the right to speak",
        sound,
        "_count",
        lambda right: lambda draft, heard: (right(draft, heard), right(draft, heard)),
    ),
    Fault(
        "a shared microphone is always open",
        "a shared microphone is open only for somebody there who may speak",
        audiences,
        "microphone_is_open",
        instead(lambda *_: True),
    ),
    Fault(
        "a kind request is written down",
        "what is asked kindly, and who is around, is in no log",
        sound,
        "ask_mute",
        _logs_the_request,
    ),
)
