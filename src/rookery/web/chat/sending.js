/**
 * My own messages as they stand in their conversations while the outbox has them.
 * @import { Model } from './model.js'
 * @import { Entry } from './types.js'
 */
import { fold } from "../wire/casefold.js";
import { Outbox } from "./outbox.js";
import { EDIT, newMessage, replyOf, saidIn } from "./saying.js";

/** The outbox of who signs in. @param {Model} client */
export function newOutbox(client) {
  const { clock, cache } = client;
  /** @type {Outbox} */ const outbox = new Outbox({
    now: clock.now, token: clock.token, hasLocks: clock.hasLocks,
    claim: (name) => clock.claim(`${cache.who} ${name}`),
    keep: (rows) => cache.keep(rows),
    kept: (prefix) => cache.kept(prefix),
    post: (entry, done) => client.server.post(entry, done),
    changed: (entry) => client.outbox === outbox && changed(client, entry),
    isOnline: () => client.server.isOnline,
  });
  return outbox;
}

/** Take over and show what other tabs have left. @param {Model} client */
export async function adopt(client) {
  for (const entry of await client.outbox.adopt()) {
    const talk = client.talkWith(entry.target);
    if (talk.isClosed && entry.state === "waiting") talk.isWanted = talk.isRoom;
    show(client, entry);
  }
}

/** Show an entry in its conversation; an edit shows when it is stored. @param {Model} client @param {Entry} entry */
export function show(client, entry) {
  const talk = client.talkWith(entry.target), { command, text, tags } = entry;
  const said = tags[EDIT] ? null : saidIn(client, { command, params: [entry.target, text], source: client.me.nick, tags });
  if (!said) return;
  const { at, state, reason } = entry, sender = client.me.nick || client.cache.who;
  const message = newMessage({ ...said, at, state, reason, sender, account: client.me.account, isOwn: true, isMention: false, replyTo: replyOf(tags) });
  client.shown.set(entry, message);
  talk.timeline.waiting.set(entry.id, message);
  talk.timeline.add(message);
  client.reopen(talk);
  client.counted(talk);
}

/** Show what became of an entry. @param {Model} client @param {Entry} entry */
function changed(client, entry) {
  const talk = client.conversations.get(fold(entry.target)), message = client.shown.get(entry);
  if (entry.state === "failed" && !message) client.news({ kind: "refused", text: entry.reason, ...(talk && { conversation: talk }) });
  if (entry.state === "sent") client.shown.delete(entry);
  if (!talk || !message || message.msgid) return;
  talk.timeline.remove(message);
  Object.assign(message, { state: entry.state, reason: entry.reason, at: entry.at });
  talk.timeline.waiting.set(entry.id, message);
  talk.timeline.add(message);
  client.counted(talk);
}

/** Forget a message that has not been stored. @param {Model} client @param {Entry} entry */
export function discard(client, entry) {
  const talk = client.conversations.get(fold(entry.target)), message = client.shown.get(entry);
  client.shown.delete(entry);
  client.outbox.settle(entry);
  if (!talk || !message) return;
  talk.timeline.remove(message);
  client.counted(talk);
}
