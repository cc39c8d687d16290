"""The clock of one room: it rings when the next deadline of its session has come."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

SOON: Final = 0.01  # seconds: a deadline that has passed is met in the next turns of the loop, never in this one
LATER: Final = 5.0  # seconds until what went wrong by a mistake of ours is tried again


class Alarm:
    """One timer, for one moment. It rings once and is then unset."""

    def __init__(self, now: Callable[[], datetime], ring: Callable[[], None]) -> None:
        self._now, self._ring = now, ring
        self._timer: asyncio.TimerHandle | None = None
        self.at: datetime | None = None  # the moment that it is set for

    def set(self, at: datetime | None) -> None:
        """Ring at this moment and no other; None: at none."""
        if at is not None and at == self.at:
            return
        self.stop()
        if at is not None:
            wait = max(SOON, (at - self._now()).total_seconds())
            self._timer, self.at = asyncio.get_running_loop().call_later(wait, self._rings), at

    def set_later(self) -> None:
        """Ring in a while, for no moment: the right one could not be worked out, or what was due then failed."""
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(LATER, self._rings)

    @property
    def rests(self) -> bool:
        """Whether it will not ring."""
        return self._timer is None

    def stop(self) -> None:
        """Do not ring."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.at = None

    def _rings(self) -> None:
        self._timer = self.at = None
        self._ring()
