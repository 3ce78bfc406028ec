/**
 * All that is found by typing: conversations, rooms, people, messages, commands.
 * @import { Page } from './page.js'
 */
import { avatar } from "./avatar.js";
import { COMMANDS } from "./commands.js";
import { dialog } from "./dialog.js";
import { h } from "./html.js";
import { fitting, pick } from "./picker.js";
import { cleanLine } from "./text.js";
import { brief } from "./when.js";

/** @param {Page} page */
export function finder(page) {
  const { client } = page;

  async function jump() {
    const all = client.list().map(({ name, isRoom, unread }) => ({
      label: cleanLine(name), value: name, detail: unread ? `${unread} unread` : "", mark: isRoom ? undefined : avatar(name),
    }));
    const options = (/** @type {string} */ typed) => fitting(typed, all, ({ label }) => label);
    page.go(await pick({ title: "Jump to", label: "Room or person", options }));
  }

  async function join() {
    let rows = client.rooms();
    let entered = "";
    const name = await pick({
      title: "Join a room", label: "Room", action: "Join", isSlow: true, accept: async (typed) => ({ name: entered } = await client.join(typed)),
      hint: "A room that does not exist yet is made.", empty: "No such room yet: Join makes it.",
      options: async (typed) => fitting(typed, await rows, ({ name }) => name).map(({ name, members, topic }) => ({
        label: cleanLine(name), value: name, ago: `${members} here`, detail: cleanLine(topic),
      })),
    });
    if (name) page.go(entered);
  }

  /** Lists who is here; a choice opens the conversation. @param {string} title @param {string} mask */
  async function people(title, mask) {
    const count = mask ? Promise.resolve(0) : client.count().catch(() => 0), found = client.who(mask);
    const question = {
      title, label: "Name", action: "Write", isSlow: true, hint: "", accept: (/** @type {string} */ name) => client.open(name), empty: "Nobody like that is here. A message waits for whoever comes.",
      options: async (/** @type {string} */ typed) => {
        const all = await found, more = (await count) - all.length;
        question.hint = more > 0 ? `${more} more ${more === 1 ? "is" : "are"} here, but not listed.` : "";
        return fitting(typed, all, ({ nick }) => nick).map(({ nick, isAway, realname }) => ({
          label: cleanLine(nick), value: nick, mark: avatar(nick), ago: isAway ? "away" : "", detail: realname === nick ? "" : cleanLine(realname),
        }));
      },
    };
    page.go(await pick(question));
  }

  /** @param {string} [typed] */
  async function search(typed) {
    const here = page.here;
    const found = await pick({
      title: "Search messages", label: "Words", typed, isSlow: true, hint: `Looks for whole words${here ? ` in ${cleanLine(here.name)}` : ""}.`,
      also: here ? `Not in ${cleanLine(here.name)} alone, but everywhere` : "", empty: "Nothing found. Search looks for whole words.",
      options: async (text, isAll) => (text ? await client.search(text, { key: isAll ? "" : here?.key }) : []).map(({ conversation, message }) => ({
        label: cleanLine(isAll ? `${message.sender} · ${client.conversations.get(conversation)?.name}` : message.sender), detail: cleanLine(message.text), ago: brief(message.at),
        value: JSON.stringify([conversation, message.msgid]), mark: avatar(message.sender),
      })),
    });
    if (found) page.jump(.../** @type {[string, string]} */ (JSON.parse(found)));
  }

  function help() {
    const rows = Object.entries(COMMANDS).map(([name, { usage, help: text }]) => h("div", h("dt", `/${name} ${usage}`), h("dd", text)));
    const keys = [
      ["Ctrl-K", "jump to a room or person"], ["Alt-↑ Alt-↓", "the next conversation"], ["Ctrl-F", "search messages"], ["↑", "in an empty box: edit your last message"],
      ["Tab", "complete a name, a room or a command"], ["r e + d y", "on a message: reply, edit, react, delete, copy"],
    ].map(([key, text]) => h("div", h("dt", key), h("dd", text)));
    dialog("Commands and keys", h("dl", ...rows, ...keys));
  }

  /** @param {string} title @param {string[]} texts */
  const lines = (title, texts) => void dialog(title, h("pre", { tabindex: 0 }, texts.map(cleanLine).join("\n")));
  return { jump, join, search, help, lines, write: () => people("New message", ""), who: (/** @type {string} */ mask) => people("Who is here", mask) };
}
