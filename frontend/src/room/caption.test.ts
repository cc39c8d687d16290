import assert from "node:assert/strict";
import { test } from "node:test";
import { stays } from "./caption.ts";

test("words stay as long as it takes to say them, at least four seconds and at most twelve", () => {
  const table = [
    ["A door.", "en", 4],
    ["x".repeat(90), "en", 6],
    ["x".repeat(500), "en", 12],
    ["一扇门。", "zh-hans", 4],
    ["一".repeat(40), "zh-hans", 8],
  ] as const;
  for (const [words, language, seconds] of table) assert.equal(stays(words, language), seconds, words);
});
