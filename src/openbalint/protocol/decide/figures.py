"""The case: who offers and presents it, the persons of the case, and speaking as one of them."""

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.decide.draft import Draft, check, refuse
from openbalint.protocol.decide.moving import is_lone_leader
from openbalint.protocol.rights import rights
from openbalint.protocol.scripts import Method, PhaseKind
from openbalint.protocol.state import (
    RING_SEATS,
    Case,
    Figure,
    Session,
    back,
    case,
    has_no_device,
    here,
    in_case,
    in_span,
    leads,
    phase,
)
from openbalint.protocol.ways import naming_is_open

MOST_OF_A_CODE = 2


def set_offer(draft: Draft, command: c.SetOffer) -> None:
    """Anyone in the circle offers for themselves; leaders also for who is in the room without a device."""
    session, who = draft.session, command.person
    person = session.people.get(who)
    if person is None or not person.seated or person.seat in RING_SEATS:
        refuse("not-found")
    check(command.by == who or (leads(session, command.by) and has_no_device(person)), "not-yours")
    if (who in session.offers) == command.offered:
        return
    check(not command.offered or (naming_is_open(session) and who != back(session)), "not-now")
    draft.emit(e.OfferSet(draft.now, who, command.offered))


def name_presenter(draft: Draft, command: c.NamePresenter) -> None:
    """Only who has offered, or is in the room without a device; a lone leader cannot present."""
    session, who = draft.session, command.person
    check(naming_is_open(session), "fixed" if case(session) else "not-now")
    if who is not None:
        check(here(session, who) and session.people[who].seat not in RING_SEATS, "not-found")
        check(who in session.offers or has_no_device(session.people[who]), "no-offer")
        check(not is_lone_leader(session, who), "lone-leader")
    if who != session.named:
        draft.emit(e.PresenterNamed(draft.now, who))


def add_figure(draft: Draft, command: c.AddFigure) -> None:
    """From telling to discussion, at most two of a code; the second press of two leaders is nothing."""
    told = _figures_case(draft.session)
    check(in_span(draft.session) and phase(draft.session).kind is not PhaseKind.RETURN, "not-now")
    there = sum(figure.code is command.code for figure in told.figures)
    if command.number is not None and command.number <= there:
        return
    check(there < MOST_OF_A_CODE, "figure-limit")
    check(command.number in {None, there + 1}, "bad-value")
    draft.emit(e.FigureAdded(draft.now, command.code))


def remove_figure(draft: Draft, command: c.RemoveFigure) -> None:
    """Only one without a voice; "the … of this case" is always there."""
    told = _figures_case(draft.session)
    check(in_case(draft.session), "not-now")
    figure = _figure(told, command.figure)
    check(figure.number != told.own, "fixed")
    check(not figure.voices, "figure-voiced")
    draft.emit(e.FigureRemoved(draft.now, command.figure))


def take_voice(draft: Draft, command: c.TakeVoice) -> None:
    """One voice; tapping the same again is nothing."""
    told = _figures_case(draft.session)
    check(rights(draft.session, draft.volatile, command.by).voice, "not-now")
    _figure(told, command.figure)
    if draft.session.word.speaking.get(command.by) != command.figure:
        draft.emit(e.VoiceTaken(draft.now, command.by, command.figure))


def drop_voice(draft: Draft, command: c.DropVoice) -> None:
    if command.by in draft.session.word.speaking:
        draft.emit(e.VoiceDropped(draft.now, command.by))


def tick_voice(draft: Draft, command: c.TickVoice) -> None:
    """A leader taps a voice, of somebody in the room without a device or of the group, until the session closes."""
    check(_has_figures(draft.session), "not-now")
    told = draft.session.told.get(command.case)
    if told is None:
        refuse("not-found")
    figure = _figure(told, command.figure)
    check(told.voices, "not-now")
    check(command.voices in {None, figure.voices + 1}, "stale")
    if command.person is not None:
        _check_giver(draft.session, told, command.person)
    draft.emit(e.VoiceTicked(draft.now, command.case, command.figure, command.person))


def _check_giver(session: Session, told: Case, who: c.PersonId) -> None:
    """Somebody of the circle, in the room; the presenter only where the script lets one speak as another."""
    person = session.people.get(who)
    check(person is not None and person.seated and person.in_room and person.seat not in RING_SEATS, "not-found")
    inside = session.script is not None and any(one.voices and not one.out for one in session.script.case)
    check(who != told.presenter or inside, "not-yours")


def _has_figures(session: Session) -> bool:
    return session.script is not None and session.script.method is Method.BALINT


def _figures_case(session: Session) -> Case:
    """The case under way, where there are persons of the case."""
    told = case(session)
    if told is None or not _has_figures(session):
        refuse("not-now")
    return told


def _figure(told: Case, number: int) -> Figure:
    figure = next((f for f in told.figures if f.number == number), None)
    if figure is None:
        refuse("not-found")
    return figure
