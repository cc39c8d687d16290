"""What simulated people do when something happens that nobody planned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from openbalint.demo.cast import CAST
from openbalint.demo.circle import actors
from openbalint.demo.mind import Deed, Drop, Mind, Wish, always, kind
from openbalint.demo.stage import Play, play
from openbalint.protocol import events as e
from openbalint.protocol.commands import Leave, NeedToStop
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.shipped import SHIPPED
from openbalint.protocol.views import View

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PLAYERS = {f"id-of-{player.key}": player for player in CAST}
LAN, CORA, AN, ROBIN = (f"id-of-{key}" for key in ("lan", "cora", "an", "robin"))


def held(who: str, when: PhaseKind, deed: Deed, *, visitors: tuple[str, ...] = ()) -> Play:
    """A session in which somebody does one thing more, once, in a phase. A visitor does nothing else."""
    script = SHIPPED["balint-60"]
    cast = []
    for actor in actors(PLAYERS, script, speed=20):
        usual = actor.wishes

        def also(
            mind: Mind, view: View, now: datetime, usual: Callable[..., tuple[Wish, ...]] = usual
        ) -> tuple[Wish, ...]:
            due = kind(view) is when and "accident" not in mind.ever
            more = (Wish("accident", (20, 30), always(deed)),) if due else ()
            return more if who in visitors else (*usual(mind, view, now), *more)

        circle = replace(actor.mind.circle, visitors=frozenset(visitors))
        mind = replace(actor.mind, circle=circle)
        cast.append(replace(actor, mind=mind, wishes=also if actor.mind.me == who else usual))
    return play(cast, planned_at=NOON, chance=Random(5))


def test_a_co_leader_gives_the_lead_back_when_the_leader_has_come_again():
    done = held(LAN, PhaseKind.FEELINGS, Drop(LAN, 30))
    assert [event.person for event in done.events if isinstance(event, e.LeadPassed)] == [CORA, LAN]
    assert done.closed


def test_a_presenter_who_was_lost_is_waited_for():
    done = held(AN, PhaseKind.TELLING, Drop(AN, 25))
    pauses = [event.reason.value for event in done.events if isinstance(event, e.Paused)]
    assert pauses == ["presenter"]
    assert [type(event) for event in done.events].count(e.Resumed) == 1
    assert done.closed


def test_a_presenter_who_does_not_come_back_ends_the_case():
    done = held(AN, PhaseKind.TELLING, Leave(AN))
    assert done.closed
    kinds = [event.part.value for event in done.events if isinstance(event, e.PhaseEntered)]
    assert kinds[-1] == "closing"


def test_a_visitor_who_needs_to_stop_is_looked_after_and_then_all_go_on():
    done = held(ROBIN, PhaseKind.DISCUSSION, NeedToStop(ROBIN), visitors=(ROBIN,))
    paused = next(event for event in done.events if isinstance(event, e.Paused))
    resumed = next(event for event in done.events if isinstance(event, e.Resumed))
    assert paused.reason.value == "aside"
    assert resumed.at - paused.at >= timedelta(seconds=10)  # a visitor is no faster in a fast demonstration
    assert done.closed
    assert done.refused == []
