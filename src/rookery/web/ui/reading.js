/**
 * What the reader has in view: it is marked as read, more is loaded near an end, and the button below
 * tells how much is new there.
 * @import { Conversation } from '../chat/types.js'
 * @import { Log } from './log.js'
 * @import { Page } from './page.js'
 * @import { Row } from './rows.js'
 */
import { h, say } from "./html.js";

/** @param {Page} page @param {Log<Row>} log */
export function reading(page, log) {
  const { client } = page;
  const down = h("button.down", { hidden: true, onclick: toNewest });
  /** Key of the newest message that was in view. */
  let seen = "";
  /** Key of the conversation of which the server gives no more: it is asked again the next time it is shown. */
  let refused = "";

  function moved() {
    const here = page.here;
    if (!here || !log.clientHeight) return; // What another column covers is not read.
    if (here.hasOlder && log.scrollTop < log.clientHeight * 1.5) load(here, "loadOlder");
    if (here.hasNewer && log.isAtBottom) load(here, "loadNewer");
    const isNewest = down.hidden = log.isAtBottom && !here.hasNewer;
    if (isNewest) {
      seen = here.messages.at(-1)?.key ?? "";
      if (document.visibilityState === "visible" && document.hasFocus() && !here.isLoading) client.markRead(here.key);
    }
    const count = here.messages.length - 1 - here.messages.findLastIndex(({ key }) => key === seen);
    say(down, !seen || here.hasNewer || count < 1 ? "To the newest ↓" : `${count} new ↓`);
  }

  /** @param {Conversation} here @param {'loadOlder' | 'loadNewer'} what */
  function load({ key, isJoined, isLoading }, what) {
    if (isLoading || !isJoined || refused === key || client.link.state !== "online") return;
    page.run(client[what](key).catch((error) => {
      refused = key;
      throw error;
    }));
  }

  function toNewest() {
    const here = page.here;
    if (here?.hasNewer) page.run(client.loadLatest(here.key), () => log.toBottom());
    log.toBottom();
    page.composer.focus();
  }

  /** Another conversation is shown. */
  const begin = () => { seen = refused = ""; };
  return { down, moved, toNewest, begin };
}
