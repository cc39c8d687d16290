"""The live part as a process of its own, on any database, with its port in the log.

Words: ``pages`` serves them beside it; ``loudly`` logs everything that anybody logs; ``port=8123`` is where (a free one);
``beat=1`` is after how many seconds each beat follows the last.
"""

import logging
import sys

from openbalint.cli import _django, _options

if __name__ == "__main__":
    _django.setup()
    if "loudly" in sys.argv:
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger("openbalint").setLevel(logging.DEBUG)
    given = dict(word.split("=") for word in sys.argv if "=" in word)
    port = int(given.get("port", 0))
    if "beat" in given:
        from openbalint.live import rooms

        rooms.BEAT_EVERY = float(given["beat"])
    if "pages" in sys.argv:
        from openbalint.cli import _server

        sys.exit(
            _server.run("127.0.0.1", port, announce=lambda origin: _options.tell(f"answer on {origin[7:]}"), live=True)
        )
    from openbalint.live import server

    server.run("127.0.0.1", port)
