/**
 * The box to write in: drafts, replies, edits, completion, commands, pastes and files.
 * @import { Changes, Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { candidates, completer } from "./complete.js";
import { COMMANDS, runCommand } from "./commands.js";
import { ask } from "./dialog.js";
import { h, say, set } from "./html.js";
import { tool } from "./sidebar.js";
import { cleanLine } from "./text.js";

/** @typedef {{ kind: 'reply' | 'edit', message: Message, text?: string }} Aim what is written, and an edit so far */

/** @param {Page} page */
export function composer(page) {
  const { client } = page;
  const box = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { "aria-label": "Message", rows: 1, "aria-autocomplete": "list", oninput: typed, onkeydown: pressed, onpaste: pasted })
  );
  const files = /** @type {HTMLInputElement} */ (h("input", { type: "file", multiple: true, hidden: true }));
  const aimed = h("span", { dir: "auto" });
  const aimBar = h("div.aim", { hidden: true }, aimed, tool("close", "Cancel", () => aim(null)));
  const list = h("div.commands", { role: "listbox", id: "commands", tabindex: 0, "aria-label": "Commands", hidden: true });
  const transfers = h("div.transfers", { role: "status" });
  const attach = tool("attach", "Attach a file", () => files.click());
  const writing = h("div.writing", attach, box, tool("send", "Send", send));
  const joinIt = h("button.primary", { onclick: () => page.run(client.join(page.here?.name ?? "")) }, "Join this room");
  const outside = h("div.outside", h("span", "You are not in this room."), joinIt);
  const typing = h("div.typing");
  const element = h("div.composer", list, transfers, aimBar, writing, outside, typing, files);
  const complete = completer(box, (before) => candidates(page, before));
  /** By conversation. @type {Map<string, Aim>} */
  const aims = new Map();
  let shown = "";
  let chosen = 0;

  files.addEventListener("change", () => {
    upload([...(files.files ?? [])]);
    files.value = "";
  });

  /** @param {Changes} changes */
  function update(changes) {
    const here = page.here;
    if (!here) return;
    if (here.key !== shown || (changes.has("draft") && document.activeElement !== box)) {
      shown = here.key;
      fill(aims.get(shown)?.text ?? here.draft);
      showAim();
    }
    outside.hidden = here.isJoined || here.isWanted;
    writing.hidden = !outside.hidden;
    attach.hidden = !client.uploadsTo;
    set(box, { placeholder: `Message ${cleanLine(here.name)}` });
    const names = here.typing.map(cleanLine);
    say(typing, names.length > 3 ? "Several people are typing …" : names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} typing …` : "");
  }

  /** @param {string} text */
  function fill(text) {
    box.value = text;
    grow();
    offer();
  }
  function grow() {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }
  function typed() {
    grow();
    offer();
    const now = aims.get(shown);
    if (now?.kind === "edit") now.text = box.value;
    else client.setDraft(shown, box.value);
    if (!/^\/(?!\/)/.test(box.value)) client.typing(shown, box.value ? "active" : "done");
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!list.hidden && step) {
      offer(chosen + step);
    } else if (!list.hidden && (event.key === "Tab" || (event.key === "Enter" && !COMMANDS[box.value.slice(1)]))) {
      fill(`/${list.children[chosen].id.slice(8)} `);
    } else if (event.key === "Enter" && !event.shiftKey) {
      send();
    } else if (event.key === "Tab" && complete(event.shiftKey)) {
      typed();
    } else if (event.key === "Escape" && (aims.has(shown) || !list.hidden)) {
      if (list.hidden) aim(null);
      list.hidden = true;
    } else if (event.key === "ArrowUp" && !box.value) {
      const last = page.here?.messages.findLast((one) => one.isOwn && one.kind === "said" && one.msgid && !one.isRedacted);
      if (!last) return;
      edit(last);
    } else return;
    event.preventDefault();
  }

  /** Lists the commands that begin so. @param {number} [wanted] which is chosen */
  function offer(wanted = 0) {
    const word = /^\/([a-z]*)$/i.exec(box.value)?.[1].toLowerCase();
    const names = word === undefined ? [] : Object.keys(COMMANDS).filter((name) => name.startsWith(word));
    list.hidden = !names.length;
    chosen = names.length ? (wanted + names.length) % names.length : 0;
    list.replaceChildren(...names.map((name, at) => {
      const { usage, help } = COMMANDS[name];
      /** @param {Event} event */
      const take = (event) => {
        event.preventDefault();
        fill(`/${name} `);
      };
      const props = { id: `command-${name}`, role: "option", "aria-selected": String(at === chosen), onmousedown: take };
      return h("div.option", props, h("b", `/${name} ${usage}`), h("small", help));
    }));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    set(box, { "aria-activedescendant": list.children[chosen]?.id, "aria-controls": names.length ? "commands" : null });
  }

  async function send() {
    const text = box.value.replace(/\s+$/, "");
    const key = shown;
    const aimedAt = aims.get(key);
    if (!text.trim()) return;
    if (/^\/(?!\/)/.test(text) && !text.includes("\n") && aimedAt?.kind !== "edit") {
      fill("");
      client.setDraft(key, "");
      runCommand(page, text.slice(1));
      return;
    }
    const words = text.replace(/^\/\//, "/");
    if (!(await isMeant(key, words))) return box.focus();
    if (aimedAt?.kind === "edit") {
      if (words !== aimedAt.message.text) client.edit(key, aimedAt.message, words);
    } else {
      client.say(key, words, { replyTo: aimedAt?.message.msgid });
      client.setDraft(key, "");
      client.typing(key, "done");
      fill("");
      page.timeline.said();
    }
    aim(null);
  }

  /** Asks where a text would not go out as one message. @param {string} key @param {string} text */
  async function isMeant(key, text) {
    const pieces = client.pieces(key, text);
    if (pieces < 2) return true;
    const [all, file] = [`Send ${pieces} messages`, "Send as a file"];
    const answers = client.uploadsTo ? [all, file, "Keep writing"] : [all, "Keep writing"];
    const answer = await ask("That is long", `It does not fit into one message: it would go out as ${pieces}.`, answers);
    if (answer === file) {
      fill("");
      upload([new File([text], "message.txt", { type: "text/plain" })]);
    }
    return answer === all;
  }

  /** @param {Aim | null} next */
  function aim(next) {
    const wasEdit = aims.get(shown)?.kind === "edit";
    if (next) aims.set(shown, next);
    else aims.delete(shown);
    if (wasEdit || next?.text !== undefined) fill(next?.text ?? page.here?.draft ?? "");
    showAim();
    box.focus();
  }
  function showAim() {
    const now = aims.get(shown);
    aimBar.hidden = !now;
    if (!now) return;
    const what = now.kind === "edit" ? "Editing your message" : `Reply to ${cleanLine(now.message.sender)}`;
    say(aimed, `${what}: ${cleanLine(now.message.text).slice(0, 100)}`);
  }
  /** @param {Message} message */
  const edit = (message) => aim({ kind: "edit", message, text: message.text });

  /** @param {ClipboardEvent} event */
  function pasted(event) {
    const pastedFiles = [...(event.clipboardData?.files ?? [])];
    if (!pastedFiles.length) return;
    event.preventDefault();
    upload(pastedFiles);
  }
  /** Sends files to the server; their addresses land in the text. @param {File[]} chosenFiles */
  function upload(chosenFiles) {
    if (!client.uploadsTo) return page.toast("This server takes no files. Send a link instead.");
    for (const file of chosenFiles) {
      const bar = h("progress", { max: 1, value: 0, "aria-label": `Uploading ${file.name}` });
      const line = h("div", h("bdi", cleanLine(file.name)), bar);
      transfers.append(line);
      const sent = client.upload(file, (share) => set(bar, { value: share }));
      page.run(sent.finally(() => line.remove()), (url) => insert(url));
    }
  }
  /** @param {string} text */
  function insert(text) {
    const gap = box.value && !/\s$/.test(box.value) ? " " : "";
    box.value += `${gap}${text} `;
    typed();
    box.focus();
  }

  return {
    element, update, upload, insert, edit,
    focus: () => box.focus(),
    /** @param {Message} message */
    reply: (message) => aim({ kind: "reply", message }),
  };
}
