"""Mistakes of our own: they cost one command, and a log tells their place without a word of what was said."""

import traceback
from typing import Final

OURS: Final = "unavailable"  # the code where something was not done by a mistake of ours


def place_of(error: Exception) -> str:
    """What it is and where it happened. Its message is left out: it may hold what somebody typed."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {last.name}:{last.lineno}"
