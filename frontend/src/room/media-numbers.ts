// What is counted while people speak: one's own audible seconds, and packets that do not arrive. Pure. Nothing of it is
// shown as a number while the meeting lives.

const TURN = 2; // seconds of speech that make a turn
const BREATH = 1000; // ms: a shorter pause is within a turn

/** Own audible seconds in one phase, and the turns they were spoken in. */
export interface Speech {
  entry: number; // of the phase
  seconds: number;
  turns: number;
  turn: number; // seconds of the turn under way, or of the last one
  since: number | null; // ms: heard now, since then
  quiet: number; // ms: when last heard
  told: number; // the seconds last told to the server
}

export const SILENT: Speech = { entry: 0, seconds: 0, turns: 0, turn: 0, since: null, quiet: 0, told: 0 };

/** The count after the viewer began or ceased to be heard, or was heard on. A turn counts once it is one. */
export function heard(speech: Speech, audible: boolean, at: number): Speech {
  const since = audible ? at : null;
  if (speech.since === null) {
    const begins = audible && at - speech.quiet > BREATH;
    return { ...speech, since, turn: begins ? 0 : speech.turn };
  }
  const more = Math.max(0, at - speech.since) / 1000;
  const turn = speech.turn + more;
  const turns = speech.turns + (speech.turn < TURN && turn >= TURN ? 1 : 0);
  return { ...speech, seconds: speech.seconds + more, turns, turn, since, quiet: at };
}

/** What is to be told of a phase, if it has changed since it was told. */
export function report(speech: Speech): { entry: number; seconds: number; turns: number } | null {
  const { entry, turns } = speech;
  const seconds = Math.round(speech.seconds * 10) / 10;
  return seconds > speech.told ? { entry, seconds, turns } : null;
}

export function told(speech: Speech): Speech {
  return { ...speech, told: Math.round(speech.seconds * 10) / 10 };
}

/** A new phase counts from nothing; whoever is speaking goes on to be counted. */
export function turned(speech: Speech, entry: number, at: number): Speech {
  return { ...SILENT, entry, since: speech.since === null ? null : at };
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
