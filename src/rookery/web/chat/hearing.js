/**
 * What each line from the server means now: one row per command in `HEAR`. History goes past it.
 * Source: modern IRC; IRCv3 away-notify, extended-join, monitor, read-marker, channel-rename.
 * @import { Model } from './model.js'
 * @import { Talk } from './talk.js'
 * @import { Line, Member, Presence } from './types.js'
 */
import { fold } from "../wire/casefold.js";
import { stripFormatting } from "../wire/formatting.js";
import { nickOf } from "../wire/message.js";
import { catchUp } from "./history.js";
import { placeOf, put, timeOf } from "./saying.js";

/** How long somebody counts as typing without another word of it (ms). IRCv3 typing. */
const TYPING_MS = /** @type {Record<string, number>} */ ({ active: 6000, paused: 30_000 });
/** Rooms of more are not asked who is away. */
const MAX_ASKED_WHO = 500;
const WHO_FIELDS = "%tnfar,7";

/** @param {string} nick @param {Partial<Member>} [more] @returns {Member} */
const member = (nick, more) => ({ nick, account: "", prefix: "", presence: "here", bot: false, ...more });

/** The room of this name, if I know it. @param {Model} client @param {string} name */
const roomOf = (client, name) => client.conversations.get(fold(name));

/** @param {Model} client @param {string} nick */
function* roomsWith(client, nick) {
  for (const talk of client.conversations.values()) if (talk.members.has(fold(nick))) yield talk;
}

/** @param {Model} client @param {Line} line */
function said(client, line) {
  if (!line.source.includes("!")) {
    if (line.command === "NOTICE" && client.server.isOnline) client.news({ kind: "info", text: stripFormatting(line.params.at(-1) ?? "") });
    return;
  }
  const nick = nickOf(line.source), place = placeOf(client, line);
  if (client.isMe(nick)) client.server.source = line.source;
  const isTag = line.command === "TAGMSG";
  if (isTag && !roomOf(client, place)) return;
  const talk = client.talkWith(place);
  if (isTag) typing(client, talk, nick, line.tags["+typing"]);
  const message = put(client, talk, line);
  client.counted(talk);
  if (!message || message.kind === "event") return;
  if (talk.setTyping(nick, null)) client.changed(`typing:${talk.key}`);
  client.reopen(talk);
  if (!message.isOwn) client.news({ kind: "message", conversation: talk, message });
}

/** @param {Model} client @param {Talk} talk @param {string} nick @param {string} [state] */
function typing(client, talk, nick, state) {
  if (state === undefined || client.isMe(nick)) return;
  const stop = () => talk.setTyping(nick, null) && client.changed(`typing:${talk.key}`);
  const ms = TYPING_MS[state];
  if (!ms) return void stop();
  talk.setTyping(nick, client.clock.later(ms, stop));
  client.changed(`typing:${talk.key}`);
}

/** Show what happened in a room. @param {Model} client @param {Talk} talk @param {Line} line */
function happened(client, talk, line) {
  put(client, talk, line);
  client.changed(`members:${talk.key}`);
}

/** @param {Model} client @param {Line} line */
function join(client, line) {
  const nick = nickOf(line.source), [name, account = ""] = line.params;
  if (!client.isMe(nick)) {
    const talk = roomOf(client, name);
    if (!talk) return;
    talk.members.set(fold(nick), member(nick, { account: account === "*" ? "" : account, bot: "bot" in line.tags }));
    return happened(client, talk, line);
  }
  client.server.source = line.source;
  const talk = client.talkWith(name);
  if (talk.isLeaving) return client.server.send("PART", [name]);
  Object.assign(talk, { name, isJoined: true, isWanted: true, isListing: true, enteredAt: timeOf(line, client.now()) });
  talk.members.clear();
  client.reopen(talk);
  client.cache.write(talk.key);
  void client.cache.save(); // At once: who crashes now is to be in the room again.
}

/** @param {Model} client @param {Line} line */
function names(client, { params }) {
  const talk = roomOf(client, params[2]);
  if (!talk) return;
  if (!talk.isListing) talk.members.clear();
  talk.isListing = true;
  for (const word of params[3].split(" ").filter(Boolean)) {
    const prefix = /^[~&@%+!]*/.exec(word)?.[0] ?? "", nick = nickOf(word.slice(prefix.length));
    talk.members.set(fold(nick), member(nick, { prefix }));
  }
  client.changed(`members:${talk.key}`);
}

/** @param {Model} client @param {Line} line */
function endOfNames(client, { params }) {
  const talk = roomOf(client, params[1]);
  if (!talk?.isJoined || !talk.isListing) return;
  talk.isListing = false;
  if (!talk.readAt) talk.readAt = talk.enteredAt;
  if (talk.members.size <= MAX_ASKED_WHO) client.server.send("WHO", [talk.name, WHO_FIELDS]);
  catchUp(client, talk).catch(() => {});
}

/** Fields of `WHO_FIELDS`: token, nick, flags, account, real name. @param {Model} client @param {Line} line */
function whox(client, { params: [, , nick, flags, account] }) {
  for (const talk of roomsWith(client, nick)) {
    const one = /** @type {Member} */ (talk.members.get(fold(nick)));
    Object.assign(one, { presence: flags.startsWith("G") ? "away" : "here", account: account === "0" ? "" : account, bot: /B/.test(flags) });
    client.changed(`members:${talk.key}`);
  }
}

/** @param {Model} client @param {string} name @param {string} nick @param {Line} line */
function out(client, name, nick, line) {
  const talk = roomOf(client, name);
  if (!talk) return;
  talk.members.delete(fold(nick));
  if (talk.setTyping(nick, null)) client.changed(`typing:${talk.key}`);
  happened(client, talk, line);
  if (client.isMe(nick)) client.left(talk);
}

/** @param {Model} client @param {Line} line */
function quit(client, line) {
  const nick = nickOf(line.source);
  if (client.isMe(nick)) return;
  for (const talk of roomsWith(client, nick)) out(client, talk.name, nick, line);
}

/** @param {Model} client @param {Line} line */
function renamed(client, line) {
  const before = nickOf(line.source), [after] = line.params;
  for (const talk of [...roomsWith(client, before)]) {
    const one = /** @type {Member} */ (talk.members.get(fold(before)));
    talk.members.delete(fold(before));
    talk.members.set(fold(after), { ...one, nick: after });
    happened(client, talk, line);
  }
  if (!client.isMe(before)) return;
  client.me.nick = after;
  client.changed("me");
}

/** @param {Model} client @param {string} name @param {string} topic */
function topicIs(client, name, topic) {
  const talk = roomOf(client, name);
  if (!talk) return;
  talk.topic = stripFormatting(topic);
  client.changed(`topic:${talk.key}`);
}

/** @param {Model} client @param {Line} line */
function mode(client, line) {
  const talk = roomOf(client, line.params[0]);
  if (!talk) return;
  const [, letters = "", signs = ""] = /^\((.*)\)(.*)$/.exec(client.server.isupport.get("PREFIX") ?? "(qaohv)~&@%+") ?? [];
  const [lists = "", always = "", ifSet = ""] = (client.server.isupport.get("CHANMODES") ?? "beI,k,l,").split(",");
  const args = line.params.slice(2);
  let isOn = true;
  for (const letter of line.params[1]) {
    if ("+-".includes(letter)) { isOn = letter === "+"; continue; }
    const sign = signs[letters.indexOf(letter)] ?? "";
    const takes = sign || (lists + always).includes(letter) || (isOn && ifSet.includes(letter));
    const one = takes ? talk.members.get(fold(args.shift() ?? "")) : undefined;
    if (one && sign) one.prefix = [...signs].filter((each) => (each === sign ? isOn : one.prefix.includes(each))).join("");
  }
  // What a server gives by itself, as a rank on entry, is nothing that somebody did.
  if (line.source.includes("!")) happened(client, talk, line);
  else client.changed(`members:${talk.key}`);
}

/** Presence of somebody, in rooms and of private talks. @param {Model} client @param {string} nick @param {Presence} presence */
function present(client, nick, presence) {
  const talk = client.conversations.get(fold(nick));
  if (talk && talk.presence !== presence) {
    talk.presence = presence;
    client.changed("list");
  }
  for (const room of roomsWith(client, nick)) {
    Object.assign(/** @type {Member} */ (room.members.get(fold(nick))), { presence });
    client.changed(`members:${room.key}`);
  }
}

/** Who is connected may be away all the same: of that MONITOR says nothing. @param {Model} client @param {Line} line @param {Presence} presence */
function monitored(client, { params }, presence) {
  for (const mask of (params[1] ?? "").split(",")) {
    const nick = nickOf(mask), talk = client.conversations.get(fold(nick));
    const known = [talk, ...[...roomsWith(client, nick)].map((room) => room.members.get(fold(nick)))];
    const isAway = presence === "here" && known.some((one) => one?.presence === "away");
    present(client, nick, isAway ? "away" : presence);
  }
}

/** @param {Model} client @param {Line} line */
function account(client, { source, params: [name] }) {
  for (const talk of roomsWith(client, nickOf(source))) {
    Object.assign(/** @type {Member} */ (talk.members.get(fold(nickOf(source)))), { account: name === "*" ? "" : name });
  }
  if (!client.isMe(nickOf(source))) return;
  client.me.account = name === "*" ? "" : name;
  client.changed("me");
}

/** @param {Model} client @param {Line} line */
function marked(client, { params: [target, mark = "*"] }) {
  const talk = client.conversations.get(fold(target)), at = Date.parse(mark.replace("timestamp=", ""));
  if (!talk || !(at > talk.readAt)) return;
  talk.readAt = at;
  if (talk.key !== client.view) talk.firstUnread = "";
  client.counted(talk);
}

/** @param {Model} client @param {Line} line */
function isupport(client, { params }) {
  for (const word of params.slice(1, -1)) {
    const [name, ...value] = word.split("=");
    if (name.startsWith("-")) client.server.isupport.delete(name.slice(1));
    else client.server.isupport.set(name, value.join("=").replace(/\\x([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))));
  }
  client.learnt();
}

/** @param {Model} client @param {Line} line */
function note(client, { params }) {
  const [, code, target] = params, text = params.at(-1) ?? "";
  if (code === "ALREADY_STORED") return;
  const conversation = client.conversations.get(fold(target ?? ""));
  client.news({ kind: "info", text, ...(conversation && { conversation }) });
}

/** Fewest parameters, and what to do. @type {Record<string, [number, (client: Model, line: Line) => unknown]>} */
const HEAR = {
  PRIVMSG: [2, said],
  NOTICE: [2, said],
  TAGMSG: [1, said],
  REDACT: [2, (client, line) => {
    const talk = roomOf(client, placeOf(client, line));
    if (talk) put(client, talk, line), client.counted(talk);
  }],
  JOIN: [1, join],
  PART: [1, (client, line) => out(client, line.params[0], nickOf(line.source), line)],
  KICK: [2, (client, line) => out(client, line.params[0], line.params[1], line)],
  QUIT: [0, quit],
  NICK: [1, renamed],
  MODE: [2, mode],
  TOPIC: [2, (client, line) => {
    const talk = roomOf(client, line.params[0]);
    if (talk) happened(client, talk, line), topicIs(client, talk.name, line.params[1]);
  }],
  RENAME: [2, (client, line) => client.renamed(line)],
  INVITE: [2, (client, { source, params: [nick, room] }) =>
    client.isMe(nick) && client.news({ kind: "invited", room, by: nickOf(source) })],
  AWAY: [0, (client, { source, params }) => present(client, nickOf(source), params[0] ? "away" : "here")],
  ACCOUNT: [1, account],
  MARKREAD: [1, marked],
  NOTE: [3, note],
  WARN: [3, note],
  PING: [0, (client, { params }) => client.server.send("PONG", params)],
  ERROR: [1, (client, { params }) => client.server.link.explain(params[0])],
  "005": [2, isupport],
  301: [3, (client, { params }) => present(client, params[1], "away")],
  305: [0, (client) => client.isAway("")],
  306: [0, (client) => client.isAway(client.me.away || "Away")],
  376: [0, (client) => client.settled()],
  422: [0, (client) => client.settled()],
  331: [2, (client, { params }) => topicIs(client, params[1], "")],
  332: [3, (client, { params }) => topicIs(client, params[1], params[2])],
  353: [4, names],
  354: [5, (client, line) => line.params[1] === "7" && whox(client, line)],
  366: [2, endOfNames],
  730: [2, (client, line) => monitored(client, line, "here")],
  731: [2, (client, line) => monitored(client, line, "gone")],
};

/** Take one line outside of history; what nobody needs to know is passed over. @param {Model} client @param {Line} line */
export function hear(client, line) {
  const row = HEAR[line.command];
  if (row && Object.hasOwn(HEAR, line.command) && line.params.length >= row[0]) row[1](client, line);
}
