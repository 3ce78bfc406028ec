/**
 * The middle: the messages of the conversation that is shown, and what moves and marks them.
 * @import { Changes } from '../chat/types.js'
 * @import { Page } from './page.js'
 * @import { Row } from './rows.js'
 */
import { h } from "./html.js";
import { Log } from "./log.js";
import { drawRow } from "./message.js";
import { pointing, walking } from "./reach.js";
import { reading } from "./reading.js";
import { Rows } from "./rows.js";

const LETTER_PX = 7.5;
const LINE_PX = 22;

/** @param {Page} page */
export function timeline(page) {
  const log = /** @type {Log<Row>} */ (new Log());
  const rows = new Rows();
  const { down, moved, toNewest, begin } = reading(page, log);
  /** Where the read line stands while the conversation is shown. */
  let readLine = "";
  let shown = "";

  Object.assign(log, { tabIndex: 0, role: "group", guess, onmove: moved, draw: drawRow.bind(null, page) });
  pointing(page, log);

  /** @param {Changes} changes */
  function update(changes) {
    const here = page.here, isOther = here?.key !== shown;
    if (!isOther && !changes.has("messages") && !changes.has("view")) return;
    if (isOther) {
      [shown, readLine] = [here?.key ?? "", ""];
      begin();
    }
    if (!here) return log.show([]);
    if (here.firstUnread) readLine = here.firstUnread;
    if (isOther) log.ariaLabel = `Messages in ${here.name}`;
    else log.remember();
    const intact = rows.update(here.messages, here.takeIntact(), readLine, page.prefs.get("noise") === "merged");
    log.show(rows.list, isOther ? undefined : intact);
    if (isOther && readLine && here.unread) log.reveal("new");
    moved();
  }

  /** Who answers has read: the line goes, and the newest is in view. */
  function said() {
    readLine = "";
    toNewest();
  }
  return { element: h("div.timeline", log, down), update, moved, said, ...walking(page, log) };
}

/** @param {Row} row @param {number} width */
function guess(row, width) {
  if (row.kind !== "message") return 36;
  const letters = Math.max(20, (width - 90) / LETTER_PX);
  const lines = row.message.text.split("\n").reduce((sum, line) => sum + Math.ceil((line.length + 1) / letters), 0);
  return lines * LINE_PX + (row.isFirst ? 32 : 4);
}
