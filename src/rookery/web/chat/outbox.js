/**
 * My own messages until the server has answered each: kept in the browser, sent in order, stored once.
 *
 * An entry is on disk before it leaves. Ids of `rookery.chat/id` reach the server in the order of
 * their counters (docs/ext/resend.md), so what was on its way when a connection died goes first, with
 * its id. What has waited for more than ten minutes is held until the person says `retry`; what of it
 * may have arrived keeps its id, and all else is of a new device then, so that nothing overtakes it.
 * @import { Answer, Entry, Post, Rows } from './types.js'
 */

/** Hides the round trip, and stays below any server's pacing. */
const MAX_IN_FLIGHT = 16;
const STALE_MS = 600_000;
const OUT = "out ", DEVICE = "device ";

export class Outbox {
  /** In order. @type {Entry[]} */ entries = [];
  /** Nothing may leave yet. */ isPaused = true;
  #device = "";
  #counter = 0;
  /** @type {Set<Entry>} */ #inFlight = new Set();
  /** Not on disk yet. @type {Set<Entry>} */ #unkept = new Set();

  /** @param {Post} post */
  constructor(post) { this.post = post; }

  /** Take a device that no other tab has: the counters of one must never come from two. */
  async open() {
    if (this.post.hasLocks) {
      for (const [key, counter] of await this.post.kept(DEVICE)) {
        if (this.#device || !(await this.post.claim(key))) continue;
        [this.#device, this.#counter] = [key.slice(DEVICE.length), Number(counter)];
      }
    }
    if (!this.#device) await this.#newDevice();
  }

  /** Take over what tabs that are gone have left. @returns {Promise<Entry[]>} */
  async adopt() {
    const known = new Set(this.entries.map((entry) => entry.id)), taken = [];
    for (const [, row] of await this.post.kept(OUT)) {
      const entry = /** @type {Entry} */ (row), device = deviceOf(entry);
      if (!known.has(entry.id) && (device === this.#device || (await this.post.claim(DEVICE + device)))) taken.push(entry);
    }
    this.entries = [...this.entries, ...taken].sort((a, b) => a.order - b.order);
    return taken;
  }

  async #newDevice() {
    const before = this.#device;
    this.#device = this.post.token(12);
    this.#counter = 0;
    await this.post.claim(DEVICE + this.#device);
    if (before) void this.post.keep([[DEVICE + before, undefined]]);
  }

  /** @param {Pick<Entry, "target" | "command" | "text" | "tags">} what @returns {Entry} */
  add(what) {
    const entry = { ...what, id: "", order: 0, at: 0, state: /** @type {const} */ ("waiting"), reason: "", wasSent: false, isSpent: true };
    this.#enqueue(entry);
    return entry;
  }

  /** Put an entry at the end, under a new id where its own is spent. @param {Entry} entry */
  #enqueue(entry) {
    if (entry.isSpent) this.#number(entry);
    const at = this.post.now();
    Object.assign(entry, { order: Math.max(at, (this.entries.at(-1)?.order ?? 0) + 1), at, state: "waiting", reason: "" });
    this.entries = [...this.entries.filter((one) => one !== entry), entry];
    this.#keep(entry);
  }

  /** @param {Entry} entry */
  #number(entry) {
    const before = entry.id;
    const wasSent = !this.isPaused && this.post.isOnline();
    Object.assign(entry, { id: `${this.#device}.${++this.#counter}`, isSpent: false, wasSent });
    this.post.changed(entry);
    if (before) void this.post.keep([[OUT + before, undefined], [OUT + entry.id, { ...entry }]]);
  }

  /** @param {string} id @param {Entry} [entry] */
  #write(id, entry) {
    const device = this.post.hasLocks ? [[DEVICE + this.#device, this.#counter]] : [];
    return this.post.keep(/** @type {Rows} */ ([[OUT + id, entry && { ...entry }], ...device]));
  }

  /** Write it down, then send what may go. @param {Entry} entry */
  #keep(entry) {
    this.#unkept.add(entry);
    const then = () => {
      this.#unkept.delete(entry);
      this.flush();
    };
    this.#write(entry.id, entry).then(then, then);
  }

  /** Send what may leave now, in order. */
  flush() {
    if (this.isPaused || !this.post.isOnline()) return;
    let isBlocked = false;
    for (const entry of this.entries) {
      if (entry.state !== "waiting" || this.#inFlight.has(entry)) continue;
      if (this.#inFlight.size >= MAX_IN_FLIGHT) return;
      if (!entry.wasSent) {
        entry.wasSent = true;
        this.#keep(entry);
      }
      isBlocked ||= this.#unkept.has(entry);
      if (isBlocked) continue;
      this.#inFlight.add(entry);
      for (const held of this.entries)
        if (held.state === "held" && deviceOf(held) === deviceOf(entry) && counterOf(held) < counterOf(entry)) held.isSpent = true;
      this.post.post(entry, (answer) => this.#answered(entry, answer));
    }
  }

  /** @param {Entry} entry @param {Answer} answer */
  #answered(entry, { code, reason }) {
    this.#inFlight.delete(entry);
    if (!this.entries.includes(entry) || code === "LOST") return;
    if (!code) return this.settle(entry);
    Object.assign(entry, { state: "failed", reason, isSpent: true });
    void this.#write(entry.id, entry);
    this.post.changed(entry);
    this.flush();
  }

  /** The server has shown a message. @param {string} id */
  stored(id) {
    const entry = this.entries.find((one) => one.id === id);
    if (entry) this.settle(entry);
  }

  /** It is stored, or the person gives it up. @param {Entry} entry */
  settle(entry) {
    this.entries = this.entries.filter((one) => one !== entry);
    this.#inFlight.delete(entry);
    void this.#write(entry.id);
    entry.state = "sent";
    this.post.changed(entry);
    this.flush();
  }

  /** Back online: hold what is old, then send. */
  async resume() {
    const oldest = this.post.now() - STALE_MS, device = this.#device;
    const waiting = this.entries.filter((entry) => entry.state === "waiting");
    const isSentStale = waiting.some((entry) => entry.wasSent && entry.at < oldest);
    const held = waiting.filter((entry) => (entry.wasSent ? isSentStale : entry.at < oldest));
    for (const entry of held) Object.assign(entry, { state: "held", isSpent: entry.isSpent || !entry.wasSent });
    if (held.some((entry) => entry.wasSent && deviceOf(entry) === device)) {
      await this.#newDevice();
      for (const entry of this.entries) if (entry.state === "waiting" && !entry.wasSent) this.#number(entry);
    }
    for (const entry of held) {
      void this.#write(entry.id, entry);
      this.post.changed(entry);
    }
    this.isPaused = false;
    this.flush();
  }

  lost() {
    this.isPaused = true;
    this.#inFlight.clear();
  }

  /** Send a failed or held entry again. @param {Entry} entry */
  retry(entry) {
    if (entry.state !== "failed" && entry.state !== "held") return;
    this.#enqueue(entry);
    this.post.changed(entry);
  }
}

/** @param {Entry} entry */
const deviceOf = (entry) => entry.id.split(".")[0];
/** @param {Entry} entry */
const counterOf = (entry) => Number(entry.id.split(".")[1]);
