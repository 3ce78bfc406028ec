/**
 * From messages to the rows of the conversation: days, the read line, merged comings and goings.
 *
 * Pure, and made anew only behind the first message that has changed. A row's key is unique and stays
 * the same while its place in the conversation does.
 * @import { Message } from '../chat/types.js'
 *
 * @typedef {{ key: string, kind: 'day', at: number }} DayRow
 * @typedef {{ key: string, kind: 'new' }} NewRow
 * @typedef {{ key: string, kind: 'message', message: Message, isFirst: boolean }} MessageRow
 *   `isFirst`: it shows its sender, because another one spoke before or some time ago.
 * @typedef {{ key: string, kind: 'noise', messages: Message[] }} NoiseRow
 * @typedef {DayRow | NewRow | MessageRow | NoiseRow} Row
 */

/** Behind so long a silence the sender is named again. */
const SILENCE_MS = 5 * 60_000;
const NOISE = new Set(["join", "part", "quit", "nick"]);

export class Rows {
  /** @type {Row[]} */ list = [];
  /** Index of the message that each row begins with. @type {number[]} */ #starts = [];
  /** When the day of each row ends (ms). @type {number[]} */ #dayEnds = [];
  /** @type {Message[]} */ #messages = [];
  #readLine = "";
  #isMerged = true;

  /**
   * Follows what has become of the messages.
   * @param {Message[]} messages oldest first
   * @param {number} intact how many of them, from the first on, are as they were the last time
   * @param {string} readLine key of the message under the read line, empty for none
   * @param {boolean} isMerged whether comings and goings next to each other are one row
   * @returns {number} how many rows, from the first on, are as they were
   */
  update(messages, intact, readLine, isMerged) {
    if (messages !== this.#messages || isMerged !== this.#isMerged) intact = 0;
    for (const line of readLine === this.#readLine ? [] : [readLine, this.#readLine]) {
      const at = line ? messages.findLastIndex(({ key }) => key === line) : -1;
      if (at >= 0) intact = Math.min(intact, at);
    }
    [this.#messages, this.#readLine, this.#isMerged] = [messages, readLine, isMerged];
    const from = this.#cut(intact);
    for (let at = intact; at < messages.length; at += 1) this.#add(messages[at], at);
    return from;
  }

  /** Takes back what came of the messages from `intact` on. @param {number} intact @returns {number} rows that stay as they are */
  #cut(intact) {
    let low = 0, high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] < intact) low = middle + 1;
      else high = middle;
    }
    this.list.length = this.#starts.length = this.#dayEnds.length = low;
    const last = this.list[low - 1];
    if (last?.kind !== "noise") return low;
    last.messages.length = intact - this.#starts[low - 1];
    return low - 1;
  }

  /** @param {Message} message @param {number} at its index */
  #add(message, at) {
    if (message.at >= (this.#dayEnds.at(-1) ?? 0)) {
      const dayEnd = new Date(message.at).setHours(24, 0, 0, 0);
      this.#push({ key: `day ${dayEnd}`, kind: "day", at: message.at }, at, dayEnd);
    }
    const dayEnd = this.#dayEnds[this.list.length - 1];
    if (message.key === this.#readLine) this.#push({ key: "new", kind: "new" }, at, dayEnd);
    const last = this.list[this.list.length - 1];
    if (!this.#isMerged || !NOISE.has(message.verb)) {
      const isFirst = last.kind !== "message" || !follows(message, last.message);
      this.#push({ key: message.key, kind: "message", message, isFirst }, at, dayEnd);
    } else if (last.kind === "noise") last.messages.push(message);
    else this.#push({ key: `noise ${message.key}`, kind: "noise", messages: [message] }, at, dayEnd);
  }

  /** @param {Row} row @param {number} start @param {number} dayEnd */
  #push(row, start, dayEnd) {
    this.list.push(row);
    this.#starts.push(start);
    this.#dayEnds.push(dayEnd);
  }
}

/**
 * Says what a row of comings and goings amounts to: "4 joined, 2 left".
 * @param {Message[]} messages
 */
export function summary(messages) {
  const words = { join: "joined", part: "left", quit: "left", nick: "renamed" };
  /** @type {Map<string, number>} */
  const counts = new Map([["joined", 0], ["left", 0], ["renamed", 0]]);
  for (const { verb } of messages) {
    const word = words[/** @type {keyof typeof words} */ (verb)];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count).map(([word, count]) => `${count} ${word}`).join(", ");
}

/**
 * @param {Message} message
 * @param {Message} before
 */
function follows(message, before) {
  return (
    message.kind === "said" &&
    before.kind === "said" &&
    message.sender === before.sender &&
    !message.replyTo &&
    message.at - before.at < SILENCE_MS
  );
}
