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

/** A mark beside a name; `showPresence` fills it. */
export const presenceMark = () => h("span.presence", h("span.sr"));

/**
 * @param {Element} mark
 * @param {Presence} presence
 */
export function showPresence(mark, presence) {
  set(mark, { "data-presence": presence, title: PRESENCE[presence] || undefined });
  const word = PRESENCE[presence];
  say(/** @type {Element} */ (mark.firstElementChild), word && ` (${word})`);
}
