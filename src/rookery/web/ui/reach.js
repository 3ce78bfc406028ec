/**
 * How one gets at a message: the actions come up where one points, the keys go from row to row.
 * @import { Message } from '../chat/types.js'
 * @import { Log } from './log.js'
 * @import { Page } from './page.js'
 * @import { Row } from './rows.js'
 */
import { ACTIONS, actionBar } from "./actions.js";
import { set } from "./html.js";
import { CONTROLS } from "./message.js";

const SHINE_MS = 2000;

/** @param {Log<Row>} log @param {Event} event @returns {{ index: number, row: HTMLElement, message?: Message } | null} */
function rowOf(log, { target }) {
  const index = log.indexOf(/** @type {Element} */ (target));
  const found = log.rows[index];
  const row = found && log.element(found.key);
  return row && { index, row, message: found.kind === "message" ? found.message : undefined };
}

/** The element of a row, drawn where it was not. @param {Log<Row>} log @param {Row | undefined} row */
const drawn = (log, row) => row && (log.element(row.key) ?? log.reveal(row.key));

/** @param {HTMLElement | null} row @param {number} index */
function reach(row, index) {
  for (const control of row?.querySelectorAll(CONTROLS) ?? []) /** @type {HTMLElement} */ (control).tabIndex = index;
}

/** Puts the actions on the row that is pointed at or has the focus. @param {Page} page @param {Log<Row>} log */
export function pointing(page, log) {
  /** What the finger or the mouse went down on last. @type {Node | null} */
  let touched = null;
  /** The row of which the controls can be reached by Tab. @type {HTMLElement | null} */
  let open = null;

  /** @param {Event} event */
  function point(event) {
    const at = rowOf(log, event);
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
  log.addEventListener("click", guard, true);
  /** @param {Event} event */
  function press(event) {
    touched = /** @type {Node} */ (event.target);
    point(event);
  }
  // Not "pointerover": a row that is pushed under a resting pointer by what is new is not pointed at.
  set(log, { onpointerdown: press, onpointermove: point, onfocusin: point });
}

/** Lets the keys go through the rows and act on them. @param {Page} page @param {Log<Row>} log */
export function walking(page, log) {
  /** Whether the mouse has put the focus on a row: then letters are meant for the text box. */
  let isByMouse = false;

  /** Goes to the newest message, where the keys act on it. */
  function focus() {
    isByMouse = false;
    (drawn(log, log.rows.at(-1)) ?? log).focus();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const at = rowOf(log, event);
    if (step) {
      isByMouse = false;
      const next = log.rows[(at ? at.index : log.rows.length) + step];
      event.preventDefault();
      if (next) drawn(log, next)?.focus();
      else if (step > 0) page.composer.focus();
    } else if (isByMouse && event.key.length === 1 && (event.target === log || event.target === at?.row)) page.composer.focus();
    else if (at && event.target === at.row) {
      const action = ACTIONS.find(({ key }) => key === event.key);
      if (!at.message || !action?.may(at.message)) return;
      event.preventDefault();
      action.run(page, at.message);
    }
  }

  /** Brings a message into view and lets it shine up. @param {string} msgid */
  function reveal(msgid) {
    const message = page.message(msgid);
    isByMouse = false;
    const row = message && log.reveal(message.key);
    row?.focus({ preventScroll: true });
    row?.classList.add("found");
    setTimeout(() => row?.classList.remove("found"), SHINE_MS);
    return Boolean(row);
  }
  set(log, { onkeydown: pressed, onpointerdown: () => { isByMouse = true; } });
  return { focus, reveal };
}
