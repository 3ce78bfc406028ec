/**
 * What the text in the box is about: an answer to a message, or the correction of one; each conversation
 * has its own, and the bar over the box says so.
 * @import { Message } from '../chat/types.js'
 */
import { h, say } from "./html.js";
import { tool } from "./sidebar.js";
import { cleanLine } from "./text.js";

const ABOUT_LENGTH = 100;

/** @typedef {{ kind: 'reply' | 'edit', message: Message, text?: string }} Aim what is written, and an edit so far */

/** @param {() => void} cancel */
export function aimBar(cancel) {
  const words = h("span", { dir: "auto" });
  const element = h("div.aim", { hidden: true }, words, tool("close", "Cancel", cancel));
  /** By conversation. @type {Map<string, Aim>} */
  const aims = new Map();

  /** Shows what is aimed at in a conversation. @param {string} key */
  function show(key) {
    const now = aims.get(key);
    element.hidden = !now;
    if (!now) return;
    const what = now.kind === "edit" ? "Editing your message" : `Reply to ${cleanLine(now.message.sender)}`;
    say(words, `${what}: ${cleanLine(now.message.text).slice(0, ABOUT_LENGTH)}`);
  }

  /** @param {string} key @param {Aim | null} aim */
  function take(key, aim) {
    if (aim) aims.set(key, aim);
    else aims.delete(key);
  }
  return { element, show, take, of: (/** @type {string} */ key) => aims.get(key) };
}
