// The one place that speaks LiveKit. It makes the world equal to the wish (media.ts) and tells what has happened; it
// decides nothing about rights. Loaded only by whoever joins with sound.
//
// Traps it minds: a microphone that the server has taken is stopped by the client and has to be published anew; a grant
// may arrive after the view that promises it, so publishing waits for the grant; who may see a track is set before it
// is published and again after every reconnect, and as it is set for a whole person, whoever may not see the picture is
// named with the microphone alone; a second tab of the same person ends this connection and is not fought; a connection
// that ends takes its tracks back first, and whatever is published on it then waits a quarter of a minute for nothing.

import {
  ConnectionState,
  type DisconnectReason,
  type LocalTrackPublication,
  type Participant,
  type RemoteTrack,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
} from "livekit-client";
import { type Captured, goesOut, type Happening, isFor, type Joining, type Line, type Wish } from "./media.ts";
import { Faces } from "./media-faces.ts";
import { type Ending, ending, isOutage, isPass, type Pass, type PassAnswer, patience } from "./media-line.ts";
import { isWeak, type Loss, NO_LOSS, sampled } from "./media-numbers.ts";
import { sealing } from "./media-seal.ts";
import { type Devices, granted, options, packetsOf, sealOf, troubleOf } from "./media-terms.ts";
import { connected, look, publishOrStop, showTo } from "./media-tracks.ts";

/** What the page gives and takes. */
export interface Port {
  pass(): Promise<PassAnswer>;
  tell(happening: Happening): void;
  devices(): Devices;
}

const SOURCES = { microphone: Track.Source.Microphone, camera: Track.Source.Camera } as const;

const SAMPLE = 5000; // ms between two counts of packets
const GRANT = 400; // ms until a publication is tried again that came before its grant
const CONNECTING = 14_000; // ms until a connection that does not come about is given up, before the client does
const HELD_BACK = 3000; // ms until a pass that the person has no right to now is asked for again

setLogLevel("silent"); // addresses and tokens are nobody's business

export class LiveMedia {
  #port: Port;
  #wish: Wish = { wish: "apart" };
  #room: Room | null = null;
  #key = ""; // of the connection that stands or is being made
  #failures = 0;
  #timer = 0;
  #line: Line = "off"; // as last told
  #busy = false;
  #again = false;
  #giveUp: () => void = () => undefined; // ends the wait for a connection that is being made
  #capturing = new Set<Captured>(); // asked of the browser and not yet out, in this connection
  #loss: Loss = NO_LOSS;
  #faces: Faces;
  #sealed = false;

  constructor(port: Port) {
    this.#port = port;
    this.#faces = new Faces((faces) => port.tell({ now: "faces", faces }));
    window.setInterval(() => void this.#count(), SAMPLE);
    document.addEventListener("visibilitychange", () => void this.#seenAgain());
  }

  want(wish: Wish): void {
    if (JSON.stringify(wish) === JSON.stringify(this.#wish)) return;
    this.#wish = wish;
    if (!isFor(wish, this.#key)) this.#giveUp();
    void this.#settle();
  }

  /** Try at once what would be tried later: a pass that was held back, and after an outage only when it is over. */
  hurry(over: boolean): void {
    if (this.#timer && (over || this.#failures === 0)) void this.#settle();
  }

  /** Pictures go to the chairs that were just drawn. */
  seat(root: HTMLElement): void {
    this.#faces.seat(root, this.#room);
  }

  async play(): Promise<void> {
    await this.#room?.startAudio().catch(() => undefined);
  }

  async use(kind: MediaDeviceKind, device: string): Promise<void> {
    await this.#room?.switchActiveDevice(kind, device || "default").catch(() => undefined);
  }

  // ── towards the wish ──────────────────────────────────────────────────────────────────────────────────────────────

  /** One thing at a time; what changes meanwhile is looked at afterwards. */
  async #settle(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    try {
      do {
        this.#again = false;
        await this.#once(this.#wish);
      } while (this.#again);
    } finally {
      this.#busy = false;
    }
  }

  async #once(wish: Wish): Promise<void> {
    if (wish.wish === "apart") {
      await this.#leave();
      return;
    }
    if (this.#key !== wish.key || !this.#room) await this.#join(wish);
    if (this.#room && this.#wish === wish) this.#publish(this.#room, wish);
  }

  /** Once more in a moment, if the connection is the same then. */
  #soon(room: Room): void {
    window.setTimeout(() => {
      if (room === this.#room) void this.#settle();
    }, GRANT);
  }

  async #leave(): Promise<void> {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#line === "off" || this.#line === "elsewhere") return;
    this.#failures = 0;
    await this.#forget()?.disconnect();
    this.#tellLine("off");
  }

  /** From now on there is no connection; the one there was. */
  #forget(): Room | null {
    const room = this.#room;
    this.#room = null;
    this.#key = "";
    this.#faces.clear();
    return room;
  }

  async #join(wish: Joining): Promise<void> {
    await this.#forget()?.disconnect();
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#tellLine(this.#failures ? "down" : "connecting");
    const pass = await this.#port.pass();
    if (!isFor(this.#wish, wish.key)) return; // by now something else is, which comes next
    if (!isPass(pass)) this.#later(isOutage(pass));
    else if (pass.room === wish.place) await this.#connect(pass, wish.key);
    else this.#later(false); // the view and the media server do not yet agree
  }

  async #connect(pass: Pass, key: string): Promise<void> {
    const seal = pass.key === null ? null : await sealing(pass.key);
    if (pass.key !== null && seal === null) {
      this.#port.tell({ now: "seal", seal: "unable" });
      return this.#later(false);
    }
    if (!isFor(this.#wish, key)) return;
    const room = new Room({ ...options(this.#port.devices()), ...(seal ? { encryption: seal } : {}) });
    this.#sealed = seal !== null;
    this.#listen(room);
    this.#key = key;
    const over = new Promise<Ending>((resolve) => {
      this.#giveUp = () => resolve("lost");
      room.once(RoomEvent.Disconnected, (reason) => resolve(ending(reason))); // the client would wait on
      window.setTimeout(this.#giveUp, CONNECTING);
    });
    const failed = await Promise.race([connected(room, pass, seal !== null), over]);
    if (failed) {
      const wanted = isFor(this.#wish, key);
      this.#key = "";
      await room.disconnect();
      if (wanted) this.#goOn(failed);
      return; // else something else comes next
    }
    this.#giveUp = () => undefined;
    this.#room = room;
    this.#capturing = new Set();
    this.#failures = 0;
    this.#loss = NO_LOSS;
    this.#tellLine("open");
    this.#port.tell({ now: "blocked", blocked: !room.canPlaybackAudio });
    this.#tellSeal(room);
    this.#tellHeard(room);
  }

  #later(outage: boolean): void {
    this.#failures = outage ? this.#failures + 1 : 0;
    this.#tellLine(outage ? "down" : "connecting");
    const wait = outage ? patience(this.#failures, Math.random()) : HELD_BACK;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#settle(), wait);
  }

  // ── what goes out ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Nothing here is waited for, as a browser may ask its person first: what comes of it brings us back. */
  #publish(room: Room, wish: Joining): void {
    showTo(room, wish.viewers);
    look(room, wish.pictures);
    this.#microphone(room, wish.microphone);
    this.#camera(room, wish.camera);
    this.#tellLive(room);
  }

  #microphone(room: Room, want: Joining["microphone"]): void {
    const mine = room.localParticipant;
    const publication = mine.getTrackPublication(Track.Source.Microphone);
    if (want === "open" && !mine.isMicrophoneEnabled) void this.#out(room, "microphone");
    else if (want === "ready" && mine.isMicrophoneEnabled) this.#do(room, publication?.mute());
    else if (want === "closed" && publication?.track) this.#do(room, mine.unpublishTrack(publication.track, true));
  }

  #camera(room: Room, want: boolean): void {
    const mine = room.localParticipant;
    const track = mine.getTrackPublication(Track.Source.Camera)?.track;
    if (want && !mine.isCameraEnabled) void this.#out(room, "camera");
    else if (!want && track) this.#do(room, mine.unpublishTrack(track, true)); // the camera's light goes off
  }

  #do(room: Room, doing: Promise<unknown> | undefined): void {
    doing?.catch(() => this.#soon(room));
  }

  /** Publishes, once the grant is there. */
  async #out(room: Room, what: Captured): Promise<void> {
    const mine = room.localParticipant;
    if (!granted(mine, SOURCES[what])) return; // the grant brings us back here
    if (room.state !== ConnectionState.Connected) return; // being reconnected, with what was out: its end brings us back
    const muted = mine.getTrackPublication(SOURCES[what]);
    try {
      if (muted) await muted.unmute();
      else await this.#capture(room, what);
      if (room === this.#room) this.#port.tell({ now: "trouble", what, trouble: null });
    } catch (error) {
      if (room !== this.#room) return;
      const trouble = troubleOf(error);
      if (trouble) this.#port.tell({ now: "trouble", what, trouble });
      else this.#soon(room); // refused by the server: the right was just taken
    }
  }

  /** Opens a device, and closes it again unless it is still to go out here when the browser gives it. */
  async #capture(room: Room, what: Captured): Promise<void> {
    const capturing = this.#capturing;
    if (capturing.has(what)) return; // what comes of it brings us back here
    capturing.add(what);
    try {
      const wanted = what === "microphone" ? { audio: true } : { video: true };
      const tracks = await room.localParticipant.createTracks(wanted);
      await publishOrStop(room, tracks, () => room === this.#room && goesOut(this.#wish, what));
    } finally {
      capturing.delete(what);
    }
  }

  // ── what happens ──────────────────────────────────────────────────────────────────────────────────────────────────

  #listen(room: Room): void {
    const mine = (run: () => void) => () => {
      if (room === this.#room) run();
    };
    const settle = mine(() => {
      this.#tellLive(room);
      this.#tellSeal(room);
      void this.#settle();
    });
    const changed = () => queueMicrotask(settle); // a connection that ends tells of its tracks before it tells of itself
    room
      .on(
        RoomEvent.Reconnecting,
        mine(() => this.#tellLine("wavering")),
      )
      .on(
        RoomEvent.SignalReconnecting,
        mine(() => this.#tellLine("wavering")),
      )
      .on(
        RoomEvent.Reconnected,
        mine(() => this.#reconnected(room)),
      )
      .on(RoomEvent.Disconnected, (reason) => this.#ended(room, reason))
      .on(RoomEvent.ParticipantPermissionsChanged, changed)
      .on(RoomEvent.LocalTrackPublished, changed)
      .on(RoomEvent.LocalTrackUnpublished, changed)
      .on(RoomEvent.TrackMuted, changed)
      .on(RoomEvent.TrackUnmuted, changed)
      .on(RoomEvent.TrackPublished, changed)
      .on(RoomEvent.ParticipantConnected, changed)
      .on(RoomEvent.ParticipantDisconnected, changed)
      .on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => this.#came(room, track))
      .on(RoomEvent.TrackUnsubscribed, (track: RemoteTrack) => this.#went(room, track))
      .on(
        RoomEvent.ActiveSpeakersChanged,
        mine(() => this.#tellHeard(room)),
      )
      .on(
        RoomEvent.AudioPlaybackStatusChanged,
        mine(() => this.#tellBlocked(room)),
      )
      .on(
        RoomEvent.ParticipantEncryptionStatusChanged,
        mine(() => this.#tellSeal(room)),
      )
      .on(
        RoomEvent.EncryptionError,
        mine(() => this.#port.tell({ now: "seal", seal: "broken" })),
      );
  }

  #reconnected(room: Room): void {
    this.#tellLine("open");
    if (this.#wish.wish === "join") showTo(room, this.#wish.viewers);
    void this.#settle();
  }

  /** Not by us: whoever leaves here forgets the room first. A page that a phone has put away and shown again comes here too. */
  #ended(room: Room, reason: DisconnectReason | undefined): void {
    if (room !== this.#room) return;
    this.#forget();
    this.#goOn(ending(reason));
  }

  #goOn(what: Ending): void {
    if (what === "elsewhere") this.#tellLine("elsewhere");
    else if (what === "moved") void this.#settle();
    else this.#later(true);
  }

  #came(room: Room, track: RemoteTrack): void {
    if (track.kind === Track.Kind.Audio) this.#faces.hear(track);
    else this.#faces.look(room);
  }

  #went(room: Room, track: RemoteTrack): void {
    this.#faces.release(track);
    window.setTimeout(() => this.#faces.look(room)); // the client forgets the track after telling of it
  }

  #tellLine(line: Line): void {
    this.#line = line;
    this.#port.tell({ now: "line", line });
  }

  #tellLive(room: Room): void {
    const mine = room.localParticipant;
    this.#port.tell({ now: "live", microphone: mine.isMicrophoneEnabled, camera: mine.isCameraEnabled });
    this.#faces.look(room);
  }

  #tellHeard(room: Room): void {
    this.#port.tell({ now: "heard", heard: room.activeSpeakers.map((person: Participant) => person.identity) });
  }

  #tellBlocked(room: Room): void {
    this.#port.tell({ now: "blocked", blocked: !room.canPlaybackAudio });
  }

  #tellSeal(room: Room): void {
    if (this.#sealed) this.#port.tell({ now: "seal", seal: sealOf(room) });
  }

  /** Whether packets are lost. */
  async #count(): Promise<void> {
    if (!this.#room) return;
    this.#loss = sampled(this.#loss, await packetsOf(this.#room));
    if (isWeak(this.#loss)) this.#port.tell({ now: "weak" });
  }

  /** Back from a call or from another app: a phone may have taken the microphone away. */
  async #seenAgain(): Promise<void> {
    const room = this.#room;
    if (document.hidden || !room) return;
    for (const one of room.localParticipant.trackPublications.values()) {
      const track = (one as LocalTrackPublication).track;
      const gone = track?.mediaStreamTrack.readyState === "ended" || track?.mediaStreamTrack.muted;
      if (track && gone && !track.isMuted) await track.restartTrack().catch(() => undefined);
    }
    if (!room.canPlaybackAudio) await this.play();
    void this.#settle();
  }
}
