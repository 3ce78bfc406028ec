/**
 * The messages of one conversation: in order, none twice, with what was said about them later.
 *
 * History is read backwards, so an edit, a reaction or a deletion may come before its message: it
 * waits in `later`. What a server sends can only ever fill bounded memory.
 * Source: IRCv3 draft/chathistory, draft/react, draft/message-redaction; docs/ext/edit.md.
 * @import { Later, Message } from './types.js'
 */
import { fold } from "../wire/casefold.js";

const MAX_LATER = 2000;
const MAX_EMOJI_CHARS = 32;
const MAX_REACTIONS = 50;
/** A live event without a msgid and its copy in history are this close (ms). */
const SAME_EVENT_MS = 2000;

/** @param {Message} one @param {Message} other @returns {boolean} whether `one` stands behind `other` */
function isBehind(one, other) {
  const [a, b] = [one, other].map((message) => (message.state === "waiting" ? Infinity : message.at));
  if (a !== b) return a > b;
  if (!one.msgid || !other.msgid) return false;
  return one.msgid.length - other.msgid.length > 0 || (one.msgid.length === other.msgid.length && one.msgid > other.msgid);
}

/** Two messages of one author: by account, or by nick where neither has one. @param {Message} one @param {Message} other */
const isOfOne = (one, other) => fold(one.account || one.sender) === fold(other.account || other.sender) && !one.account === !other.account;

export class Timeline {
  /** @type {Message[]} */ list = [];
  /** Whether the server may have more before the oldest. */ hasOlder = true;
  /** See `takeIntact`. */ #intact = 0;
  /** @type {Map<string, Message>} */ byId = new Map();
  /** Own messages that have no msgid yet, by `rookery.chat/id`. @type {Map<string, Message>} */ waiting = new Map();
  /** The latest events without a msgid. @type {Message[]} */ #bare = [];
  /** By msgid of what it is about, oldest entry first. @type {Map<string, Later>} */ #later = new Map();

  /** @param {string} msgid @returns {Later} */
  #about(msgid) {
    let later = this.#later.get(msgid);
    if (!later) {
      this.#later.set(msgid, (later = { marks: new Map(), edits: [], redactedBy: null }));
      if (this.#later.size > MAX_LATER) this.#forgetOldest();
    }
    return later;
  }

  /** Give up what was said about a message that is not loaded; for each that is, it is kept. */
  #forgetOldest() {
    for (const id of this.#later.keys()) if (!this.byId.has(id)) return void this.#later.delete(id);
  }

  /** Put a message in its place. @param {Message} message */
  #place(message) {
    let low = 0, high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBehind(this.list[middle], message)) high = middle;
      else low = middle + 1;
    }
    this.list.splice(low, 0, message);
    this.#intact = Math.min(this.#intact, low);
  }

  /** How many messages, from the oldest on, stand where they stood the last time somebody asked. */
  takeIntact() {
    const intact = Math.min(this.#intact, this.list.length);
    this.#intact = Infinity;
    return intact;
  }

  /** @param {Message} message */
  remove(message) {
    this.#leave(message);
    if (message.msgid) this.byId.delete(message.msgid);
    for (const [id, one] of this.waiting) if (one === message) this.waiting.delete(id);
  }

  /** Forget all before a message: they are read anew when somebody scrolls there. @param {string} msgid */
  forgetBefore(msgid) {
    for (const message of this.#cut(0, Math.max(0, this.list.findIndex((one) => one.msgid === msgid)))) this.byId.delete(message.msgid);
    this.hasOlder = true;
  }

  /** Take a message out, and keep its msgid: it is known. @param {Message} message */
  #leave(message) {
    const at = this.list.lastIndexOf(message);
    if (at >= 0) this.#cut(at, 1);
  }

  /** @param {number} at @param {number} count */
  #cut(at, count) {
    this.#intact = Math.min(this.#intact, at);
    return this.list.splice(at, count);
  }

  /**
   * Add a message, or learn from it what became of one of one's own.
   * @param {Message} message @param {string} [clientId] `rookery.chat/id` of one's own message
   * @returns {Message | null} the message that stands in the list now; null for one known before, or that is only an edit
   */
  add(message, clientId = "") {
    const known = this.byId.get(message.msgid);
    const own = clientId ? this.waiting.get(clientId) : undefined;
    if (known) {
      if (own && own !== known) this.remove(own);
      return null;
    }
    if (own) {
      this.remove(own);
      const { key, isOwn } = own;
      message = Object.assign(own, message, { key, isOwn, state: "sent", reason: "" });
    }
    this.#dropLiveCopy(message);
    if (message.msgid) this.byId.set(message.msgid, message);
    if (message.original && this.#correct(message)) return null;
    this.#place(message);
    const later = message.msgid ? this.#later.get(message.msgid) : undefined;
    if (later) this.#catchUp(message, later);
    return message;
  }

  /** Some events are told live without a msgid and come again in history. @param {Message} event */
  #dropLiveCopy(event) {
    if (event.kind !== "event") return;
    if (!event.msgid) this.#bare = [...this.#bare.slice(-MAX_REACTIONS), event];
    const live = event.msgid && this.#bare.find((one) => one.text === event.text && Math.abs(one.at - event.at) < SAME_EVENT_MS);
    if (live) this.remove(live);
  }

  /** @param {Message} message @param {Later} later */
  #catchUp(message, later) {
    for (const edit of later.edits.splice(0)) if (this.#correct(edit)) this.#leave(edit);
    this.#showReactions(message, later);
    if (later.redactedBy !== null) this.redact(message.msgid, later.redactedBy);
  }

  /** Put a correction in the place of its original; false: it is an ordinary message for now. @param {Message} edit */
  #correct(edit) {
    const message = this.byId.get(edit.original);
    if (!message) {
      this.#about(edit.original).edits.push(edit);
      return false;
    }
    if (message.kind === "notice" || edit.kind === "notice" || message.original || !isOfOne(message, edit)) return false;
    if (!message.corrections.length) message.corrections.push({ ...message, corrections: [] });
    message.corrections.push(edit);
    this.#showNewest(message);
    return true;
  }

  /** @param {Message} message whose first correction is its own first text */
  #showNewest(message) {
    const [first, ...edits] = message.corrections;
    const newest = edits.reduce((best, edit) => (isBehind(best, edit) ? best : edit), first);
    Object.assign(message, { text: newest.text, isMention: newest.isMention, isEdited: edits.length > 0 });
  }

  /** @param {string} msgid @param {string} by a nick */
  redact(msgid, by) {
    const message = this.byId.get(msgid);
    if (!message) {
      this.#about(msgid).redactedBy = by;
      return;
    }
    const original = message.original && this.byId.get(message.original);
    if (original && original.corrections.includes(message)) {
      original.corrections = original.corrections.filter((one) => one !== message);
      if (!original.isRedacted) this.#showNewest(original);
      return;
    }
    Object.assign(message, { text: "", isRedacted: true, isMention: false, reactions: new Map(), reason: by });
  }

  /** @param {string} msgid @param {string} emoji @param {string} nick @param {number} at @param {boolean} isOn */
  react(msgid, emoji, nick, at, isOn) {
    if (!emoji || emoji.length > MAX_EMOJI_CHARS) return;
    const later = this.#about(msgid);
    if (!later.marks.has(emoji) && later.marks.size >= MAX_REACTIONS) return;
    const people = later.marks.get(emoji) ?? new Map();
    later.marks.set(emoji, people);
    if ((people.get(fold(nick))?.at ?? 0) <= at) people.set(fold(nick), { at, isOn, nick });
    const message = this.byId.get(msgid);
    if (message) this.#showReactions(message, later);
  }

  /** @param {Message} message @param {Later} later */
  #showReactions(message, later) {
    message.reactions = new Map();
    for (const [emoji, people] of later.marks) {
      const nicks = [...people.values()].filter((mark) => mark.isOn).sort((a, b) => a.at - b.at).map((mark) => mark.nick);
      if (nicks.length && !message.isRedacted) message.reactions.set(emoji, nicks);
    }
  }

  /** Take what another timeline had, or the cache. @param {Message[]} messages */
  restore(messages) {
    for (const message of messages) {
      if (this.byId.has(message.msgid)) continue;
      for (const one of [message, ...message.corrections.slice(1)]) if (one.msgid) this.byId.set(one.msgid, one);
      for (const [emoji, nicks] of message.reactions) for (const nick of nicks) this.react(message.msgid, emoji, nick, 1, true);
      this.#place(message);
    }
  }
}
