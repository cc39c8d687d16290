"""People without a browser: they join a real LiveKit, speak, listen, and know what they heard."""

import asyncio
import contextlib
import math
import os
from pathlib import Path
import struct
import time
from typing import Any

from livekit import rtc
import pytest

from openbalint.media import process

PATIENCE = 15.0  # seconds; nothing here takes one, unless the machine is busy
RATE, BLOCK = 48000, 480
LOUD = 500  # of 32767: between silence and the tone
_TONE = struct.pack(f"<{BLOCK}h", *(int(8000 * math.sin(2 * math.pi * 400 * at / RATE)) for at in range(BLOCK)))


def program() -> Path:
    """The media server's program; without it the test is skipped, loudly."""
    found = process.find(os.environ)
    if found is None:
        pytest.skip("livekit-server is not here: run `make livekit` (needs Go 1.26 or newer), or put it on PATH")
    return found


class Device:
    """One participant of a room. ``heard``: when somebody was last heard, by identity."""

    def __init__(self) -> None:
        self.room = rtc.Room()
        self.heard: dict[str, float] = {}
        self.gone: asyncio.Event = asyncio.Event()
        self._work: set[asyncio.Task[None]] = set()
        self._publication: rtc.LocalTrackPublication | None = None
        self.room.on("track_subscribed", self._subscribed)
        self.room.on("disconnected", lambda *_: self.gone.set())

    async def come(self, url: str, token: str) -> "Device":
        """Join."""
        await asyncio.wait_for(self.room.connect(url, token, rtc.RoomOptions(auto_subscribe=True)), PATIENCE)
        return self

    async def speak(self, source: Any = rtc.TrackSource.SOURCE_MICROPHONE) -> None:
        """Open the microphone and make a tone until one goes. Raises rtc.room.PublishTrackError where one may not."""
        sound = rtc.AudioSource(RATE, 1)
        track = rtc.LocalAudioTrack.create_audio_track("tone", sound)
        options = rtc.TrackPublishOptions(source=source)
        self._publication = await asyncio.wait_for(self.room.local_participant.publish_track(track, options), PATIENCE)
        self._begin(self._sing(sound))

    async def _sing(self, sound: rtc.AudioSource) -> None:
        while True:
            await sound.capture_frame(rtc.AudioFrame(_TONE, RATE, 1, BLOCK))

    def _subscribed(self, track: rtc.Track, _: rtc.RemoteTrackPublication, who: rtc.RemoteParticipant) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            self._begin(self._listen(track, who.identity))

    async def _listen(self, track: rtc.Track, who: str) -> None:
        stream = rtc.AudioStream(track)
        async for event in stream:
            if max(map(abs, event.frame.data)) > LOUD:
                self.heard[who] = time.monotonic()
        await stream.aclose()

    def _begin(self, work) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def hears(self, who: str) -> None:
        """Wait until somebody is heard from now on."""
        now = time.monotonic()
        await until(lambda: self.heard.get(who, 0) > now)

    async def silence(self, who: str, seconds: float = 1.0) -> float:
        """Wait until somebody was not heard for so long; when they were last heard."""
        await until(lambda: time.monotonic() - self.heard.get(who, 0) > seconds)
        return self.heard.get(who, 0)

    async def go(self) -> None:
        """Leave."""
        for task in list(self._work):
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        with contextlib.suppress(Exception):
            await self.room.disconnect()


async def until(true) -> None:
    """Wait for something."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)
