import assert from "node:assert/strict";
import { test } from "node:test";
import { today } from "./zone.ts";

test("a zone that the browser says by an obsolete name is found under the new one", () => {
  assert.equal(today("Asia/Calcutta"), "Asia/Kolkata");
  assert.equal(today("Asia/Shanghai"), "Asia/Shanghai");
});
