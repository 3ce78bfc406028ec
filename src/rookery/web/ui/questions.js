/**
 * What the page asks about a message before it does something with it.
 * @import { Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { ask, dialog } from "./dialog.js";
import { EMOJI, emojiOf } from "./emoji.js";
import { h, say } from "./html.js";
import { cleanLine } from "./text.js";

const OFFERED = 12, COLUMNS = 6;

/** @param {Page} page @param {Message} message */
export function reaction(page, message) {
  const { view } = page.client;
  const choose = (/** @type {string} */ emoji) => { box.close(); page.react(message, emoji, view); };
  const buttons = [...EMOJI.values()].slice(0, OFFERED).map((emoji, at) => h("button.plain", { autofocus: !at, onclick: () => choose(emoji) }, emoji));
  const walk = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (!step) return;
    event.preventDefault();
    buttons[buttons.indexOf(/** @type {HTMLElement} */ (event.target)) + step]?.focus();
  };
  const own = /** @type {HTMLInputElement} */ (h("input", { "aria-label": "Another emoji", placeholder: "Another emoji", maxlength: 32 }));
  const problem = h("p.problem", { role: "alert" });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const emoji = emojiOf(own.value.trim());
    if (emoji) choose(emoji);
    else say(problem, "A reaction is one emoji, or its name between colons: :tada:");
  };
  const answer = h("form.ask", { onsubmit: submit }, own, h("button.primary", { type: "submit" }, "React"));
  const box = dialog("React", h("div.emoji", { onkeydown: walk }, ...buttons), answer, problem);
}

/** @param {Page} page @param {Message} message */
export async function deletion(page, message) {
  const { view } = page.client;
  const answer = await ask("Delete this message?", cleanLine(message.text).slice(0, 200), ["Delete", "Keep"]);
  if (answer === "Delete") await page.client.redact(view, message);
}

/** @param {number} pieces @param {boolean} mayBeFile @returns {Promise<'send' | 'file' | ''>} */
export async function askLength(pieces, mayBeFile) {
  const [all, file] = [`Send ${pieces} messages`, "Send as a file"];
  const answers = mayBeFile ? [all, file, "Keep writing"] : [all, "Keep writing"];
  const answer = await ask("That is long", `It does not fit into one message: it would go out as ${pieces}.`, answers);
  return answer === all ? "send" : answer === file ? "file" : "";
}
