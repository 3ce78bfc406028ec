/**
 * Questions that one answer settles: who is here, which rooms there are, what was said about something.
 * Source: modern IRC, LUSERS; WHOX; soju.im/search.
 * @import { Model } from './model.js'
 * @import { Session } from './session.js'
 * @import { Hit, Person, RoomRow } from './types.js'
 */
import { formatTags, parse } from "../wire/message.js";
import { placeOf, saidIn } from "./saying.js";

/** Nick, flags, account and real name, behind a token of this question's own. */
const ABOUT_PEOPLE = "%tnfar,9";

/** @param {Session} server @param {string} mask @returns {Promise<Person[]>} */
export async function peopleOn(server, mask) {
  const { lines } = await server.asked("WHO", [mask, ABOUT_PEOPLE]);
  return lines.filter((line) => line.command === "354").map(({ params: [, , nick, flags, account, realname] }) =>
    ({ nick, account: account === "0" ? "" : account, isAway: flags.startsWith("G"), realname }));
}

/** How many people there are, also those whom WHO does not show: the invisible. @param {Session} server @returns {Promise<number>} 0 where it is not told */
export async function countOn(server) {
  const { lines } = await server.asked("LUSERS", []);
  return Number(lines.find(({ command }) => command === "266")?.params[1]) || 0;
}

/** @param {Session} server @returns {Promise<RoomRow[]>} */
export async function roomsOn(server) {
  const { lines } = await server.asked("LIST", []);
  return lines.filter((line) => line.command === "322").map(({ params: [, name, members, topic = ""] }) =>
    ({ name, members: Number(members), topic }));
}

/** @param {Model} client @param {Record<string, string>} wanted attributes of soju.im/search @returns {Promise<Hit[]>} newest first */
export async function found(client, wanted) {
  const { lines } = await client.server.asked("SEARCH", [formatTags(wanted)]);
  return lines.flatMap((line) => {
    const message = saidIn(client, line);
    return message ? [{ conversation: client.talkWith(placeOf(client, line)).key, message }] : [];
  }).reverse();
}

/** @param {Session} server @param {string} line @returns {Promise<string[]>} the answer's lines */
export async function answerTo(server, line) {
  const asked = parse(line);
  if (!asked) throw new Error("That is no command.");
  const { lines } = await server.asked(asked.command, asked.params);
  return lines.filter(({ command }) => command !== "ACK").map(({ command, params }) =>
    (/^\d+$/.test(command) ? params.slice(1) : [command, ...params]).join(" "));
}
