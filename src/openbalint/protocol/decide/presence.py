"""Coming, going, being lost; the owner's reports."""

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.decide.door import check_chair
from openbalint.protocol.decide.draft import Draft, check, check_known, refuse
from openbalint.protocol.state import Person, Status, going


def connect(draft: Draft, command: c.Connect) -> None:
    """The first device of somebody is there. Whom the meeting does not know is not found."""
    if command.seat is None:
        refuse("not-found")
    if draft.session.status is Status.CLOSED:
        return
    known = draft.session.people.get(command.person)
    if known is None or _changed(known, command.seat, command.profession):
        draft.emit(e.Arrived(draft.now, command.person, command.seat, command.profession))
    elif not known.connected:
        draft.emit(e.Returned(draft.now, command.person))


def _changed(known: Person, seat: c.Seat, profession: c.FigureCode) -> bool:
    """What somebody is follows the meeting until they sit; from then on a change is a command of its own, `Reseat`."""
    return not known.seated and (known.seat, known.profession) != (seat, profession)


def disconnect(draft: Draft, command: c.Disconnect) -> None:
    """The last device of somebody is gone; after the end, or of a stranger, that is nothing."""
    known = draft.session.people.get(command.person)
    if draft.session.status is not Status.CLOSED and known and known.connected:
        draft.emit(e.Disconnected(draft.now, command.person))


def leave(draft: Draft, command: c.Leave) -> None:
    """By the button: lost at once."""
    if draft.session.status is not Status.CLOSED and not draft.session.people[command.by].left:
        draft.emit(e.Left(draft.now, command.by))


def adopt(draft: Draft, command: c.Adopt) -> None:
    """Another process has the room now; what nobody began needs no adopting."""
    if draft.session.seq and draft.session.status is not Status.CLOSED:
        draft.emit(e.Adopted(draft.now, min(command.since, draft.now)))


def plan(draft: Draft, command: c.Plan) -> None:
    if draft.session.status is Status.LOBBY and draft.session.planned_at != command.planned_at:
        draft.emit(e.Planned(draft.now, command.planned_at))


def tick_in(draft: Draft, command: c.TickIn) -> None:
    """Seat somebody who is in the room without a device."""
    if command.seat is None:
        refuse("not-found")
    known = draft.session.people.get(command.person)
    if known and known.in_room:
        return
    if known is None or _changed(known, command.seat, command.profession):
        arrived = e.Arrived(draft.now, command.person, command.seat, command.profession, device=False)
        draft.emit(arrived)
    draft.emit(e.TickedIn(draft.now, command.person))
    if going(draft.session) and not draft.session.people[command.person].seated:
        check_chair(draft, command.person)
        draft.emit(e.Seated(draft.now, command.person))


def tick_out(draft: Draft, command: c.TickOut) -> None:
    check_known(draft, command.person)
    check(draft.session.people[command.person].in_room, "not-here")
    draft.emit(e.TickedOut(draft.now, command.person))
