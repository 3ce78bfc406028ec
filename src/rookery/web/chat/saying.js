/**
 * Messages and events as the server tells them, now or as history: what each is for the page.
 * @import { EventVerb, Line, Message } from './types.js'
 * @import { Model } from './model.js'
 */
import { isRoom } from "../wire/casefold.js";
import { stripFormatting } from "../wire/formatting.js";
import { nickOf } from "../wire/message.js";

export const EDIT = "+rookery.chat/edit";
export const CLIENT_ID = "rookery.chat/id";
const ACTION = "\x01ACTION ";
let madeKeys = 0;

/** Where a line belongs: a room, or the other person of a private talk. @param {Model} client @param {Line} line */
export function placeOf(client, { source, params }) {
  const target = (params[0] ?? "").replace(/^[~&@%+]+(?=#)/, ""), nick = nickOf(source);
  return isRoom(target) || client.isMe(nick) ? target : nick;
}

/** @param {Line} line @param {number} now */
export const timeOf = ({ tags }, now) => Date.parse(tags.time ?? "") || now;

/** @param {Record<string, string>} tags */
export const replyOf = (tags) => tags["+reply"] || tags["+draft/reply"] || "";

/** @param {Partial<Message> & Pick<Message, "at" | "text">} what @returns {Message} */
export const newMessage = (what) => ({
  key: `m${++madeKeys}`, msgid: "", sender: "", account: "", kind: "said", verb: "", state: "sent", reason: "", replyTo: "",
  reactions: new Map(), isEdited: false, isRedacted: false, isMention: false, isOwn: false, original: "", corrections: [], ...what,
});

/** What both kinds have. @param {Model} client @param {Line} line */
function common(client, line) {
  const sender = nickOf(line.source), { msgid = "", account = "" } = line.tags;
  return { msgid, account, sender, at: timeOf(line, client.now()), isOwn: client.isMe(sender), ...(msgid && { key: msgid }) };
}

/** What a PRIVMSG or NOTICE says; null for what is not meant for people. @param {Model} client @param {Line} line */
export function saidIn(client, line) {
  let text = line.params.at(-1) ?? "";
  const isAction = text.startsWith(ACTION);
  if (isAction) text = text.slice(ACTION.length).replace(/\x01$/, "");
  else if (text.startsWith("\x01")) return null;
  text = stripFormatting(text);
  const base = common(client, line);
  return newMessage({
    ...base, text, kind: line.command === "NOTICE" ? "notice" : isAction ? "action" : "said", replyTo: replyOf(line.tags),
    original: line.command === "PRIVMSG" ? line.tags[EDIT] ?? "" : "", isMention: !base.isOwn && client.mentionsMe(text),
  });
}

/** Sentences of what happened, by command. @type {Record<string, [EventVerb, (nick: string, params: string[]) => string]>} */
const EVENTS = {
  JOIN: ["join", (nick) => `${nick} joined.`],
  PART: ["part", (nick, [, why]) => `${nick} left${because(why)}`],
  QUIT: ["quit", (nick, [why]) => `${nick} went offline${because(why?.replace(/^Quit: ?/, ""))}`],
  NICK: ["nick", (nick, [to]) => `${nick} is now ${to}.`],
  KICK: ["kick", (nick, [, who, why]) => `${nick} removed ${who}${because(why === nick ? "" : why)}`],
  TOPIC: ["topic", (nick, [, topic]) => (topic ? `${nick} set the topic: ${topic}` : `${nick} removed the topic.`)],
  MODE: ["mode", (nick, [, ...modes]) => `${nick} set ${modes.join(" ")}.`],
  RENAME: ["rename", (nick, [from, to]) => `${nick} renamed ${from} to ${to}.`],
  INVITE: ["invite", (nick, [who]) => `${nick} invited ${who}.`],
};

/** @param {string} [why] */
const because = (why) => (why?.trim() ? ` (${stripFormatting(why)}).` : ".");

/** What happened in a room; null for what is no event of one. @param {Model} client @param {Line} line */
function eventIn(client, line) {
  const row = EVENTS[/** @type {keyof typeof EVENTS} */ (line.command)];
  if (!row || line.params.length < (line.command === "QUIT" ? 0 : 1)) return null;
  const base = common(client, line);
  return newMessage({ ...base, kind: "event", verb: row[0], text: stripFormatting(row[1](base.sender, line.params)) });
}

/**
 * Put one line into the talk that it belongs to; the same for what is live and what is history.
 * @param {Model} client @param {import('./talk.js').Talk} talk @param {Line} line
 * @param {import('./timeline.js').Timeline} [into] for history; what is live is told to all of the talk's
 * @returns {Message | null} what is new
 */
export function put(client, talk, line, into) {
  const { command, tags, params, source } = line, at = timeOf(line, client.now());
  client.changed(`messages:${talk.key}`);
  if (command === "TAGMSG") {
    const on = tags["+draft/react"], emoji = on || tags["+draft/unreact"], about = replyOf(tags);
    if (emoji && about) for (const timeline of into ? [into] : talk.timelines) timeline.react(about, emoji, nickOf(source), at, Boolean(on));
    return null;
  }
  if (command === "REDACT") {
    for (const timeline of into ? [into] : talk.timelines) timeline.redact(params[1] ?? "", nickOf(source));
    return null;
  }
  const message = command === "PRIVMSG" || command === "NOTICE" ? saidIn(client, line) : eventIn(client, line);
  if (!message) return null;
  if (!into && talk.past?.byId.has(message.original)) talk.past.add(message);
  const added = (into ?? talk.timeline).add(message, tags[CLIENT_ID]);
  if (tags[CLIENT_ID]) client.outbox.stored(tags[CLIENT_ID]);
  return added;
}
