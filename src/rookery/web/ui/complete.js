/**
 * Tab completes names, rooms, commands and emoji; pressed again it offers the next.
 * @import { Page } from './page.js'
 */
import { COMMANDS } from "./commands.js";
import { EMOJI } from "./emoji.js";

/**
 * Returns what the word may become: those who spoke last come first.
 * @param {Page} page
 * @param {string} before the text before the word; the word is its end, from the last blank on
 */
export function candidates(page, before) {
  const start = before.search(/\S+$/);
  const word = start < 0 ? "" : before.slice(start).toLowerCase();
  const isFirst = start === 0;
  const here = page.here;
  if (!word || !here) return { start, words: [] };
  if (isFirst && word[0] === "/") return { start, words: starting(Object.keys(COMMANDS).map((name) => `/${name} `), word) };
  if (/^:\w/.test(word)) return { start, words: [...EMOJI].filter(([name]) => name.startsWith(word)).map(([, emoji]) => `${emoji} `) };
  const known = page.client.list();
  if (word[0] === "#") return { start, words: starting(known.filter((one) => one.isRoom).map((one) => `${one.name} `), word) };
  const at = word[0] === "@" ? "@" : "";
  const spoke = here.messages.slice(-200).reverse().map(({ sender }) => sender);
  const names = [...spoke, ...[...here.members.values()].map(({ nick }) => nick), ...known.filter((one) => !one.isRoom).map(({ name }) => name)];
  const others = [...new Set(names)].filter((name) => name && name !== page.client.me.nick);
  return { start, words: starting(others.map((name) => at + name + (isFirst && !at ? ": " : " ")), word) };
}

/** @param {string[]} words @param {string} start */
const starting = (words, start) => words.filter((word) => word.toLowerCase().startsWith(start));

/**
 * Returns what Tab does; it says whether there was anything to complete.
 * @param {HTMLTextAreaElement} box
 * @param {(before: string) => { start: number, words: string[] }} find
 */
export function completer(box, find) {
  /** The turn that goes on while nothing else is typed. */
  let turn = { text: "", start: 0, words: /** @type {string[]} */ ([]), at: 0, rest: "" };
  /** @param {boolean} isBack */
  return (isBack) => {
    if (turn.text !== box.value || !turn.words.length) {
      const before = box.value.slice(0, box.selectionStart);
      turn = { ...find(before), text: "", at: isBack ? 0 : -1, rest: box.value.slice(box.selectionStart) };
    }
    const { start, words, rest } = turn;
    if (!words.length) return false;
    turn.at = (turn.at + (isBack ? -1 : 1) + words.length) % words.length;
    box.value = box.value.slice(0, start) + words[turn.at] + rest;
    box.selectionStart = box.selectionEnd = start + words[turn.at].length;
    turn.text = box.value;
    return true;
  };
}
