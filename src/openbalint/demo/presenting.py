"""What whoever presents wishes for: to tell, to answer or not, to be out of the circle, to have the last word."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from openbalint.demo.book import FALLBACK, Case, Line, Lines
from openbalint.demo.mind import Mind, Say, Wish, always, kind, may_speak
from openbalint.protocol.commands import PushBack, SetCalledIn
from openbalint.protocol.scripts import Floor, PhaseKind
from openbalint.protocol.views import View


def wishes(mind: Mind, view: View, now: datetime) -> tuple[Wish, ...]:
    """Everything that the presenter wishes for now; nothing for everybody else."""
    if view.presenter != mind.me:
        return ()
    case = mind.book.case_of(mind.player.key)
    return (*_leaves(mind, view), *_tells(mind, view, case), *_answers(mind, view, case), *_sentence(mind, view, case))


def told(mind: Mind, case: Case) -> bool:
    """Whether a simulated presenter has come to the end of the telling."""
    return all(line.en in mind.said for line in case.telling)


def responded(mind: Mind, case: Case) -> bool:
    """Whether a simulated presenter has come to the end of the response."""
    return all(line.en in mind.said for line in case.returns)


def _leaves(mind: Mind, view: View) -> Iterator[Wish]:
    if view.invited:
        yield Wish("push-back", (2, 6), always(PushBack(mind.me, view.entry)))


def _tells(mind: Mind, view: View, case: Case) -> Iterator[Wish]:
    """Telling and response go line by line, in order."""
    sections: dict[PhaseKind | None, Lines] = {PhaseKind.TELLING: case.telling, PhaseKind.RETURN: case.returns}
    line = _first(mind, sections.get(kind(view), ()))
    if line and may_speak(mind, view):
        yield Wish(f"tell-{mind.spoken}", (2.5, 7), always(Say(mind.me, line)), speech=True)


def _answers(mind: Mind, view: View, case: Case) -> Iterator[Wish]:
    if view.floor is not Floor.ASKED or view.holder is None or mind.spoke_since(f"asks:{view.holder}"):
        return
    begun = mind.since.get(f"asks:{view.holder}")
    asked = mind.last if mind.last and mind.last.by == view.holder and begun and mind.last.start >= begun else None
    if asked:
        answer = asked.line.answer or mind.book.frame.member["answers"][1]
        yield Wish("answer", (1.5, 4), always(Say(mind.me, answer)), speech=True, once=False)
    elif view.holder in mind.circle.visitors:  # asks aloud, where we cannot hear it
        answers = mind.book.frame.member["answers"]
        yield Wish("answer-visitor", (9, 14), lambda chance: Say(mind.me, chance.choice(answers)), True, once=False)


def _sentence(mind: Mind, view: View, case: Case) -> Iterator[Wish]:
    """Called in for one sentence: say it, and end it."""
    if not view.called_in:
        return
    line = _first(mind, (*case.called_in, *mind.book.cases[FALLBACK].called_in))
    if line and not mind.spoke_since("called-in"):
        yield Wish("sentence", (2, 5), always(Say(mind.me, line)), speech=True, once=False)
    else:
        end = SetCalledIn(mind.me, view.entry, called=False)
        yield Wish("sentence-end", (1, 3), always(end), speech=True, once=False)


def _first(mind: Mind, lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if line.en not in mind.said), None)
