/**
 * What one can type behind "/": one row each; `/help` and the list on "/" are made from them.
 * @import { Conversation } from '../chat/types.js'
 * @import { Page } from './page.js'
 */

/**
 * @typedef {object} Command
 * @property {string} usage what stands behind the name: capitals are to be filled in, [] may be left out
 * @property {string} help
 * @property {(page: Page, rest: string, here: Conversation) => unknown} run a rejection is shown
 */

/** @type {Record<string, Command>} */
export const COMMANDS = {
  join: { usage: "ROOM", help: "enter a room, or make it", run: enterRoom },
  msg: { usage: "NAME [TEXT]", help: "write to somebody in private", run: message },
  leave: { usage: "[REASON]", help: "leave this room", run: (page, rest) => page.closeHere(rest) },
  who: { usage: "[ROOM]", help: "list who is here", run: ({ finder }, rest) => finder.who(rest) },
  rooms: { usage: "", help: "list the open rooms", run: ({ finder }) => finder.join() },
  topic: { usage: "[TEXT]", help: "show or set what the room is about", run: topic },
  me: { usage: "TEXT", help: "say what you do", run: ({ client }, rest, { key }) => need(rest) && client.say(key, rest, { isAction: true }) },
  search: { usage: "TEXT", help: "find messages", run: ({ finder }, rest) => finder.search(rest) },
  away: { usage: "[TEXT]", help: "tell others that you are away", run: ({ client }, rest) => client.setAway(rest || "away") },
  back: { usage: "", help: "tell others that you are back", run: ({ client }) => client.setAway("") },
  nick: { usage: "NAME", help: "take another name", run: ({ client }, rest) => need(rest) && client.setNick(rest) },
  invite: { usage: "NAME", help: "ask somebody into this room", run: ({ client }, rest, { key }) => need(rest) && client.invite(key, rest) },
  kick: { usage: "NAME [REASON]", help: "remove somebody from this room", run: kick },
  password: { usage: "", help: "set your password", run: ({ settings }) => settings.password() },
  close: { usage: "", help: "take this conversation off the list", run: (page) => page.closeHere() },
  raw: { usage: "LINE", help: "say a line of IRC to the server", run: raw },
  quit: { usage: "", help: "sign out of this browser", run: ({ settings }) => settings.signOut() },
  help: { usage: "", help: "show this list", run: ({ finder }) => finder.help() },
};
/** Words that people bring along from other chats. */
const ALIASES = new Map(Object.entries({
  j: "join", message: "msg", query: "msg", m: "msg", part: "leave", names: "who", list: "rooms",
  exit: "quit", logout: "quit", quote: "raw", find: "search", t: "topic", "?": "help",
}));

/**
 * Does what a line behind "/" says; what goes wrong is shown.
 * @param {Page} page
 * @param {string} line without the "/"
 * @param {Conversation} here where it was written
 */
export function runCommand(page, line, here) {
  const [, word, rest] = /^(\S*)\s*([^]*)$/.exec(line) ?? ["", "", ""];
  const name = ALIASES.get(word.toLowerCase()) ?? word.toLowerCase();
  if (!Object.hasOwn(COMMANDS, name)) {
    return page.toast(`There is no command /${word}. Type /help for the list, or // to begin a message with a slash.`);
  }
  return page.run((async () => COMMANDS[name].run(page, rest.trim(), here))());
}

/** @param {string} rest */
function need(rest) {
  if (!rest) throw new Error("Something is missing behind that command. Type /help to see what.");
  return true;
}

/** @param {Page} page @param {string} rest */
async function enterRoom(page, rest) {
  const [name, password] = rest.split(/\s+/);
  if (!name) return page.finder.join();
  page.go((await page.client.join(name, password)).name);
}

/** @param {Page} page @param {string} rest */
function message(page, rest) {
  const [, name, text] = /^(\S*)\s*([^]*)$/.exec(rest) ?? ["", "", ""];
  if (!name) return page.finder.write();
  const conversation = page.client.open(name);
  if (text) page.client.say(conversation.key, text);
  page.go(conversation.name);
}

/** @param {Page} page @param {string} rest @param {Conversation} here */
function topic(page, rest, here) {
  if (rest) return page.client.setTopic(here.key, rest);
  page.toast(here.topic ? `Topic: ${here.topic}` : "No topic is set. Set one with: /topic TEXT");
}

/** @param {Page} page @param {string} rest @param {Conversation} here */
function kick(page, rest, here) {
  const [name, ...reason] = rest.split(" ");
  need(name);
  return page.client.kick(here.key, name, reason.join(" "));
}

/** @param {Page} page @param {string} rest */
async function raw(page, rest) {
  need(rest);
  page.finder.lines("Answer", await page.client.raw(rest));
}
