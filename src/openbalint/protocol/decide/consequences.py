"""What follows by itself from who is there.

The lead passes, a lost presenter pauses, an invitation is overtaken, the door lets people through.
"""

from openbalint.protocol import events as e
from openbalint.protocol.decide.door import pass_lead, seat_who_waits
from openbalint.protocol.decide.draft import Draft
from openbalint.protocol.decide.moving import drop_invitation, hold_for_presenter
from openbalint.protocol.state import going

_DISTURBING = (
    e.Arrived,
    e.Returned,
    e.Lost,
    e.Left,
    e.TickedIn,
    e.TickedOut,
    e.HearingLost,
    e.Seated,
    e.SentOut,
    e.Reseated,
    e.LockSet,
    e.PhaseEntered,
    e.Resumed,
    e.Ended,
)


def settle(draft: Draft) -> None:
    """Let the consequences of the step so far happen; none of them disturbs what the others rest on."""
    if not any(isinstance(event, _DISTURBING) for event in draft.events):
        return
    if going(draft.session):
        seat_who_waits(draft)
        hold_for_presenter(draft)
        drop_invitation(draft)
    pass_lead(draft)
