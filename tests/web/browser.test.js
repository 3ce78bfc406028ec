/** What the browser gives to the client, with a hand-written fake of its locks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserWorld } from "../../src/rookery/web/chat/browser.js";

/** The locks of one browser: a name is held by whoever came first, and refused to all, its holder too. */
const held = new Set();
const request = async (name, options, then) => {
  assert.deepEqual(options, { ifAvailable: true });
  const isFree = !held.has(name);
  held.add(name);
  await then(isFree ? { name } : null);
};
Object.defineProperty(globalThis, "navigator", { value: { locks: { request } }, configurable: true });
globalThis.document = { baseURI: "https://chat.example/" };

test("a page has what it has claimed, however often it asks; another tab's name it has not", async () => {
  const { claim } = browserWorld();
  held.add("rookery other");
  assert.deepEqual([await claim("mine"), await claim("mine"), await claim("other")], [true, true, false]);
});

test("an address for files is used only where it is one, and at the server that the page came from", () => {
  const { resolve } = browserWorld();
  assert.deepEqual(["/upload", "https://other.example:1/a/upload", "http://chat.example//evil/upload", "https://[x/upload"].map(resolve),
    ["https://chat.example/upload", "https://chat.example/a/upload", "https://chat.example//evil/upload", ""]);
});
