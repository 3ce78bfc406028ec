/** Formatting codes of IRC clients: bold, italic, colour and their kind. Source: modern IRC, "Formatting". */
const CODES = /\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9a-f]{6}(?:,[0-9a-f]{6})?)?|[\x02\x0f\x11\x16\x1d-\x1f]/gi;

/** @param {string} text @returns {string} without them; all else stays, harmful or not */
export const stripFormatting = (text) => text.replace(CODES, "");
