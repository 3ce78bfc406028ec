/**
 * Text of others, made harmless: what could act on the page or on the reading order becomes visible.
 *
 * The same rule as the line client's `safe_text.py`; a message may have several lines, a name has one.
 */
import { stripFormatting } from "../wire/formatting.js";
import { mentionOf } from "../wire/mention.js";
import { h } from "./html.js";

/** C0, DEL, C1, line separators, bidi embeddings, overrides and isolates, annotations, lone surrogates. */
const UNSAFE = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\p{Cs}]/gu;
/** Everything up to a blank; what ends a sentence is cut off by `trimmed`. */
const LINK = /\bhttps?:\/\/[^\s<>"“”]+/gi;

/**
 * Returns text in which nothing acts: controls are pictures, bidi controls are written out.
 * @param {string} text
 */
export function clean(text) {
  return stripFormatting(text).replace(UNSAFE, visible);
}

/**
 * The same on one line: for names, topics, previews and the window's title.
 * @param {string} text
 */
export function cleanLine(text) {
  return clean(text).replace(/\n/g, " ");
}

/**
 * Returns what an address says, in plain letters; one that is broken stays as it is.
 * @param {string} address
 */
export function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** What an error says to people. @param {unknown} error */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {string} mark */
function visible(mark) {
  const code = mark.charCodeAt(0);
  if (code === 9) return " ";
  if (code < 32) return String.fromCharCode(0x2400 + code);
  if (code === 127) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/**
 * Returns a name as an element that keeps its reading direction to itself.
 * @param {string} text
 * @param {string} [classes] as in `h`: `.name`
 */
export function bdi(text, classes = "") {
  return h(`bdi${classes}`, {}, cleanLine(text));
}

/**
 * Returns the nodes of a message: text, links, and the reader's own name marked.
 * @param {string} text
 * @param {string} nick the reader's
 * @returns {(Node | string)[]}
 */
export function prose(text, nick) {
  const nodes = [];
  const safe = clean(text);
  let end = 0;
  for (const match of safe.matchAll(LINK)) {
    const address = trimmed(match[0]);
    const url = parsed(address);
    if (!url) continue;
    nodes.push(...withMarks(safe.slice(end, match.index), nick));
    nodes.push(h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, address));
    end = match.index + address.length;
  }
  nodes.push(...withMarks(safe.slice(end), nick));
  return nodes;
}

/** @param {string} address */
function parsed(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

/**
 * Cuts off punctuation that ends a sentence, and a bracket that was opened before the link.
 * @param {string} address
 */
function trimmed(address) {
  let text = address.replace(/[.,;:!?'’*_]+$/, "");
  for (const [open, close] of ["()", "[]", "{}"]) {
    while (text.endsWith(close) && text.split(close).length > text.split(open).length) {
      text = text.slice(0, -1).replace(/[.,;:!?'’]+$/, "");
    }
  }
  return text;
}

/**
 * @param {string} text
 * @param {string} nick
 */
function withMarks(text, nick) {
  if (!nick || !text) return text ? [text] : [];
  const parts = text.split(mentionOf(nick));
  return parts.map((part, at) => (at % 2 ? h("mark", part) : part)).filter((part) => part !== "");
}
