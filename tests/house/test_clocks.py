"""A device's clock may be set while people speak: the room measures durations by a clock that nobody sets."""

import re

from tests.house.repository import ROOT

ROOM = ROOT / "frontend/src/room"
TIME_OF_DAY = re.compile(r"\bDate\.now\b|\bnew Date\(\)")


def test_the_room_reads_the_time_of_day_in_one_place():
    scripts = (path for path in sorted(ROOM.rglob("*.ts")) if ".test" not in path.name)
    found = {path.name for path in scripts if TIME_OF_DAY.search(path.read_text("utf-8"))}
    assert found == {"world.ts"}, "For a duration ask World.elapsed() or performance.now()."
