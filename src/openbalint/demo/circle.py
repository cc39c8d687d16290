"""A meeting's people made ready: who is who, at which pace, and what drives each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from openbalint.demo import helping, members
from openbalint.demo.book import book
from openbalint.demo.cast import Player
from openbalint.demo.leading import Leading
from openbalint.demo.mind import Circle, Mind, Pace, Wishes
from openbalint.demo.stage import Actor
from openbalint.protocol.commands import PersonId, Seat
from openbalint.protocol.scripts import Phase, PhaseKind, Script


def actors(
    players: Mapping[PersonId, Player],
    script: Script,
    *,
    visitors: Iterable[PersonId] = (),
    speed: float = 1,
    drift: bool = False,
) -> list[Actor]:
    """Everybody but the visitors, at the pace of the script's own minutes divided by ``speed``."""
    circle = Circle(players, frozenset(visitors), drift)
    pace = Pace(speed, minutes_of(script))
    return [
        Actor(Mind(person, player, book(), circle, pace), wishes_of(player, script))
        for person, player in players.items()
        if person not in circle.visitors
    ]


def wishes_of(player: Player, script: Script) -> Wishes:
    """What drives somebody, by seat."""
    if player.seat is Seat.LEADER:
        return Leading(script)
    return helping.wishes if player.seat is Seat.CO_LEADER else members.wishes


def minutes_of(script: Script) -> dict[PhaseKind, float]:
    """How long each kind of phase should last. Where a kind comes twice, the longer."""
    phases = _phases(script)
    return {phase.kind: max(one.minutes for one in phases if one.kind is phase.kind) for phase in phases}


def faster(script: Script, speed: float) -> Script:
    """The script with its minutes divided; what lasts at all still lasts a minute on the leaders' clock."""

    def hurried(phase: Phase) -> Phase:
        return replace(phase, minutes=max(1, round(phase.minutes / speed)) if phase.minutes else 0)

    return replace(
        script,
        opening=tuple(map(hurried, script.opening)),
        case=tuple(map(hurried, script.case)),
        pause=hurried(script.pause) if script.pause else None,
        closing=tuple(map(hurried, script.closing)),
        settle=hurried(script.settle) if script.settle else None,
    )


def _phases(script: Script) -> list[Phase]:
    rest = [phase for phase in (script.pause, script.settle) if phase]
    return [*script.opening, *script.case, *script.closing, *rest]
