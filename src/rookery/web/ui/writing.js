/**
 * The text in the box: kept as the draft of its conversation, or as the correction of a message.
 * @import { Message } from '../chat/types.js'
 * @import { Aim, aimBar } from './aim.js'
 * @import { attached } from './attached.js'
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
 * @property {ReturnType<typeof attached>} files
 */

/** What begins a command: a slash, but not two. */
export const COMMAND = /^\/(?!\/)/;

/** Makes the box as high as its text. @param {HTMLTextAreaElement} box */
export function grow(box) {
  box.style.height = "auto";
  box.style.height = box.scrollHeight ? `${box.scrollHeight}px` : ""; // Nothing is as high as what is hidden says.
}

/** @param {Writing} it */
const isEdit = ({ aims, key }) => aims.of(key)?.kind === "edit";

/** All that is written: the text and the addresses of its files. @param {Writing} it */
export const written = ({ box, files }) => files.with(box.value);

/** Puts a draft into the box, or the text of a correction. @param {Writing} it @param {string} draft */
export const load = (it, draft) => fill(it, isEdit(it) ? (it.files.take(""), draft) : it.files.take(draft));

/** Puts a text into the box that is kept already. @param {Writing} it @param {string} text */
export function fill({ box, menu }, text) {
  box.value = text;
  grow(box);
  menu.offer();
}

/** Keeps what stands in the box now. @param {Writing} it */
export function typed(it) {
  const { box, menu, aims, key, page: { client } } = it;
  grow(box);
  menu.offer();
  const now = aims.of(key);
  if (now?.kind === "edit") now.text = box.value;
  else client.setDraft(key, written(it));
  if (!COMMAND.test(box.value)) client.typing(key, box.value ? "active" : "done");
}

/** Makes the text an answer, a correction, or neither. @param {Writing} it @param {Aim | null} next */
export function aim(it, next) {
  const wasEdit = isEdit(it);
  it.aims.take(it.key, next);
  if (wasEdit || next?.text !== undefined) load(it, next?.text ?? it.page.here?.draft ?? "");
  it.aims.show(it.key);
  it.box.focus();
}

/** @param {Writing} it @param {Message} message */
export const correct = (it, message) => aim(it, { kind: "edit", message, text: message.text });
