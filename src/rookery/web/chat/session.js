/**
 * One person's connection to the server: signs in, asks, and hands what comes to `hear`.
 * @import { Model } from './model.js'
 * @import { Answer, Entry, Identity, Line, Request, Unit } from './types.js'
 */
import { format, parse } from "../wire/message.js";
import { byteLength, maxTextBytes, pieces } from "../wire/split.js";
import { Batches, linesOf } from "./batches.js";
import { hear } from "./hearing.js";
import { Link } from "./link.js";
import { SignIn } from "./registration.js";
import { refusal } from "./refusals.js";
import { isError, Requests } from "./requests.js";
import { CLIENT_ID, placeOf, put } from "./saying.js";

/** Batches whose lines are no news of this moment. */
const NOT_NOW = new Set(["chathistory", "soju.im/search", "draft/chathistory-targets"]);
const RESEND = "rookery.chat/resend", MULTILINE = "draft/multiline";

export class Session {
  /** ISUPPORT. @type {Map<string, string>} */ isupport = new Map();
  /** `nick!user@host` as others see me. */ source = "";
  /** @type {Identity | null} */ identity = null;
  /** @type {SignIn | null} */ #signIn = null;
  #batches = new Batches();
  #requests = new Requests();
  #refs = 0;

  /** @param {Model} client */
  constructor(client) {
    this.client = client;
    this.link = new Link(client.clock, {
      opened: () => this.#opened(),
      line: (line) => this.#heard(line),
      lost: () => this.#lost(),
      changed: () => client.changed("link"),
      isOwed: () => this.#requests.size > 0 || !(this.isOnline || this.#signIn?.isJudged),
    });
  }

  get isOnline() { return this.#signIn?.isIn ?? false; }
  /** What is agreed on. @type {Set<string>} */
  get caps() { return this.#signIn?.caps ?? new Set(); }
  get account() { return this.#signIn?.account ?? ""; }
  /** @param {string} cap */
  valueOf(cap) { return this.#signIn?.offered.get(cap) ?? ""; }

  /** Be somebody from now on. @param {Identity} identity */
  signIn(identity) {
    this.identity = identity;
    if (this.isOnline) this.link.stop();
    if (this.#signIn) this.#signIn.give(identity);
    this.link.now();
  }

  #opened() {
    const { client } = this;
    this.#batches = new Batches();
    this.#signIn = new SignIn({
      ...client.desk,
      send: (command, ...params) => this.send(command, params),
      welcome: (nick) => {
        this.isupport.clear();
        client.desk.welcome(nick);
      },
    }, this.identity);
  }

  #lost() {
    const saved = this.#signIn?.unheardSecret;
    if (saved && this.identity) Object.assign(this.identity, { saved: [saved] });
    this.#signIn = null;
    this.#requests.lost();
    this.client.lost();
  }

  /** @param {string} text */
  #heard(text) {
    const line = parse(text);
    if (!line) return;
    this.#signIn?.receive(line);
    for (const unit of this.#batches.feed(line)) this.#take(unit, undefined);
  }

  /** @param {Unit} unit @param {Request | undefined} around what the batch around it answers */
  #take(unit, around) {
    const request = this.#requests.of(unit) ?? around;
    if (unit.kind && NOT_NOW.has(unit.kind)) {
      const lines = linesOf(unit);
      if (request) Object.assign(request, { lines: [...request.lines, ...lines], count: unit.parts?.length ?? 0 });
      else for (const line of lines) this.#past(line);
    } else if (unit.parts) for (const part of unit.parts) this.#take(part, request);
    else this.#line(unit, request);
    if (unit.tags.label) this.#requests.close(unit.tags.label);
  }

  /** History that nobody asked for. @param {Line} line */
  #past(line) {
    const talk = this.client.talkWith(placeOf(this.client, line));
    put(this.client, talk, line, talk.timeline);
    this.client.counted(talk);
  }

  /** @param {Line} line @param {Request | undefined} request */
  #line(line, request) {
    if (request) this.#requests.heard(request, line);
    else if (isError(line) && this.isOnline) this.client.news({ kind: "refused", text: refusal(line) });
    hear(this.client, line);
  }

  /** @param {string} command @param {string[]} [params] @param {Record<string, string>} [tags] */
  send(command, params = [], tags) { this.link.send(format(command, params, tags)); }

  /**
   * Ask, and be told when the answer is complete.
   * @param {string} command @param {string[]} params @param {(answer: Answer) => void} done @param {Record<string, string>} [tags]
   */
  ask(command, params, done, tags) {
    const label = this.#requests.open(done);
    this.send(command, params, { ...tags, ...(this.caps.has("labeled-response") && { label }) });
    if (this.caps.has("labeled-response")) this.link.owe();
    else this.#requests.close(label);
  }

  /** The same as a promise; a refusal rejects it with a sentence. @param {string} command @param {string[]} params @param {Record<string, string>} [tags] @returns {Promise<Answer>} */
  asked(command, params, tags) {
    return new Promise((resolve, reject) => {
      if (!this.isOnline) throw new Error("There is no connection. Try again when there is.");
      this.ask(command, params, (answer) => (answer.code ? reject(new Error(answer.reason)) : resolve(answer)), tags);
    });
  }

  /** Send one of my messages. @param {Entry} entry @param {(answer: Answer) => void} done */
  post({ id, target, command, text, tags }, done) {
    const own = { ...tags, ...(this.caps.has(RESEND) && { [CLIENT_ID]: id }) };
    const most = maxTextBytes(target, this.source);
    if ((byteLength(text) <= most && !text.includes("\n")) || !this.caps.has(MULTILINE))
      return this.ask(command, [target, text.replaceAll("\n", " ")], done, own);
    const ref = `m${++this.#refs}`, label = this.#requests.open(done);
    this.send("BATCH", [`+${ref}`, MULTILINE, target], { label, ...own });
    for (const line of text.split("\n"))
      for (const [number, piece] of pieces(line, most).entries())
        this.send(command, [target, piece], { batch: ref, ...(number && { "draft/multiline-concat": "" }) });
    this.send("BATCH", [`-${ref}`]);
    this.link.owe();
  }

  /** Into what a text must be cut: each is one message. @param {string} target @param {string[]} lines @returns {string[]} */
  cut(target, lines) {
    const most = maxTextBytes(target, this.source), limits = this.client.multiline;
    const [, maxBytes = "0"] = /max-bytes=(\d+)/.exec(limits) ?? [], [, maxLines = "0"] = /max-lines=(\d+)/.exec(limits) ?? [];
    /** @type {string[]} */ const done = [];
    let count = 0;
    for (const line of lines) {
      for (const [number, piece] of pieces(line, Math.max(Number(maxBytes), most)).entries()) {
        const parts = pieces(piece, most).length, joined = `${done.at(-1)}\n${piece}`;
        const fits = done.length && !number && count + parts <= Number(maxLines) && byteLength(joined) <= Number(maxBytes);
        if (fits) done[done.length - 1] = joined;
        else if (piece.trim()) done.push(piece);
        else continue;
        count = fits ? count + parts : parts;
      }
    }
    return done;
  }
}
