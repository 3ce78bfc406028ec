/**
 * From messages to the rows of the conversation: days, the read line, merged comings and goings.
 *
 * Pure. A row's key is unique and stays the same while its place in the conversation does.
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

/**
 * @param {Message[]} messages oldest first
 * @param {string} readLine key of the message under the read line, empty for none
 * @param {boolean} isMerged whether comings and goings next to each other are one row
 * @returns {Row[]}
 */
export function rowsOf(messages, readLine, isMerged) {
  /** @type {Row[]} */
  const rows = [];
  let dayEnd = 0;
  /** @type {Message | null} */
  let before = null;
  for (const message of messages) {
    if (message.at >= dayEnd) {
      dayEnd = new Date(message.at).setHours(24, 0, 0, 0);
      rows.push({ key: `day ${dayEnd}`, kind: "day", at: message.at });
      before = null;
    }
    if (message.key === readLine) {
      rows.push({ key: "new", kind: "new" });
      before = null;
    }
    const last = rows[rows.length - 1];
    if (isMerged && NOISE.has(message.verb)) {
      if (last.kind === "noise") last.messages.push(message);
      else rows.push({ key: `noise ${message.key}`, kind: "noise", messages: [message] });
      before = null;
      continue;
    }
    rows.push({ key: message.key, kind: "message", message, isFirst: !follows(message, before) });
    before = message;
  }
  return rows;
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
 * @param {Message | null} before
 */
function follows(message, before) {
  return (
    before !== null &&
    message.kind === "said" &&
    before.kind === "said" &&
    message.sender === before.sender &&
    !message.replyTo &&
    message.at - before.at < SILENCE_MS
  );
}
