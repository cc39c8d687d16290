"""Running uvicorn. Addresses hold invitations, so none is logged; who the client is, the trusted proxy alone may say."""

from collections.abc import Callable
import socket

from django.conf import settings
import uvicorn

from openbalint.cli import _options


class _Announcing(uvicorn.Server):
    """Says where it answers, once it does."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], None]) -> None:
        super().__init__(config)
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            host = f"[{self.config.host}]" if ":" in self.config.host else self.config.host
            self.announce(f"http://{host}:{port}")


def run(host: str, port: int, *, announce: Callable[[str], None], live: bool) -> int:
    """Serve until told to stop, with web sockets if `live`; `announce` gets the origin. The exit status.

    A demonstration is refused beyond this machine: its links open every door.
    """
    if settings.OPENBALINT_DEMO and host not in _options.LOOPBACK:
        return _options.complain("A demonstration is for this machine alone. Please leave --host away.")
    config = uvicorn.Config(
        "openbalint.config.asgi:application",
        host=host,
        port=port,
        ws="openbalint.live.socket:LiveProtocol" if live else "none",
        lifespan="on" if live else "off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.OPENBALINT_TLS,
        forwarded_allow_ips=list(settings.OPENBALINT_PROXIES),
        timeout_graceful_shutdown=5,
    )
    server = _Announcing(config, announce)
    server.run()
    return 0 if server.started else 1
