// Sounds that play and pictures that go to the chairs: which element shows which track.

import { type RemoteTrack, type Room, Track } from "livekit-client";

export class Faces {
  #changed: (people: string[]) => void;
  #known = "";

  constructor(changed: (people: string[]) => void) {
    this.#changed = changed;
  }

  /** Plays a sound, in an element of its own that nobody sees. */
  hear(track: RemoteTrack): void {
    const element = track.attach();
    element.hidden = true;
    document.body.append(element);
  }

  release(track: RemoteTrack): void {
    for (const element of track.detach()) if (track.kind === Track.Kind.Audio) element.remove();
  }

  /** Whose picture is there now. */
  look(room: Room): void {
    const people = [...pictures(room).keys()].sort();
    if (people.join() === this.#known) return;
    this.#known = people.join();
    this.#changed(people);
  }

  clear(): void {
    if (this.#known) this.#changed([]);
    this.#known = "";
  }

  /** Gives every drawn chair the picture of its person. */
  seat(root: HTMLElement, room: Room | null): void {
    if (!room) return;
    const known = pictures(room);
    for (const element of root.querySelectorAll<HTMLVideoElement>("video[data-face]")) {
      const track = known.get(element.dataset.face ?? "");
      if (track && !track.attachedElements.includes(element)) track.attach(element);
    }
    for (const track of known.values()) {
      for (const element of track.attachedElements) if (!element.isConnected) track.detach(element);
    }
  }
}

function pictures(room: Room): Map<string, Track> {
  const found = new Map<string, Track>();
  for (const person of [room.localParticipant, ...room.remoteParticipants.values()]) {
    const picture = person.getTrackPublication(Track.Source.Camera);
    if (picture?.videoTrack && !picture.isMuted) found.set(person.identity, picture.videoTrack);
  }
  return found;
}
