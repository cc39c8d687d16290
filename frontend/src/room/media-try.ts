// The connection test: a room of one's own on the media server, and a moment of sound to it. Loaded on the check page.

import { type LocalTrackPublication, Room, Track } from "livekit-client";
import type { Facts } from "./check.ts";
import { isPass, type PassAnswer } from "./media-line.ts";

const LONGEST = 12_000; // ms
const LOOK = 250;

export async function tryLine(pass: PassAnswer, sound: MediaStreamTrack | null): Promise<Facts> {
  const facts: Facts = { token: isPass(pass), connected: false, published: null, path: null };
  if (!isPass(pass)) return facts;
  const room = new Room({ stopLocalTrackOnUnpublish: false });
  try {
    await inTime(room.connect(pass.url, pass.token, { maxRetries: 0 }));
    facts.connected = true;
    if (sound && room.localParticipant.permissions?.canPublish !== false) {
      facts.published = false;
      const copy = sound.clone();
      const source = Track.Source.Microphone;
      const published = await inTime(room.localParticipant.publishTrack(copy, { source }));
      facts.path = await inTime(pathOf(published));
      facts.published = true;
      copy.stop();
    }
  } catch {
    // what was reached until here is the answer
  } finally {
    await room.disconnect();
  }
  return facts;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new Error("late")), LONGEST);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    window.clearTimeout(timer);
  }
}

/** How packets go: waits until some have gone. */
async function pathOf(published: LocalTrackPublication): Promise<"direct" | "detour"> {
  for (;;) {
    const report = [...((await published.track?.getRTCStatsReport())?.values() ?? [])];
    const pair = report.find((one) => one.type === "candidate-pair" && one.state === "succeeded" && one.bytesSent > 0);
    const local = pair && report.find((one) => one.id === pair.localCandidateId);
    if (local) return local.protocol === "udp" && local.candidateType !== "relay" ? "direct" : "detour";
    await new Promise((done) => setTimeout(done, LOOK));
  }
}
