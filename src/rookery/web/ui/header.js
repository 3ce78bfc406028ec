/**
 * Above the messages: where one is, and whether the connection is lost.
 * @import { Changes } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { h, say } from "./html.js";
import { tool } from "./sidebar.js";
import { cleanLine } from "./text.js";

/** @param {Page} page */
export function header(page) {
  const { client } = page;
  const title = h("bdi");
  const topic = h("p.topic", { dir: "auto" });
  const bar = h(
    "header.bar", {},
    tool("back", "Back to the list", () => page.show("list")),
    h("div.where", {}, h("h2", {}, title), topic),
    tool("search", "Search messages", () => page.finder.search()),
    tool("people", "Members", () => page.toggleMembers()),
  );
  const words = h("span");
  const now = h("button.quiet", { type: "button", onclick: () => client.reconnectNow() }, "Now");
  const banner = h("div.banner", { role: "status", hidden: true }, words, now);
  let timer = 0;

  /** @param {Changes} changes */
  function update(changes) {
    if (changes.has("link")) count();
    const here = page.here;
    if (!here) return;
    say(title, cleanLine(here.name));
    const about = cleanLine(here.topic);
    say(topic, here.isRoom ? about : { here: "here", away: "away", gone: "not connected: messages are kept", unknown: "" }[here.presence]);
    topic.title = about;
  }

  /** Counts down to the next try. */
  function count() {
    clearTimeout(timer);
    const { state, retryAt, reason } = client.link;
    banner.hidden = state === "online" || !client.isKnown;
    if (banner.hidden) return;
    const wait_s = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
    say(words, state === "offline" ? `${reason || "No connection."} ${wait_s ? `Next try in ${wait_s} s.` : ""} What you write is kept.` : "Connecting …");
    now.hidden = state !== "offline";
    if (wait_s) timer = setTimeout(count, 1000);
  }
  return { elements: [bar, banner], update };
}
