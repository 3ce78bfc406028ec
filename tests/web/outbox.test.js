/** My own messages: stored once, in order, whatever happens to the connection, the tab or the browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, page, Profile, settle, stored, Tab, welcoming } from "./world.js";

const ID = "rookery.chat/id";
const said = (tab) => tab.take("PRIVMSG").map(({ params, tags }) => ({ text: params[1], id: tags[ID], label: tags.label }));
const echo = (one, number, to = "#team") => stored(number, one.text, { from: "ann", to, tags: `label=${one.label};${ID}=${one.id}` });
const texts = (talk) => talk.messages.filter((one) => one.kind !== "event").map((one) => `${one.text} ${one.state}`);
const counter = (one) => Number(one.id.split(".")[1]);
const back = async (tab, ms = 1100) => { tab.server = welcoming(tab); tab.isReachable = true; await tab.pass(ms); };
const start = async (profile) => {
  const tab = await new Tab(profile).signIn();
  const room = await tab.inRoom();
  tab.sent = [];
  return { tab, room };
};

test("a message waits until its echo, and is on disk before it leaves", async () => {
  const { tab, room } = await start();
  tab.profile.isSlow = true;
  tab.client.say(room.key, "hello");
  await settle();
  assert.deepEqual(texts(room), ["hello waiting"]);
  assert.deepEqual(said(tab), []);
  tab.profile.isSlow = false;
  tab.profile.pending.splice(0).forEach((done) => done());
  await settle();
  const [one] = said(tab);
  const key = room.messages.at(-1).key;
  await tab.hear(echo(one, 1));
  assert.deepEqual(texts(room), ["hello sent"]);
  assert.equal(room.messages.at(-1).key, key);
  assert.equal(room.messages.at(-1).msgid, idOf(1));
  assert.deepEqual([...tab.profile.rows.keys()].filter((row) => row.includes(" out ")), []);
});

test("what is typed without a connection leaves in its order when there is one, each with its own id", async () => {
  const { tab, room } = await start();
  await tab.cut();
  for (const text of ["one", "two", "three"]) tab.client.say(room.key, text);
  await settle();
  await back(tab);
  const lines = said(tab);
  assert.deepEqual(lines.map((one) => one.text), ["one", "two", "three"]);
  assert.ok(counter(lines[0]) < counter(lines[1]) && counter(lines[1]) < counter(lines[2]));
});

test("nothing leaves before the rooms are entered again", async () => {
  const { tab, room } = await start();
  await tab.cut({ isReachable: true });
  tab.client.say(room.key, "early");
  const answer = welcoming(tab);
  tab.server = (line) => { if (line.command !== "JOIN") answer(line); };
  await tab.pass(1100);
  assert.deepEqual(said(tab), []);
});

test("what was on its way is sent again with its id; stored before, it counts as sent once history shows it", async () => {
  const { tab, room } = await start();
  tab.client.say(room.key, "perhaps");
  await settle();
  const [first] = said(tab);
  await tab.cut({ isReachable: true });
  await back(tab);
  const [again] = said(tab);
  assert.equal(again.id, first.id);
  await tab.hear(`@label=${again.label} :srv NOTE PRIVMSG ALREADY_STORED #team ${again.id} :stored before`);
  assert.deepEqual(texts(room), ["perhaps sent"]);
  await tab.hear(stored(5, "perhaps", { from: "ann", tags: `${ID}=${again.id}` }));
  assert.deepEqual(texts(room), ["perhaps sent"]);
  assert.equal(room.messages.at(-1).msgid, idOf(5));
});

test("history that holds my message settles it before the resend is answered", async () => {
  const { tab, room } = await start();
  tab.client.say(room.key, "perhaps");
  await settle();
  const [first] = said(tab);
  tab.history = ([verb, name], { label }) => verb === "LATEST" && (tab.hear(...page(label, name, [stored(5, "perhaps", { from: "ann", tags: `${ID}=${first.id}` })])), true);
  await tab.cut({ isReachable: true });
  await back(tab);
  assert.deepEqual(texts(room), ["perhaps sent"]);
  assert.deepEqual(tab.client.outbox.entries, []);
});

test("a crashed tab's messages are sent by the next one, with their ids", async () => {
  const profile = new Profile();
  const { tab, room } = await start(profile);
  tab.client.say(room.key, "before the crash");
  await tab.pass(3000);
  const [first] = said(tab);
  tab.end();
  const next = new Tab(profile);
  next.time = tab.time;
  next.server = welcoming(next);
  await next.client.start();
  await settle();
  const [again] = said(next);
  assert.deepEqual([again.text, again.id], ["before the crash", first.id]);
  next.client.say("#team", "after it");
  await settle();
  const [later] = said(next);
  assert.equal(later.id.split(".")[0], first.id.split(".")[0]);
  assert.ok(counter(later) > counter(first));
});

test("two tabs are two devices, and neither sends what the other has", async () => {
  const profile = new Profile();
  const one = await start(profile), two = await start(profile);
  one.tab.client.say("#team", "from one");
  two.tab.client.say("#team", "from two");
  await settle();
  const [a] = said(one.tab), [b] = said(two.tab);
  assert.notEqual(a.id.split(".")[0], b.id.split(".")[0]);
  await two.tab.cut({ isReachable: true });
  await back(two.tab);
  assert.deepEqual(said(two.tab).map((line) => line.text), ["from two"]);
});

test("a tab that comes back takes over from one that is gone", async () => {
  const profile = new Profile();
  const one = await start(profile), two = await start(profile);
  two.tab.client.say("#team", "orphan");
  await settle();
  const [left] = said(two.tab);
  two.tab.end();
  await one.tab.cut({ isReachable: true });
  await back(one.tab);
  assert.deepEqual(said(one.tab).map((line) => line.id), [left.id]);
});

test("without the browser's locks every page is a device of its own, and what is left is sent with its ids", async () => {
  const profile = new Profile();
  const one = await new Tab(profile, { hasLocks: false }).signIn();
  await one.inRoom();
  one.client.say("#team", "first");
  await settle();
  const [first] = said(one);
  one.end();
  const two = await new Tab(profile, { hasLocks: false }).signIn();
  await two.inRoom();
  two.client.say("#team", "second");
  await settle();
  const lines = said(two);
  assert.deepEqual(lines.map((line) => line.text), ["first", "second"]);
  assert.equal(lines[0].id, first.id);
  assert.notEqual(lines[1].id.split(".")[0], first.id.split(".")[0]);
});

test("a line of more than ten minutes is held until the person says retry or discard", async () => {
  const { tab, room } = await start();
  await tab.cut();
  tab.client.say(room.key, "old");
  tab.client.say(room.key, "older still");
  await tab.pass(601_000);
  tab.client.say(room.key, "new");
  await back(tab, 31_000);
  assert.deepEqual(said(tab).map((one) => one.text), ["new"]);
  assert.deepEqual(texts(room).sort(), ["new waiting", "old held", "older still held"]);
  tab.client.retry(room.key, room.messages.find((one) => one.text === "old"));
  tab.client.discard(room.key, room.messages.find((one) => one.text === "older still"));
  await settle();
  assert.deepEqual(said(tab).map((one) => one.text), ["old"]);
  assert.deepEqual(texts(room), ["new waiting", "old waiting"]);
});

test("a held line that may have arrived keeps its id, and nothing new overtakes it on its device", async () => {
  const { tab, room } = await start();
  tab.client.say(room.key, "perhaps");
  await settle();
  const [first] = said(tab);
  await tab.cut();
  await tab.pass(601_000);
  tab.client.say(room.key, "new");
  await back(tab, 31_000);
  const [fresh] = said(tab);
  assert.equal(fresh.text, "new");
  assert.notEqual(fresh.id.split(".")[0], first.id.split(".")[0]);
  tab.client.retry(room.key, room.messages.find((one) => one.text === "perhaps"));
  await settle();
  assert.equal(said(tab)[0].id, first.id);
});

test("held and failed lines are still there after a reload", async () => {
  const profile = new Profile();
  const { tab, room } = await start(profile);
  tab.client.say(room.key, "refused");
  await settle();
  await tab.hear(`@label=${said(tab)[0].label} :srv 404 ann #team :You may not speak in #team`);
  await tab.pass(3000);
  tab.end();
  const next = await new Tab(profile).signIn();
  const message = next.client.conversations.get("#team").messages.find((one) => one.text === "refused");
  assert.deepEqual([message.state, message.reason], ["failed", "You may not write in #team now. Ask one of its operators: they stand first among the members."]);
});

test("a refused message fails with the server's reason; trying again takes a new id", async () => {
  const { tab, room } = await start();
  tab.client.say(room.key, "no");
  await settle();
  const [first] = said(tab);
  await tab.hear(`@label=${first.label} FAIL PRIVMSG STORE_UNAVAILABLE #team :It could not be stored`);
  const [message] = room.messages.filter((one) => one.state === "failed");
  assert.equal(message.reason, "It could not be stored");
  tab.client.retry(room.key, message);
  await settle();
  const [again] = said(tab);
  assert.ok(counter(again) > counter(first));
  await tab.hear(echo(again, 3));
  assert.deepEqual(texts(room), ["no sent"]);
});

test("no more than 16 messages are on their way, and the rest follows in order", async () => {
  const { tab, room } = await start();
  for (let number = 0; number < 40; number++) tab.client.say(room.key, `n${number}`);
  await settle();
  const all = [];
  for (let batch = said(tab); batch.length; batch = said(tab)) {
    assert.ok(batch.length <= 16);
    for (const one of batch) await tab.hear(echo(one, all.push(one)));
  }
  assert.deepEqual(all.map((one) => one.text), Array.from({ length: 40 }, (_, number) => `n${number}`));
  assert.ok(texts(room).every((text) => text.endsWith("sent")));
});

test("several lines go as one message, whose echo settles it", async () => {
  const { tab, room } = await start();
  tab.client.say(room.key, `one\n\n${"x".repeat(500)}`);
  await settle();
  const [open] = tab.take("BATCH"), parts = tab.take("PRIVMSG");
  assert.deepEqual(open.params.slice(1), ["draft/multiline", "#team"]);
  assert.deepEqual(parts.map((part) => "draft/multiline-concat" in part.tags), [false, false, false, true]);
  assert.ok(parts.every((part) => `@batch=${part.tags.batch}` === `@batch=${open.params[0].slice(1)}`));
  const label = `label=${open.tags.label};${ID}=${open.tags[ID]}`;
  await tab.hear(`@${label};msgid=99;time=2026-11-22T12:00:01Z :ann!~u@h BATCH +q draft/multiline #team`,
    "@batch=q :ann!~u@h PRIVMSG #team :one", "@batch=q :ann!~u@h PRIVMSG #team :", `@batch=q :ann!~u@h PRIVMSG #team :${"x".repeat(300)}`,
    `@batch=q;draft/multiline-concat :ann!~u@h PRIVMSG #team :${"x".repeat(200)}`, ":ann!~u@h BATCH -q");
  assert.deepEqual(texts(room), [`one\n\n${"x".repeat(500)} sent`]);
});

test("a text beyond the limits of one message is cut at its lines", async () => {
  const { tab, room } = await start();
  const text = Array.from({ length: 60 }, (_, number) => `line ${number}`).join("\n");
  assert.equal(tab.client.pieces(room.key, text), 3);
  assert.equal(tab.client.pieces(room.key, "short"), 1);
  tab.client.say(room.key, text);
  assert.equal(room.messages.map((one) => one.text).filter((one) => one.startsWith("line")).join("\n"), text);
});

test("an action and a reply say what they are", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "who comes?"));
  tab.client.say(room.key, "waves", { isAction: true, replyTo: idOf(1) });
  await settle();
  const [{ params, tags }] = tab.take("PRIVMSG");
  assert.equal(params[1], "\x01ACTION waves\x01");
  assert.equal(tags["+draft/reply"], idOf(1));
  assert.deepEqual([room.messages.at(-1).kind, room.messages.at(-1).text, room.messages.at(-1).replyTo], ["action", "waves", idOf(1)]);
});

test("an edit that is refused is told, and leaves the text as it was", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "mine", { from: "ann" }));
  tab.client.edit(room.key, room.messages.at(-1), "mine, corrected");
  await settle();
  const [one] = tab.take("PRIVMSG");
  assert.equal(one.tags["+rookery.chat/edit"], idOf(1));
  await tab.hear(`@label=${one.tags.label} :srv 404 ann #team :You may not speak in #team`);
  assert.equal(room.messages.at(-1).text, "mine");
  assert.equal(tab.news.at(-1).text, "You may not write in #team now. Ask one of its operators: they stand first among the members.");
});
