// How long the words of a simulated person stay: as long as it takes to say and read them. Pure.

import type { Language } from "../shared/labels.ts";

const STAYS = [4, 6, 8, 10] as const; // seconds; _room_over.css has a class for each
const LETTER = 0.065; // seconds a Latin letter
const HAN = 0.19; // seconds a Han character

/** The seconds for which words stay before they fade. */
export function stays(words: string, language: Language): number {
  const wanted = words.length * (language === "en" ? LETTER : HAN);
  return STAYS.find((seconds) => seconds >= wanted) ?? 12;
}
