import assert from "node:assert/strict";
import { test } from "node:test";
import { shortage } from "./room.ts";

const GB = 2 ** 30;

test("a file is told to be too large from its first part, by what is like it in the rest", () => {
  const fits = shortage(1_000_000, 0.5, Infinity);
  assert.equal(fits, null);
  const lacking = shortage(1_000_000, 0.01, Infinity); // a hundred million rows
  assert.equal(lacking?.rows, 1e8);
  assert.equal(lacking?.limit, 4 * GB);
  assert.ok(lacking.needed > 4 * GB);
});

test("twenty million rows fit, as measured", () => assert.equal(shortage(2_000_000, 0.1, 8 * GB), null));

test("a device with less memory than WebAssembly has takes smaller files", () => {
  assert.equal(shortage(1_000_000, 0.05, 1 * GB)?.limit, GB);
  assert.equal(shortage(1_000_000, 0.05, 8 * GB), null);
});

test("before anybody can tell, and where the share is not known, nothing is said of rows to come", () => {
  assert.equal(shortage(99_999, 1e-6, 0.25 * GB), null);
  assert.equal(shortage(1_000_000, 0, Infinity), null);
  assert.equal(shortage(1_000_000, 3, Infinity), null); // unpacked bytes are more than those of the file
  assert.ok(shortage(100_000_000, 3, Infinity));
});
