/**
 * What was said before: the newest page, those before it, around a message, and what was missed.
 * Source: IRCv3 draft/chathistory.
 * @import { Model } from './model.js'
 * @import { Talk } from './talk.js'
 */
import { put, timeOf } from "./saying.js";
import { Timeline } from "./timeline.js";

const PAGE = 100;
/** A gap of more pages is not filled: the older messages are read anew when somebody scrolls there. */
const MAX_GAP_PAGES = 10;

/** @param {Model} client */
const pageSize = (client) => Math.min(PAGE, Number(client.server.isupport.get("CHATHISTORY")) || PAGE);

/**
 * One page into a timeline. @param {Model} client @param {Talk} talk @param {Timeline} timeline
 * @param {string} verb @param {string} selector
 * @param {boolean} [isLive] whether the read line stays
 * @returns {Promise<{ count: number, ids: string[], from: number }>} `from`: when the first was said
 */
async function readPage(client, talk, timeline, verb, selector, isLive = true) {
  const { lines, count } = await client.server.asked("CHATHISTORY", [verb, talk.name, selector, String(pageSize(client))]);
  for (const line of lines) put(client, talk, line, timeline);
  client.counted(talk, isLive);
  return { count, ids: lines.map((line) => line.tags.msgid).filter(Boolean), from: lines.length ? timeOf(lines[0], 0) : 0 };
}

/** One thing at a time in each talk. @param {Model} client @param {Talk} talk @param {() => Promise<void>} work */
function loading(client, talk, work) {
  const show = (/** @type {boolean} */ is) => {
    talk.isLoading = is;
    client.changed(`messages:${talk.key}`);
  };
  const done = talk.loaded.then(() => show(true)).then(client.server.caps.has("draft/chathistory") ? work : () => {}).finally(() => show(false));
  talk.loaded = done.catch(() => {});
  return done;
}

/**
 * Fetch the newest page, and what lies between it and what was known when the connection was lost;
 * what was cut off in between begins anew the next time. @param {Model} client @param {Talk} talk
 */
export const catchUp = (client, talk) => loading(client, talk, async () => {
  const { timeline } = talk, wasEmpty = !timeline.byId.size, last = timeline.byId.get(talk.gapBehind);
  let got = await readPage(client, talk, timeline, "LATEST", "*", false);
  for (let pages = 1; last && !got.ids.includes(last.msgid) && got.from >= last.at && got.count >= pageSize(client) && got.ids.length; pages++) {
    if (pages >= MAX_GAP_PAGES) {
      timeline.forgetBefore(got.ids[0]);
      break;
    }
    got = await readPage(client, talk, timeline, "BEFORE", `msgid=${got.ids[0]}`, false);
  }
  talk.gapBehind = "";
  if (wasEmpty) timeline.hasOlder = got.count >= pageSize(client);
});

/** @param {Model} client @param {Talk} talk */
export const older = (client, talk) => loading(client, talk, async () => {
  const timeline = talk.past ?? talk.timeline, oldest = timeline.list.find((message) => message.msgid);
  if (!timeline.hasOlder) return;
  const got = oldest
    ? await readPage(client, talk, timeline, "BEFORE", `msgid=${oldest.msgid}`)
    : await readPage(client, talk, timeline, "LATEST", "*");
  timeline.hasOlder = got.count >= pageSize(client);
});

/** Go on towards now in the past, until it joins on. @param {Model} client @param {Talk} talk */
export const newer = (client, talk) => loading(client, talk, async () => {
  const { past, timeline } = talk, newest = past?.list.findLast((message) => message.msgid);
  if (!past || !newest) return;
  const got = await readPage(client, talk, past, "AFTER", `msgid=${newest.msgid}`);
  if (got.count >= pageSize(client) && !past.list.some((message) => timeline.byId.has(message.msgid))) return;
  timeline.restore(past.list);
  timeline.hasOlder = past.hasOlder;
  talk.past = null;
});

/** @param {Model} client @param {Talk} talk @param {string} msgid */
export const around = (client, talk, msgid) => loading(client, talk, async () => {
  if (talk.find(msgid)) return;
  const past = new Timeline();
  await readPage(client, talk, past, "AROUND", `msgid=${msgid}`);
  if (!past.byId.has(msgid)) throw new Error("This message is not there any more.");
  const joins = past.list.some((message) => talk.timeline.byId.has(message.msgid));
  if (joins) talk.timeline.restore(past.list);
  else talk.past = past;
});

/** Private talks that happened elsewhere since all of them was known here. @param {Model} client */
export async function findTalks(client) {
  const [to, from] = [client.now() + 86_400_000, client.knownUntil].map((at) => `timestamp=${new Date(at).toISOString()}`);
  const { lines } = await client.server.asked("CHATHISTORY", ["TARGETS", to, from, String(pageSize(client))]);
  let isWhole = true;
  for (const { params } of lines) {
    if (params[0] !== "TARGETS" || !params[1] || params[1].startsWith("#")) continue;
    const talk = client.talkWith(params[1]);
    client.reopen(talk);
    client.server.send("MARKREAD", [talk.name]);
    await catchUp(client, talk).catch(() => { isWhole = false; });
  }
  if (isWhole) client.knownUntil = 0;
}
