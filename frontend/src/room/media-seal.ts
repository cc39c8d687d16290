// End-to-end encryption: the key, the worker that encrypts every frame, and the test before joining. Nothing is joined
// unsealed where a seal is asked for.
//
// The test does what a meeting does, inside this browser: a picture goes over a real peer connection through the same
// worker, once to somebody with the key, once to somebody with another one. It is passed when the first sees it and the
// second does not. Firefox passes it alone, but pictures that it seals are not read by Chrome
// (livekit/client-sdk-js#2103), so a mixed group would sit in the dark: there the test says that it cannot.

import { ExternalE2EEKeyProvider, isE2EESupported } from "livekit-client";

export interface Sealing {
  keyProvider: ExternalE2EEKeyProvider;
  worker: Worker;
}

/** What a room needs to be sealed; null where this browser cannot. */
export async function sealing(key: string): Promise<Sealing | null> {
  if (!canSeal()) return null;
  return { keyProvider: await provider(bytes(key)), worker: sealWorker() };
}

function canSeal(): boolean {
  return isE2EESupported() && !navigator.userAgent.includes("Firefox/");
}

function sealWorker(): Worker {
  return new Worker(new URL("../e2ee-worker.js", import.meta.url));
}

async function provider(key: Uint8Array<ArrayBuffer>): Promise<ExternalE2EEKeyProvider> {
  const keyProvider = new ExternalE2EEKeyProvider();
  await keyProvider.setKey(key.buffer);
  return keyProvider;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

// ── the test before joining ─────────────────────────────────────────────────────────────────────────────────────────

const PERIOD = 100; // ms between two looks
const SEEN = 6000; // ms until a picture that can be read must have come
const UNSEEN = 1500; // ms that a picture must stay away that cannot be read
const WHO = "test";

/** Whether frames sealed here can be read with the key, and cannot be read without. */
export async function sealTest(): Promise<boolean> {
  if (!canSeal() || !("RTCRtpScriptTransform" in window)) return false;
  const [key, other] = [random(), random()];
  const picture = moving();
  const ends: RTCPeerConnection[] = [];
  const workers: Worker[] = [];
  try {
    const read = async (theirs: Uint8Array<ArrayBuffer>, wait: number): Promise<boolean> => {
      const [out, back] = [await ready(key), await ready(theirs)];
      workers.push(out, back);
      const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
      ends.push(near, far);
      near.addTrack(picture.track).transform = new RTCRtpScriptTransform(out, transformer("encode"));
      far.ontrack = ({ receiver }) => {
        receiver.transform = new RTCRtpScriptTransform(back, transformer("decode"));
      };
      preferVp8(near);
      await meet(near, far);
      return decoded(far, wait);
    };
    return (await read(key, SEEN)) && !(await read(other, UNSEEN));
  } catch {
    return false;
  } finally {
    for (const end of ends) end.close();
    for (const worker of workers) worker.terminate();
    picture.stop();
  }
}

function transformer(kind: "encode" | "decode"): object {
  return { kind, participantIdentity: WHO, trackId: kind, codec: "vp8", hasPacketTrailer: false };
}

function random(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32));
}

/** A worker that knows a key. */
async function ready(key: Uint8Array<ArrayBuffer>): Promise<Worker> {
  const keys = await provider(key);
  const worker = sealWorker();
  worker.postMessage({ kind: "init", data: { keyProviderOptions: keys.getOptions(), loglevel: 5 } });
  for (const info of keys.getKeys()) {
    worker.postMessage({ kind: "setKey", data: { ...info, isPublisher: true, updateCurrentKeyIndex: true } });
  }
  worker.postMessage({ kind: "enable", data: { enabled: true, participantIdentity: WHO } });
  return worker;
}

/** A small picture that changes all the time. */
function moving(): { track: MediaStreamTrack; stop: () => void } {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [160, 120];
  const context = canvas.getContext("2d");
  let at = 0;
  const timer = window.setInterval(() => {
    if (!context) return;
    context.fillStyle = at++ % 2 ? "#fff" : "#000";
    context.fillRect((at * 7) % 150, (at * 5) % 110, 12, 12);
  }, PERIOD);
  const [track] = canvas.captureStream(1000 / PERIOD).getVideoTracks();
  if (!track) throw new TypeError("a canvas without a picture");
  return {
    track,
    stop: () => {
      window.clearInterval(timer);
      track.stop();
    },
  };
}

/** The codec that the transform is told of. */
function preferVp8(near: RTCPeerConnection): void {
  const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
  for (const transceiver of near.getTransceivers()) {
    transceiver.setCodecPreferences(codecs.filter((codec) => codec.mimeType.toLowerCase() === "video/vp8"));
  }
}

async function meet(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  near.onicecandidate = ({ candidate }) => candidate && void far.addIceCandidate(candidate);
  far.onicecandidate = ({ candidate }) => candidate && void near.addIceCandidate(candidate);
  await near.setLocalDescription();
  if (near.localDescription) await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  if (far.localDescription) await near.setRemoteDescription(far.localDescription);
}

async function decoded(far: RTCPeerConnection, wait: number): Promise<boolean> {
  for (let waited = 0; waited < wait; waited += PERIOD) {
    await new Promise((done) => setTimeout(done, PERIOD));
    for (const stats of (await far.getStats()).values()) {
      if (stats.type === "inbound-rtp" && Number(stats.framesDecoded ?? 0) > 1) return true;
    }
  }
  return false;
}
