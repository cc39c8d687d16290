// The check page's hands: asks for devices, listens to the microphone's level, shows the own picture, plays a tone, and
// tries the line. Loaded when the page is shown. The level goes straight to its element and never through the store.

import { type Check, type Device, type Kind, NEW_CHECK, verdictOf } from "./check.ts";
import type { Captured, Trouble } from "./media.ts";
import type { PassAnswer } from "./media-line.ts";

export interface CheckPort {
  check(): Check;
  change(change: Partial<Check>): void;
  testPass(): Promise<PassAnswer>;
  sealed: boolean;
}

const LOUD = 0.05; // of full scale: somebody speaks
const TONE = 1.4; // seconds

export class CheckLive {
  #port: CheckPort;
  #streams: Partial<Record<Captured, MediaStream>> = {};
  #audio: AudioContext | null = null;
  #meter = 0; // the animation frame
  #gone = false;

  constructor(port: CheckPort) {
    this.#port = port;
    navigator.mediaDevices?.addEventListener("devicechange", this.#changed);
  }

  /** Asks for microphone and camera, then tries the line. */
  async start(): Promise<void> {
    this.#port.change({ started: true, asking: true, trouble: NEW_CHECK.trouble });
    if (!navigator.mediaDevices) {
      this.#port.change({ asking: false, trouble: { microphone: "insecure", camera: "insecure" } });
    } else {
      await this.#capture("microphone");
      await this.#capture("camera");
      await this.#list();
    }
    this.#port.change({ asking: false });
    await Promise.all([this.#line(), this.#seal()]);
  }

  async choose(kind: Kind, id: string): Promise<void> {
    const check = this.#port.check();
    this.#port.change({ chosen: { ...check.chosen, [kind]: id } });
    if (kind !== "speaker") await this.#capture(kind);
  }

  /** A calm tone from the chosen speaker. */
  async tone(): Promise<void> {
    const context = new AudioContext();
    const speaker = this.#port.check().chosen.speaker;
    if (speaker && "setSinkId" in context) {
      await (context as AudioContext & { setSinkId(id: string): Promise<void> })
        .setSinkId(speaker)
        .catch(() => undefined);
    }
    const [note, loudness] = [context.createOscillator(), context.createGain()];
    note.frequency.value = 440;
    loudness.gain.setValueAtTime(0, context.currentTime);
    loudness.gain.linearRampToValueAtTime(0.2, context.currentTime + 0.2);
    loudness.gain.linearRampToValueAtTime(0, context.currentTime + TONE);
    note.connect(loudness).connect(context.destination);
    note.start();
    note.stop(context.currentTime + TONE);
    note.onended = () => void context.close();
  }

  /** The own picture, in the element that was just drawn. */
  seat(root: HTMLElement): void {
    const element = root.querySelector<HTMLVideoElement>("video[data-preview]");
    const stream = this.#streams.camera ?? null;
    if (!element || element.srcObject === stream) return;
    element.srcObject = stream;
    element.muted = true;
    void element.play().catch(() => undefined);
  }

  stop(): void {
    this.#gone = true;
    navigator.mediaDevices?.removeEventListener("devicechange", this.#changed);
    for (const kind of ["microphone", "camera"] as const) this.#drop(kind);
    cancelAnimationFrame(this.#meter);
    void this.#audio?.close();
  }

  #changed = (): void => void this.#list();

  async #capture(kind: Captured): Promise<void> {
    this.#drop(kind);
    const id = this.#port.check().chosen[kind];
    const wanted: MediaTrackConstraints = id ? { deviceId: { exact: id } } : {};
    try {
      const stream = await navigator.mediaDevices.getUserMedia(
        kind === "microphone"
          ? { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...wanted } }
          : { video: { facingMode: "user", width: 640, height: 360, ...wanted } },
      );
      if (this.#gone) return stopAll(stream);
      this.#streams[kind] = stream;
      this.#trouble(kind, null);
      if (kind === "microphone") this.#listen(stream);
    } catch (error) {
      this.#trouble(kind, troubleOf(error));
    }
  }

  #trouble(kind: Captured, trouble: Trouble | null): void {
    this.#port.change({ trouble: { ...this.#port.check().trouble, [kind]: trouble } });
  }

  #drop(kind: Captured): void {
    const stream = this.#streams[kind];
    delete this.#streams[kind];
    if (stream) stopAll(stream);
  }

  async #list(): Promise<void> {
    const devices = await listDevices();
    if (!this.#gone) this.#port.change({ devices });
  }

  #listen(stream: MediaStream): void {
    cancelAnimationFrame(this.#meter);
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
    const analyser = this.#audio.createAnalyser();
    analyser.fftSize = 1024;
    this.#audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = (): void => {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
      document.querySelector<HTMLElement>("[data-level]")?.style.setProperty("--level", loudness(level).toFixed(3));
      if (level > LOUD && !this.#port.check().heard) this.#port.change({ heard: true });
      this.#meter = requestAnimationFrame(look);
    };
    look();
  }

  async #line(): Promise<void> {
    this.#port.change({ verdict: "testing" });
    const pass = await this.#port.testPass();
    const { tryLine } = await import("./media-try.ts");
    const facts = await tryLine(pass, this.#streams.microphone?.getAudioTracks()[0] ?? null);
    const host = typeof pass === "object" ? new URL(pass.url).host : "";
    if (!this.#gone) this.#port.change({ verdict: verdictOf(facts), host });
  }

  async #seal(): Promise<void> {
    if (!this.#port.sealed) return;
    this.#port.change({ seal: "testing" });
    const { sealTest } = await import("./media-seal.ts");
    const able = await sealTest();
    if (!this.#gone) this.#port.change({ seal: able ? "able" : "unable" });
  }
}

/** What is plugged in. Browsers tell names once a device has been allowed. */
export async function listDevices(): Promise<Check["devices"]> {
  const found = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const of = (kind: MediaDeviceKind): Device[] =>
    found.filter((one) => one.kind === kind && one.label).map((one) => ({ id: one.deviceId, name: one.label }));
  return { microphone: of("audioinput"), camera: of("videoinput"), speaker: of("audiooutput") };
}

/** Loudness as the ear has it, 0 … 1: −50 dB is nothing. */
function loudness(level: number): number {
  return Math.max(0, Math.min(1, (20 * Math.log10(level + 1e-6) + 50) / 45));
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function troubleOf(error: unknown): Trouble {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "other";
  }
}
