// What is counted while people speak: one's own audible seconds, and packets that do not arrive. Pure. Nothing of it is
// shown as a number while the meeting lives.

/** Own audible seconds in one phase. */
export interface Speech {
  entry: number; // of the phase
  seconds: number;
  since: number | null; // ms: heard now, since then
  told: number; // the seconds last told to the server
}

export const SILENT: Speech = { entry: 0, seconds: 0, since: null, told: 0 };

/** The count after the viewer began or ceased to be heard, or was heard on. */
export function heard(speech: Speech, audible: boolean, at: number): Speech {
  const more = speech.since === null ? 0 : Math.max(0, at - speech.since) / 1000;
  return { ...speech, seconds: speech.seconds + more, since: audible ? at : null };
}

/** What is to be told of a phase, if it has changed since it was told. */
export function report(speech: Speech): { entry: number; seconds: number } | null {
  const seconds = Math.round(speech.seconds * 10) / 10;
  return seconds > speech.told ? { entry: speech.entry, seconds } : null;
}

export function told(speech: Speech): Speech {
  return { ...speech, told: Math.round(speech.seconds * 10) / 10 };
}

/** A new phase counts from nothing; whoever is speaking goes on to be counted. */
export function turned(speech: Speech, entry: number, at: number): Speech {
  return { entry, seconds: 0, since: speech.since === null ? null : at, told: 0 };
}

// ── packets ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Counts of one moment over all that is received. They only rise, but for tracks that went. */
export interface Packets {
  received: number;
  lost: number;
}

export const LOSSY = 0.05; // share of packets
const LEAST = 100; // packets in a sample, else it says nothing
const ROW = 2; // samples in a row

export interface Loss {
  last: Packets | null;
  row: number; // bad samples up to now
}

export const NO_LOSS: Loss = { last: null, row: 0 };

export function sampled(loss: Loss, now: Packets): Loss {
  const received = now.received - (loss.last?.received ?? now.received);
  const lost = now.lost - (loss.last?.lost ?? now.lost);
  if (received < 0 || lost < 0 || received + lost < LEAST) return { last: now, row: loss.row };
  return { last: now, row: lost / (received + lost) > LOSSY ? loss.row + 1 : 0 };
}

export function isWeak(loss: Loss): boolean {
  return loss.row >= ROW;
}
