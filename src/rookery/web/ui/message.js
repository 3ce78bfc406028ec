/**
 * Draws one row of the conversation.
 * @import { Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 * @import { NoiseRow, Row } from './rows.js'
 */
import { actionBar } from "./actions.js";
import { avatar, hue } from "./avatar.js";
import { fileName, ownFile } from "./files.js";
import { h } from "./html.js";
import { summary } from "./rows.js";
import { bdi, cleanLine, prose } from "./text.js";
import { clock, day, fullTime } from "./when.js";

const QUOTE_LENGTH = 140;
const IMAGE = /\.(png|jpe?g|gif|webp|avif)$/i;

/** What Tab would stop at: in the list of messages it does so only in the row that has the focus. */
export const CONTROLS = "a, button, summary";

/** Addresses of pictures that somebody has asked for: they stay open. @type {Set<string>} */
const opened = new Set();

/** What an element was drawn from: it is drawn anew when that differs. @type {WeakMap<Element, string>} */
const stamps = new WeakMap();

/**
 * Makes the element of a row, or brings it up to date.
 * @param {Page} page
 * @param {Row} row
 * @param {HTMLElement} [element]
 */
export function drawRow(page, row, element = h("div", { role: "listitem", tabindex: -1 })) {
  const stamp = stampOf(page, row);
  if (stamps.get(element) === stamp) return element;
  stamps.set(element, stamp);
  const isHeld = element.contains(document.activeElement);
  const isPointedAt = element.lastElementChild?.matches(".actions");
  if (row.kind === "message") drawMessage(page, row.message, row.isFirst, element);
  else if (row.kind === "noise") drawNoise(row, element);
  else {
    element.className = `row ${row.kind}`;
    element.replaceChildren(h("span", row.kind === "day" ? day(row.at) : "new"));
  }
  if (isPointedAt && row.kind === "message") element.append(actionBar(page, row.message));
  for (const control of isHeld ? [] : element.querySelectorAll(CONTROLS)) /** @type {HTMLElement} */ (control).tabIndex = -1;
  if (isHeld && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
  return element;
}

/**
 * @param {Page} page
 * @param {Row} row
 */
function stampOf(page, row) {
  if (row.kind === "noise") return `noise ${row.messages.length}`;
  if (row.kind === "day") return day(row.at);
  if (row.kind === "new") return "new";
  const { message: m } = row;
  const quoted = m.replyTo && page.message(m.replyTo)?.text;
  const reactions = [...m.reactions].map(([emoji, who]) => emoji + who).join();
  const facts = [row.isFirst, m.state, m.reason, m.isEdited, m.isRedacted, m.isMention, m.msgid];
  return [...facts, m.sender, page.client.me.nick, quoted, reactions, m.text].join("\0");
}

/**
 * @param {Page} page
 * @param {Message} message
 * @param {boolean} isFirst
 * @param {HTMLElement} element
 */
function drawMessage(page, message, isFirst, element) {
  const { kind, sender, state, at } = message;
  const flags = { first: isFirst, own: message.isOwn, mention: message.isMention, gone: message.isRedacted };
  const on = Object.entries(flags).filter(([, is]) => is).map(([name]) => name);
  element.className = ["row", kind, state, ...on].join(" ");
  const time = h("time", { datetime: new Date(at).toISOString(), title: fullTime(at) }, clock(at));
  const name = bdi(sender, ".name");
  name.style.setProperty("--hue", String(hue(sender)));
  if (kind === "event") {
    element.replaceChildren(time, h("div.text", { dir: "auto" }, cleanLine(message.text)));
    return;
  }
  const hasHead = isFirst && kind !== "action";
  const note = kind === "notice" ? h("span.tag", "notice") : null;
  element.replaceChildren(
    hasHead ? avatar(sender) : time,
    h(
      "div.body",
      hasHead ? h("div.head", name, note, time) : h("span.sr", `${cleanLine(sender)}: `),
      quote(page, message),
      text(page, message, kind === "action" ? name : null),
      images(page, message),
      chips(page, message),
      fate(page, message),
    ),
  );
}

/**
 * @param {Page} page
 * @param {Message} message
 * @param {HTMLElement | null} actor stands in front: "* bob waves"
 */
function text(page, message, actor) {
  if (message.isRedacted) return h("div.text", "This message was deleted.");
  const edited = message.isEdited && h("span.tag", "edited");
  const nodes = prose(message.text, message.isOwn ? "" : page.client.me.nick);
  return h("div.text", { dir: "auto" }, actor, actor && " ", ...nodes, edited && " ", edited);
}

/**
 * The line that a reply answers; a click leads there.
 * @param {Page} page
 * @param {Message} message
 */
function quote(page, { replyTo }) {
  if (!replyTo) return null;
  const original = page.message(replyTo);
  const words = original ? cleanLine(original.text).slice(0, QUOTE_LENGTH) || "deleted" : "an earlier message";
  const who = original && bdi(original.sender, ".name");
  const jump = () => page.jump(page.client.view, replyTo);
  return h("button.quote", { onclick: jump }, h("span.sr", "In answer to "), who, " ", h("bdi", words));
}

/**
 * Pictures that people sent to this server, those of others behind a button: nothing is loaded unasked.
 * @param {Page} page
 * @param {Message} message
 */
function images({ client }, { text: words, isRedacted, isOwn }) {
  const found = isRedacted ? [] : (words.match(/https?:\/\/\S+/g) ?? []);
  const own = found.flatMap((address) => ownFile(address, client.filesAt) ?? []).filter((address) => IMAGE.test(address));
  if (!own.length) return null;
  return h("div.images", ...own.map((address) => {
    const name = fileName(address);
    const picture = () => h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, h("img", { src: address, alt: name }));
    if (isOwn || opened.has(address)) return picture();
    /** @param {Event} event */
    const show = ({ target }) => {
      opened.add(address);
      const link = picture();
      /** @type {Element} */ (target).replaceWith(link);
      link.focus();
    };
    return h("button.quiet", { onclick: show }, `Show image ${name}`);
  }));
}

/**
 * @param {Page} page
 * @param {Message} message
 */
function chips(page, message) {
  if (!message.reactions.size) return null;
  const me = page.client.me.nick;
  return h("div.chips", ...[...message.reactions].map(([emoji, who]) => {
    const isMine = who.includes(me);
    const names = who.map(cleanLine).join(", ");
    const press = () => page.react(message, emoji);
    const props = { "aria-pressed": String(isMine), title: names, onclick: press };
    const label = `${cleanLine(emoji)} ${who.length}, ${names}`;
    return h("button.chip", { ...props, "aria-label": label }, cleanLine(emoji), h("span", String(who.length)));
  }));
}

/**
 * What became of one's own message, where that is not simply "sent".
 * @param {Page} page
 * @param {Message} message
 */
function fate(page, message) {
  if (message.state === "sent") return null;
  if (message.state === "waiting") return h("div.fate", "⏳ Waiting to be sent");
  const why = message.state === "held" ? "Not sent yet: it has waited for more than 10 minutes." : `Not sent: ${message.reason}`;
  const retry = () => page.client.retry(page.client.view, message);
  const discard = () => page.client.discard(page.client.view, message);
  return h(
    "div.fate.bad",
    h("span", why),
    h("button.quiet", { onclick: retry }, message.state === "held" ? "Send" : "Retry"),
    h("button.quiet", { onclick: discard }, "Discard"),
  );
}

/**
 * @param {NoiseRow} row
 * @param {HTMLElement} element
 */
function drawNoise(row, element) {
  const isOpen = element.querySelector("details")?.open ?? false;
  const only = row.messages.length === 1;
  element.className = "row noise";
  if (only) {
    element.replaceChildren(h("span", cleanLine(row.messages[0].text)));
    return;
  }
  const lines = row.messages.map((message) => h("div", clock(message.at), " ", h("bdi", cleanLine(message.text))));
  element.replaceChildren(h("details", { open: isOpen }, h("summary", summary(row.messages)), ...lines));
}
