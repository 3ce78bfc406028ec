/** Lines that nobody sensible sends: none may throw, none may grow memory without bound. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CAPS, idOf, settle, stored, Tab } from "./world.js";

const start = async () => {
  const tab = await new Tab().signIn();
  return { tab, room: await tab.inRoom() };
};

test("every command with too few, too many and strange parameters is survived", async () => {
  const { tab } = await start();
  const commands = ["PRIVMSG", "NOTICE", "TAGMSG", "REDACT", "JOIN", "PART", "KICK", "QUIT", "NICK", "MODE", "TOPIC", "RENAME", "INVITE", "AWAY", "ACCOUNT",
    "MARKREAD", "NOTE", "WARN", "FAIL", "PING", "ERROR", "BATCH", "CAP", "AUTHENTICATE", "REGISTER", "CHATHISTORY", "PASSWORD", "ACK",
    "001", "005", "301", "305", "306", "331", "332", "353", "354", "366", "404", "433", "432", "730", "731", "900", "903", "904", "__proto__", "constructor", "toString"];
  const params = ["", "#team", "ann", ":", "bob #team", "#team +o", "#team +ooo bob", "* LS :x=y", "+", "+r chathistory #team", "-r", "REGISTER X", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", "#team \x01ACTION", "#TEAM :\x01VERSION\x01"];
  const sources = ["", ":", ":srv ", ":bob!~b@h ", ":ann!~u@h ", ":!@ "];
  const tags = ["", "@ ", "@label=r1 ", "@batch=r;msgid=1 ", "@time=nonsense;msgid= ", "@+draft/react=x;+draft/reply=1 ", "@rookery.chat/id=x.y ", "@+typing=active "];
  for (const command of commands) {
    for (const given of params) {
      for (const source of sources) tab.ends.line(`${source}${command} ${given}`);
      for (const tag of tags) tab.ends.line(`${tag}:bob!~b@h ${command} ${given}`);
    }
    await settle();
  }
});

test("what is no line at all is passed over", async () => {
  const { tab, room } = await start();
  await tab.hear("", " ", ":", "@", "@a", ":x", "\0", "PRIVMSG #team :a\nb", "x".repeat(100_000));
  await tab.hear(stored(1, "still here"));
  assert.equal(room.messages.at(-1).text, "still here");
});

test("text is text: markup and control characters reach the page as they are, formatting codes do not", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "<script>alert(1)</script> \u202eevil \x1b[31m \x02bold\x02 &amp;"));
  assert.equal(room.messages.at(-1).text, "<script>alert(1)</script> \u202eevil \x1b[31m bold &amp;");
});

test("CTCP is not shown, ACTION is", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "\x01VERSION\x01"), stored(2, "\x01ACTION waves\x01"));
  assert.deepEqual(room.messages.map((one) => [one.kind, one.text]), [["action", "waves"]]);
});

test("batches that are never closed, unknown, or nested in themselves hold nothing up", async () => {
  const { tab, room } = await start();
  for (let number = 0; number < 500; number++) await tab.hear(`:srv BATCH +open${number} example.org/x`);
  await tab.hear("@batch=self :srv BATCH +self example.org/x", "@batch=self PING :inside", ":srv BATCH -self", ":srv BATCH -nothing",
    "@batch=unknown :bob!~b@h PRIVMSG #team :in no batch", ":srv BATCH +m draft/multiline #team", ":srv BATCH -m");
  assert.deepEqual(room.messages.map((one) => one.text), ["in no batch"]);
});

test("reactions, edits and deletions of messages that never come do not pile up", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "real"));
  for (let number = 0; number < 5000; number++) {
    tab.ends.line(`@+draft/react=x;+draft/reply=none${number} :bob!~b@h TAGMSG #team`);
    tab.ends.line(`:bob!~b@h REDACT #team gone${number}`);
  }
  for (let number = 0; number < 500; number++) tab.ends.line(`@+draft/react=e${number};+draft/reply=${idOf(1)} :bob!~b@h TAGMSG #team`);
  tab.ends.line(`@+draft/react=${"long".repeat(20)};+draft/reply=${idOf(1)} :bob!~b@h TAGMSG #team`);
  await settle();
  assert.equal(room.messages[0].reactions.size, 50);
});

test("a server's prefix that means nothing, and modes without arguments, change nobody's rank", async () => {
  const { tab, room } = await start();
  await tab.hear(":srv 005 ann PREFIX= CHANMODES= :are supported", ":srv MODE #team +o", ":srv MODE #team +q-o+v");
  assert.equal(room.members.get("ann").prefix, "@");
});

test("a capability taken away is not used any more", async () => {
  const { tab, room } = await start();
  await tab.hear(":srv CAP ann DEL :message-tags draft/multiline");
  tab.sent = [];
  tab.client.typing("#team", "active");
  tab.client.say("#team", "one\ntwo");
  await settle();
  assert.deepEqual(tab.take("TAGMSG"), []);
  assert.equal(tab.take("BATCH").length, 0);
  assert.ok(CAPS && room);
});

test("a name with regular expression signs in it can be mentioned", async () => {
  const tab = await new Tab().signIn("a[b]|^{}");
  const room = await tab.inRoom("#team", "a[b]|^{} bob");
  await tab.hear(stored(4000, "hey A[B]|^{}: yes"), stored(4001, "ab is somebody else"));
  assert.deepEqual(room.messages.map((one) => one.isMention), [true, false]);
});
