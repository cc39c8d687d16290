"""Who offers and presents, and the persons of the case."""

from dataclasses import replace
from typing import assert_never

from openbalint.protocol import events as e
from openbalint.protocol.apply.turns import uninvite
from openbalint.protocol.commands import PersonId
from openbalint.protocol.state import Case, Figure, Session, presenter


def on_the_case(session: Session, event: e.OfferSet | e.PresenterNamed | e.FigureAdded | e.FigureRemoved) -> Session:
    match event:
        case e.OfferSet(person=who, offered=offered):
            others = tuple(person for person in session.offers if person != who)
            session = replace(session, offers=(*others, who) if offered else others)
            return session if offered or session.named != who else _name(session, None)
        case e.PresenterNamed(person=whom):
            return _name(session, whom)
        case e.FigureAdded(code=code):
            number, told = _present_case(session)
            figures = (*told.figures, Figure(told.last_number + 1, code))
            return _tell(session, number, replace(told, figures=figures, last_number=told.last_number + 1))
        case e.FigureRemoved(figure=gone):
            number, told = _present_case(session)
            return _tell(session, number, replace(told, figures=tuple(f for f in told.figures if f.number != gone)))
        case _:
            assert_never(event)


def _name(session: Session, whom: PersonId | None) -> Session:
    """Another presenter has not been invited; the one of a case that is told already stays so."""
    named = replace(session, named=whom)
    return named if presenter(session) else uninvite(named)


def _present_case(session: Session) -> tuple[int, Case]:
    number = session.place.case if session.place else 0
    return number, session.told[number]


def _tell(session: Session, number: int, told: Case) -> Session:
    return replace(session, told={**session.told, number: told})


def count_voice(session: Session, number: int, figure: int) -> Session:
    told = session.told[number]
    figures = tuple(replace(f, voices=f.voices + 1) if f.number == figure else f for f in told.figures)
    return _tell(session, number, replace(told, figures=figures))
