/**
 * The middle: the messages of the conversation that is shown, and what moves and marks them.
 * @import { Changes, Conversation, Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 * @import { Row } from './rows.js'
 */
import { ACTIONS, actionBar } from "./actions.js";
import { h, say } from "./html.js";
import { Log } from "./log.js";
import { CONTROLS, drawRow } from "./message.js";
import { Rows } from "./rows.js";

const LETTER_PX = 7.5;
const LINE_PX = 22;

/** @param {Page} page */
export function timeline(page) {
  const log = /** @type {Log<Row>} */ (new Log());
  const rows = new Rows();
  const down = h("button.down", { hidden: true, onclick: toNewest });
  const element = h("div.timeline", log, down);
  /** Where the read line stands while the conversation is shown. */
  let readLine = "";
  let shown = "";
  /** Key of the newest message that was in view. */
  let seen = "";
  /** Key of the conversation of which the server gives no more: it is asked again the next time it is shown. */
  let refused = "";
  /** Whether the mouse has put the focus on a row: then letters are meant for the text box. */
  let isByMouse = false;

  /** What the finger or the mouse went down on last. @type {Node | null} */
  let touched = null;
  /** The row of which the controls can be reached by Tab. @type {HTMLElement | null} */
  let open = null;

  log.tabIndex = 0;
  log.role = "group";
  log.draw = (row, row_element) => drawRow(page, row, row_element);
  log.guess = guess;
  log.onmove = moved;
  log.addEventListener("keydown", keyed);
  log.addEventListener("pointerdown", ({ target }) => {
    isByMouse = true;
    touched = /** @type {Node} */ (target);
  });
  log.addEventListener("click", guard, true);
  for (const kind of ["pointerover", "focusin"]) log.addEventListener(kind, point);

  /** @param {Changes} changes */
  function update(changes) {
    const here = page.here;
    if (!here) {
      shown = "";
      log.show([]);
      return;
    }
    const isOther = here.key !== shown;
    if (!isOther && !changes.has("messages") && !changes.has("view")) return;
    if (isOther) {
      [shown, readLine, seen, refused] = [here.key, "", "", ""];
      log.ariaLabel = `Messages in ${here.name}`;
    }
    if (here.firstUnread) readLine = here.firstUnread;
    if (!isOther) log.remember();
    const intact = rows.update(here.messages, here.takeIntact(), readLine, page.prefs.get("noise") === "merged");
    log.show(rows.list, isOther ? undefined : intact);
    if (isOther && readLine && here.unread) log.reveal("new");
    moved();
  }

  function moved() {
    const here = page.here;
    if (!here || !log.clientHeight) return; // What another column covers is not read.
    if (here.hasOlder && log.scrollTop < log.clientHeight * 1.5) load(here, "loadOlder");
    if (here.hasNewer && log.isAtBottom) load(here, "loadNewer");
    const isNewest = log.isAtBottom && !here.hasNewer;
    if (isNewest) {
      seen = here.messages.at(-1)?.key ?? "";
      if (document.visibilityState === "visible" && document.hasFocus() && !here.isLoading) page.client.markRead(here.key);
    }
    const count = isNewest ? 0 : here.messages.length - 1 - here.messages.findLastIndex(({ key }) => key === seen);
    const isMuch = !seen || here.hasNewer || count < 1;
    down.hidden = isNewest;
    say(down, isMuch ? "To the newest ↓" : `${count} new ↓`);
  }

  /** @param {Conversation} here @param {'loadOlder' | 'loadNewer'} what */
  async function load({ key, isJoined, isLoading }, what) {
    const { client } = page;
    if (isLoading || !isJoined || refused === key || client.link.state !== "online") return;
    await page.run(client[what](key).catch((error) => {
      refused = key;
      throw error;
    }));
  }

  function toNewest() {
    const here = page.here;
    if (here?.hasNewer) page.run(page.client.loadLatest(here.key), () => log.toBottom());
    log.toBottom();
    page.composer.focus();
  }

  /** Who answers has read: the line goes, and the newest is in view. */
  function said() {
    readLine = "";
    toNewest();
  }

  /** @param {Event} event @returns {{ index: number, row: HTMLElement, message?: Message } | null} */
  function rowOf({ target }) {
    const index = log.indexOf(/** @type {Element} */ (target));
    const found = log.rows[index];
    const row = found && log.element(found.key);
    return row && { index, row, message: found.kind === "message" ? found.message : undefined };
  }

  /** Puts the actions on the row. @param {Event} event */
  function point(event) {
    const at = rowOf(event);
    if (at?.message && at.message.kind !== "event" && !at.row.querySelector(".actions")) {
      log.querySelector(".actions")?.remove();
      at.row.append(actionBar(page, at.message));
      reach(at.row, at.row === open ? 0 : -1);
    }
    if (event.type !== "focusin") return;
    reach(open, -1);
    open = at?.row ?? null;
    reach(open, 0);
  }

  /** The tap that brings up the actions must not press one of them. @param {MouseEvent} event */
  function guard(event) {
    const bar = /** @type {Element} */ (event.target).closest(".actions");
    if (bar && event.detail && !bar.contains(touched)) event.stopPropagation();
  }

  /** Goes to the newest message, where the keys act on it. */
  function focus() {
    isByMouse = false;
    const last = log.rows.at(-1);
    (last && (log.element(last.key) ?? log.reveal(last.key)) || log).focus();
  }

  /** ↑ ↓ go from row to row, letters act on the message. @param {KeyboardEvent} event */
  function keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const at = rowOf(event);
    if (step) {
      isByMouse = false;
      const next = log.rows[(at ? at.index : log.rows.length) + step];
      event.preventDefault();
      if (next) (log.element(next.key) ?? log.reveal(next.key))?.focus();
      else if (step > 0) page.composer.focus();
      return;
    }
    if (isByMouse && event.target === at?.row && event.key.length === 1) return page.composer.focus();
    const action = ACTIONS.find(({ key }) => key === event.key);
    if (!at?.message || !action?.may(at.message) || event.target !== at.row) return;
    event.preventDefault();
    action.run(page, at.message);
  }

  /** Brings a message into view and lets it shine up. @param {string} msgid */
  function reveal(msgid) {
    const message = page.message(msgid);
    isByMouse = false;
    const row = message && log.reveal(message.key);
    row?.focus({ preventScroll: true });
    row?.classList.add("found");
    setTimeout(() => row?.classList.remove("found"), 2000);
    return Boolean(row);
  }

  return { element, update, moved, reveal, said, focus };
}

/** @param {HTMLElement | null} row @param {number} index */
function reach(row, index) {
  for (const control of row?.querySelectorAll(CONTROLS) ?? []) /** @type {HTMLElement} */ (control).tabIndex = index;
}

/** @param {Row} row @param {number} width */
function guess(row, width) {
  if (row.kind !== "message") return 36;
  const letters = Math.max(20, (width - 90) / LETTER_PX);
  const lines = row.message.text.split("\n").reduce((sum, line) => sum + Math.ceil((line.length + 1) / letters), 0);
  return lines * LINE_PX + (row.isFirst ? 32 : 4);
}
