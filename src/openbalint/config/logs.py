"""Log lines that cannot hold what people said or typed.

Messages of exceptions carry values (a unique name that is taken, a text that did not fit), and addresses carry tokens.
So a line has time, level, logger and the message that our code wrote; a request is named by its route, never by its
address; of an exception only its kind and where it happened remain.
"""

import logging
import traceback
from types import TracebackType
from typing import Any


class FactsFormatter(logging.Formatter):
    """Formats a record without the words of exceptions and without addresses of requests."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Give a request its route; keep no traceback that another formatter has cached."""
        request = getattr(record, "request", None)
        plain = logging.makeLogRecord({**record.__dict__, "exc_text": None, "stack_info": None})
        if request is not None:
            plain.msg, plain.args = (
                "%s %s gave %s",
                (request.method, _route(request), getattr(record, "status_code", "?")),
            )
        return super().format(plain)

    def formatException(  # noqa: N802
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Kinds and places, the cause first, as Python prints them, less the message."""
        error, parts = ei[1], list[str]()
        while error is not None:
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(parts))


def _route(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else "no route"
