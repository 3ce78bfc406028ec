/**
 * The right column: who is in the room.
 * @import { Changes, Member } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { face, showPresence } from "./avatar.js";
import { h, keyed, say } from "./html.js";
import { rove, tool, walk } from "./sidebar.js";
import { bdi } from "./text.js";

/** How a rank reads. */
const RANKS = { "~": "owner", "&": "admin", "@": "operator", "%": "half-operator", "+": "voice" };
const COLLATOR = new Intl.Collator();
const ORDER = Object.keys(RANKS).join("");

/** @param {Page} page */
export function members(page) {
  const title = h("h2");
  const list = h("div.list.scroll", { role: "list", onkeydown: walk });
  const leave = h("button.quiet", { onclick: () => page.closeHere() });
  const head = h("header", title, tool("close", "Hide members", () => page.toggleMembers()));
  const element = h("aside.members", { "aria-label": "Members" }, head, list, h("footer", leave));
  let shown = "";

  /** @param {Changes} changes */
  function update(changes) {
    const here = page.here;
    if (!here) return;
    say(leave, here.isRoom && here.isWanted ? "Leave room" : "Close conversation");
    if (shown === here.key && !changes.has("members")) return;
    shown = here.key;
    const everybody = [...here.members.values()].sort((one, other) => rank(one) - rank(other) || COLLATOR.compare(one.nick, other.nick));
    say(title, here.isRoom ? headline(everybody.length) : "Private");
    keyed(list, everybody, ({ nick }) => nick, row, draw);
    rove(list);
  }

  /** @param {Member} member */
  function row({ nick }) {
    const button = h("button.member", { onclick: () => page.go(nick) }, face(nick), bdi(nick, ".name"), h("span.sr"), h("small"));
    return h("div", { role: "listitem" }, button);
  }
  return { element, update };
}

/** @param {number} count */
const headline = (count) => (count ? `${count} member${count === 1 ? "" : "s"}` : "Members");

/** @param {HTMLElement} item @param {Member} member */
function draw(item, { prefix, presence, bot }) {
  const [sign, , word, note] = /** @type {Element} */ (item.firstElementChild).children;
  showPresence(sign, word, presence);
  say(note, bot ? "bot" : (RANKS[/** @type {keyof typeof RANKS} */ (prefix[0])] ?? ""));
}

/** @param {Member} member */
function rank({ prefix, presence }) {
  const at = prefix ? ORDER.indexOf(prefix[0]) : ORDER.length;
  return at * 2 + (presence === "here" ? 0 : 1);
}
