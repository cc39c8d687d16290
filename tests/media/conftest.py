"""The media server in memory, and a real one."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from openbalint.media import process
from openbalint.media.livekit import LiveKit
from openbalint.media.memory import Memory
from openbalint.media.port import MediaServer
from openbalint.media.process import Running
from tests.media.devices import program


@pytest.fixture(scope="session")
def livekit_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A real LiveKit, alone with this run."""
    log = tmp_path_factory.mktemp("livekit") / "log"
    with process.running(program(), log=log) as found:
        yield found


@pytest_asyncio.fixture
async def livekit(livekit_server: Running) -> AsyncIterator[LiveKit]:
    """A client of the real one."""
    client = LiveKit(livekit_server.api_url, livekit_server.key, livekit_server.secret)
    yield client
    await client.close()


@pytest_asyncio.fixture(params=["in memory", "LiveKit"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[MediaServer]:
    """Both, one after the other."""
    if request.param == "in memory":
        yield Memory()
        return
    running: Running = request.getfixturevalue("livekit_server")
    client = LiveKit(running.api_url, running.key, running.secret)
    yield client
    await client.close()
