"""The clock of one room: it rings when the next deadline of its session has come."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

SOON: Final = 0.01  # seconds: a deadline that has passed is met in the next turns of the loop, never in this one


class Alarm:
    """One timer, for one moment. It rings once and is then unset."""

    def __init__(self, now: Callable[[], datetime], ring: Callable[[], None]) -> None:
        self._now, self._ring = now, ring
        self._timer: asyncio.TimerHandle | None = None
        self._at: datetime | None = None

    def set(self, at: datetime | None) -> None:
        """Ring at this moment and no other; None: at none."""
        if at == self._at:
            return
        self.stop()
        if at is not None:
            wait = max(SOON, (at - self._now()).total_seconds())
            self._timer, self._at = asyncio.get_running_loop().call_later(wait, self._rings), at

    def stop(self) -> None:
        """Do not ring."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._at = None

    def _rings(self) -> None:
        self._timer = self._at = None
        self._ring()
