/**
 * The place to write in: the box with its tools, and what the keys do in it.
 * @import { Changes, Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 * @import { Writing } from './writing.js'
 */
import { aimBar } from "./aim.js";
import { attached } from "./attached.js";
import { candidates, completer } from "./complete.js";
import { h, say, set } from "./html.js";
import { commandMenu } from "./menu.js";
import { send, sendFiles } from "./sendout.js";
import { tool } from "./sidebar.js";
import { cleanLine } from "./text.js";
import { transfers } from "./transfers.js";
import { aim, correct, fill, grow, load, typed } from "./writing.js";

/** @param {Page} page */
export function composer(page) {
  const box = /** @type {HTMLTextAreaElement} */ (h("textarea", { "aria-label": "Message", rows: 1, "aria-autocomplete": "list" }));
  const files = /** @type {HTMLInputElement} */ (h("input", { type: "file", multiple: true, hidden: true }));
  /** @type {Writing} */
  const it = {
    page, box, key: "", transfers: transfers(page), files: attached(page.client, () => {
      typed(it);
      box.focus();
    }),
    aims: aimBar(() => aim(it, null)), menu: commandMenu(box, (text) => fill(it, text)),
  };
  const attach = tool("attach", "Attach a file", () => files.click());
  const writing = h("div.writing", attach, box, tool("send", "Send", () => send(it)));
  const joinIt = h("button.primary", { onclick: () => page.enter() }, "Join this room");
  const outside = h("div.outside", h("span", "You are not in this room."), joinIt);
  const typing = h("div.typing");
  const element = h("div.composer", it.menu.element, it.transfers.element, it.aims.element, it.files.element, writing, outside, typing, files);
  listen(it, files);
  follow(box, element);

  /** @param {Changes} changes */
  function update(changes) {
    const here = page.here;
    if (!here) return;
    if (here.key !== it.key || (changes.has("draft") && document.activeElement !== box)) {
      it.key = here.key;
      load(it, it.aims.of(it.key)?.text ?? here.draft);
      it.aims.show(it.key);
    }
    outside.hidden = here.isJoined || here.isWanted;
    writing.hidden = !outside.hidden;
    attach.hidden = !page.client.uploadsTo;
    set(box, { placeholder: `Message ${cleanLine(here.name)}` });
    say(typing, typers(here.typing.map(cleanLine)));
  }
  return {
    element, update,
    focus: () => (writing.hidden ? joinIt : box).focus(),
    upload: (/** @type {Iterable<File>} */ chosen) => sendFiles(it, chosen),
    edit: (/** @type {Message} */ message) => correct(it, message),
    reply: (/** @type {Message} */ message) => aim(it, { kind: "reply", message }),
  };
}

/** @param {Writing} it @param {HTMLInputElement} files */
function listen(it, files) {
  const { box, page } = it;
  const complete = completer(box, (before) => candidates(page, before));
  set(box, {
    oninput: () => typed(it),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (!event.isComposing && pressed(it, event, complete)) event.preventDefault();
    },
    onpaste: (/** @type {ClipboardEvent} */ event) => {
      const pasted = event.clipboardData?.files;
      if (!pasted?.length) return;
      event.preventDefault();
      sendFiles(it, pasted);
    },
  });
  set(files, { onchange: () => {
    sendFiles(it, [...(files.files ?? [])]);
    files.value = "";
  } });
}

/** Keeps the box as high as its text where the window changes its width. @param {HTMLTextAreaElement} box @param {Element} element */
function follow(box, element) {
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (width !== contentRect.width) requestAnimationFrame(() => grow(box));
    ({ width } = contentRect);
  }).observe(element);
}

/**
 * Does what a key does in the box; tells whether it did anything.
 * @param {Writing} it @param {KeyboardEvent} event @param {(isBack: boolean) => boolean} complete
 */
function pressed(it, { key, shiftKey }, complete) {
  const { box, menu, page } = it, isOffered = !menu.element.hidden;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key], isSend = key === "Enter" && !shiftKey;
  if (isOffered && step) menu.step(step);
  else if (isOffered && (key === "Tab" || (isSend && !menu.isWhole()))) menu.take();
  else if (isSend) send(it);
  else if (key === "Tab" && complete(shiftKey)) typed(it);
  else if (key === "Tab" && shiftKey) page.timeline.focus();
  else if (key === "Escape" && (it.aims.of(it.key) || isOffered)) {
    if (!isOffered) aim(it, null);
    menu.element.hidden = true;
  } else {
    const last = step === -1 && !box.value && page.here?.messages.findLast((one) => one.isOwn && one.kind === "said" && (one.msgid || one.state === "waiting") && !one.isRedacted);
    if (last && last.msgid) correct(it, last); // While it is on its way, the one before it is not meant.
    return Boolean(last);
  }
  return true;
}

/** Says who types. @param {string[]} names */
function typers(names) {
  if (names.length > 3) return "Several people are typing …";
  return names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} typing …` : "";
}
