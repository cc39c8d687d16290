// Who sees whom: to whom the own picture goes, and whether those of the others come.

import { type RemoteTrackPublication, type Room, Track } from "livekit-client";
import type { PersonId } from "./wire.ts";

/**
 * To whom the own picture goes; null: to everybody. This is set for a whole person, so that others are named with the
 * microphone alone.
 */
export function showTo(room: Room, viewers: readonly PersonId[] | null): void {
  const mine = room.localParticipant;
  if (viewers === null) {
    mine.setTrackSubscriptionPermissions(true);
    return;
  }
  const microphone = mine.getTrackPublication(Track.Source.Microphone)?.trackSid;
  const heardBy = [...room.remoteParticipants.keys()].filter((person) => !viewers.includes(person));
  mine.setTrackSubscriptionPermissions(false, [
    ...viewers.map((participantIdentity) => ({ participantIdentity, allowAll: true })),
    ...heardBy.map((participantIdentity) => ({
      participantIdentity,
      allowedTrackSids: microphone ? [microphone] : [],
    })),
  ]);
}

/** Whether the pictures of the others come. */
export function look(room: Room, wanted: boolean): void {
  for (const person of room.remoteParticipants.values()) {
    for (const picture of person.videoTrackPublications.values()) {
      const remote = picture as RemoteTrackPublication;
      if (remote.isDesired !== wanted) remote.setSubscribed(wanted);
    }
  }
}
