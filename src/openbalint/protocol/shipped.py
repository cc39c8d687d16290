"""The scripts that come with the product. Every group can copy and change one.

No society prescribes a table of minutes; these are our defaults. Each adds up to the length its name announces.
"""

from collections.abc import Mapping
from types import MappingProxyType

from openbalint.protocol.scripts import (
    Cue,
    Floor,
    Method,
    Phase,
    PhaseKind,
    ReviewGroup,
    Script,
    announced_minutes,
)

__all__ = ["SHIPPED", "announced_minutes"]

_ROUND_OR_OPEN = (Floor.ROUND, Floor.OPEN)
_OPEN_OR_ROUND = (Floor.OPEN, Floor.ROUND)


def _balint_case(
    telling: int, facts: int, silence: int, feelings: int, discussion: int, response: int
) -> tuple[Phase, ...]:
    """From telling to return: what makes a Balint case."""
    return (
        Phase(PhaseKind.TELLING, telling, (Floor.PRESENTER,), signals=True),
        Phase(PhaseKind.FACTS, facts, (Floor.ASKED,), signals=True),
        Phase(PhaseKind.SILENCE, silence, (Floor.LEADERS,), out=True, cards=True, signals=True),
        Phase(PhaseKind.FEELINGS, feelings, _ROUND_OR_OPEN, out=True, voices=True, signals=True),
        Phase(PhaseKind.DISCUSSION, discussion, _OPEN_OR_ROUND, out=True, voices=True, signals=True),
        Phase(PhaseKind.RETURN, response, (Floor.PRESENTER,), signals=True),
    )


def _call(minutes: int) -> Phase:
    return Phase(PhaseKind.CALL, minutes, signals=True)


def _settle(minutes: int) -> Phase:
    return Phase(PhaseKind.SETTLE, minutes, signals=True)


def _break(minutes: int) -> Phase:
    return Phase(PhaseKind.BREAK, minutes, signals=True)


def _closing(minutes: int) -> Phase:
    return Phase(PhaseKind.CLOSING, minutes, cards=True, signals=True)


def _review(group: ReviewGroup, minutes: int) -> Phase:
    return Phase(PhaseKind.REVIEW, minutes, (Floor.GROUP,), signals=True, group=group)


def _one(code: str, minutes: int, opening: int, case: tuple[Phase, ...], closing: int) -> Script:
    return Script(
        code=code,
        name=Cue(f"Balint, {minutes} minutes, one case", f"巴林特 {minutes} 分钟，一个案例"),
        method=Method.BALINT,
        cases=1,
        opening=(Phase(PhaseKind.OPENING, opening),),
        case=case,
        pause=_break(5),
        closing=(_closing(closing),),
        settle=_settle(2),
    )


def _two(code: str, minutes: int, opening: int, case: tuple[Phase, ...], pause: int, closing: int) -> Script:
    return Script(
        code=code,
        name=Cue(f"Balint, {minutes} minutes, two cases", f"巴林特 {minutes} 分钟，两个案例"),
        method=Method.BALINT,
        cases=2,
        opening=(Phase(PhaseKind.OPENING, opening),),
        case=(*case, _settle(2)),
        pause=_break(pause),
        closing=(_closing(closing),),
    )


def _training() -> Script:
    return Script(
        code="training-90",
        name=Cue("Training, 90 minutes: case and review", "培训 90 分钟：案例与复盘"),
        method=Method.BALINT,
        cases=1,
        opening=(Phase(PhaseKind.OPENING, 2),),  # the call is part of it: the presenter is named here
        case=_balint_case(7, 3, 2, 10, 14, 5),
        pause=_break(5),
        closing=(
            _closing(2),
            _review(ReviewGroup.LEADER, 8),
            _review(ReviewGroup.CO_LEADER, 5),
            _review(ReviewGroup.PRESENTER, 5),
            _review(ReviewGroup.MEMBERS, 10),
            _review(ReviewGroup.OBSERVERS, 12),
            _review(ReviewGroup.TRAINER, 5),
        ),
        settle=_settle(2),
    )


def _supervision(cases: int, telling: int, discussion: int, clarifying: int, closing: int) -> Script:
    """Conventional supervision: nobody steps back, nobody speaks as another, advice is welcome."""
    chinese = {3: "三", 4: "四", 5: "五"}[cases]
    english = {3: "three", 4: "four", 5: "five"}[cases]
    return Script(
        code=f"supervision-{cases}",
        name=Cue(f"Conventional supervision, 120 minutes, {english} cases", f"常规督导 120 分钟，{chinese}个案例"),
        method=Method.SUPERVISION,
        cases=cases,
        opening=(Phase(PhaseKind.OPENING, 5),),
        case=(
            Phase(PhaseKind.TELLING, telling, (Floor.PRESENTER,)),
            Phase(PhaseKind.DISCUSSION, discussion),
            Phase(PhaseKind.CLARIFYING, clarifying),
        ),
        pause=None,
        closing=(Phase(PhaseKind.CLOSING, closing, cards=True),),
        signals=False,
    )


_SCRIPTS = (
    _one("balint-60", 60, 4, (_call(2), *_balint_case(8, 4, 2, 12, 17, 7)), 4),
    _one("balint-90", 90, 7, (_call(3), *_balint_case(12, 6, 3, 18, 24, 10)), 7),
    _two("balint-90-two", 90, 6, (_call(1), *_balint_case(7, 3, 2, 9, 11, 5)), 0, 4),
    _two("balint-120-two", 120, 6, (_call(1), *_balint_case(9, 4, 2, 12, 16, 6)), 5, 5),
    _one("balint-120-one", 120, 8, (_call(4), *_balint_case(14, 8, 4, 26, 36, 12)), 8),
    _training(),
    _supervision(3, 9, 21, 6, 7),
    _supervision(4, 7, 15, 5, 7),
    _supervision(5, 6, 12, 4, 5),
)

SHIPPED: Mapping[str, Script] = MappingProxyType({script.code: script for script in _SCRIPTS})
