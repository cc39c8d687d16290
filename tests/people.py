"""The cast of all tests: always the same people, so that who must not see a thing is one name away."""

from dataclasses import dataclass

from openbalint.protocol.commands import FigureCode, Seat


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the cast. Who has an e-mail signs in; the others come by a link."""

    name: str
    seat: Seat = Seat.MEMBER
    email: str = ""
    profession: FigureCode = FigureCode.DOCTOR


LEA = Somebody("Lea", Seat.LEADER, "lea@hospital.example")
CORA = Somebody("Cora", Seat.CO_LEADER, "cora@hospital.example", FigureCode.COUNSELLOR)
ANN = Somebody("Ann")  # presents
BOB = Somebody("Bob", profession=FigureCode.NURSE)
OLGA = Somebody("Olga", email="olga@hospital.example", profession=FigureCode.ADMINISTRATOR)  # coordinates
RUI = Somebody("Rui", email="rui@university.example", profession=FigureCode.STUDENT)  # does research
EVE = Somebody("Eve", email="eve@elsewhere.example")  # a stranger
PASSWORD = "nine quiet chairs"
