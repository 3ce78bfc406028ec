/**
 * The one object that the page talks to: state to read, methods to call, listeners to tell.
 *
 * Methods that wait for an answer return a promise; its rejection's `message` is a sentence to show.
 * @import { Conversation, Hit, Message, Person, RoomRow } from './types.js'
 */
import { fold, isNick, isRoom, isRoomName } from "../wire/casefold.js";
import { nickOf } from "../wire/message.js";
import { textLines } from "../wire/split.js";
import { answerTo, countOn, found, peopleOn, roomsOn } from "./asking.js";
import { browserWorld, keepWatch } from "./browser.js";
import { around, catchUp, newer, older } from "./history.js";
import { Model } from "./model.js";
import { push } from "./push.js";
import { base64 } from "./registration.js";
import { EDIT } from "./saying.js";
import { discard, show } from "./sending.js";
import { upload } from "./upload.js";

const TYPING_EVERY_MS = 3000;

export class Client extends Model {
  /** When I last said that I type, by key. @type {Map<string, number>} */ #typedAt = new Map();

  /** Read what this browser keeps, then connect if there is a name. First paint after it. */
  async start() {
    const last = await this.clock.store.get("last");
    if (typeof last !== "string") return;
    this.isKnown = true;
    await this.signIn(last);
  }

  /** Leave, and forget the name and what was kept of its conversations; its secret stays. */
  async signOut() {
    if (this.server.isOnline) this.server.send("QUIT");
    this.server.link.stop();
    await this.cache.forget();
    this.isKnown = false;
    this.view = "";
    this.conversations.clear();
    for (const what of ["me", "list"]) this.changed(what);
  }

  /** @param {string} password the new one @param {string} [old] needed where `me.hasPassword` */
  async setPassword(password, old = "") {
    const { me, cache } = this, before = await cache.secrets(me.nick);
    await cache.keepSecrets(me.nick, [...before, password]);
    try {
      if (me.account) await this.server.asked("PASSWORD", [base64(`${old || this.secret}\0${password}`)]);
      else await this.server.asked("REGISTER", ["*", "*", password]);
    } catch (error) {
      await cache.keepSecrets(me.nick, before);
      throw error;
    }
    this.desk.proved(me.nick, password);
  }

  reconnectNow() { if (this.isKnown && !this.problem) this.server.link.now(); }
  /** Write what is kept in the browser now: when the page is hidden. */
  save() { return this.cache.save(); }

  // Conversations.

  /** Those on the list: rooms by name, then people, the latest first. @returns {Conversation[]} */
  list() {
    return [...this.conversations.values()].filter((talk) => !talk.isClosed).sort((a, b) =>
      Number(b.isRoom) - Number(a.isRoom) || (a.isRoom ? a.key.localeCompare(b.key) : b.lastAt - a.lastAt));
  }

  /** How much waits for me: mentions and private messages. @param {string} [besides] key of what does not count */
  waiting(besides) {
    return this.list().reduce((sum, { key, forMe }) => sum + (key === besides ? 0 : forMe), 0);
  }

  /** The conversation with a room or person, made where there is none; throws for what is no name. @param {string} name @returns {Conversation} */
  open(name) {
    if (!isRoomName(name) && !isNick(name)) throw new Error(`"${name}" is no name of a room or a person.`);
    const talk = this.talkWith(name), isNew = talk.isClosed;
    this.reopen(talk);
    if (isNew && !talk.isRoom && this.server.isOnline) {
      this.server.send("MARKREAD", [talk.name]);
      catchUp(this, talk).catch(() => {});
    }
    return talk;
  }

  /** Take a person or a left room off the list. @param {string} key */
  close(key) {
    const talk = this.#talk(key);
    talk.isClosed = true;
    if (!talk.isRoom && this.server.isOnline) this.server.send("MONITOR", ["-", talk.name]);
    if (this.view === key) this.view = "";
    for (const what of ["list", `topic:${key}`]) this.changed(what);
  }

  /** Say which conversation is shown; the read line of the one before goes. @param {string} key */
  setView(key) {
    const before = this.conversations.get(this.view);
    if (before && before.key !== key) {
      before.firstUnread = "";
      before.recount(false);
    }
    this.view = key;
    this.changed(`topic:${key}`);
  }

  /** @param {string} key @param {string} text */
  setDraft(key, text) {
    this.#talk(key).draft = text;
    this.cache.write(key);
  }

  /** @param {string} key */
  #talk(key) {
    const talk = this.conversations.get(key);
    if (!talk) throw new Error(`There is no conversation "${key}".`);
    return talk;
  }

  /** @param {string} name with or without "#" @param {string} [password] @returns {Promise<Conversation>} */
  async join(name, password = "") {
    const room = isRoom(name.trim()) ? name.trim() : `#${name.trim()}`;
    if (!isRoomName(room)) throw new Error("A room's name has no spaces and no commas.");
    const known = this.conversations.get(fold(room));
    if (known) known.isLeaving = false;
    if (!this.server.isOnline) {
      const talk = this.talkWith(room);
      Object.assign(talk, { isWanted: true, password });
      this.reopen(talk);
      return talk;
    }
    const { lines } = await this.server.asked("JOIN", password ? [room, password] : [room]);
    const entered = lines.find((line) => line.command === "JOIN" && this.isMe(nickOf(line.source)));
    const talk = this.talkWith(entered?.params[0] ?? room);
    talk.password = password;
    this.reopen(talk);
    return talk;
  }

  /** @param {string} key @param {string} [reason] */
  async leave(key, reason = "") {
    const talk = this.#talk(key);
    if (talk.isJoined && talk.isRoom) await this.server.asked("PART", reason ? [talk.name, reason] : [talk.name]);
    else talk.isLeaving = talk.isRoom;
    this.left(talk);
    this.close(key);
  }

  // What I say.

  /**
   * Send text, now or when there is a connection; several lines go as one message where possible.
   * @param {string} key @param {string} text
   * @param {{ replyTo?: string, isAction?: boolean, isNotice?: boolean }} [how] `replyTo`: a msgid
   */
  say(key, text, { replyTo = "", isAction = false, isNotice = false } = {}) {
    const talk = this.#talk(key);
    /** @type {Record<string, string>} */ const tags = replyTo ? { "+draft/reply": replyTo } : {};
    const command = isNotice ? "NOTICE" : "PRIVMSG";
    const parts = isAction ? textLines(text).map((line) => `\x01ACTION ${line}\x01`) : this.server.cut(talk.name, textLines(text));
    for (const part of parts) show(this, this.outbox.add({ target: talk.name, command, text: part, tags }));
    this.#typedAt.delete(key);
    this.setDraft(key, "");
    if (talk.key !== this.view) return;
    talk.firstUnread = "";
    this.changed(`messages:${key}`);
  }

  /** Into how many messages this text would be cut (1: sent whole). @param {string} key @param {string} text */
  pieces(key, text) { return this.server.cut(this.#talk(key).name, textLines(text)).length; }

  /** @param {string} key @param {Message} message one's own @param {string} text the whole corrected text */
  edit(key, message, text) {
    const { name } = this.#talk(key), [whole, ...more] = this.server.cut(name, textLines(text));
    if (!whole || more.length) throw new Error("The text is too long for one message.");
    const body = message.kind === "action" ? `\x01ACTION ${whole}\x01` : whole;
    this.outbox.add({ target: name, command: "PRIVMSG", text: body, tags: { [EDIT]: message.msgid } });
  }

  /** @param {string} key @param {Message} message @param {string} [reason] */
  async redact(key, message, reason = "") {
    const ids = [...message.corrections.slice(1).map((one) => one.msgid).reverse(), message.msgid];
    for (const id of ids) await this.server.asked("REDACT", [this.#talk(key).name, id, ...(reason ? [reason] : [])]);
  }

  /** @param {string} key @param {Message} message @param {string} emoji */
  react(key, message, emoji) { return this.#tag(key, { "+draft/react": emoji, "+draft/reply": message.msgid }); }
  /** @param {string} key @param {Message} message @param {string} emoji */
  unreact(key, message, emoji) { return this.#tag(key, { "+draft/unreact": emoji, "+draft/reply": message.msgid }); }
  /** @param {string} key @param {Record<string, string>} tags */
  async #tag(key, tags) { await this.server.asked("TAGMSG", [this.#talk(key).name], tags); }

  /** Call at every keystroke; it is throttled. @param {string} key @param {'active' | 'paused' | 'done'} state */
  typing(key, state) {
    const now = this.now(), before = this.#typedAt.get(key) ?? 0, isActive = state === "active";
    if (!this.server.isOnline || !this.server.caps.has("message-tags") || (isActive ? now - before < TYPING_EVERY_MS : !before)) return;
    if (isActive) this.#typedAt.set(key, now);
    else this.#typedAt.delete(key);
    this.server.send("TAGMSG", [this.#talk(key).name], { "+typing": state });
  }

  /** @param {Message} message */
  #entryOf(message) { return [...this.shown].find(([, one]) => one === message)?.[0]; }
  /** Send a failed or held message again. @param {string} key @param {Message} message */
  retry(key, message) {
    const entry = this.#entryOf(message);
    if (entry) this.outbox.retry(entry);
  }
  /** Forget a failed, held or waiting message. @param {string} key @param {Message} message */
  discard(key, message) {
    const entry = this.#entryOf(message);
    if (entry) discard(this, entry);
  }

  // What was said.

  /** Load the page of messages before the oldest. @param {string} key */
  async loadOlder(key) { await older(this, this.#talk(key)); }
  /** Load the page behind the newest, where `hasNewer`. @param {string} key */
  async loadNewer(key) { await newer(this, this.#talk(key)); }
  /** Show the past around a message, as a search hit. @param {string} key @param {string} msgid */
  async loadAround(key, msgid) { await around(this, this.#talk(key), msgid); }
  /** Leave the past: show the newest messages again. @param {string} key */
  async loadLatest(key) {
    this.#talk(key).past = null;
    this.changed(`messages:${key}`);
  }

  /** Call only when the page is visible, at the bottom and loaded. @param {string} key */
  markRead(key) {
    const talk = this.#talk(key), at = talk.newest?.at ?? 0;
    if (at <= talk.readAt) return;
    Object.assign(talk, { readAt: at, owesMark: true });
    this.counted(talk);
    this.mark();
  }

  /** @param {string} text @param {{ key?: string, from?: string }} [where] @returns {Promise<Hit[]>} newest first */
  async search(text, { key, from } = {}) {
    return found(this, { text, ...(key && { in: this.#talk(key).name }), ...(from && { from }) });
  }

  // Who and what is there.

  /** @param {string} [mask] a room, a name; empty for everybody @returns {Promise<Person[]>} */
  who(mask) { return peopleOn(this.server, mask || "*"); }
  /** @returns {Promise<number>} how many people are here, listed or not; 0 for unknown */
  count() { return countOn(this.server); }
  /** @returns {Promise<RoomRow[]>} */
  rooms() { return roomsOn(this.server); }
  /** @param {string} key @param {string} text */
  async setTopic(key, text) { await this.server.asked("TOPIC", [this.#talk(key).name, text]); }
  /** @param {string} key @param {string} nick */
  async invite(key, nick) { await this.server.asked("INVITE", [nick, this.#talk(key).name]); }
  /** @param {string} key @param {string} nick @param {string} [reason] */
  async kick(key, nick, reason = "") { await this.server.asked("KICK", [this.#talk(key).name, nick, reason]); }
  /** @param {string} text empty: back */
  async setAway(text) {
    this.me.away = text;
    await this.server.asked("AWAY", text ? [text] : []);
  }
  /** @param {string} name */
  async setNick(name) { await this.server.asked("NICK", [name]); }

  /** Any other command, as typed without "/". @param {string} line @returns {Promise<string[]>} the answer's lines */
  raw(line) { return answerTo(this.server, line); }

  // Beside the connection.

  /** Whether this browser and server can do Web Push. */
  get canPush() { return this.isupport.has("VAPID") && "serviceWorker" in navigator && "PushManager" in globalThis; }
  /** Turn push on from a click (the browser asks for leave) or off. @param {boolean} [wish] none: only look @returns {Promise<boolean>} whether it is on */
  async push(wish) { return push(this.server, wish); }
  /** @param {File} file @param {(share: number) => void} [onProgress] 0 to 1 @returns {Promise<string>} its address */
  async upload(file, onProgress = () => {}) {
    return upload(this.uploadsTo, file, base64(`${this.me.account}:${this.secret}`), onProgress);
  }
}

/** The client of this page: WebSocket to this server, IndexedDB. Call `start`. */
export function browserClient() {
  const client = new Client(browserWorld());
  keepWatch(client);
  return client;
}
