/**
 * The box to write in: drafts, replies, edits, completion, commands, pastes and files.
 * @import { Changes, Message } from '../chat/types.js'
 * @import { Aim } from './aim.js'
 * @import { Page } from './page.js'
 */
import { aimBar } from "./aim.js";
import { candidates, completer } from "./complete.js";
import { runCommand } from "./commands.js";
import { h, say, set } from "./html.js";
import { commandMenu } from "./menu.js";
import { askLength } from "./questions.js";
import { tool } from "./sidebar.js";
import { cleanLine } from "./text.js";
import { transfers } from "./transfers.js";

/** @param {Page} page */
export function composer(page) {
  const { client } = page;
  const box = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { "aria-label": "Message", rows: 1, "aria-autocomplete": "list", oninput: typed, onkeydown: pressed, onpaste: pasted })
  );
  const files = /** @type {HTMLInputElement} */ (h("input", { type: "file", multiple: true, hidden: true }));
  const aims = aimBar(() => aim(null));
  const menu = commandMenu(box, fill);
  const sending = transfers(page);
  const attach = tool("attach", "Attach a file", () => files.click());
  const writing = h("div.writing", attach, box, tool("send", "Send", send));
  const joinIt = h("button.primary", { onclick: () => page.enter() }, "Join this room");
  const outside = h("div.outside", h("span", "You are not in this room."), joinIt);
  const typing = h("div.typing");
  const element = h("div.composer", menu.element, sending.element, aims.element, writing, outside, typing, files);
  const complete = completer(box, (before) => candidates(page, before));
  let shown = "";

  files.addEventListener("change", () => {
    upload([...(files.files ?? [])]);
    files.value = "";
  });

  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (width !== contentRect.width) requestAnimationFrame(grow);
    ({ width } = contentRect);
  }).observe(element);

  /** @param {Changes} changes */
  function update(changes) {
    const here = page.here;
    if (!here) return;
    if (here.key !== shown || (changes.has("draft") && document.activeElement !== box)) {
      shown = here.key;
      fill(aims.of(shown)?.text ?? here.draft);
      aims.show(shown);
    }
    outside.hidden = here.isJoined || here.isWanted;
    writing.hidden = !outside.hidden;
    attach.hidden = !client.uploadsTo;
    set(box, { placeholder: `Message ${cleanLine(here.name)}` });
    say(typing, typers(here.typing.map(cleanLine)));
  }

  /** @param {string} text */
  function fill(text) {
    box.value = text;
    grow();
    menu.offer();
  }
  function grow() {
    box.style.height = "auto";
    box.style.height = box.scrollHeight ? `${box.scrollHeight}px` : ""; // Nothing is as high as what is hidden says.
  }
  function typed() {
    grow();
    menu.offer();
    const now = aims.of(shown);
    if (now?.kind === "edit") now.text = box.value;
    else client.setDraft(shown, box.value);
    if (!/^\/(?!\/)/.test(box.value)) client.typing(shown, box.value ? "active" : "done");
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isOffered = !menu.element.hidden;
    if (isOffered && step) {
      menu.step(step);
    } else if (isOffered && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !menu.isWhole()))) {
      menu.take();
    } else if (event.key === "Enter" && !event.shiftKey) {
      send();
    } else if (event.key === "Tab" && complete(event.shiftKey)) {
      typed();
    } else if (event.key === "Tab" && event.shiftKey) {
      page.timeline.focus();
    } else if (event.key === "Escape" && (aims.of(shown) || isOffered)) {
      if (!isOffered) aim(null);
      menu.element.hidden = true;
    } else if (event.key === "ArrowUp" && !box.value) {
      const last = page.here?.messages.findLast((one) => one.isOwn && one.kind === "said" && one.msgid && !one.isRedacted);
      if (!last) return;
      edit(last);
    } else return;
    event.preventDefault();
  }

  function send() {
    page.run(sendNow());
  }

  async function sendNow() {
    const text = box.value.replace(/\s+$/, "");
    const { here } = page;
    const key = shown;
    const aimedAt = aims.of(key);
    if (!text.trim() || !here) return;
    if (/^\/(?!\/)/.test(text) && !text.includes("\n") && aimedAt?.kind !== "edit") {
      fill("");
      client.setDraft(key, "");
      runCommand(page, text.slice(1), here);
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
      if (key === shown) fill("");
      page.timeline.said();
    }
    if (key === shown) aim(null);
    else aims.take(key, null);
  }

  /** Asks where a text would not go out as one message. @param {string} key @param {string} text */
  async function isMeant(key, text) {
    const pieces = client.pieces(key, text);
    if (pieces < 2) return true;
    const answer = await askLength(pieces, Boolean(client.uploadsTo));
    const file = new File([text], "message.txt", { type: "text/plain" });
    if (answer === "file") sending.upload([file], (address) => insert(key, address, text));
    return answer === "send";
  }

  /** @param {Aim | null} next */
  function aim(next) {
    const wasEdit = aims.of(shown)?.kind === "edit";
    aims.take(shown, next);
    if (wasEdit || next?.text !== undefined) fill(next?.text ?? page.here?.draft ?? "");
    aims.show(shown);
    box.focus();
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
  /** The addresses go where the files were chosen, wherever one looks by then. @param {Iterable<File>} chosen */
  function upload(chosen) {
    const key = shown;
    sending.upload(chosen, (address) => insert(key, address));
  }
  /** @param {string} key @param {string} address @param {string} [instead] the text that it stands for */
  function insert(key, address, instead = "") {
    const isHere = key === shown, before = isHere ? box.value : client.conversations.get(key)?.draft ?? "";
    const rest = instead && before.trimEnd() === instead ? "" : before;
    const text = `${rest}${rest && !/\s$/.test(rest) ? " " : ""}${address} `;
    if (!isHere) return client.setDraft(key, text);
    box.value = text;
    typed();
    box.focus();
  }

  return {
    element, update, upload, edit,
    focus: () => (writing.hidden ? joinIt : box).focus(),
    /** @param {Message} message */
    reply: (message) => aim({ kind: "reply", message }),
  };
}

/** Says who types. @param {string[]} names */
function typers(names) {
  if (names.length > 3) return "Several people are typing …";
  return names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} typing …` : "";
}
