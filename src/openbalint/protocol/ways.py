"""Where a session can go from where it is: the way through a script, without saying who may move.

A *case boundary* lies before the first phase of a case block and before the closing.
"""

from collections.abc import Iterator

from openbalint.protocol.scripts import MOST_CASES, Part, PhaseKind, Place, Script, block, has_break, index_of, phase_at
from openbalint.protocol.state import Session, back, before_telling, going, in_last_phase, presenter


def whereabouts(session: Session) -> tuple[Script, Place]:
    """Script and place of a session that has started; ``LookupError`` before."""
    if session.script is None or session.place is None:
        raise LookupError("not started")
    return session.script, session.place


def following(session: Session) -> Place | None:
    """Where *next* leads; None: the last phase of the closing, so to lingering."""
    script, place = whereabouts(session)
    if place.part is Part.OPENING and place.index + 1 < len(script.opening):
        return Place(Part.OPENING, 0, place.index + 1)
    if place.part is Part.CASE and place.index + 1 < len(block(script, session.cases)):
        return Place(Part.CASE, place.case, place.index + 1)
    if place.part is Part.CLOSING:
        last = place.index + 1 >= len(script.closing)
        return None if last else Place(Part.CLOSING, place.case, place.index + 1)
    if place.part is Part.BREAK:
        return further_case(session) or closing(session)
    return boundary(session)


def boundary(session: Session) -> Place:
    """Where the case ends: the break, the next case or the closing."""
    script, place = whereabouts(session)
    further = further_case(session)
    if further and place.part is Part.CASE and has_break(script):
        return Place(Part.BREAK, place.case, 0)
    return further or closing(session)


def further_case(session: Session) -> Place | None:
    """The first phase of the next case, where one is planned."""
    _, place = whereabouts(session)
    return Place(Part.CASE, place.case + 1, 0) if place.case < session.cases else None


def closing(session: Session) -> Place:
    """The closing; it keeps the case from which it is entered, unless that one has just been dropped."""
    _, place = whereabouts(session)
    return Place(Part.CLOSING, min(place.case, session.cases), 0)


def end_of_case(session: Session) -> Place:
    """Where *end the case* leads: to settle if the script has it and something was told, else to the boundary."""
    script, place = whereabouts(session)
    if not before_telling(session):
        for index, phase in enumerate(block(script, session.cases)):
            if phase.kind is PhaseKind.SETTLE and index > place.index:
                return Place(Part.CASE, place.case, index)
    return boundary(session)


def homecoming(session: Session) -> Place | None:
    """The return of the case under way, where the script has one."""
    script, place = whereabouts(session)
    at = index_of(script, PhaseKind.RETURN)
    return None if at is None or place.part is not Part.CASE else Place(Part.CASE, place.case, at)


def targets(session: Session) -> tuple[Place, ...]:
    """Everywhere a leader may go to now, in the order of the way."""
    if not going(session):
        return ()
    _, place = whereabouts(session)
    return tuple(target for target in _all_targets(session) if target != place)


def _all_targets(session: Session) -> Iterator[Place]:
    script, place = whereabouts(session)
    if not session.told:
        yield from (Place(Part.OPENING, 0, index) for index in range(len(script.opening)))
    if place.case:
        phases = len(block(script, session.cases))
        yield from (Place(Part.CASE, place.case, index) for index in range(phases))
    further = further_case(session)
    if further:
        if place.case and has_break(script):
            yield Place(Part.BREAK, place.case, 0)
        yield further
    inside = len(script.closing) if place.part is Part.CLOSING else 1
    yield from (Place(Part.CLOSING, min(place.case, session.cases), index) for index in range(inside))


def steps_out(session: Session, place: Place) -> bool:
    """Whether going there takes the presenter out of the circle: that needs an invitation."""
    script, _ = whereabouts(session)
    if not phase_at(script, place).out:
        return False
    already = back(session) is not None and session.place is not None and session.place.case == place.case
    return not already


def crosses_boundary(session: Session, place: Place) -> bool:
    """Whether going there crosses a case boundary, so that the door opens for late-comers."""
    _, at = whereabouts(session)
    return place.part is not at.part or place.case != at.case


def invitee(session: Session) -> str | None:
    """Who is asked to step back: the presenter, or who is named while nothing is told."""
    return presenter(session) or session.named


def fewest_cases(session: Session) -> int | None:
    """Down to how many cases may be dropped here; None where cases are neither opened nor dropped."""
    if not going(session) or session.place is None:
        return None
    place = session.place
    if place.part is Part.OPENING:
        return 1
    if before_telling(session) and place.index == 0:
        return max(place.case - 1, 1)
    return place.case if place.part is Part.BREAK or (in_last_phase(session) and not before_telling(session)) else None


def may_open_case(session: Session) -> bool:
    return fewest_cases(session) is not None and session.cases < MOST_CASES


def may_drop_case(session: Session) -> bool:
    fewest = fewest_cases(session)
    return fewest is not None and session.cases > fewest


def naming_is_open(session: Session) -> bool:
    """Before telling; where a case begins with its telling, also as long as the case before goes on.

    Else nobody could end a case early, or one whose presenter does not come back: the next would have no presenter.
    """
    if not going(session):
        return False
    script, place = whereabouts(session)
    if before_telling(session):
        return True
    open_between = place.part in (Part.OPENING, Part.BREAK) or index_of(script, PhaseKind.TELLING) == 0
    return open_between and further_case(session) is not None
