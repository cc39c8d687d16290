// A connection and its tracks: whether it comes about, whether the own ones go out and to whom, and whether the pictures of
// the others come.

import { ConnectionState, type LocalTrack, type RemoteTrackPublication, type Room, Track } from "livekit-client";
import type { Ending, Pass } from "./media-line.ts";
import type { PersonId } from "./wire.ts";

/** Makes a connection; null, or how it ended instead. */
export async function connected(room: Room, pass: Pass, sealed: boolean): Promise<Ending | null> {
  try {
    if (sealed) await room.setE2EEEnabled(true);
    await room.connect(pass.url, pass.token, { maxRetries: 0 });
    return null;
  } catch {
    return "lost";
  }
}

/** Sends out what a device gives. If that is wanted no more, or fails, the device is closed. */
export async function publishOrStop(room: Room, tracks: readonly LocalTrack[], isWanted: () => boolean): Promise<void> {
  let out = false;
  try {
    if (!isWanted()) return;
    for (const track of tracks) await room.localParticipant.publishTrack(track);
    out = room.state !== ConnectionState.Disconnected; // the client tells nobody that it ended meanwhile
  } finally {
    if (!out) for (const track of tracks) track.stop();
  }
}

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
