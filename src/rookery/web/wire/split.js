/**
 * Cut a text into pieces that each fit into one line; never within a character.
 * What the server puts in front when it passes a line on counts too: `:nick!user@host `.
 */
const LINE_BYTES = 510;
/** Room for the source while our own is not known. */
const SOURCE_BYTES = 64;
const bytes = new TextEncoder();

/** @param {string} text */
export const byteLength = (text) => bytes.encode(text).length;

/** How many bytes of text fit beside the rest. @param {string} target @param {string} source ours, "nick!user@host" */
export const maxTextBytes = (target, source) =>
  Math.max(SOURCE_BYTES, LINE_BYTES - Math.max(byteLength(`:${source} `), SOURCE_BYTES) - byteLength(`PRIVMSG ${target} :`));

/**
 * @param {string} text one line @param {number} maxBytes
 * @returns {string[]} in order; joined they are the text again (a cut at a space leaves it at the end)
 */
export function pieces(text, maxBytes) {
  const done = [];
  while (byteLength(text) > maxBytes) {
    let { read: at } = bytes.encodeInto(text, new Uint8Array(maxBytes));
    const space = text.lastIndexOf(" ", at - 1) + 1;
    if (space > at / 2) at = space;
    done.push(text.slice(0, at));
    text = text.slice(at);
  }
  return [...done, text];
}

/** The lines of a pasted text; blank ones at its ends are dropped. @param {string} text */
export const textLines = (text) =>
  text.replace(/\0/g, "").replace(/\r\n?/g, "\n").replace(/^(\s*\n)+|\s+$/g, "").split("\n").map((line) => line.trimEnd());
