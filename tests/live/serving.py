"""The live part as a process of its own, as tests start it: on any database, port 0, the port in the log."""

from openbalint.cli import _django

if __name__ == "__main__":
    _django.setup()
    from openbalint.live import server

    server.run("127.0.0.1", 0)
