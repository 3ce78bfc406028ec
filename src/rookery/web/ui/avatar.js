/**
 * A person's sign: initials on a colour of their own, and whether they are here by shape and word.
 * @import { Presence } from '../chat/types.js'
 */
import { h, say, set } from "./html.js";
import { cleanLine } from "./text.js";

/** How presence reads aloud; the shape is in the stylesheet. @type {Record<Presence, string>} */
export const PRESENCE = { here: "here", away: "away", gone: "not connected", unknown: "" };

/**
 * Returns the angle of a name's colour, the same in every browser.
 * @param {string} name
 */
export function hue(name) {
  let sum = 7;
  for (const letter of name.toLowerCase()) sum = (sum * 31 + Number(letter.codePointAt(0))) >>> 0;
  return (sum % 24) * 15;
}

/** @param {string} name */
export function avatar(name) {
  const letters = cleanLine(name).match(/[\p{L}\p{N}]/gu) ?? ["?"];
  const sign = h("span.avatar", { "aria-hidden": "true" }, letters.slice(0, 2).join(""));
  sign.style.setProperty("--hue", String(hue(name)));
  return sign;
}

/**
 * A person's sign with the mark of their presence; `showPresence` fills it and the word behind the name.
 * @param {string} name
 */
export const face = (name) => h("span.face", { "aria-hidden": "true" }, avatar(name), h("span.presence"));

/**
 * @param {Element} sign a `face`
 * @param {Element} word
 * @param {Presence} presence
 */
export function showPresence(sign, word, presence) {
  const mark = /** @type {Element} */ (sign.lastElementChild);
  set(mark, { "data-presence": presence, title: PRESENCE[presence] || undefined });
  say(word, PRESENCE[presence] && ` (${PRESENCE[presence]})`);
}
