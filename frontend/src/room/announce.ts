// When a screen reader is told what changed: polite messages one at a time, one's own at once.

import type { World } from "./connection.ts";
import { enqueue, type Message, SILENT, take } from "./say.ts";

export interface Voice {
  polite(text: string): void;
  urgent(text: string): void;
}

export function announcer(voice: Voice, world: Pick<World, "elapsed" | "later">): (said: readonly Message[]) => void {
  let queue = SILENT;
  let waits = false;
  const next = (): void => {
    const { said, queue: rest, wait } = take(queue, world.elapsed());
    queue = rest;
    if (said) voice.polite(said);
    waits = wait > 0;
    if (waits) world.later(next, wait);
  };
  return (messages) => {
    const urgent = messages.filter((message) => message.now).map((message) => message.text);
    if (urgent.length) voice.urgent(urgent.join(" "));
    queue = enqueue(queue, messages);
    if (!waits) next();
  };
}
