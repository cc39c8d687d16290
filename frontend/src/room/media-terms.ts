// What LiveKit's values mean here: how a room is joined, what is granted, why a device did not come, what was received.

import { AudioPresets, MediaDeviceFailure, type Room, type RoomOptions, Track, VideoPresets } from "livekit-client";
import type { Seal, Trouble } from "./media.ts";
import type { Packets } from "./media-numbers.ts";

export interface Devices {
  microphone: string; // device ids; empty: the system's choice
  camera: string;
  speaker: string;
}

/** How a room is joined: chairs are small, voices matter most. */
export function options(devices: Devices): RoomOptions {
  const device = (id: string): { deviceId?: string } => (id ? { deviceId: id } : {});
  return {
    adaptiveStream: { pixelDensity: "screen" },
    dynacast: true,
    stopLocalTrackOnUnpublish: true,
    audioCaptureDefaults: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...device(devices.microphone),
    },
    videoCaptureDefaults: {
      resolution: VideoPresets.h360.resolution,
      facingMode: "user",
      ...device(devices.camera),
    },
    publishDefaults: {
      audioPreset: AudioPresets.speech,
      simulcast: true,
      videoSimulcastLayers: [VideoPresets.h90, VideoPresets.h180],
      stopMicTrackOnMute: false, // so that the first word of a held space bar is heard
    },
    ...(devices.speaker ? { audioOutput: { deviceId: devices.speaker } } : {}),
  };
}

/** Whether the server lets this source out now. An empty list of sources means all. */
export function granted(mine: Room["localParticipant"], source: Track.Source): boolean {
  const allowed = mine.permissions;
  if (!allowed?.canPublish) return false;
  const number = source === Track.Source.Microphone ? 2 : 1; // of LiveKit's protocol
  return allowed.canPublishSources.length === 0 || allowed.canPublishSources.includes(number);
}

/** Why a device did not come; null: it was not the device. */
export function troubleOf(error: unknown): Trouble | null {
  switch (MediaDeviceFailure.getFailure(error)) {
    case MediaDeviceFailure.PermissionDenied:
      return "denied";
    case MediaDeviceFailure.NotFound:
      return "missing";
    case MediaDeviceFailure.DeviceInUse:
      return "busy";
    default:
      return error instanceof DOMException || error instanceof TypeError ? "other" : null;
  }
}

/** Sealed means: everybody whose sound or picture comes sends it encrypted, and so does this device. */
export function sealOf(room: Room): Seal {
  const others = [...room.remoteParticipants.values()].filter((person) => person.trackPublications.size > 0);
  return room.isE2EEEnabled && others.every((person) => person.isEncrypted) ? "sealed" : "broken";
}

/** Packets of all sounds that are received, counted now. */
export async function packetsOf(room: Room): Promise<Packets> {
  const all = { received: 0, lost: 0 };
  for (const person of room.remoteParticipants.values()) {
    for (const one of person.audioTrackPublications.values()) {
      const report = await one.track?.getRTCStatsReport();
      for (const stats of report?.values() ?? []) {
        if (stats.type !== "inbound-rtp") continue;
        all.received += Number(stats.packetsReceived ?? 0);
        all.lost += Number(stats.packetsLost ?? 0);
      }
    }
  }
  return all;
}
