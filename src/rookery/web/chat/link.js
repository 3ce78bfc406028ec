/**
 * The connection's life: dial, notice that it has died, wait, dial again. Lines pass through.
 *
 * Waits are 1, 2, 4 … 30 s, shortened by up to a quarter so that a room does not come back as one.
 * @import { LinkStatus, Wire, World } from './types.js'
 */

const LONGEST_WAIT_MS = 30_000;
const DIAL_MS = 15_000;
/** Silence after which the server is asked whether it is there; shorter while it owes an answer. */
const QUIET_MS = 30_000, OWING_MS = 5_000;
const ANSWER_MS = 15_000, PROBE_MS = 4_000;

export class Link {
  /** @type {LinkStatus} */ status = { state: "offline", retryAt: 0, reason: "", lostAt: 0 };
  /** Whether it is to be dialled again. */ isWanted = false;
  /** @type {Wire | null} */ #wire = null;
  #tries = 0;
  #isProbing = false;
  #cancel = () => {};

  /** @param {World} clock @param {{ opened: () => void, line: (line: string) => void, lost: () => void, changed: () => void, isOwed: () => boolean }} client */
  constructor(clock, client) {
    this.clock = clock;
    this.client = client;
  }

  /** @param {Partial<LinkStatus>} what */
  #be(what) {
    Object.assign(this.status, what);
    this.client.changed();
  }

  /** Connect now, or find out whether the connection still stands. */
  now() {
    this.isWanted = true;
    if (!this.#wire) this.#dial();
    else if (this.status.state === "online") this.#ping(PROBE_MS);
  }

  #dial() {
    this.#cancel();
    this.#be({ state: "connecting", retryAt: 0 });
    /** @type {Wire} */
    const wire = this.clock.dial({
      opened: () => {
        if (this.#wire !== wire) return;
        this.#be({ state: "signing-in" });
        this.#listen();
        this.client.opened();
      },
      line: (line) => {
        if (this.#wire !== wire) return;
        this.client.line(line);
        if (this.#wire === wire) this.#listen();
      },
      closed: (reason) => this.#wire === wire && this.#lost(reason),
    });
    this.#wire = wire;
    this.#cancel = this.clock.later(DIAL_MS, () => this.#lost("The server does not answer."));
  }

  /** The sign-in is complete. */
  signedIn() {
    this.#tries = 0;
    this.#be({ state: "online", reason: "", lostAt: 0 });
  }

  /** The server owes an answer from now on. */
  owe() {
    if (this.#wire && !this.#isProbing) this.#listen();
  }

  #listen() {
    this.#isProbing = false;
    this.#cancel();
    this.#cancel = this.clock.later(this.client.isOwed() ? OWING_MS : QUIET_MS, () => this.#ping(ANSWER_MS));
  }

  /** @param {number} ms how long the answer may take */
  #ping(ms) {
    this.#isProbing = true;
    this.send("PING alive");
    this.#cancel();
    this.#cancel = this.clock.later(ms, () => this.#lost("The server does not answer."));
  }

  /** @param {string} line */
  send(line) { this.#wire?.send(line); }

  /** @param {string} reason */
  #lost(reason) {
    const wire = this.#wire;
    this.#wire = null;
    this.#cancel();
    wire?.close();
    if (this.status.state === "online") this.status.lostAt = this.clock.now();
    this.client.lost();
    const wait = Math.min(1000 * 2 ** this.#tries++, LONGEST_WAIT_MS) * (1 - this.clock.random() / 4);
    this.#be({ state: "offline", reason: this.status.reason || reason, retryAt: this.isWanted ? this.clock.now() + wait : 0 });
    if (this.isWanted) this.#cancel = this.clock.later(wait, () => this.#dial());
  }

  /** What the server said before it closes the connection. @param {string} reason */
  explain(reason) { this.status.reason = reason; }

  /** Hang up, for good until `now`. */
  stop() {
    this.isWanted = false;
    if (this.#wire) this.#lost("");
    else this.#cancel();
    this.#be({ state: "offline", retryAt: 0, lostAt: 0 });
  }
}
