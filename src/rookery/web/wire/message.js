/**
 * One IRC message: parse a line, format a line; the same rules as `rookery/wire/message.py`.
 * Source: RFC 1459 §2.3.1, modern IRC "Message format", IRCv3 message-tags.
 * @import { Line } from '../chat/types.js'
 */

const MAX_PARAMS = 15;
const TO_WIRE = { ";": "\\:", " ": "\\s", "\\": "\\\\", "\r": "\\r", "\n": "\\n" };
const FROM_WIRE = { ":": ";", s: " ", "\\": "\\", r: "\r", n: "\n" };

/** @param {string} value */
const escapeTag = (value) =>
  value.replace(/[; \\\r\n]/g, (char) => TO_WIRE[/** @type {keyof typeof TO_WIRE} */ (char)]);

/** An unknown escape is its character, a lone last backslash nothing. @param {string} value */
const unescapeTag = (value) =>
  value.replace(/\\(.?)/gs, (_, char) => FROM_WIRE[/** @type {keyof typeof FROM_WIRE} */ (char)] ?? char);

/** @param {string} section without "@" @returns {Record<string, string>} without a prototype */
function parseTags(section) {
  const tags = Object.create(null);
  for (const item of section.split(";")) {
    const [, key, value] = /** @type {RegExpExecArray} */ (/^([^=]*)=?(.*)$/s.exec(item));
    if (key) tags[key] = unescapeTag(value);
  }
  return tags;
}

/** @param {Record<string, string>} tags */
export const formatTags = (tags) =>
  Object.entries(tags).map(([key, value]) => (value ? `${key}=${escapeTag(value)}` : key)).join(";");

/** @param {string} line without its line end @returns {Line | null} null for what is no message */
export function parse(line) {
  if (/[\0\r\n]/.test(line)) return null;
  const [, section = "", source = "", rest] =
    /** @type {RegExpExecArray} */ (/^(?:@([^ ]*) *)?(?::([^ ]*) *)?(.*)$/s.exec(line));
  const colon = rest.indexOf(" :");
  const words = (colon < 0 ? rest : rest.slice(0, colon)).split(" ").filter(Boolean);
  if (!words.length || ":@".includes(words[0][0])) return null;
  if (colon >= 0) words.push(rest.slice(colon + 2));
  if (words.length > MAX_PARAMS + 1) words.push(words.splice(MAX_PARAMS).join(" "));
  return { command: words[0].toUpperCase(), params: words.slice(1), source, tags: parseTags(section) };
}

/**
 * @param {string} command @param {string[]} params only the last may be empty or hold a space
 * @param {Record<string, string>} [tags] @param {string} [source]
 * @returns {string} the line without its end; throws where none could carry it unchanged
 */
export function format(command, params, tags = {}, source = "") {
  const middle = [command, ...params.slice(0, -1)];
  if (middle.some((part) => !part || part.includes(" ") || part.startsWith(":")) || source.includes(" "))
    throw new Error("Only the last parameter may be empty, hold a space or begin with a colon.");
  const last = params.at(-1);
  if (last !== undefined) middle.push(!last || last.includes(" ") || last.startsWith(":") ? `:${last}` : last);
  if (source) middle.unshift(`:${source}`);
  if (Object.keys(tags).length) middle.unshift(`@${formatTags(tags)}`);
  const line = middle.join(" ");
  if (/[\0\r\n]/.test(line)) throw new Error("A line holds no NUL, CR or LF.");
  return line;
}

/** The nick of a source, "bob!~b@host". @param {string} source */
export const nickOf = (source) => source.split("!", 1)[0];
