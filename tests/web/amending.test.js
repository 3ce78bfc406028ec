/** What is said about what was said: reactions, edits and deletions, in whichever order they come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { edit, react, shown, start } from "./team.js";
import { idOf, stored } from "./world.js";

test("reactions come and go, and those of one person count once", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "good?"), react(2, "👍", 1), react(3, "👍", 1), react(4, "👍", 1, "react", "carl"), react(5, "👍", 1, "unreact"));
  assert.deepEqual([...room.messages[0].reactions], [["👍", ["carl"]]]);
  await tab.hear(react(6, "👍", 1, "unreact", "carl"));
  assert.equal(room.messages[0].reactions.size, 0);
});

test("a reaction that was taken back stays so when older history tells of it again", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "good?"), react(5, "👍", 1, "unreact"), react(3, "👍", 1));
  assert.equal(room.messages[0].reactions.size, 0);
});

test("my reactions are sent with their message, and refused ones reject", async () => {
  const { tab, room, client } = await start();
  await tab.hear(stored(1, "good?"));
  await client.react("#team", room.messages[0], "🎉");
  const [{ tags }] = tab.take("TAGMSG");
  assert.deepEqual([tags["+draft/react"], tags["+draft/reply"]], ["🎉", idOf(1)]);
  await tab.cut();
  await assert.rejects(client.react("#team", room.messages[0], "🎉"), /no connection/);
});

test("the author's edit takes the place of the text; the latest counts, and nothing becomes unread twice", async () => {
  const { tab, room, client } = await start();
  await tab.hear(stored(4000, "meat at 12"), react(4001, "👍", 4000));
  client.markRead("#team");
  await tab.hear(edit(4005, "meet at 12:30", 4000), edit(4003, "meet at 12", 4000));
  assert.deepEqual(shown(room), ["meet at 12:30"]);
  const [message] = room.messages;
  assert.deepEqual([message.isEdited, message.msgid, message.reactions.size, room.unread], [true, idOf(4000), 1, 0]);
});

test("an edit by another than the author is an ordinary message", async () => {
  const { tab, room } = await start();
  await tab.hear(stored(1, "mine"), edit(2, "forged", 1, "carl"));
  assert.deepEqual(shown(room), ["mine", "forged"]);
});

test("an edit that comes before its original takes its place then", async () => {
  const { tab, room } = await start();
  await tab.hear(edit(9, "right", 1));
  assert.deepEqual(shown(room), ["right"]);
  await tab.hear(stored(1, "wrong"));
  assert.deepEqual(shown(room), ["right"]);
  assert.equal(room.messages[0].msgid, idOf(1));
});

test("a deleted message keeps its place without its text; deleting an edit brings back the text before", async () => {
  const { tab, room, client } = await start();
  await tab.hear(stored(1, "first", { from: "ann" }), edit(2, "second", 1, "ann"));
  const done = client.redact("#team", room.messages[0]);
  await tab.pass(0);
  await done;
  assert.deepEqual(tab.take("REDACT").map((line) => line.params[1]), [idOf(2), idOf(1)]);
  await tab.hear(`:ann!~u@h REDACT #team ${idOf(2)} :typo`);
  assert.deepEqual(shown(room), ["first"]);
  assert.equal(room.messages[0].isEdited, false);
  await tab.hear(`:ann!~u@h REDACT #team ${idOf(1)}`);
  assert.deepEqual([shown(room), room.messages[0].isRedacted], [[""], true]);
});

test("a deletion that comes before its message holds", async () => {
  const { tab, room } = await start();
  await tab.hear(`:bob!~b@h REDACT #team ${idOf(3)}`, stored(3, "secret"));
  assert.deepEqual(shown(room), [""]);
});

test("what was said about loaded messages is kept, however much of it there is", async () => {
  const { tab, room } = await start();
  const many = Array.from({ length: 2100 }, (_, number) => number + 1);
  await tab.hear(...many.map((number) => stored(number, `line ${number}`)));
  await tab.hear(...many.map((number) => react(5000 + number, "A", number)));
  await tab.hear(react(9001, "B", 2100), react(9002, "B", 1));
  assert.deepEqual([...room.messages[2099].reactions.keys()], ["A", "B"]);
  assert.deepEqual([...room.messages[0].reactions.keys()], ["A", "B"]);
});
