/**
 * What the page asks about a message before it does something with it.
 * @import { Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { ask, dialog } from "./dialog.js";
import { h } from "./html.js";
import { cleanLine } from "./text.js";

const EMOJI = ["👍", "❤️", "😂", "🎉", "🙏", "👀", "✅", "🚀", "😮", "😢", "🤔", "👎"];

/** @param {Page} page @param {Message} message */
export function reaction(page, message) {
  const choose = (/** @type {string} */ emoji) => { box.close(); if (emoji) page.react(message, emoji); };
  const buttons = EMOJI.map((emoji, at) => h("button.plain", { autofocus: !at, onclick: () => choose(emoji) }, emoji));
  const own = /** @type {HTMLInputElement} */ (h("input", { "aria-label": "Another emoji", placeholder: "Another emoji", maxlength: 32 }));
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); choose(own.value.trim()); };
  const box = dialog("React", h("div.emoji", ...buttons), h("form.ask", { onsubmit: submit }, own, h("button.primary", { type: "submit" }, "React")));
}

/** @param {Page} page @param {Message} message */
export async function deletion(page, message) {
  const answer = await ask("Delete this message?", cleanLine(message.text).slice(0, 200), ["Delete", "Keep"]);
  if (answer === "Delete") await page.client.redact(page.client.view, message);
}

/** @param {number} pieces @param {boolean} mayBeFile @returns {Promise<'send' | 'file' | ''>} */
export async function length(pieces, mayBeFile) {
  const [all, file] = [`Send ${pieces} messages`, "Send as a file"];
  const answers = mayBeFile ? [all, file, "Keep writing"] : [all, "Keep writing"];
  const answer = await ask("That is long", `It does not fit into one message: it would go out as ${pieces}.`, answers);
  return answer === all ? "send" : answer === file ? "file" : "";
}
