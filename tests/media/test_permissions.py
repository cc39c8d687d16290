"""A permission is made whole from the rights: nothing is left to what the media server takes for granted."""

import pytest

from openbalint.media.permissions import Permission, Source, permission
from openbalint.protocol import commands as c
from openbalint.protocol.rights import Camera, Rights, microphone_is_open
from openbalint.protocol.scripts import PhaseKind, Picture
from tests.protocol.stage import Stage, ann, bob, lea, one_case

MIC, CAM = Source.MICROPHONE, Source.CAMERA
LISTENS = Permission(can_subscribe=True)
TABLE = [
    (Rights(speak=True, hear=True, camera=Camera.ALL), Permission(True, True, (MIC, CAM))),
    (Rights(speak=True, hear=True, camera=Camera.NONE), Permission(True, True, (MIC,))),
    (Rights(hear=True, camera=Camera.ALL), Permission(True, True, (CAM,))),
    (Rights(hear=True, camera=Camera.SMALL), Permission(True, True, (CAM,))),
    (Rights(hear=True, camera=Camera.LEADERS), Permission(True, True, (CAM,))),
    (Rights(hear=True), LISTENS),
    (Rights(), Permission()),
]


@pytest.mark.parametrize(("rights", "whole"), TABLE)
def test_every_kind_of_rights_gives_this_whole_permission(rights, whole):
    assert permission(rights, microphone=rights.speak) == whole


def test_nobody_is_hidden_records_is_an_agent_or_sends_data():
    for rights, _ in TABLE:
        given = permission(rights, microphone=rights.speak)
        assert {given.hidden, given.recorder, given.agent} == {False}
        assert {given.can_publish_data, given.can_update_metadata, given.can_subscribe_metrics} == {False}


@pytest.mark.parametrize("wrong", [{"can_publish": True}, {"can_publish_sources": (MIC,)}])
def test_no_source_would_mean_every_source_so_it_is_never_said(wrong):
    with pytest.raises(ValueError, match="no source would mean every source"):
        Permission(**wrong)


def granted(stage: Stage) -> dict[str, Permission]:
    rights = stage.room.rights
    return {
        who: permission(has, microphone=microphone_is_open(stage.session, rights, who)) for who, has in rights.items()
    }


PICTURES = {
    Picture.SMALL: Permission(True, True, (CAM,)),
    Picture.LEADERS: Permission(True, True, (CAM,)),
    Picture.CLOSED: LISTENS,
}


@pytest.mark.parametrize(("picture", "whole"), PICTURES.items())
def test_who_stepped_back_hears_and_publishes_no_sound(picture, whole):
    stage = Stage(one_case(picture=picture)).to(PhaseKind.DISCUSSION)
    assert granted(stage)[ann] == whole
    assert granted(stage)[bob] == Permission(True, True, (MIC, CAM))


def test_a_shared_microphone_follows_all_who_sit_there():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.TickIn(lea, "zoe", c.Seat.MEMBER))
    stage.do(c.Admit(lea, "zoe"))
    stage.do(c.SetShared(lea, bob, ("zoe",)))
    stage.do(c.StartRound(lea, stage.entry, "zoe"))
    assert granted(stage)[bob] == Permission(True, True, (MIC, CAM))
    stage.do(c.SetSilenced(lea, bob, silenced=True))
    assert granted(stage)[bob] == Permission(True, True, (CAM,))
