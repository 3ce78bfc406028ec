/**
 * What a refusal says to people, and what they can do: sentences in place of a numeric's few words.
 * @import { Line } from './types.js'
 */

/** By numeric; without a row the server's own words stand. @type {Record<string, (one: string, other: string) => string>} */
const SENTENCES = {
  401: (name) => `Nobody named ${name} is here. /who lists who is.`,
  403: (room) => `There is no room ${room}. /join makes it, /rooms lists the others.`,
  404: (room) => `You may not write in ${room} now. Ask one of its operators: they stand first among the members.`,
  441: (name, room) => `${name} is not in ${room}. The list of members shows who is.`,
  442: (room) => `You are not in ${room}. Join it first.`,
  443: (name, room) => `${name} is in ${room} already.`,
  471: (room) => `${room} is full. Try again when somebody has left.`,
  473: (room) => `${room} is for who was asked in. Ask somebody there to /invite you.`,
  474: (room) => `You may not enter ${room}. Ask one of its operators.`,
  475: (room) => `${room} has a password, and this was not it. Enter with /join ${room} PASSWORD`,
  482: (room) => `Only operators of ${room} may do that. Ask one: they stand first among the members.`,
};
/** Numerics that say several things, and which of them the table means. @type {Record<string, RegExp>} */
const MEANT = { 482: /channel operator/ };

/** @param {Line} line an error @returns {string} */
export function refusal({ command, params }) {
  const words = params.at(-1) ?? "", [, one = "", other = ""] = params;
  const isMeant = params.length > 2 && (MEANT[command]?.test(words) ?? true);
  return (isMeant && SENTENCES[command]?.(one, other)) || words;
}
