/** Scrollback, search and what was missed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, page, Profile, settle, stored, Tab, welcoming } from "./world.js";

/** A server's log of a room; answers CHATHISTORY from it. */
function logOf(tab, count) {
  const log = Array.from({ length: count }, (_, number) => [number, stored(number, `n${number}`)]);
  const asked = [];
  tab.history = ([verb, name, selector, limit], { label }) => {
    if (verb === "TARGETS") return false;
    asked.push(`${verb} ${selector}`);
    const at = log.findIndex(([number]) => `msgid=${idOf(number)}` === selector), size = Number(limit);
    const rows = { LATEST: () => log.slice(-size), BEFORE: () => log.slice(Math.max(0, at - size), at), AFTER: () => log.slice(at + 1, at + 1 + size),
      AROUND: () => log.slice(Math.max(0, at - size / 2), at + size / 2) }[verb]();
    queueMicrotask(() => page(label, name, rows.map(([, line]) => line)).forEach((line) => tab.ends.line(line)));
    return true;
  };
  return { log, asked };
}
const texts = (talk) => talk.messages.filter((one) => one.kind === "said").map((one) => one.text);
const range = (from, to) => Array.from({ length: to - from }, (_, at) => `n${from + at}`);

test("entering a room shows its newest page, and scrolling back all of it, once", async () => {
  const tab = await new Tab().signIn();
  const { asked } = logOf(tab, 250);
  const room = await tab.inRoom();
  assert.deepEqual(texts(room), range(150, 250));
  assert.equal(room.unread, 0);
  await Promise.all([tab.client.loadOlder("#team"), settle()]);
  await tab.client.loadOlder("#team");
  assert.deepEqual(texts(room), range(0, 250));
  assert.equal(room.hasOlder, false);
  await tab.client.loadOlder("#team");
  assert.equal(asked.length, 3);
});

test("a gap after a lost connection is filled page by page, without doubles, and counts as unread", async () => {
  const tab = new Tab();
  tab.time = Date.parse("2026-11-22T10:00:00Z");
  await tab.signIn();
  const server = logOf(tab, 20);
  const room = await tab.inRoom();
  tab.client.markRead("#team");
  await tab.cut({ isReachable: true });
  for (let number = 20; number < 350; number++) server.log.push([number, stored(number, `n${number}`)]);
  tab.server = welcoming(tab);
  await tab.pass(1100);
  await settle();
  assert.deepEqual(texts(room), range(0, 350));
  assert.equal(room.unread, 330);
  assert.equal(room.firstUnread, idOf(20));
});

/** A tab that lost its connection with 20 messages known, and lost it again while it asked for the 330 between. */
async function cutOffInTheGap(profile) {
  const tab = await new Tab(profile).signIn();
  const server = logOf(tab, 20), answer = tab.history;
  const room = await tab.inRoom();
  await tab.cut({ isReachable: true });
  for (let number = 20; number < 350; number++) server.log.push([number, stored(number, `n${number}`)]);
  tab.history = (params, tags) => (params[0] === "BEFORE" ? (tab.ends.closed("cut"), true) : answer(params, tags));
  tab.server = welcoming(tab);
  await tab.pass(1000);
  await settle();
  return { tab, room, server, answer };
}

test("a gap whose filling was cut off is filled when there is a connection again, whatever was heard since", async () => {
  const { tab, room, answer } = await cutOffInTheGap();
  assert.deepEqual(texts(room), [...range(0, 20), ...range(250, 350)]);
  tab.history = answer;
  await tab.pass(2000);
  await settle();
  assert.deepEqual(texts(room), range(0, 350));
});

test("a gap that was not filled is not kept: the next visit fills it", async () => {
  const profile = new Profile();
  const { tab, server } = await cutOffInTheGap(profile);
  await tab.client.save();
  tab.end();
  const again = new Tab(profile);
  Object.assign(logOf(again, 0).log, server.log);
  again.server = welcoming(again);
  await again.client.start();
  await settle();
  assert.deepEqual(texts(again.client.conversations.get("#team")), range(0, 350));
});

test("private talks are looked for from where all was known, until one look was whole", async () => {
  const tab = await new Tab().signIn();
  const asked = [];
  await tab.hear(stored(1, "hello", { to: "ann" }));
  await tab.cut({ isReachable: true });
  tab.history = ([verb, , from]) => {
    if (verb !== "TARGETS" || asked.push(from) > 1) return false;
    tab.ends.line(stored(9, "live", { to: "ann", from: "dora" }));
    tab.ends.closed("cut");
    return true;
  };
  tab.server = welcoming(tab);
  await tab.pass(1000);
  await tab.pass(2000);
  await settle();
  assert.deepEqual(asked, ["timestamp=2026-11-22T11:00:01.000Z", "timestamp=2026-11-22T11:00:01.000Z"]);
});

test("what is said while a gap is filled stands behind it", async () => {
  const tab = await new Tab().signIn();
  const server = logOf(tab, 10);
  const room = await tab.inRoom();
  await tab.cut({ isReachable: true });
  for (let number = 10; number < 150; number++) server.log.push([number, stored(number, `n${number}`)]);
  tab.server = welcoming(tab);
  const answer = tab.history;
  tab.history = (params, tags) => {
    if (params[0] === "BEFORE") tab.ends.line(stored(500, "n500"));
    return answer(params, tags);
  };
  await tab.pass(1100);
  await settle();
  assert.deepEqual(texts(room), [...range(0, 150), "n500"]);
});

test("a gap of more than ten pages is left, and read when somebody scrolls there", async () => {
  const tab = await new Tab().signIn();
  const server = logOf(tab, 20);
  const room = await tab.inRoom();
  await tab.cut({ isReachable: true });
  for (let number = 20; number < 1500; number++) server.log.push([number, stored(number, `n${number}`)]);
  tab.server = welcoming(tab);
  await tab.pass(1100);
  for (let turn = 0; turn < 20; turn++) await settle();
  assert.deepEqual(texts(room), range(500, 1500));
  assert.equal(room.hasOlder, true);
  await tab.client.loadOlder("#team");
  assert.deepEqual(texts(room), range(400, 1500));
});

test("a hit in the past is shown with what is around it; going on joins the present again", async () => {
  const tab = await new Tab().signIn();
  logOf(tab, 400);
  const room = await tab.inRoom();
  await tab.client.loadAround("#team", idOf(100));
  assert.deepEqual(texts(room), range(50, 150));
  assert.equal(room.hasNewer, true);
  await tab.hear(stored(500, "n500"));
  assert.equal(texts(room).at(-1), "n149");
  await tab.client.loadNewer("#team");
  assert.equal(room.hasNewer, true);
  await tab.client.loadNewer("#team");
  await tab.client.loadNewer("#team");
  assert.deepEqual(texts(room), [...range(50, 400), "n500"]);
  assert.equal(room.hasNewer, false);
});

test("the latest messages are one call away, and a hit that is gone says so", async () => {
  const tab = await new Tab().signIn();
  logOf(tab, 400);
  const room = await tab.inRoom();
  await tab.client.loadAround("#team", idOf(10));
  await tab.client.loadLatest("#team");
  assert.deepEqual(texts(room), range(300, 400));
  await assert.rejects(tab.client.loadAround("#team", "fff"), /not there any more/);
});

test("history has its joins, reactions, edits and deletions in place", async () => {
  const tab = await new Tab().signIn();
  tab.history = ([verb, name], { label }) => verb === "LATEST" && (queueMicrotask(() => page(label, name, [
    stored(1, "good?"), `@msgid=${idOf(2)};time=2026-11-22T11:00:02Z :carl!~c@h JOIN #team carl :Carl`,
    stored(3, "", { command: "TAGMSG", tags: `+draft/react=👍;+draft/reply=${idOf(1)}` }),
    stored(4, "good!", { tags: `+rookery.chat/edit=${idOf(1)}` })]).forEach((line) => tab.ends.line(line))), true);
  const room = await tab.inRoom("#team", "ann bob");
  assert.deepEqual(room.messages.map((one) => one.text), ["good!", "carl joined."]);
  assert.deepEqual([...room.messages[0].reactions.keys()], ["👍"]);
  assert.equal(room.members.has("carl"), false);
});

test("an event told live without a msgid and again in history is shown once", async () => {
  const tab = await new Tab().signIn();
  const room = await tab.inRoom();
  await tab.hear("@time=2026-11-22T12:00:00.000Z :carl!~c@h JOIN #team carl :Carl", ":srv BATCH +h chathistory #team",
    "@batch=h;time=2026-11-22T12:00:00.100Z;msgid=77 :carl!~c@h JOIN #team carl :Carl", ":srv BATCH -h");
  assert.deepEqual(room.messages.map((one) => one.text), ["carl joined."]);
});

test("private talks that happened elsewhere are found at the sign-in", async () => {
  const tab = new Tab();
  tab.history = ([verb, name], { label }) => {
    const lines = verb === "TARGETS"
      ? [`@label=${label} :srv BATCH +t draft/chathistory-targets`, "@batch=t :srv CHATHISTORY TARGETS Dora 2026-11-22T11:00:00.000Z", "@batch=t :srv CHATHISTORY TARGETS #team 2026-11-22T11:00:00.000Z", ":srv BATCH -t"]
      : page(label, name, [stored(1, "hi from elsewhere", { from: "Dora", to: "ann" })]);
    queueMicrotask(() => lines.forEach((line) => tab.ends.line(line)));
    return true;
  };
  await tab.signIn();
  await settle();
  assert.deepEqual(tab.client.list().map((one) => [one.name, one.unread]), [["Dora", 1]]);
  assert.equal(tab.take("MARKREAD", "Dora").length, 1);
});

test("search tells where each hit is, newest first, and shows it in no conversation", async () => {
  const tab = await new Tab().signIn();
  const room = await tab.inRoom();
  const found = tab.client.search("a;b c", { key: "#team", from: "bob" });
  await settle();
  const [{ params, tags }] = tab.take("SEARCH");
  assert.equal(params[0], "text=a\\:b\\sc;in=#team;from=bob");
  await tab.hear(`@label=${tags.label} :srv BATCH +s soju.im/search`, `@batch=s;${stored(1, "one").slice(1)}`, `@batch=s;${stored(2, "two", { to: "ann" }).slice(1)}`, ":srv BATCH -s");
  assert.deepEqual((await found).map((hit) => [hit.conversation, hit.message.text]), [["bob", "two"], ["#team", "one"]]);
  assert.deepEqual(texts(room), []);
});

test("who is there, which rooms there are, and any other command are answered by their lines", async () => {
  const tab = await new Tab().signIn();
  const ask = async (asked, command, lines) => {
    await settle();
    const { label } = tab.take(command).at(-1).tags;
    await tab.hear(`@label=${label} :srv BATCH +l labeled-response`, ...lines.map((line) => `@batch=l ${line}`), ":srv BATCH -l");
    return asked;
  };
  assert.deepEqual(await ask(tab.client.who(), "WHO", [":srv 354 ann 9 bob G@ bob :Bob B", ":srv 315 ann * :End"]),
    [{ nick: "bob", account: "bob", isAway: true, realname: "Bob B" }]);
  assert.equal(await ask(tab.client.count(), "LUSERS", [":srv 251 ann :There are 2 users and 1 invisible on 1 servers", ":srv 266 ann 3 9 :Current global users 3, max 9"]), 3);
  assert.equal(await ask(tab.client.count(), "LUSERS", [":srv 251 ann :There are 2 users and 1 invisible on 1 servers"]), 0);
  assert.deepEqual(await ask(tab.client.rooms(), "LIST", [":srv 322 ann #team 3 :The plan", ":srv 323 ann :End"]),
    [{ name: "#team", members: 3, topic: "The plan" }]);
  assert.deepEqual(await ask(tab.client.raw("version"), "VERSION", [":srv 351 ann rookery-1 srv"]), ["rookery-1 srv"]);
  await assert.rejects(ask(tab.client.raw("foo x"), "FOO", [":srv 421 ann FOO :Unknown command"]), /Unknown command/);
});
