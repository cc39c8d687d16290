"""Who watches a room together: the connections that get the same view, and what they were sent last."""

from dataclasses import dataclass

from openbalint.live import wire
from openbalint.live.clients import Client
from openbalint.protocol.views import Audience

Answers = dict[Client, list[bytes]]  # what a connection is told just before the view that shows what it asked for


@dataclass(slots=True, eq=False)
class Watching:
    """The connections of an audience, until somebody comes, goes or watches something else."""

    audience: Audience
    clients: list[Client]
    _body: bytes | None = None  # what all of them were sent last; None: not all the same, each knows its own

    def show(self, body: bytes, tail: bytes, answers: Answers) -> None:
        """The view goes to those who have not seen it: framed once, the same bytes for all of them.

        Who would see nothing new gets nothing, so that not even the moment of what is hidden (a signal) is told.
        """
        if body is self._body:
            return
        behind = self.clients if self._body is not None else [one for one in self.clients if one.seen is not body]
        self._body, frame = body, wire.view_frame(body, tail)
        for client in behind:
            if client in answers:
                client.write_together(*answers.pop(client), frame)
            else:
                write = client.write  # in two steps: called as a method, an attribute is looked up far slower
                write(frame)

    def part(self) -> None:
        """They watch together no more: each connection knows for itself what it has seen."""
        if self._body is not None:
            for client in self.clients:
                client.seen = self._body
