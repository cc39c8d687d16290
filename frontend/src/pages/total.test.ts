import assert from "node:assert/strict";
import { test } from "node:test";
import { total } from "./total.ts";

test("minutes count as often as their phase comes", () => {
  const minutes = [
    { value: "6", times: 1 },
    { value: "40", times: 2 },
    { value: "0", times: 1 },
    { value: " 4 ", times: 1 },
  ];
  assert.equal(total(minutes), 90);
});

test("there is no total while a number is being written", () => {
  for (const value of ["", "1.5", "-3", "ten"]) assert.equal(total([{ value, times: 1 }]), null);
});
