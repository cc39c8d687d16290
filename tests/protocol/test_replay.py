"""The log is the truth: replayed, it gives the same session; a log once stored is replayed for ever."""

import json
from pathlib import Path

import pytest

from openbalint.protocol.events import EVENTS, Closed
from openbalint.protocol.record import record
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import FRESH, Status, fold
from openbalint.protocol.state import CardsState
from tests.protocol.sample_log import DATA, loaded, play, stored
from tests.protocol.stage import Stage, ann, bob

KEPT = sorted(DATA.glob("log-*.json"))
STORED_NAMES = [
    "planned",
    "arrived",
    "returned",
    "disconnected",
    "lost",
    "left",
    "adopted",
    "ticked-in",
    "ticked-out",
    "admitted",
    "seated",
    "sent-out",
    "reseated",
    "lock-set",
    "assistant-named",
    "door-set",
    "lead-passed",
    "started",
    "phase-entered",
    "invited",
    "paused",
    "resumed",
    "extended",
    "cases-set",
    "silence-set",
    "left-alone",
    "ended",
    "closed",
    "round-started",
    "turn-ended",
    "floor-opened",
    "hand-set",
    "called-in",
    "call-ended",
    "cue-shown",
    "offer-set",
    "presenter-named",
    "figure-added",
    "figure-removed",
    "voice-taken",
    "voice-dropped",
    "voice-ticked",
    "cards-opened",
    "cards-turned",
    "cards-put-away",
    "signals-counted",
    "turn-reported",
    "silenced-set",
    "shared-set",
    "hearing-set",
    "hearing-lost",
    "speech-counted",
    "uninvited",
]


def read(path: Path) -> list:
    return loaded(json.loads(path.read_text("utf-8")))


def test_there_is_a_log_to_replay():
    assert KEPT


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_stored_log_is_replayed_for_ever(path):
    events = read(path)
    session = fold(events)
    assert (session.status, session.seq, type(events[-1])) == (Status.CLOSED, len(events), Closed)
    assert record(events).script == session.script.code


def test_the_first_stored_log_still_tells_the_same_meeting():
    events = read(DATA / "log-1.json")
    session, facts = fold(events), record(events)
    assert {number: case.presenter for number, case in session.told.items()} == {1: ann, 2: bob}
    assert [(f.code.value, f.voices) for f in facts.cases[0].figures] == [("doctor", 1), ("mother", 2)]
    assert [one.kind for one in facts.phases[-3:]] == [PhaseKind.TELLING, PhaseKind.RETURN, PhaseKind.CLOSING]
    assert (facts.spread, dict(facts.signals)) == ((0.0,) * 7 + (31.5,), {"pushed": 1})
    assert session.word.cards is CardsState.NONE


def test_every_kind_of_event_is_in_a_sample():
    assert {type(event) for path in KEPT for event in read(path)} == set(EVENTS.values())


def test_what_is_played_today_is_stored_and_read_without_a_loss():
    log = play().log
    assert loaded(json.loads(json.dumps(stored(log)))) == log


def test_stored_names_never_change():
    assert list(EVENTS) == STORED_NAMES


def test_every_prefix_of_a_log_is_a_session():
    stage = Stage().to(PhaseKind.DISCUSSION)
    assert [fold(stage.log[:length]).seq for length in range(len(stage.log) + 1)] == list(range(len(stage.log) + 1))
    assert fold([]) == FRESH.session
