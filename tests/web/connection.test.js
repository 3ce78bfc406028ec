/** The connection's life: back-off, silence, waking up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { settle, Tab, welcoming } from "./world.js";

test("waits grow from 1 s to 30 s, and start anew after a connection that worked", async () => {
  const tab = await new Tab().signIn();
  await tab.cut();
  const waits = [];
  for (let tries = 0; tries < 8; tries++) {
    assert.equal(tab.client.link.state, "offline");
    waits.push(tab.client.link.retryAt - tab.time);
    await tab.pass(waits.at(-1));
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  tab.isReachable = true;
  tab.server = welcoming(tab);
  tab.client.reconnectNow();
  await settle();
  assert.equal(tab.client.link.state, "online");
  await tab.cut();
  assert.equal(tab.client.link.retryAt - tab.time, 1000);
});

test("a silent connection is asked after 30 s, and given up after 15 more", async () => {
  const tab = await new Tab().signIn();
  tab.sent = [];
  await tab.pass(29_000);
  assert.deepEqual(tab.take("PING"), []);
  await tab.pass(2000);
  assert.equal(tab.take("PING").length, 1);
  await tab.hear("PONG :alive");
  await tab.pass(29_000);
  assert.equal(tab.client.link.state, "online");
  tab.isReachable = false;
  await tab.pass(20_000);
  assert.equal(tab.client.link.state, "offline");
  assert.equal(tab.client.link.reason, "The server does not answer.");
});

test("while an answer is owed, silence is noticed sooner", async () => {
  const tab = await new Tab().signIn();
  const room = await tab.inRoom();
  tab.sent = [];
  tab.client.say(room.key, "anybody there?");
  await settle();
  await tab.pass(5100);
  assert.equal(tab.take("PING").length, 1);
});

test("waking up finds a dead connection within seconds", async () => {
  const tab = await new Tab().signIn();
  tab.server = null;
  tab.isReachable = false;
  tab.client.reconnectNow();
  assert.equal(tab.take("PING").length, 1);
  await tab.pass(4100);
  assert.notEqual(tab.client.link.state, "online");
});

test("a dial that nobody answers is given up", async () => {
  const tab = await new Tab().signIn();
  await tab.cut();
  tab.isReachable = true;
  const { dials } = tab;
  tab.client.reconnectNow();
  tab.ends.opened = () => {};
  await tab.pass(16_000);
  assert.ok(tab.dials > dials);
});

test("what the server said before it hung up is the reason", async () => {
  const tab = await new Tab().signIn();
  await tab.hear("ERROR :The server is being restarted");
  await tab.cut();
  assert.equal(tab.client.link.reason, "The server is being restarted");
});

test("PING is answered", async () => {
  const tab = await new Tab().signIn();
  await tab.hear("PING :rookery-abc");
  assert.deepEqual(tab.take("PONG")[0].params, ["rookery-abc"]);
});

test("a connection that comes back enters the rooms again, then says away again", async () => {
  const tab = await new Tab().signIn();
  const room = await tab.inRoom();
  tab.client.isAway("lunch");
  await tab.cut({ isReachable: true });
  assert.equal(room.isJoined, false);
  tab.server = welcoming(tab);
  await tab.pass(1100);
  assert.deepEqual(tab.take("JOIN").map((line) => line.params), [["#team"]]);
  assert.deepEqual(tab.take("AWAY")[0].params, ["lunch"]);
  assert.equal(room.isJoined, true);
});

test("a room that may not be entered again is said so and not tried again", async () => {
  const tab = await new Tab().signIn();
  const room = await tab.inRoom();
  await tab.cut({ isReachable: true });
  const answer = welcoming(tab);
  tab.server = (line) => line.command === "JOIN"
    ? queueMicrotask(() => tab.ends.line(`@label=${line.tags.label} :srv 474 ann #team :You are banned from #team`)) : answer(line);
  await tab.pass(1100);
  assert.deepEqual(tab.news.filter((one) => one.kind === "refused").map((one) => one.text), ["You may not enter #team. Ask one of its operators."]);
  assert.equal(room.isWanted, false);
});
