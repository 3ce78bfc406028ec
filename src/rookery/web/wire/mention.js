/**
 * Where a text names somebody: the nick as a word of its own, in any case, with or without "@".
 */
const LETTER = "[\\p{L}\\p{N}_-]";

/** @param {string} nick not empty @returns {RegExp} its first group is the name */
export const mentionOf = (nick) =>
  new RegExp(`(?<!${LETTER})(@?${nick.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")})(?!${LETTER})`, "iu");
