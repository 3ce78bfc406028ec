/**
 * What a client knows and how that changes: who I am, the conversations, what comes and goes.
 *
 * Nothing here knows the browser: what it needs of it is a `World` (`browser.js`), which the tests
 * replace. Lines come in through `session.js`; the page's methods are in `client.js`.
 * @import { Changes, Desk, Entry, Line, Listener, Me, Message, News, Problem, World } from './types.js'
 */
import { chooseFolding, fold, isNick, isRoom } from "../wire/casefold.js";
import { mentionOf } from "../wire/mention.js";
import { Kept } from "./cache.js";
import { findTalks } from "./history.js";
import { isMade, madeSecret } from "./registration.js";
import { put } from "./saying.js";
import { adopt, newOutbox } from "./sending.js";
import { Session } from "./session.js";
import { Talk } from "./talk.js";

const MARK_MS = 500;
const MONITORED_PER_LINE = 10;

export class Model {
  /** @type {Me} */ me = { nick: "", account: "", away: "", hasPassword: false };
  /** @type {Problem | null} */ problem = null;
  /** By key. @type {Map<string, Talk>} */ conversations = new Map();
  /** Key of the conversation that is shown; the last one's after a reload. */ view = "";
  /** Whether a name is kept: false shows the sign-in form. */ isKnown = false;
  /** Where files can be sent: "" where they cannot. */ uploadsTo = "";
  /** The host under which the server gives files out. */ filesAt = "";
  /** When the connection was lost behind a look at all talks (ms); 0: they are known. */ knownUntil = 0;
  /** Limits of messages of several lines, as the server last told them. */ multiline = "";
  /** What proves the account. */ secret = "";
  /** @type {Changes} */ #changes = new Set();
  /** @type {Set<Listener>} */ #listeners = new Set();
  #isMarking = false;
  /** What the outbox's entries look like. @type {Map<Entry, Message>} */ shown = new Map();

  /** @param {World} world */
  constructor(world) {
    this.clock = world;
    this.cache = new Kept(world, this);
    this.server = new Session(this);
    this.outbox = newOutbox(this);
  }

  get link() { return this.server.link.status; }
  get isupport() { return this.server.isupport; }
  now() { return this.clock.now(); }
  /** @param {string} nick */
  isMe(nick) { return fold(nick) === fold(this.me.nick); }

  /**
   * @param {(changes: Changes) => void} onChange called once per turn with all that changed
   * @param {(news: News) => void} [onNews]
   * @returns {() => void} stop listening
   */
  listen(onChange, onNews) {
    const listener = { onChange, onNews };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {string} what see `Changes` */
  changed(what) {
    const [topic, key] = what.split(/:(.*)/s);
    if (key !== undefined && topic !== "members" && topic !== "typing") this.cache.write(key);
    const isFirst = !this.#changes.size;
    this.#changes.add(what);
    if (!isFirst) return;
    queueMicrotask(() => {
      const changes = this.#changes;
      this.#changes = new Set();
      for (const listener of this.#listeners) listener.onChange(changes);
    });
  }

  /** @param {News} news */
  news(news) { for (const listener of this.#listeners) listener.onNews?.(news); }

  // Who I am.

  /** Sign in, or go on after a `problem`. @param {string} name @param {string} [password] */
  async signIn(name, password = "") {
    name = name.trim();
    this.problem = null;
    this.changed("problem");
    if (!isNick(name)) {
      const text = name.includes(" ") ? `A name has no spaces. Try "${name.replace(/\s+/g, "_")}".` : "Use letters and digits for a name.";
      return void this.desk.problem({ kind: "refused", name, text });
    }
    if (fold(name) !== this.cache.who) await this.#become(fold(name));
    const saved = await this.cache.secrets(name);
    this.server.signIn({ name, saved, given: password, fresh: madeSecret(this.clock.token(24)) });
  }

  /** @param {string} who */
  async #become(who) {
    const { talks, view, multiline, utf8, knownUntil } = await this.cache.read(who);
    chooseFolding(new Map([["UTF8MAPPING", utf8]]));
    this.conversations = new Map(talks.map((talk) => [talk.key, talk]));
    this.view = this.conversations.has(view) ? view : "";
    this.multiline = multiline;
    this.knownUntil = knownUntil || this.#newestAt();
    this.shown.clear();
    this.outbox = newOutbox(this);
    await this.outbox.open();
    await adopt(this);
    this.changed("list");
  }

  /** What the sign-in asks of us. @type {Omit<Desk, "send">} */
  desk = {
    keep: async (name, secret) => this.cache.keepSecrets(name, [secret, ...(await this.cache.secrets(name))]),
    proved: (name, secret) => {
      this.secret = secret;
      this.me.hasPassword = !isMade(secret);
      if (this.server.identity) Object.assign(this.server.identity, { saved: [secret], given: "" });
      void this.cache.keepSecrets(name, [secret]);
      this.changed("me");
    },
    useless: async (name, secret) =>
      this.cache.keepSecrets(name, (await this.cache.secrets(name)).filter((one) => one !== secret)),
    problem: (problem) => {
      this.problem = problem;
      if (problem.kind === "shut-out") this.server.link.stop();
      this.changed("problem");
    },
    welcome: (nick) => {
      this.me = { ...this.me, nick, account: this.server.account };
      this.isKnown = true;
      this.multiline = this.server.caps.has("draft/multiline") ? this.server.valueOf("draft/multiline") : "";
      this.server.link.signedIn();
      void this.clock.store.put([["last", nick]]);
      this.changed("me");
    },
  };

  /** All that the server says of itself has come: enter the rooms again, send what waited, look what was missed. */
  async settled() {
    const { server } = this, talks = [...this.conversations.values()];
    if (this.me.away) server.send("AWAY", [this.me.away]);
    const people = talks.filter((talk) => !talk.isRoom && !talk.isClosed).map((talk) => talk.name);
    while (people.length) server.send("MONITOR", ["+", people.splice(0, MONITORED_PER_LINE).join(",")]);
    await Promise.allSettled(talks.filter((talk) => talk.isWanted && !talk.isJoined).map((talk) => this.#enterAgain(talk)));
    if (!server.isOnline) return;
    await adopt(this);
    await this.outbox.resume();
    this.mark();
    await findTalks(this).catch(() => {});
  }

  /** @param {Talk} talk */
  async #enterAgain(talk) {
    try {
      await this.server.asked("JOIN", talk.password ? [talk.name, talk.password] : [talk.name]);
    } catch (error) {
      if (!this.server.isOnline) return;
      this.left(talk);
      this.news({ kind: "refused", text: /** @type {Error} */ (error).message, conversation: talk });
    }
  }

  /** The connection is gone. */
  lost() {
    this.outbox.lost();
    if (this.problem) this.server.link.isWanted = false;
    this.knownUntil ||= this.#newestAt();
    for (const talk of this.conversations.values()) {
      talk.gapBehind ||= talk.newest?.msgid ?? "";
      if (talk.isRoom) talk.isJoined = false;
      for (const one of [talk, ...talk.members.values()]) one.presence = "unknown";
      this.changed(`members:${talk.key}`);
      for (const nick of talk.typing) talk.setTyping(nick, null);
    }
    this.changed("list");
  }

  #newestAt() { return Math.max(0, ...[...this.conversations.values()].map((talk) => talk.newest?.at ?? 0)); }

  // Conversations.

  /** The conversation with a room or person, made where there is none. @param {string} name */
  talkWith(name) {
    const known = this.conversations.get(fold(name));
    if (known) return known;
    const talk = new Talk(name);
    this.conversations.set(talk.key, talk);
    talk.isClosed = true;
    return talk;
  }

  /** Put a conversation on the list. @param {Talk} talk */
  reopen(talk) {
    if (!talk.isClosed) return;
    talk.isClosed = false;
    if (!talk.isRoom && this.server.isOnline) this.server.send("MONITOR", ["+", talk.name]);
    this.changed("list");
    this.changed(`messages:${talk.key}`);
  }

  /** I am not in the room any more. @param {Talk} talk */
  left(talk) {
    talk.isJoined = talk.isWanted = false;
    talk.members.clear();
    this.changed("list");
    this.changed(`topic:${talk.key}`);
    void this.cache.save();
  }

  /** Count anew what is unread; what is live moves no read line under the reader's eyes. @param {Talk} talk */
  counted(talk, isLive = true) {
    talk.recount(isLive && talk.key === this.view && this.clock.isVisible());
    this.changed("list");
    this.changed(`messages:${talk.key}`);
  }

  /** A room has another name. IRCv3 draft/channel-rename. @param {Line} line */
  renamed(line) {
    const [from, to] = line.params, talk = this.conversations.get(fold(from));
    if (!talk || !isRoom(to)) return;
    this.conversations.delete(talk.key);
    this.changed(`topic:${talk.key}`);
    if (this.view === talk.key) this.view = fold(to);
    Object.assign(talk, { name: to, key: fold(to) });
    this.conversations.set(talk.key, talk);
    put(this, talk, line);
    this.news({ kind: "renamed", from: fold(from), to: talk.key });
    this.changed("list");
  }

  /** ISUPPORT was told. */
  learnt() {
    chooseFolding(this.isupport);
    const given = this.isupport.get("draft/FILEHOST") ?? this.isupport.get("soju.im/FILEHOST") ?? "";
    this.filesAt = URL.canParse(given) ? new URL(given).host : "";
    this.uploadsTo = given && this.clock.resolve(given);
    this.changed("me");
  }

  /** @param {string} text */
  isAway(text) {
    this.me.away = text;
    this.changed("me");
  }

  /** @param {string} text */
  mentionsMe(text) {
    return this.me.nick !== "" && mentionOf(this.me.nick).test(text);
  }

  /** Tell the server soon how far is read. */
  mark() {
    if (this.#isMarking) return;
    this.#isMarking = true;
    this.clock.later(MARK_MS, () => {
      this.#isMarking = false;
      for (const talk of this.conversations.values()) {
        if (!talk.owesMark || !talk.isJoined || !this.server.isOnline) continue;
        talk.owesMark = false;
        this.server.send("MARKREAD", [talk.name, `timestamp=${new Date(talk.readAt).toISOString()}`]);
      }
    });
  }
}
