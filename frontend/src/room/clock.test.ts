import assert from "node:assert/strict";
import { test } from "node:test";
import { stopwatch } from "./clock.ts";

test("a stopwatch does not run back when the device's clock is set back, and goes on from there", () => {
  let [day, running] = [1_000_000, 0];
  const elapsed = stopwatch(
    () => day,
    () => running,
  );
  [day, running] = [1_002_000, 2000];
  assert.equal(elapsed(), 2000);
  [day, running] = [403_000, 3000];
  assert.equal(elapsed(), 3000);
  [day, running] = [404_000, 4000];
  assert.equal(elapsed(), 4000);
});

test("a stopwatch counts the time that a device has slept", () => {
  let [day, running] = [1_000_000, 0];
  const elapsed = stopwatch(
    () => day,
    () => running,
  );
  [day, running] = [1_060_000, 50];
  assert.equal(elapsed(), 60_000);
});
