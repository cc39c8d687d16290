"""A cable between a browser and the server that can be pulled out: a real loss of connection, sockets and all. Or it stalls:
then no byte comes through, and nobody is told.

The browser's own emulation of being offline leaves an open web socket alone, so it proves nothing about one.
"""

from contextlib import suppress
import socket
import threading
from urllib.parse import urlsplit

CHUNK = 65536


class Cable:
    """Passes bytes from a port of its own to a server, until it is pulled out; and again once it is put back."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        assert parts.hostname
        assert parts.port
        self._server = (parts.hostname, parts.port)
        self._ends: set[socket.socket] = set()
        self._whole = True
        self._flowing = threading.Event()
        self._flowing.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def pull(self) -> None:
        """Cut what is open and let nothing through."""
        self._whole = False
        for end in list(self._ends):
            _close(end)

    def plug(self) -> None:
        """Let new connections through."""
        self._whole = True

    def stall(self) -> None:
        """Hold everything back, and close nothing."""
        self._flowing.clear()

    def flow(self) -> None:
        """Let through what was held back, and what comes."""
        self._flowing.set()

    def away(self) -> None:
        """Take the cable away for good."""
        self.pull()
        self.flow()
        _close(self._listener)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self._whole:
                    self._join(near)
                else:
                    near.close()

    def _join(self, near: socket.socket) -> None:
        far = socket.create_connection(self._server)
        self._ends |= {near, far}
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._flowing.wait()
                target.sendall(data)
        for end in (source, target):
            self._ends.discard(end)
            _close(end)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
