/**
 * The page: puts its parts together, and tells them once per frame what has changed.
 * @import { Client } from '../chat/client.js'
 * @import { Changes, Message } from '../chat/types.js'
 */
import { askLeave } from "../chat/push.js";
import { composer } from "./composer.js";
import { finder } from "./finder.js";
import { header } from "./header.js";
import { h } from "./html.js";
import { pressedAnywhere } from "./keys.js";
import { members } from "./members.js";
import { notices } from "./notices.js";
import { Preferences } from "./prefs.js";
import { settings } from "./settings.js";
import { address, sidebar } from "./sidebar.js";
import { signin } from "./signin.js";
import { decoded, sentenceOf } from "./text.js";
import { timeline } from "./timeline.js";

const ALL = ["link", "me", "problem", "list", "view", "messages", "members", "topic", "typing", "draft"];

export class Page {
  /** @param {Client} client */
  constructor(client) {
    this.client = client;
    this.prefs = new Preferences();
    this.finder = finder(this);
    this.settings = settings(this);
    this.notices = notices(this);
    this.timeline = timeline(this);
    this.composer = composer(this);
    this.signin = signin(this);
    const head = header(this);
    const left = sidebar(this);
    const right = members(this);
    const main = h("main.talk", { "aria-label": "Conversation" }, ...head.elements, this.timeline.element, this.composer.element);
    const nothing = h("p.nothing", "Join a room or write to somebody: the + on the left.");
    this.parts = [left, head, this.timeline, this.composer, right];
    this.app = h("div.app", { "data-pane": "list" }, left.element, main, right.element, nothing);
    this.app.hidden = this.signin.element.hidden = true;
    document.body.replaceChildren(this.signin.element, this.app, ...this.notices.elements);
    /** @type {Changes} */ this.changes = new Set();
    this.isStarted = false;
    this.listen();
  }

  listen() {
    this.client.listen((changes) => this.changed(changes), (news) => this.notices.tell(news));
    addEventListener("hashchange", () => this.follow());
    for (const kind of ["focus", "visibilitychange"]) addEventListener(kind, () => this.timeline.moved(), true);
    addEventListener("keydown", (event) => pressedAnywhere(this, event));
    addEventListener("close", () => this.closed(), true);
    addEventListener("popstate", () => this.isOverlaid && this.show("talk"));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length && this.here) this.composer.upload(files);
    });
  }

  /** First paint: from what the browser keeps, at the address or where one was. */
  start() {
    this.isStarted = true;
    const name = this.here?.name;
    if (location.hash.length > 1) this.follow();
    else if (name) this.go(name);
    this.draw();
  }

  /** The conversation that is shown. */
  get here() {
    return this.client.conversations.get(this.client.view) ?? null;
  }

  /** @param {Iterable<string>} changes as the client tells them */
  changed(changes) {
    const isScheduled = this.changes.size > 0;
    for (const change of changes) {
      const [part, key] = change.split(/:(.*)/s);
      if (!key || key === this.client.view) this.changes.add(part);
    }
    if (isScheduled || !this.changes.size) return;
    if (document.hidden) setTimeout(() => this.draw());
    else requestAnimationFrame(() => this.draw());
  }

  draw() {
    const changes = this.changes;
    this.changes = new Set();
    if (!this.isStarted) return; // What the browser keeps has not been read yet.
    const { client } = this;
    const isIn = client.isKnown && !client.problem;
    const isOther = this.app.hidden === isIn || this.signin.element.hidden === !isIn;
    this.app.hidden = !isIn;
    this.signin.element.hidden = isIn;
    if (!isIn) {
      this.signin.update();
      if (isOther) this.signin.focus();
      return;
    }
    if (isOther && !this.here && location.hash.length > 1) {
      this.changed(ALL);
      this.follow(); // The address was there before its reader had signed in.
      return this.enter(); // Who follows a link to a room and gives a name means to be in it.
    }
    if (isOther) for (const part of ALL) changes.add(part);
    this.app.classList.toggle("empty", !this.here);
    for (const part of this.parts) part.update(changes);
    this.notices.badge();
  }

  /** Goes where the address says. */
  follow() {
    const name = decoded(location.hash.slice(1));
    if (!name) return this.lookAway();
    const wanted = name[0] === "@" ? name.slice(1) : name.replace(/^#?/, "#");
    const talk = this.opened(wanted);
    if (!talk) return;
    this.client.setView(talk.key);
    this.changed(["view", "list"]);
    this.show("talk");
    this.draw(); // What is not drawn yet cannot take the focus.
    this.write();
  }

  /** Puts the focus into the text box, but where that would bring up a keyboard on the glass. */
  write() {
    if (matchMedia("(hover: hover)").matches) this.composer.focus();
  }

  /** Joins the room that is shown. */
  enter() {
    const { here } = this;
    if (here?.isRoom && !here.isJoined) this.run(this.client.join(here.name), () => this.drawn().then(() => here === this.here && this.write()));
  }

  /** A dialog is gone, and what opened it perhaps too. */
  async closed() {
    this.notices.place();
    await this.drawn();
    const at = document.activeElement;
    if (!this.app.hidden && (!at?.checkVisibility() || at === document.body)) this.write();
  }

  /** Shows the list; where that covers the conversation, nobody looks at one. */
  lookAway() {
    this.show("list");
    if (this.timeline.element.checkVisibility()) return;
    this.client.setView("");
    this.changed(["view", "list"]);
  }

  /** The conversation of this name; what is no name is told. @param {string} name */
  opened(name) {
    try {
      return this.client.open(name);
    } catch (error) {
      this.toast(sentenceOf(error));
      return null;
    }
  }

  /** A room or person has another name: so has the address. */
  renamed() {
    if (this.here && location.hash.length > 1) history.replaceState(null, "", `#${address(this.here)}`);
    this.changed(ALL);
    this.draw(); // The next key is kept under the new name.
  }

  /** Goes to the next conversation of the list. @param {number} step */
  step(step) {
    const list = this.client.list();
    const at = list.findIndex(({ key }) => key === this.client.view);
    this.go(list.at((at + step) % list.length)?.name ?? "");
  }

  /** @param {string} name of a room or person; "" goes nowhere */
  go(name) {
    if (!name) return;
    const talk = this.opened(name);
    if (talk) this.visit(`#${address(talk)}`);
  }

  /** Shows what an address says, before the next key: "hashchange" would come behind it. @param {string} hash */
  visit(hash) {
    if (this.isOverlaid) history.replaceState(null, "", hash); // Nobody wants to go back to the members.
    else if (hash !== location.hash) history.pushState(null, "", hash);
    this.follow();
  }

  /** @param {'list' | 'talk' | 'members'} pane which column a narrow window shows */
  show(pane) {
    this.app.dataset.pane = pane;
  }
  /** Shows the list alone, where the window is narrow. */
  leaveView() {
    location.hash = "";
    this.lookAway();
  }
  get isOverlaid() {
    return this.app.dataset.pane === "members";
  }
  /** The browser's "back" closes the members where they cover the conversation. */
  toggleMembers() {
    if (!this.isOverlaid) {
      history.pushState("members", "");
      return this.show("members");
    }
    if (history.state !== "members") return this.show("talk");
    history.replaceState(null, ""); // "Back" comes later: a second press before it must not go back twice.
    history.back();
  }

  /** Goes to a message, wherever it is. @param {string} key @param {string} msgid */
  async jump(key, msgid) {
    const conversation = this.client.conversations.get(key);
    if (conversation && key !== this.client.view) this.go(conversation.name);
    await this.drawn();
    if (this.timeline.reveal(msgid)) return;
    await this.run(this.client.loadAround(key, msgid));
    await this.drawn();
    this.timeline.reveal(msgid);
  }

  /** Wait until what has changed is shown. */
  async drawn() {
    await new Promise((done) => setTimeout(done));
    if (this.changes.size) this.draw();
  }

  /** Leaves the room that is shown, or closes the conversation. @param {string} [reason] */
  closeHere(reason = "") {
    const { here, client } = this;
    if (!here) return;
    const away = () => {
      client.close(here.key);
      if (client.view) return; // Meanwhile one looks at another.
      client.setView("");
      this.changed(["view", "list"]);
      this.leaveView();
    };
    if (here.isRoom && here.isWanted) this.run(client.leave(here.key, reason), away);
    else away();
  }

  /** A message of this conversation, if it is loaded. @param {string} msgid */
  message(msgid) {
    return this.here?.find(msgid);
  }

  /** Shows why a promise failed. @template T @param {Promise<T>} promise @param {(value: T) => void} [done] */
  async run(promise, done) {
    try {
      const value = await promise;
      done?.(value);
      return value;
    } catch (error) {
      this.toast(sentenceOf(error));
    }
  }
  /** @param {string} text */
  toast(text) {
    this.notices.toast(text);
  }

  /** @param {string} name @param {string} choice */
  prefer(name, choice) {
    this.prefs.set(name, choice);
    this.changed(["messages"]);
    if (name === "notify" && choice !== "off") this.run(askLeave());
  }

  /** @param {Message} message @param {string} emoji @param {string} [key] of its conversation */
  react(message, emoji, key = this.client.view) {
    const isMine = message.reactions.get(emoji)?.includes(this.client.me.nick);
    this.run(this.client[isMine ? "unreact" : "react"](key, message, emoji));
  }
  /** @param {Message} message */
  copy(message) {
    this.run(navigator.clipboard.writeText(message.text), () => this.toast("Copied."));
  }
}
