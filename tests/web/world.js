/**
 * The world of a client under test: a clock that only tests move, a wire whose other end the test
 * holds, a store in memory that outlives clients. `Server` speaks the few lines of a server.
 */
import { Client } from "../../src/rookery/web/chat/client.js";
import { parse } from "../../src/rookery/web/wire/message.js";

export const CAPS =
  "server-time message-tags account-tag echo-message batch labeled-response extended-join multi-prefix " +
  "standard-replies sasl=PLAIN draft/account-registration=before-connect draft/chathistory draft/event-playback " +
  "rookery.chat/resend away-notify draft/message-redaction draft/multiline=max-bytes=4096,max-lines=24 " +
  "draft/read-marker draft/channel-rename soju.im/search";

/** Lets all that waits for nothing but its turn run. */
export const settle = async () => { for (let turn = 0; turn < 60; turn++) await null; };

/** What a browser keeps, and which locks its tabs hold. */
export class Profile {
  rows = new Map();
  locks = new Set();
  /** While true, what is written stays under way. */
  isSlow = false;
  pending = [];

  store = {
    get: async (key) => structuredClone(this.rows.get(key)),
    all: async (prefix) => [...this.rows].filter(([key]) => key.startsWith(prefix)).map((row) => structuredClone(row)),
    put: async (changes) => {
      const copy = structuredClone(changes);
      if (this.isSlow) await new Promise((resolve) => this.pending.push(resolve));
      for (const [key, value] of copy) value === undefined ? this.rows.delete(key) : this.rows.set(key, value);
    },
  };
}

/** One tab: `sent` are the lines of the present connection, `server` its other end. */
export class Tab {
  time = Date.parse("2026-11-22T12:00:00Z");
  timers = [];
  sent = [];
  news = [];
  changes = [];
  server = null;
  held = new Set();
  isVisible = true;
  dials = 0;
  isReachable = true;

  constructor(profile = new Profile(), { hasLocks = true } = {}) {
    this.profile = profile;
    let tokens = 0;
    this.client = new Client({
      now: () => this.time,
      later: (ms, then) => {
        const timer = { at: this.time + ms, then };
        this.timers.push(timer);
        return () => { this.timers = this.timers.filter((one) => one !== timer); };
      },
      random: () => 0,
      dial: (ends) => {
        this.dials++;
        this.ends = ends;
        if (this.isReachable) queueMicrotask(() => { this.sent = []; ends.opened(); });
        else queueMicrotask(() => ends.closed("refused"));
        return { send: (line) => { this.sent.push(line); this.server?.(parse(line)); }, close: () => {} };
      },
      store: profile.store,
      hasLocks,
      claim: async (name) => {
        if (!hasLocks) return true;
        if (profile.locks.has(name)) return this.held.has(name);
        profile.locks.add(name);
        this.held.add(name);
        return true;
      },
      token: (bytes) => `token${profile.tokens = (profile.tokens ?? 0) + 1}-${++tokens}`.padEnd(Math.ceil((bytes * 4) / 3), "x"),
      isVisible: () => this.isVisible,
      resolve: (address) => new URL(address, "http://chat.example/").href,
    });
    this.client.listen((changes) => this.changes.push(...changes), (one) => this.news.push(one));
  }

  /** The server says these lines. */
  async hear(...lines) {
    for (const line of lines) this.ends.line(line);
    await settle();
  }

  /** Time passes. */
  async pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.then();
      await settle();
    }
    this.time = end;
  }

  /** The connection dies; nobody answers until `isReachable` is set again. */
  async cut({ isReachable = false } = {}) {
    this.isReachable = isReachable;
    this.server = null;
    this.ends.closed("cut");
    await settle();
  }

  /** The tab is closed or crashes. */
  end() {
    for (const name of this.held) this.profile.locks.delete(name);
    this.ends = { line() {}, closed() {}, opened() {} };
    this.timers = [];
  }

  /** The lines sent so far that begin with these words, tags aside; forgets them. */
  take(...words) {
    const found = this.sent.map((line) => parse(line)).filter((line) => words.every((word, at) => [line.command, ...line.params][at] === word));
    this.sent = this.sent.filter((line) => { const { command, params } = parse(line); return !words.every((word, at) => [command, ...params][at] === word); });
    return found;
  }

  /** Sign in over a server that offers `caps`; answers CHATHISTORY with nothing unless told otherwise. */
  async signIn(name = "ann", { caps = CAPS, password = "" } = {}) {
    this.server = welcoming(this, caps);
    await this.client.signIn(name, password);
    await settle();
    return this;
  }

  /** The room as the server tells of it. */
  async inRoom(name = "#team", members = "@ann bob") {
    const nick = this.client.me.nick;
    await this.hear(`:${nick}!~u@h JOIN ${name} ${nick} :${nick}`, `:srv 353 ${nick} = ${name} :${members}`, `:srv 366 ${nick} ${name} :End`);
    return this.client.conversations.get(name);
  }
}

/** What a server does while somebody signs in, and the least it answers later. */
export function welcoming(tab, caps = CAPS) {
  let nick = "", isDone = false, batch = 0, proof = "";
  const say = (...lines) => queueMicrotask(() => lines.forEach((line) => tab.ends.line(line)));
  return ({ command, params, tags }) => {
    const label = tags.label ? `@label=${tags.label} ` : "";
    if (command === "CAP" && params[0] === "LS") say(`:srv CAP * LS :${caps}`);
    else if (command === "CAP" && params[0] === "REQ") say(`:srv CAP * ACK :${params[1]}`);
    else if (command === "AUTHENTICATE" && params[0] === "PLAIN") say("AUTHENTICATE +");
    else if (command === "AUTHENTICATE") {
      proof += params[0] === "+" ? "" : params[0];
      if (params[0].length === 400) return;
      const [, name] = atob(proof).split("\0");
      proof = "";
      say(`:srv 900 * * ${name} :in`, ":srv 903 * :ok");
    } else if (command === "NICK" && !isDone) nick = params[0];
    else if (command === "REGISTER") say(`${label}:srv REGISTER SUCCESS ${nick} :yours`);
    else if (command === "CAP" && params[0] === "END") {
      isDone = true;
      say(`:srv 001 ${nick} :Welcome`, `:srv 005 ${nick} NETWORK=Test CHATHISTORY=100 PREFIX=(qaohv)~&@%+ CHANMODES=beI,k,l,mnst :are supported`, `:srv 376 ${nick} :End of MOTD`);
    } else if (command === "CHATHISTORY" && !tab.history?.(params, tags)) {
      const ref = `e${++batch}`;
      say(`${label}:srv BATCH +${ref} chathistory ${params[1]}`, `:srv BATCH -${ref}`);
    } else if (command === "JOIN" && label) {
      say(`${label}:srv BATCH +j${++batch} labeled-response`, `@batch=j${batch} :${nick}!~u@h JOIN ${params[0]} ${nick} :${nick}`,
        `@batch=j${batch} :srv 353 ${nick} = ${params[0]} :@${nick} bob`, `@batch=j${batch} :srv 366 ${nick} ${params[0]} :End`, `:srv BATCH -j${batch}`);
    } else if (label && ["PART", "REDACT", "TAGMSG", "AWAY"].includes(command)) say(`${label}:srv ACK`);
  };
}

/** A page of history as the answer to the question with this label. */
export const page = (label, name, lines) => [
  `@label=${label} :srv BATCH +h${label} chathistory ${name}`,
  ...lines.map((line) => (line.startsWith("@") ? `@batch=h${label};${line.slice(1)}` : `@batch=h${label} ${line}`)),
  `:srv BATCH -h${label}`,
];

const START = Date.parse("2026-11-22T11:00:00Z");
/** A stored message, the `number`th of the morning. */
export const stored = (number, text, { from = "bob", to = "#team", tags = "", command = "PRIVMSG" } = {}) =>
  `@time=${new Date(START + number * 1000).toISOString()};msgid=${(0x1000 + number).toString(16)};account=${from}${tags && `;${tags}`} ` +
  `:${from}!~u@h ${command} ${to}${command === "TAGMSG" ? "" : ` :${text}`}`;
export const idOf = (number) => (0x1000 + number).toString(16);
