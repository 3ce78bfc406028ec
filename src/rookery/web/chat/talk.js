/**
 * One conversation, with a room or a person: who is in it, what is said, how far it is read.
 *
 * `timeline` always ends with the newest message; `past` is a second one while the person looks at
 * something older that does not join on to it.
 * @import { Conversation, Member, Message, Presence } from './types.js'
 */
import { fold, isRoom } from "../wire/casefold.js";
import { Timeline } from "./timeline.js";

/** Kinds that count as unread. */
const COUNTS = new Set(["said", "action", "notice"]);

/** @implements {Conversation} */
export class Talk {
  topic = "";
  /** @type {Map<string, Member>} */ members = new Map();
  /** @type {Presence} */ presence = "unknown";
  unread = 0;
  mentions = 0;
  readAt = 0;
  firstUnread = "";
  draft = "";
  isLoading = false;
  lastAt = 0;

  timeline = new Timeline();
  /** @type {Timeline | null} */ past = null;
  /** Msgid of what was the newest when the connection was lost: behind it some may be missing. */ gapBehind = "";
  /** Settles when no history is on its way. @type {Promise<unknown>} */ loaded = Promise.resolve();
  /** Nick by folded nick. @type {Map<string, { nick: string, cancel: () => void }>} */ typers = new Map();
  /** To be entered again after a lost connection; its password, if it has one. */
  isWanted = false;
  password = "";
  /** I left it while there was no connection. */ isLeaving = false;
  /** Not on the list, though it is remembered. */ isClosed = false;
  /** `readAt` is to be told to the server. */ owesMark = false;
  /** The names that come now are the whole room. */ isListing = false;
  /** When I came in, by the server's clock. */ enteredAt = 0;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.key = fold(name);
    this.isRoom = isRoom(name);
    this.isJoined = !this.isRoom;
  }

  get forMe() { return this.isRoom ? this.mentions : this.unread; }
  get messages() { return (this.past ?? this.timeline).list; }
  takeIntact() { return (this.past ?? this.timeline).takeIntact(); }
  get hasOlder() { return (this.past ?? this.timeline).hasOlder; }
  get hasNewer() { return this.past !== null; }
  get typing() { return [...this.typers.values()].map((typer) => typer.nick); }
  get timelines() { return this.past ? [this.timeline, this.past] : [this.timeline]; }

  /** @param {string} msgid */
  find(msgid) { return this.timeline.byId.get(msgid) ?? this.past?.byId.get(msgid); }

  /** The newest message that the server has. @returns {Message | undefined} */
  get newest() { return this.timeline.list.findLast((message) => message.msgid); }

  /** Count what is unread. @param {boolean} isWatched shown and read so far: the read line stays where it is */
  recount(isWatched) {
    const { list } = this.timeline;
    let first = "";
    this.unread = this.mentions = 0;
    for (let at = list.length - 1; at >= 0; at--) {
      const message = list[at];
      if (message.state === "sent" && message.at <= this.readAt) break;
      if (message.isOwn || message.isRedacted || !COUNTS.has(message.kind)) continue;
      this.unread++;
      if (message.isMention) this.mentions++;
      first = message.key;
    }
    if (!isWatched && first) this.firstUnread = first;
    this.lastAt = Math.max(this.lastAt, list.findLast((message) => COUNTS.has(message.kind))?.at ?? 0);
  }

  /** @param {string} nick @param {(() => void) | null} cancel the end of its timer; null: stopped */
  setTyping(nick, cancel) {
    const key = fold(nick), before = this.typers.get(key);
    before?.cancel();
    this.typers.delete(key);
    if (cancel) this.typers.set(key, { nick, cancel });
    return !before !== !cancel;
  }
}
