/**
 * The text in the box: kept as the draft of its conversation, or as the correction of a message.
 * @import { Message } from '../chat/types.js'
 * @import { Aim, aimBar } from './aim.js'
 * @import { commandMenu } from './menu.js'
 * @import { Page } from './page.js'
 * @import { transfers } from './transfers.js'
 */

/**
 * @typedef {object} Writing the box, and what is around it
 * @property {Page} page
 * @property {HTMLTextAreaElement} box
 * @property {string} key of the conversation that is written in
 * @property {ReturnType<typeof aimBar>} aims
 * @property {ReturnType<typeof commandMenu>} menu
 * @property {ReturnType<typeof transfers>} transfers
 */

/** What begins a command: a slash, but not two. */
export const COMMAND = /^\/(?!\/)/;

/** Makes the box as high as its text. @param {HTMLTextAreaElement} box */
export function grow(box) {
  box.style.height = "auto";
  box.style.height = box.scrollHeight ? `${box.scrollHeight}px` : ""; // Nothing is as high as what is hidden says.
}

/** Puts a text into the box that is kept already. @param {Writing} it @param {string} text */
export function fill({ box, menu }, text) {
  box.value = text;
  grow(box);
  menu.offer();
}

/** Keeps what stands in the box now. @param {Writing} it */
export function typed({ box, menu, aims, key, page: { client } }) {
  grow(box);
  menu.offer();
  const now = aims.of(key);
  if (now?.kind === "edit") now.text = box.value;
  else client.setDraft(key, box.value);
  if (!COMMAND.test(box.value)) client.typing(key, box.value ? "active" : "done");
}

/** Makes the text an answer, a correction, or neither. @param {Writing} it @param {Aim | null} next */
export function aim(it, next) {
  const wasEdit = it.aims.of(it.key)?.kind === "edit";
  it.aims.take(it.key, next);
  if (wasEdit || next?.text !== undefined) fill(it, next?.text ?? it.page.here?.draft ?? "");
  it.aims.show(it.key);
  it.box.focus();
}

/** @param {Writing} it @param {Message} message */
export const correct = (it, message) => aim(it, { kind: "edit", message, text: message.text });
