/** Rows and their heights: kept up to date step by step, they are what they would be made anew. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newMessage } from "../../src/rookery/web/chat/saying.js";
import { Timeline } from "../../src/rookery/web/chat/timeline.js";
import { Heights } from "../../src/rookery/web/ui/heights.js";
import { Rows } from "../../src/rookery/web/ui/rows.js";

const START = Date.parse("2026-11-22T11:00:00Z");
const MINUTE = 60_000;
/** The same numbers in each run: a test that fails fails again. */
const dice = (seed) => (sides) => {
  seed = (seed * 1103515245 + 12345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * sides);
};
const message = (number, minute, { verb = "", ...more } = {}) => newMessage({
  key: `k${number}`, msgid: (0x100000 + number).toString(16), at: START + minute * MINUTE, sender: "bob",
  text: `line ${number}`, kind: verb ? "event" : "said", verb, ...more,
});
const plain = (rows) => rows.map((row) => ({ ...row, message: row.message?.key, messages: row.messages?.map(({ key }) => key) }));
const anew = (list, ...how) => { const rows = new Rows(); rows.update(list, 0, ...how); return plain(rows.list); };

test("the heights of rows add up after any row was added, changed or cut off", () => {
  const roll = dice(7), heights = new Heights();
  let sizes = [];
  for (let step = 0; step < 3000; step++) {
    const what = roll(10);
    if (what < 6 || !sizes.length) { const size = roll(90); heights.push(size); sizes.push(size); }
    else if (what < 9) { const at = roll(sizes.length); sizes[at] = roll(90); heights.set(at, sizes[at]); }
    else { sizes = sizes.slice(0, sizes.length - roll(Math.min(9, sizes.length))); heights.cut(sizes.length); }
    const at = roll(sizes.length + 1), top = sizes.slice(0, at).reduce((sum, size) => sum + size, 0);
    assert.equal(heights.top(at), top);
    const y = roll(2000) - 50;
    let sum = 0, row = sizes.findIndex((size) => (sum += size) > y);
    if (row < 0) row = Math.max(0, sizes.length - 1);
    assert.equal(heights.at(y), row, `at ${y} of ${sizes}`);
  }
  assert.equal(heights.total, sizes.reduce((sum, size) => sum + size, 0));
});

test("rows that follow what comes and goes are those of the whole conversation", () => {
  const verbs = ["", "", "", "join", "quit"];
  for (let seed = 1; seed <= 40; seed++) {
    const roll = dice(seed), timeline = new Timeline(), rows = new Rows();
    let readLine = "", isMerged = true;
    for (let step = 0; step < 120; step++) {
      const { list } = timeline, what = roll(12), number = seed * 1000 + step;
      if (what < 7) timeline.add(message(number, step * 9, { verb: verbs[roll(verbs.length)] }));
      else if (what < 8) timeline.add(message(number, roll(step * 9 + 1) - 500));
      else if (what < 9) timeline.add(message(number, step * 9 - roll(3000), { msgid: "", state: "waiting", isOwn: true }));
      else if (what < 10 && list.length) timeline.remove(list[roll(list.length)]);
      else if (what < 11) readLine = list.length ? list[roll(list.length)].key : "";
      else isMerged = roll(2) === 1;
      if (roll(3)) continue;
      const before = plain(rows.list), from = rows.update(timeline.list, timeline.takeIntact(), readLine, isMerged);
      assert.deepEqual(plain(rows.list), anew(timeline.list, readLine, isMerged), `seed ${seed}, step ${step}`);
      assert.deepEqual(plain(rows.list).slice(0, from), before.slice(0, from), `seed ${seed}, step ${step}`);
    }
  }
});

test("a new line at the end of 100,000 changes one row, however it comes about", () => {
  const timeline = new Timeline(), rows = new Rows();
  const show = (readLine = "") => rows.list.length - rows.update(timeline.list, timeline.takeIntact(), readLine, true);
  for (let number = 0; number < 100_000; number++) timeline.add(message(number, number / 100));
  assert.equal(show(), 0);
  const count = rows.list.length;
  const own = message(100_000, 1000.1, { msgid: "", state: "waiting", isOwn: true, sender: "ann" });
  timeline.waiting.set("d.1", own);
  timeline.add(own);
  assert.deepEqual([show(), rows.list.length], [0, count + 1]);
  timeline.add(message(100_000, 1000.1, { sender: "ann", isOwn: true }), "d.1");
  assert.deepEqual([show(), rows.list.length], [1, count + 1]);
  timeline.add(message(100_001, 1000.2, { verb: "join" }));
  timeline.add(message(100_002, 1000.2, { verb: "quit" }));
  assert.deepEqual([show(), rows.list.at(-1).messages.length], [0, 2]);
  timeline.add(message(100_003, 1000.3, { verb: "join" }));
  assert.deepEqual([show(), rows.list.at(-1).messages.length], [1, 3]);
  timeline.redact(timeline.list[5].msgid, "bob");
  assert.equal(show(), 1);
  timeline.add(message(100_004, 1000.4));
  assert.deepEqual([show("k100004"), rows.list.at(-2).kind], [1, "new"]);
});

test("the rows of another list begin anew", () => {
  const rows = new Rows(), one = [message(1, 0), message(2, 1)], other = [message(3, 0)];
  rows.update(one, 0, "", true);
  assert.equal(rows.update(other, 1, "", true), 0);
  assert.deepEqual(plain(rows.list), anew(other, "", true));
});
