/** Conversations as they happen: who is there, who talks with whom, what is unread. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { edit, react, shown, start } from "./team.js";
import { idOf, Profile, stored, Tab, welcoming } from "./world.js";

const ranks = (room) => Object.fromEntries([...room.members.values()].map((one) => [one.nick, one.prefix]));

test("members have their ranks, and keep up with JOIN, PART, QUIT, NICK, KICK and MODE", async () => {
  const { tab, room } = await start();
  assert.deepEqual(ranks(room), { ann: "@", bob: "+", carl: "" });
  await tab.hear(":dora!~d@h JOIN #team dora :Dora", ":carl!~c@h PART #team :bye", ":bob!~b@h NICK Bobby", ":ann!~u@h MODE #team +ov-v Bobby dora Bobby");
  assert.deepEqual(ranks(room), { ann: "@", dora: "+", Bobby: "@" });
  await tab.hear(":ann!~u@h KICK #team dora :enough", ":Bobby!~b@h QUIT :Connection lost");
  assert.deepEqual(ranks(room), { ann: "@" });
  assert.deepEqual(room.messages.map((one) => `${one.verb}: ${one.text}`), [
    "join: dora joined.", "part: carl left (bye).", "nick: bob is now Bobby.", "mode: ann set +ov-v Bobby dora Bobby.",
    "kick: ann removed dora (enough).", "quit: Bobby went offline (Connection lost)."]);
  assert.equal(room.unread, 0);
});

test("who goes without a word leaves no empty brackets; without a connection nobody is known to be here", async () => {
  const { tab, room, client } = await start();
  await tab.hear(":bob!~b@h QUIT :Quit: ", ":carl!~c@h QUIT :Quit: see you");
  assert.deepEqual(room.messages.map(({ text }) => text), ["bob went offline.", "carl went offline (see you)."]);
  client.lost();
  assert.equal(room.members.get("ann").presence, "unknown");
});

test("who is away shows in rooms and of people one talks with", async () => {
  const { tab, room, client } = await start();
  const bob = client.open("bob");
  assert.deepEqual(tab.take("MONITOR")[0].params, ["+", "bob"]);
  await tab.hear(":srv 730 ann :bob!~b@h", ":bob!~b@h AWAY :lunch");
  assert.deepEqual([bob.presence, room.members.get("bob").presence], ["away", "away"]);
  await tab.hear(":bob!~b@h AWAY", ":srv 731 ann :bob");
  assert.equal(bob.presence, "gone");
  await tab.hear(":srv 354 ann 7 carl G@B carla 0 :Carl");
  assert.deepEqual({ ...room.members.get("carl") }, { nick: "carl", account: "carla", prefix: "", presence: "away", bot: true });
});

test("being removed from a room is shown and ends it; it is not entered again", async () => {
  const { tab, room } = await start();
  await tab.hear(":bob!~b@h KICK #team ann :out");
  assert.equal(room.isJoined, false);
  await tab.cut({ isReachable: true });
  tab.server = welcoming(tab);
  await tab.pass(1100);
  assert.deepEqual(tab.take("JOIN"), []);
});

test("unread messages and mentions are counted until they are read, and the read line stands above the first", async () => {
  const { tab, room, client } = await start();
  await tab.hear(stored(4000, "hello"), stored(4001, "Ann: look"), stored(4002, "annette is not ann-lee"), stored(4003, "mine", { from: "ann" }));
  assert.deepEqual([room.unread, room.mentions], [3, 1]);
  assert.equal(room.firstUnread, idOf(4000));
  client.setView("#team");
  client.markRead("#team");
  assert.deepEqual([room.unread, room.mentions, room.firstUnread], [0, 0, idOf(4000)]);
  await tab.pass(600);
  assert.deepEqual(tab.take("MARKREAD")[0].params, ["#team", "timestamp=2026-11-22T12:06:43.000Z"]);
  client.setView("");
  assert.equal(room.firstUnread, "");
});

test("no read line appears under the eyes of a reader, but it does while the page is hidden", async () => {
  const { tab, room, client } = await start();
  client.setView("#team");
  await tab.hear(stored(4000, "seen"));
  assert.equal(room.firstUnread, "");
  client.markRead("#team");
  tab.isVisible = false;
  await tab.hear(stored(4001, "not seen"));
  assert.equal(room.firstUnread, idOf(4001));
});

test("what another device has read is read here; a marker never goes back", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(4000, "one"), stored(4001, "two"), ":srv MARKREAD #team timestamp=2026-11-22T12:06:40.000Z");
  assert.equal(room.unread, 1);
  await tab.hear(":srv MARKREAD #team timestamp=2026-11-22T11:00:00.000Z", ":srv MARKREAD #team *");
  assert.equal(room.unread, 1);
});

test("how far one has read without a connection is told when there is one", async () => {
  const { tab, client } = await start();
  await tab.hear(stored(4000, "one"));
  await tab.cut();
  client.markRead("#team");
  await tab.pass(900);
  assert.deepEqual(tab.take("MARKREAD"), []);
  tab.isReachable = true;
  tab.server = welcoming(tab);
  await tab.pass(3000);
  assert.equal(tab.take("MARKREAD", "#team").length, 1);
});

test("typing shows until the message, a stop, or silence", async () => {
  const { tab, room } = await start();
  const typing = (state) => `@+typing=${state} :bob!~b@h TAGMSG #team`;
  await tab.hear(typing("active"));
  assert.deepEqual(room.typing, ["bob"]);
  await tab.pass(6100);
  assert.deepEqual(room.typing, []);
  await tab.hear(typing("active"), stored(1, "done"));
  assert.deepEqual(room.typing, []);
  await tab.hear(typing("paused"), typing("done"), "@+typing=active :ann!~u@h TAGMSG #team", "@+typing=evil :bob!~b@h TAGMSG #team");
  assert.deepEqual(room.typing, []);
});

test("that I type is said every 3 s at most, and taken back once", async () => {
  const { tab, client } = await start();
  for (let key = 0; key < 10; key++) client.typing("#team", "active");
  await tab.pass(3000);
  client.typing("#team", "active");
  client.typing("#team", "done");
  client.typing("#team", "done");
  assert.deepEqual(tab.take("TAGMSG").map((line) => line.tags["+typing"]), ["active", "active", "done"]);
});

test("a private message opens its conversation, and what another device of mine said is in it", async () => {
  const { tab, client } = await start();
  await tab.hear(stored(1, "psst", { to: "ann" }), stored(2, "yes?", { from: "ann", to: "bob" }));
  const talk = client.conversations.get("bob");
  assert.deepEqual(talk.messages.map((one) => [one.text, one.isOwn]), [["psst", false], ["yes?", true]]);
  assert.deepEqual(client.list().map((one) => one.name), ["#team", "bob"]);
  assert.equal(tab.news[0].kind, "message");
  client.close("bob");
  assert.deepEqual(client.list().map((one) => one.name), ["#team"]);
});

test("a mailbox is delivered message by message, and its receipt follows it", async () => {
  const { tab, client } = await start();
  await tab.hear(":srv BATCH +m rookery.chat/mailbox 2", `@batch=m;${stored(1, "one", { to: "ann" }).slice(1)}`,
    `@batch=m;${stored(2, "two", { to: "ann" }).slice(1)}`, ":srv BATCH -m", "PING :rookery-1");
  assert.deepEqual(shown(client.conversations.get("bob")), ["one", "two"]);
  assert.equal(client.conversations.get("bob").unread, 2);
  assert.deepEqual(tab.take("PONG")[0].params, ["rookery-1"]);
});

test("a room's new name moves the conversation with all it has", async () => {
  const { tab, room, client } = await start();
  await tab.hear(stored(1, "here"));
  client.setView("#team");
  await tab.hear(":ann!~u@h RENAME #team #Crew :better");
  assert.equal(client.conversations.get("#crew"), room);
  assert.deepEqual([room.name, client.view, client.conversations.has("#team")], ["#Crew", "#crew", false]);
  assert.deepEqual(tab.news.at(-1), { kind: "renamed", from: "#team", to: "#crew" });
});

test("invitations, topics and notes of the server reach the page", async () => {
  const { tab, room } = await start();
  await tab.hear(":bob!~b@h INVITE ann #ops", ":bob!~b@h TOPIC #team :The \x02plan", ":srv NOTE PRIVMSG KEPT_AWAY bob :bob is offline: delivered when bob connects.");
  assert.deepEqual(tab.news.map((one) => one.kind), ["invited", "info"]);
  assert.equal(room.topic, "The plan");
});

test("a room is joined by its bare name, a refusal is a sentence, and leaving takes it off the list", async () => {
  const { tab, client } = await start();
  const ops = await client.join("ops");
  assert.deepEqual([ops.key, ops.isJoined], ["#ops", true]);
  await assert.rejects(client.join("a b"), /no spaces/);
  const answer = tab.server;
  tab.server = (line) => line.command === "JOIN" ? queueMicrotask(() => tab.ends.line(`@label=${line.tags.label} :srv 475 ann #x :Wrong password for #x`)) : answer(line);
  await assert.rejects(client.join("#x"), /has a password, and this was not it/);
  tab.server = answer;
  await client.leave("#ops");
  assert.deepEqual(client.list().map((one) => one.name), ["#team"]);
});

test("a room left without a connection is left when there is one", async () => {
  const { tab, client } = await start();
  await tab.cut();
  await client.leave("#team");
  tab.isReachable = true;
  tab.server = welcoming(tab);
  await tab.pass(1100);
  await tab.hear(":ann!~u@h JOIN #team ann :ann");
  assert.deepEqual(tab.take("PART")[0].params, ["#team"]);
  assert.deepEqual(client.list(), []);
});

test("changes are told once for each turn", async () => {
  const { tab } = await start();
  const turns = [];
  tab.client.listen((changes) => turns.push([...changes].sort()));
  tab.ends.line(stored(1, "one"));
  tab.ends.line(stored(2, "two"));
  await null;
  await null;
  assert.deepEqual(turns, [["list", "messages:#team"]]);
});

test("the first paint has what this browser kept: rooms, people, messages, drafts, the last view", async () => {
  const profile = new Profile();
  const tab = await new Tab(profile).signIn();
  await tab.inRoom();
  await tab.hear(stored(4000, "hello"), react(4001, "👍", 4000), edit(4002, "hello!", 4000), stored(4003, "psst", { to: "ann" }));
  tab.client.setView("#team");
  tab.client.setDraft("#team", "half a thou");
  await tab.pass(3000);
  tab.end();
  const next = new Tab(profile);
  next.isReachable = false;
  await next.client.start();
  const room = next.client.conversations.get("#team");
  assert.deepEqual([next.client.view, room.draft, shown(room), [...room.messages.at(-1).reactions.keys()], room.messages.at(-1).isEdited],
    ["#team", "half a thou", ["hello!"], ["👍"], true]);
  assert.equal(next.client.conversations.get("bob").unread, 1);
});

test("who has a name that no line could carry cannot be written to, and spoils nothing", async () => {
  const { tab, client } = await start();
  for (const name of ["a b", "a,b", "a\nb", ":a", "#a b", "#", "", "@#team"])
    assert.throws(() => client.open(name), { message: /^"[^]*" is no name of a room or a person\.$/ }, name);
  assert.deepEqual([...client.conversations.keys()], ["#team"]);
  assert.deepEqual(tab.take("MONITOR"), []);
  assert.equal(client.open("#other").isJoined, false);
  assert.equal(client.open("bob[1]").name, "bob[1]");
});
