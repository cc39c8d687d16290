"""Who is in the demonstration hospital: invented people, in the order in which they joined the group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from openbalint.protocol.commands import FigureCode, Seat, SignalKind
from openbalint.protocol.scripts import CueCode


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the cast. ``drifts``: how this person leaves the method with --drift."""

    key: str
    name: str
    seat: Seat
    profession: FigureCode
    language: str = "zh-hans"
    drifts: tuple[CueCode, ...] = ()
    signal: SignalKind | None = None  # sends this one, once a session
    drops: bool = False  # loses the connection for some seconds, once a session


LEADER: Final = Player("lan", "林岚", Seat.LEADER, FigureCode.DOCTOR)
CO_LEADER: Final = Player("cora", "Cora Weiss", Seat.CO_LEADER, FigureCode.COUNSELLOR, "en")
VISITOR: Final = Player("robin", "Robin Ye", Seat.MEMBER, FigureCode.NURSE, "en")
MEMBERS: Final = (
    Player("an", "陈安", Seat.MEMBER, FigureCode.DOCTOR, drifts=(CueCode.BLAME, CueCode.QUESTIONING)),
    Player("bob", "Bob Miller", Seat.MEMBER, FigureCode.NURSE, "en", drifts=(CueCode.ADVICE, CueCode.BLAME)),
    Player("yu", "王小雨", Seat.MEMBER, FigureCode.NURSE, drifts=(CueCode.OWN_CASE, CueCode.QUESTIONING)),
    Player("grace", "Grace Adeyemi", Seat.MEMBER, FigureCode.COUNSELLOR, "en", signal=SignalKind.PUSHED),
    Player("ming", "刘铭", Seat.MEMBER, FigureCode.DOCTOR, drifts=(CueCode.DIAGNOSIS, CueCode.ADVICE)),
    Player("tom", "Tom Becker", Seat.MEMBER, FigureCode.PHARMACIST, "en", drifts=(CueCode.TO_PRESENTER,), drops=True),
    Player("qian", "赵倩", Seat.MEMBER, FigureCode.NURSE, drifts=(CueCode.QUESTIONING, CueCode.ADVICE)),
    Player("maya", "Maya Rao", Seat.MEMBER, FigureCode.DOCTOR, "en", drifts=(CueCode.OWN_CASE, CueCode.PRIVATE_LIFE)),
    Player("nuo", "孙一诺", Seat.MEMBER, FigureCode.STUDENT, signal=SignalKind.MORE_SILENCE),
)
CAST: Final = (LEADER, CO_LEADER, *MEMBERS, VISITOR)
BY_KEY: Final[Mapping[str, Player]] = {player.key: player for player in CAST}
