"""A room that this process owns: the one place where a session's state lives.

A command makes a new state that nobody sees, until the journal has committed its events; then everybody gets the whole
view of their audience, once for each batch. A refusal leaves all as it was. Everything here runs on the loop, so a room
needs no lock; that another process does the same is caught by the database (``UNIQUE(session, seq)``), and this room is
then forgotten and rebuilt from the log.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
import logging
from typing import Any, Final
from uuid import UUID

from openbalint.live import wire
from openbalint.live.alarm import Alarm
from openbalint.live.bodies import Body
from openbalint.live.clients import Client
from openbalint.live.house import House
from openbalint.live.journal import Entry
from openbalint.live.known import ComeAgain, Known, LookAgain, Told
from openbalint.live.mistakes import OURS, place_of
from openbalint.live.watching import Answers, Watching
from openbalint.meetings.actions.sessions import row_of
from openbalint.meetings.queries.sessions import Arrangement, Loaded
from openbalint.protocol import commands
from openbalint.protocol.commands import Command, PersonId
from openbalint.protocol.effects import AskToMute
from openbalint.protocol.kept import Kept
from openbalint.protocol.session import RefusedError, Status, Step, audiences, next_deadline, rights, step, view
from openbalint.protocol.views import Audience

log = logging.getLogger(__name__)
MAX_TABS: Final = 5  # of one person; the oldest gives way
PATIENCE: Final = timedelta(minutes=1)


class OwnedRoom:
    """One session, its people's connections, and the numbers of the commands that it has accepted."""

    def __init__(self, house: House, loaded: Loaded) -> None:
        self.meeting: Final[UUID] = loaded.meeting
        self.dead = False
        self._house, self._known = house, Known(loaded.arranged)
        self._state = self._seen = loaded.room  # decided; committed, so that people may see it
        self._accepted: set[tuple[str, int]] = set(loaded.commands)
        self._clients: dict[PersonId | None, list[Client]] = {}
        self._entered: set[PersonId] = set()  # whose first connection the session knows
        self._here: set[PersonId | None] = {None}  # for whom that is on disk, so that they get views
        self._groups: list[Watching] = []
        self._grouped_by: Mapping[PersonId, Audience] | None = None  # None: as soon as other connections get views
        self._flying = 0
        self._answers: Answers = defaultdict(list)  # of this batch
        self._changed = False
        self._v = 0
        self._kept, self._bodies = Kept(), defaultdict[Audience, Body](Body)  # of what was shown last
        self._alarm: Final = Alarm(house.now, self._ring)
        self.sound: Final = house.sound_of(loaded, self._told_anew)

    # ── connections ───────────────────────────────────────────────────────────────────────────────────────────────────

    def connect(self, client: Client) -> None:
        """A client said hello. Its first view comes when its being here is on disk."""
        if self.dead:
            client.finish("again")
            return
        tabs = self._clients.setdefault(client.person, [])
        tabs.append(client)
        self._grouped_by = None
        if len(tabs) > MAX_TABS and client.person is not None:
            tabs[0].finish("elsewhere")
        person = client.person
        if person is None or person in self._entered:
            self._show_to(client)
        elif self._known.seat_of(person) is not None:
            self._enter(person)
        else:
            self._house.look_up(self, partial(self._meet, person))

    def _meet(self, person: PersonId, read: bool) -> None:
        """Somebody new, of whom the pages were asked. Where these did not answer, nobody is shown out for good."""
        if read:
            self._enter(person)
        elif person not in self._entered:
            self._dismiss(person, "again")

    def _enter(self, person: PersonId) -> None:
        if self.dead or person in self._entered or person not in self._clients:
            return
        self._entered.add(person)
        code = self._try(self._known.connects(person), landed=partial(self._came, person))
        if code is not None:
            self._entered.discard(person)
            self._dismiss(person, "again" if code == OURS else "gone")

    def _came(self, person: PersonId, _: Step | None) -> None:
        if person in self._entered:
            self._here.add(person)
            self._grouped_by = None
            self._changed = True

    def disconnect(self, client: Client) -> None:
        """A connection is gone; with the last of a person the session is told."""
        person = client.person
        tabs = self._clients.get(person, [])
        if client in tabs:
            tabs.remove(client)
            self._grouped_by = None
        if tabs or self._clients.pop(person, None) is None:
            return
        if person is not None and person in self._entered and not self.dead:
            self._entered.discard(person)
            self._here.discard(person)
            self._try(commands.Disconnect(person))

    def _dismiss(self, person: PersonId | None, word: str) -> None:
        for client in list(self._clients.get(person, ())):
            client.write_together(*self._answers.pop(client, ()))
            client.finish(word)

    def close(self, word: str = "again") -> None:
        """This process lets the room go: everybody comes back, to whoever owns it then."""
        self.dead = True
        self._alarm.stop()
        if self.sound is not None:
            self.sound.stop()
        for person in list(self._clients):
            self._dismiss(person, word)

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def receive(self, client: Client, payload: bytes) -> None:
        """A frame from a client: accepted, refused, or unreadable. Never raises, never logs a word of it."""
        try:
            number, asked = wire.read_command(payload)
        except wire.BadFrameError:
            client.write(wire.no(0, "bad-frame"))
            return
        if wire.kind_of(asked) is commands.Start and self._audience(client.person) is Audience.LEADERS:
            # A leader opens the circle: by what the meeting is now, whoever changed it a moment ago.
            self._house.look_up(self, partial(self._begin_by, client, number, asked))
        else:
            self._hear(client, number, asked)

    def _begin_by(self, client: Client, number: int, asked: Any, read: bool) -> None:
        """A leader's start, after what the pages say was read; where it was not, the script may be an old one."""
        if read or (client.tab, number) in self._accepted:
            self._hear(client, number, asked)
        else:
            client.write(wire.no(number, "unavailable"))

    def _hear(self, client: Client, number: int, asked: Any) -> None:
        try:
            self._asked(client, number, asked)
        except RefusedError as refused:
            client.write(wire.no(number, refused.code))
        except Exception as error:  # noqa: BLE001 - our own mistake must not take the room down
            self._mistaken(error, type(asked).__name__)
            client.write(wire.no(number, OURS))

    def _asked(self, client: Client, number: int, asked: Any) -> None:
        if self.dead or client.person is None or client.person not in self._entered:
            raise RefusedError("not-yours" if client.person is None else "unavailable")
        if isinstance(asked, wire.Caption):
            self._caption(client.person, asked)
            client.write(wire.ok(number))
            return
        key = (client.tab, number)
        if key in self._accepted:  # a resend: answered when everything before it has landed
            self._queue(Entry(landed=partial(self._answer, client, number)))
            return
        command = wire.command(asked, client.person, **self._known.edge(wire.kind_of(asked), asked))
        self._take(command, key=key, landed=partial(self._answer, client, number))

    def _answer(self, client: Client, number: int, made: Step | None) -> None:
        self._answers[client].append(wire.ok(number, made.note if made is not None else None))
        for effect in made.effects if made is not None else ():
            if isinstance(effect, AskToMute):
                for tab in self._clients.get(effect.person, ()):
                    tab.write(wire.asked_to_mute())

    def _caption(self, person: PersonId, asked: wire.Caption) -> None:
        if not self._house.demo or not rights(self._seen.session, self._seen.volatile, person).speak:
            raise RefusedError("not-now")
        frame = wire.caption(person, asked.text)
        for listener, tabs in self._clients.items():
            if self._audience(listener) not in (None, Audience.DOOR):
                for client in tabs:
                    client.write(frame)

    def submit(self, told: Told, done: Callable[[str | None], None]) -> None:
        """From the pages, by the same door; ``done`` hears None or the code of the refusal."""
        then: dict[str, Any] = {"landed": lambda _: done(None), "failed": partial(done, "unavailable")}
        if self.dead:
            done("unavailable")
        elif isinstance(told, LookAgain):  # followed as soon as it is read, see `know`
            self._house.look_up(self, lambda read: self._queue(Entry(**then)) if read else done("unavailable"))
        elif isinstance(told, ComeAgain):
            self._dismiss(told.person, "again")
            done(None)
        elif (code := self._try(told, **then)) is not None:
            done(code)

    def know(self, arranged: Arrangement) -> None:
        """What the pages say now. A waiting room follows all of it; what has begun keeps its script and goes on."""
        before, self._known = self._known, Known(arranged)
        if self.dead:
            return
        self._told_anew()
        waits = self._state.session.status is Status.LOBBY
        if waits and self._known.needs_other_pages(before):
            self._house.forget(self)
            self.close("anew")
            return
        if waits:
            self._try(self._known.follows())
        self._reseat()

    def _reseat(self) -> None:
        """Who has another seat on the pages than in the session has it here from now on."""
        for person, known in self._state.session.people.items():
            if (seat := self._known.seat_of(person)) is not known.seat:
                self._try(commands.Reseat(person, seat))

    def _try(self, command: Command, **then: Any) -> str | None:
        """A command of the owner, the clock or the pages: None, or the code why it changes nothing. ``then``: see `Entry`."""
        try:
            self._take(command, **then)
        except RefusedError as refused:
            log.info("room %s: %s refused, %s", self.meeting, type(command).__name__, refused.code)
            return refused.code
        except Exception as error:  # noqa: BLE001 - our own mistake must not take the room down
            self._mistaken(error, type(command).__name__)
            return OURS
        return None

    def _mistaken(self, error: Exception, what: str) -> None:
        log.warning("room %s: %s in a %s", self.meeting, place_of(error), what)

    def _take(self, command: Command, key: tuple[str, int] = ("", 0), **then: Any) -> None:
        """Decide. The new state is kept, and seen by nobody before its events are committed. ``then``: see `Entry`."""
        before = self._state
        made = step(before, command, now=self._house.now(), chance=self._house.chance)
        first = before.session.seq + 1
        rows = [row_of(self.meeting, first + place, event, *key) for place, event in enumerate(made.events)]
        self._state = made.room
        if key[0]:
            self._accepted.add(key)
        self._queue(Entry(rows, made, **then))
        self._arm()

    def _queue(self, entry: Entry) -> None:
        self._flying += 1
        self._house.journal.append(self, entry)

    # ── the clock ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, since: datetime | None) -> None:
        """Just loaded: ``since`` is when the last owner was last heard of. What was due meanwhile happens now."""
        session = self._state.session
        if session.status is Status.CLOSED:
            return
        if session.seq and since is not None:
            self._try(commands.Adopt(since))
        if session.status is Status.LOBBY:
            self._try(self._known.follows())
        self._reseat()
        self._ring()

    def _arm(self) -> None:
        try:
            self._alarm.set(None if self.dead else next_deadline(self._state))
        except Exception as error:  # noqa: BLE001 - the clock goes on, whatever happens
            self._mistaken(error, "deadline")
            self._alarm.set_later()

    def _ring(self) -> None:
        """What is due happens. What fails by a mistake of ours is still due, so it is tried again in a while, not at once."""
        if self._try(commands.Tick()) == OURS:
            self._alarm.set_later()
        else:
            self._arm()

    # ── what people see ───────────────────────────────────────────────────────────────────────────────────────────────

    def landed(self, entries: Sequence[Entry]) -> None:
        """What commands did is on disk: who asked hears of it, and people see it."""
        self._flying -= len(entries)
        for entry in entries:
            if entry.landed is not None:
                entry.landed(entry.made)
            now, seen = entry.made.room if entry.made is not None else self._seen, self._seen
            if now.session is not seen.session or now.volatile is not seen.volatile:
                self._seen = now
                self._v += 1
                self._changed = True
        self._show()

    def failed(self, entries: Sequence[Entry]) -> None:
        """It is not: the room is rebuilt from the log."""
        self._flying -= len(entries)
        for entry in entries:
            if entry.failed is not None:
                entry.failed()
        if not self.dead:
            self._house.forget(self)
            self.close()

    def _show(self) -> None:
        """If anything changed, everybody gets the whole view of their audience; and who asked is answered."""
        if self._changed and not self.dead:
            self._changed = False
            if self.sound is not None:
                self.sound.follow(self._seen)
            audience_of, now = self._audiences(), self._house.now()
            if audience_of is not self._grouped_by:
                self._group(audience_of)
            tail = wire.view_tail(self._v, now)
            for group in self._groups:
                group.show(self._body(group.audience, now), tail, self._answers)
        for client, answers in self._answers.items():  # for whom nothing has changed
            client.write_together(*answers)
        self._answers.clear()

    def _told_anew(self) -> None:
        """What is told beside the session is another: its sound, a name, the call."""
        self._v += 1
        self._changed = True
        asyncio.get_running_loop().call_soon(self._show)

    @property
    def idle(self) -> bool:
        """Whether nobody is here, nothing is on its way, and nothing will happen by itself for a while."""
        if self._clients or self._flying:
            return False
        at, waits = self._alarm.at, self._seen.session.status is Status.LOBBY
        return (at is None or at > self._house.now() + PATIENCE) if waits else self._alarm.rests

    def _group(self, audience_of: Mapping[PersonId, Audience]) -> None:
        """Who gets which view. Those for whom there is none are shown out."""
        self._grouped_by = audience_of
        for group in self._groups:
            group.part()
        watching = defaultdict[Audience, list[Client]](list)
        for person in [person for person in self._clients if person in self._here]:
            if (audience := self._audience(person)) is not None:
                watching[audience] += self._clients[person]
            else:
                self._dismiss(person, "closed" if self._seen.session.status is Status.CLOSED else "gone")
        self._groups = [Watching(audience, clients) for audience, clients in watching.items()]

    def _audiences(self) -> Mapping[PersonId, Audience]:
        return audiences(self._seen, self._kept)

    def _show_to(self, client: Client) -> None:
        """One more connection of somebody who is here: nothing has changed for the others."""
        if client.person not in self._here:
            return
        audience = self._audience(client.person)
        if audience is None:
            client.finish("gone")
            return
        now = self._house.now()
        client.seen = self._body(audience, now)
        client.write(wire.view_frame(client.seen, wire.view_tail(self._v, now)))

    def _body(self, audience: Audience, now: datetime) -> bytes:
        """What an audience sees; the very object of last time if nothing has changed for it."""
        seen = view(self._seen, audience, now=now, kept=self._kept)
        told = self._seen.session.told
        roster = self._kept.on((self._known, told), Known.roster, self._known, told)
        sound = self.sound.facts() if self.sound is not None else None
        return self._bodies[audience].of(seen, roster, sound)

    def _audience(self, person: PersonId | None) -> Audience | None:
        if person is None:  # a big screen, while there is something to see
            return None if self._seen.session.status is Status.CLOSED else Audience.SCREEN
        return self._audiences().get(person)
