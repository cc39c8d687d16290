"""Draw the protocol: the table and the diagram of ``docs/protocol/table.md``, from ``openbalint.protocol.table``.

``make docs`` writes the file; a test keeps it fresh.
"""

from collections.abc import Iterator
from pathlib import Path

from openbalint.protocol.commands import Command
from openbalint.protocol.events import EVENTS
from openbalint.protocol.refusals import WHY
from openbalint.protocol.state import Status
from openbalint.protocol.table import ALLOWED, CHANGES, Row, Who

PAGE = Path(__file__).parent.parent / "docs" / "protocol" / "table.md"
HEAD = """# The protocol at a glance

Drawn from `src/openbalint/protocol/table.py` by `make docs`; please do not edit.

Who may ask what depends on how far the session is. What else a command needs (the phase, the number of the phase
entry, the person it names) is decided in `decide/`; a refusal changes nothing and says why with one of the codes below.

## How a session goes on
"""


def main() -> None:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_diagram(), *_table(), *_senders(), *_events(), *_refusals()]) + "\n"


def _diagram() -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {Status.LOBBY.value}")
    for (before, after), commands in CHANGES.items():
        yield f"    {before.value} --> {after.value}: {', '.join(_words(command) for command in commands)}"
    yield from (f"    {Status.CLOSED.value} --> [*]", "```", "")


def _table() -> Iterator[str]:
    yield from ("## Who may ask what, when", "")
    yield f"| command | {' | '.join(status.value for status in Status)} |"
    yield "|---" * (len(Status) + 1) + "|"
    for command in _commands():
        cells = " | ".join(_cell(ALLOWED[status].get(command)) for status in Status)
        yield f"| {_words(command)} | {cells} |"
    yield ""


def _commands() -> list[type[Command]]:
    """In the order of the columns in which they first occur."""
    return list(dict.fromkeys(command for status in Status for command in ALLOWED[status]))


def _cell(row: Row | None) -> str:
    return ", ".join(who.value for who in Who if who in row) if row else "–"


def _words(command: type[Command]) -> str:
    """``SetHand`` as the wire says it: ``set-hand``."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in command.__name__).lstrip("-")


def _senders() -> Iterator[str]:
    yield "*leaders*: every leader who is there and does not present. *assistant without a leader*: while none is there."
    yield "*circle*: whoever has a chair in it; what they may do at this moment is said by `rights.py`."
    yield ""


def _events() -> Iterator[str]:
    yield from ("## What the log can hold", "")
    for name, event in EVENTS.items():
        yield f"- `{name}`: {(event.__doc__ or '').strip().splitlines()[0]}"
    yield ""


def _refusals() -> Iterator[str]:
    yield from ("## Why a command is refused", "")
    for code, why in WHY.items():
        yield f"- `{code}`: {why}"


if __name__ == "__main__":
    main()
