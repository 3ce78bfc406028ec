/**
 * What this browser keeps of one person: conversations for the first paint, written now and then and
 * never waited for; and the secrets that prove names.
 * @import { Model } from './model.js'
 * @import { Message, Rows, World } from './types.js'
 */
import { fold } from "../wire/casefold.js";
import { newMessage } from "./saying.js";
import { Talk } from "./talk.js";

const WRITE_MS = 1000;
const MAX_MESSAGES = 200;
const FIELDS = /** @type {const} */ (["name", "isWanted", "isClosed", "password", "topic", "readAt", "owesMark", "draft", "lastAt"]);

/** What is kept has no gap. @param {Talk} talk @returns {object} a value for the store */
function packed(talk) {
  const { list } = talk.timeline, last = talk.gapBehind ? list.findLastIndex(({ msgid }) => msgid === talk.gapBehind) : -1;
  const messages = list.slice(0, last < 0 ? undefined : last + 1).slice(-2 * MAX_MESSAGES).filter(({ msgid }) => msgid).slice(-MAX_MESSAGES);
  return { ...Object.fromEntries(FIELDS.map((name) => [name, talk[name]])), messages };
}

/** @param {any} row what `packed` made, perhaps in an earlier version @returns {Talk | null} */
function unpacked(row) {
  if (typeof row?.name !== "string" || !Array.isArray(row.messages)) return null;
  const talk = new Talk(row.name);
  for (const name of FIELDS) if (typeof row[name] === typeof talk[name]) Object.assign(talk, { [name]: row[name] });
  talk.timeline.restore(row.messages.map((/** @type {Message} */ one) => newMessage({ ...one, key: one.msgid })));
  talk.gapBehind = talk.newest?.msgid ?? "";
  talk.recount(false);
  return talk;
}

export class Kept {
  /** Folded name of the person; empty: nobody, nothing is kept. */ who = "";
  /** Keys of talks. @type {Set<string>} */ #unwritten = new Set();
  #isDue = false;

  /** @param {World} world @param {Model} model */
  constructor(world, model) {
    this.world = world;
    this.model = model;
  }

  /** @param {Rows} rows */
  keep(rows) { return this.world.store.put(rows.map(([key, value]) => [`${this.who} ${key}`, value])); }

  /** @param {string} prefix @returns {Promise<[string, any][]>} */
  async kept(prefix) {
    const rows = await this.world.store.all(`${this.who} ${prefix}`);
    return rows.map(([key, value]) => [key.slice(this.who.length + 1), value]);
  }

  /** A talk has changed. @param {string} key */
  write(key) {
    this.#unwritten.add(key);
    if (!this.#isDue) this.world.later(WRITE_MS, () => this.save());
    this.#isDue = true;
  }

  async save() {
    const { view, multiline, conversations, isupport, knownUntil } = this.model, keys = [...this.#unwritten];
    this.#isDue = false;
    this.#unwritten.clear();
    if (!this.who) return;
    /** @type {Rows} */ const rows = keys.map((key) => {
      const talk = conversations.get(key);
      return [`talk ${key}`, talk && packed(talk)];
    });
    await this.keep([...rows, ["state", { view, multiline, utf8: isupport.get("UTF8MAPPING"), knownUntil }]]);
  }

  /** Be this person. @param {string} who @returns {Promise<{ talks: Talk[], view: string, multiline: string, utf8: string, knownUntil: number }>} */
  async read(who) {
    this.who = who;
    const state = (await this.world.store.get(`${who} state`)) ?? {};
    const talks = (await this.kept("talk ")).map(([, row]) => unpacked(row)).filter((talk) => talk !== null);
    return { talks, view: String(state.view ?? ""), multiline: String(state.multiline ?? ""), utf8: String(state.utf8 ?? ""), knownUntil: Number(state.knownUntil) || 0 };
  }

  /** Forget the conversations, and who was here last. */
  async forget() {
    const rows = (await this.kept("talk ")).map(([key]) => /** @type {[string, unknown]} */ ([key, undefined]));
    await this.keep(rows);
    await this.world.store.put([["last", undefined]]);
    this.who = "";
  }

  /** @param {string} name @returns {Promise<string[]>} likeliest first */
  async secrets(name) { return (await this.world.store.get(`secrets ${fold(name)}`)) ?? []; }
  /** @param {string} name @param {string[]} secrets */
  keepSecrets(name, secrets) { return this.world.store.put([[`secrets ${fold(name)}`, secrets]]); }
}
