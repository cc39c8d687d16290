"""The wire follows from the protocol, and the browser's types from the wire."""

from dataclasses import fields
from datetime import UTC, datetime
import json

import pytest

from openbalint.live import tickets, wire
from openbalint.protocol import commands
from openbalint.protocol.scripts import Part
from tools import wire_types


def test_the_types_of_the_browser_are_fresh() -> None:
    assert wire_types.main(["--check"]) == 0, (
        "run `make types`: frontend/src/room/wire.ts is not what the protocol says"
    )


def test_every_command_of_a_person_has_a_name_on_the_wire() -> None:
    assert set(wire.COMMANDS.values()) == set(commands.PersonCommand.__args__)
    assert {"set-hand", "write-card", "go-to", "put-cards-away"} <= wire.COMMANDS.keys()


@pytest.mark.parametrize("name", sorted(wire.COMMANDS))
def test_no_client_says_who_asks_or_what_the_edge_knows(name: str) -> None:
    kind = wire.COMMANDS[name]
    given = {field.name for field in wire.client_fields(kind)}
    kept = {field.name for field in fields(kind)} - given
    assert kept == {"by"} | wire.EDGE_FIELDS.get(kind, frozenset())


def test_a_command_becomes_the_protocols_with_the_asker_of_the_connection() -> None:
    number, asked = wire.read_command(b'{"n":7,"do":"go-to","entry":3,"part":"case","case":1,"index":2}')
    assert number == 7
    assert wire.command(asked, "lea") == commands.GoTo("lea", 3, Part.CASE, 1, 2)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536])
def test_a_frame_says_its_length(size: int) -> None:
    built = wire.frame(b"x" * size)
    head = {True: 2, size > 125: 4, size > 65535: 10}[True]
    assert built[0] == 0x81
    assert len(built) == head + size
    assert int.from_bytes(built[2:head], "big") in (0, size)


def test_answers_are_small() -> None:
    def text(frame: bytes) -> dict[str, object]:
        return dict(json.loads(frame[2:]))

    assert text(wire.ok(7)) == {"ok": 7}
    assert text(wire.ok(7, "no-leader")) == {"ok": 7, "note": "no-leader"}
    assert text(wire.no(7, "not-now")) == {"no": 7, "code": "not-now"}
    assert text(wire.bye("again")) == {"bye": "again"}
    assert text(wire.beat(datetime(2026, 11, 26, tzinfo=UTC)).removesuffix(b"\x89\0")) == {
        "now": "2026-11-26T00:00:00Z"
    }
    assert text(wire.you(None, captions=True)) == {"you": None, "captions": True}
    assert text(wire.view_frame(b'"view":{},"names":{}', wire.view_tail(3, datetime(2026, 11, 26, tzinfo=UTC)))) == {
        "view": {},
        "names": {},
        "v": 3,
        "now": "2026-11-26T00:00:00Z",
    }


def test_a_ticket_holds_for_a_minute_and_is_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    from uuid import UUID

    meeting, person = UUID(int=1), UUID(int=2)
    ticket = tickets.sign(meeting, person)
    assert tickets.read(ticket) == tickets.Ticket(meeting, str(person))
    assert tickets.read(tickets.sign(meeting, None)) == tickets.Ticket(meeting, None)
    assert all(letter.isalnum() or letter in "-_." for letter in ticket), "a token of the header"
    assert tickets.read(ticket[:-1] + ("A" if ticket[-1] != "A" else "B")) is None
    assert tickets.read("") is None
    monkeypatch.setattr(tickets, "MAX_AGE", -1)
    assert tickets.read(ticket) is None
