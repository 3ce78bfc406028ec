/**
 * The left column: rooms and people with what is new, oneself and the settings.
 * @import { Changes, Conversation } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { avatar, face, showPresence } from "./avatar.js";
import { h, icon, keyed, say, set } from "./html.js";
import { cleanLine } from "./text.js";

/** How the state of the connection reads. */
const STATES = { online: "Connected", connecting: "Connecting …", "signing-in": "Signing in …", offline: "Offline" };

/** @param {Page} page */
export function sidebar(page) {
  const rooms = h("div.list", { role: "list", "aria-label": "Rooms" });
  const people = h("div.list", { role: "list", "aria-label": "People" });
  const network = h("h1.network");
  const link = h("span.link", { role: "status" });
  const me = h("bdi.name");
  const away = h("small");
  const sign = h("span.sign");
  const password = h("button.linklike", { onclick: () => page.settings.password() }, "Set a password");
  const element = h(
    "nav.sidebar",
    { "aria-label": "Conversations", onkeydown: walk, onclick: visit },
    h("header", network, tool("search", "Jump to … (Ctrl-K)", () => page.finder.jump())),
    h("div.scroll", heading("Rooms", "Join a room", () => page.finder.join()), rooms,
      heading("People", "New message", () => page.finder.write()), people,
    ),
    h("footer", sign, h("div.me", me, away, link, password), tool("gear", "Settings", () => page.settings.open())),
  );
  /** A plain click shows the conversation here; with a key held it is the browser's, which opens another window. @param {MouseEvent} event */
  function visit(event) {
    const { hash } = /** @type {Element} */ (event.target).closest("a") ?? {};
    if (!hash || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    page.visit(hash);
  }
  /** @param {Changes} changes */
  function update(changes) {
    const { client } = page;
    if (changes.has("link") || changes.has("me")) {
      const name = cleanLine(client.me.nick);
      if (say(me, name)) sign.replaceChildren(avatar(name));
      say(away, client.me.away && `away: ${cleanLine(client.me.away)}`);
      say(network, cleanLine(client.isupport.get("NETWORK") || "Rookery"));
      say(link, STATES[client.link.state]);
      link.dataset.state = client.link.state;
      password.hidden = client.me.hasPassword || !client.me.account;
    }
    if (!["list", "view", "messages"].some((part) => changes.has(part))) return;
    const list = client.list();
    for (const [parent, isRoom] of /** @type {const} */ ([[rooms, true], [people, false]])) {
      keyed(parent, list.filter((one) => one.isRoom === isRoom), (one) => one.key, row, draw);
    }
    rove(element);
  }
  /** @param {HTMLElement} item @param {Conversation} one */
  function draw(item, one) {
    const anchor = /** @type {HTMLElement} */ (item.firstElementChild);
    const [sign, name, word, count, mention] = anchor.children;
    const isCurrent = one.key === page.client.view;
    set(anchor, { "aria-current": isCurrent && "page", class: one.unread && !isCurrent ? "unread" : "" });
    if (!one.isRoom) showPresence(sign, word, one.presence);
    say(name, one.isRoom ? cleanLine(one.name).slice(1) : cleanLine(one.name));
    badge(count, one.unread - one.forMe, "unread");
    badge(mention, one.forMe, one.isRoom ? (one.forMe === 1 ? "mention" : "mentions") : "unread");
  }
  return { element, update };
}

/** @param {Conversation} one */
function row(one) {
  const sign = one.isRoom ? h("span.hash", { "aria-hidden": "true" }, "#") : face(one.name);
  const name = h("bdi.name");
  return h("div", { role: "listitem" }, h("a", { href: `/#${address(one)}` }, sign, name, h("span.sr"), h("span.count"), h("span.count.at")));
}

/**
 * The part of the address behind "#": a room's plain name, or "@" and a person's.
 * @param {{ name: string, isRoom: boolean }} conversation
 */
export function address({ name, isRoom }) {
  if (!isRoom) return `@${encodeURIComponent(name)}`;
  return encodeURIComponent(/^#[^#@]/.test(name) ? name.slice(1) : name);
}

/**
 * @param {Element} element
 * @param {number} count
 * @param {string} word
 */
function badge(element, count, word) {
  const text = count > 0 ? String(count) : "";
  if (element.textContent && element.firstChild?.textContent === text) return;
  element.replaceChildren(...(text ? [text, h("span.sr", ` ${word}`)] : []));
}

/**
 * @param {string} title
 * @param {string} action
 * @param {() => void} run
 */
function heading(title, action, run) {
  return h("div.heading", h("h2", title), tool("add", action, run));
}

/**
 * @param {Parameters<typeof icon>[0]} sign
 * @param {string} label
 * @param {() => void} run
 */
export function tool(sign, label, run) {
  return h("button.plain", { "aria-label": label, title: label, onclick: run }, icon(sign));
}

/** @param {Element} list @returns {HTMLElement[]} what the arrow keys go through */
const stops = (list) => [...list.querySelectorAll("[role=listitem] > *")].filter((one) => one instanceof HTMLElement);

/**
 * Lets Tab stop once in a list: where the focus is, else at what is current, else at the first.
 * @param {Element} list
 */
export function rove(list) {
  const all = stops(list);
  const stop = all.find((one) => one === document.activeElement) ?? all.find((one) => one.ariaCurrent) ?? all[0];
  for (const one of all) one.tabIndex = one === stop ? 0 : -1;
}

/** Moves the focus with the arrow keys through a list. @param {KeyboardEvent} event */
export function walk(event) {
  const list = /** @type {Element} */ (event.currentTarget);
  const all = stops(list);
  const at = all.findIndex((one) => one === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined || event.altKey) return;
  event.preventDefault();
  all[to]?.focus();
  rove(list);
}
