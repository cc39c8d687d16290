"""The live part as a process of its own, on any database, with its port in the log.

Words: ``pages`` serves them beside it; ``loudly`` logs everything that anybody logs; ``port=8123`` is where (a free one).
"""

import logging
import sys

from openbalint.cli import _django, _options

if __name__ == "__main__":
    _django.setup()
    if "loudly" in sys.argv:
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger("openbalint").setLevel(logging.DEBUG)
    port = next((int(word[5:]) for word in sys.argv if word.startswith("port=")), 0)
    if "pages" in sys.argv:
        from openbalint.cli import _server

        sys.exit(
            _server.run("127.0.0.1", port, announce=lambda origin: _options.tell(f"answer on {origin[7:]}"), live=True)
        )
    from openbalint.live import server

    server.run("127.0.0.1", port)
