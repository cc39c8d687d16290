"""The name by which a process holds its rooms: host and process id, so that a dead owner on this host is seen at once."""

import os
import socket


def own() -> str:
    """This process. In a container that starts again with the same id, the same as before: it takes its rooms back."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_gone(owner: str) -> bool:
    """Whether the owner was a process of this host that is no more. False for what cannot be known."""
    host, _, process = owner.rpartition(":")
    if host != socket.gethostname() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
