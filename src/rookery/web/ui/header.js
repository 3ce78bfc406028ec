/**
 * Above the messages: where one is, and whether the connection is lost.
 * @import { Changes, Message } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { h, say, set } from "./html.js";
import { tool } from "./sidebar.js";
import { cleanLine } from "./text.js";

/** Waiting lines are the last ones of a conversation: only so many are looked at. */
const HELD_IN = 200;

/** @param {Page} page */
export function header(page) {
  const { client } = page;
  const title = h("bdi");
  const topic = h("p.topic", { dir: "auto" });
  const back = tool("back", "Back to the list", () => page.leaveView());
  back.classList.add("back");
  const bar = h(
    "header.bar", back,
    h("div.where", h("h2", title), topic),
    tool("search", "Search messages", () => page.finder.search()),
    tool("people", "Members", () => page.toggleMembers()),
  );
  const words = h("span"), countdown = h("span.wait", { "aria-hidden": "true" });
  const now = h("button.quiet", { onclick: () => client.reconnectNow() }, "Now");
  const banner = h("div.banner", { role: "status", hidden: true }, words, countdown, now);
  /** @type {{ key: string, message: Message }[]} */
  let held = [];
  const heldWords = h("span");
  const each = (/** @type {'retry' | 'discard'} */ what) => () => held.forEach(({ key, message }) => client[what](key, message));
  const heldBar = h("div.banner", { role: "status", hidden: true }, heldWords,
    h("button.quiet", { onclick: each("retry") }, "Send them"), h("button.quiet", { onclick: each("discard") }, "Discard them"));
  let timer = 0;

  /** @param {Changes} changes */
  function update(changes) {
    if (changes.has("link") || changes.has("me")) count();
    if (changes.has("link") || changes.has("messages") || changes.has("list")) askAboutHeld();
    const waiting = client.waiting(client.view);
    set(back, { "data-count": waiting || null, title: waiting ? `${waiting} waiting elsewhere` : back.ariaLabel });
    const here = page.here;
    if (!here) return;
    say(title, cleanLine(here.name));
    const about = cleanLine(here.topic);
    say(topic, here.isRoom ? about : { here: "here", away: "away", gone: "not connected: messages are kept", unknown: "" }[here.presence]);
    topic.title = about;
  }

  /** Lines that have waited too long to be sent unasked, wherever they are. */
  function askAboutHeld() {
    const all = [...client.conversations.values()];
    held = all.flatMap(({ key, messages }) => messages.slice(-HELD_IN).filter(({ state }) => state === "held").map((message) => ({ key, message })));
    heldBar.hidden = !held.length;
    say(heldWords, `${held.length === 1 ? "One message has" : `${held.length} messages have`} waited for more than 10 minutes.`);
  }

  /** Counts down to the next try; each second of it is not read aloud. */
  function count() {
    clearTimeout(timer);
    const { state, retryAt, reason } = client.link;
    banner.hidden = state === "online" || !client.isKnown;
    if (banner.hidden) return;
    const wait_s = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
    say(words, state === "offline" ? `${reason || "No connection."} What you write is kept.` : "Connecting …");
    say(countdown, wait_s ? `Next try in ${wait_s} s.` : "");
    now.hidden = state !== "offline";
    if (wait_s) timer = setTimeout(count, 1000);
  }
  return { elements: [bar, banner, heldBar], update };
}
