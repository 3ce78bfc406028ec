/**
 * What one may do with a message: one row each, for the bar on the message and for the keyboard.
 * @import { Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { h, icon } from "./html.js";
import { deletion, reaction } from "./questions.js";

/**
 * @typedef {object} Action
 * @property {string} key pressed while the message has the focus
 * @property {string} name
 * @property {Parameters<typeof icon>[0]} icon
 * @property {(message: Message) => boolean} may
 * @property {(page: Page, message: Message) => unknown} run
 */

/** @param {Message} message */
const isThere = ({ msgid, isRedacted, kind }) => Boolean(msgid) && !isRedacted && kind !== "event";
/** @param {Message} message */
const isOwn = (message) => isThere(message) && message.isOwn;

/** @type {Action[]} */
export const ACTIONS = [
  { key: "r", name: "Reply", icon: "reply", may: isThere, run: (page, message) => page.composer.reply(message) },
  { key: "+", name: "React", icon: "react", may: isThere, run: (page, message) => reaction(page, message) },
  { key: "e", name: "Edit", icon: "edit", may: isMine("said"), run: (page, message) => page.composer.edit(message) },
  { key: "d", name: "Delete", icon: "trash", may: isOwn, run: (page, message) => deletion(page, message) },
  { key: "y", name: "Copy", icon: "copy", may: (message) => message.text !== "", run: (page, message) => page.copy(message) },
];

/** @param {string} kind @returns {(message: Message) => boolean} */
function isMine(kind) {
  return (message) => isOwn(message) && message.kind === kind;
}

/**
 * Makes the one bar of actions, which is put on the message that is pointed at or has the focus.
 * @param {Page} page
 * @param {Message} message
 */
export function actionBar(page, message) {
  const buttons = ACTIONS.filter(({ may }) => may(message)).map((action) =>
    h(
      "button.plain",
      { "aria-label": action.name, title: `${action.name} (${action.key})`, onclick: () => action.run(page, message) },
      icon(action.icon),
    ),
  );
  return h("div.actions", { role: "group", "aria-label": "Message actions" }, ...buttons);
}
