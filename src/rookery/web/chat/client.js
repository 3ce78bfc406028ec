/**
 * The one object that the page talks to: state to read, methods to call, listeners to tell.
 *
 * Methods that wait for an answer return a promise; its rejection's `message` is a sentence to show.
 * @import { Changes, Conversation, Hit, LinkStatus, Me, Message, News, Person, Problem, RoomRow }
 *   from './types.js'
 */

export class Client {
  /** @type {LinkStatus} */ link = { state: 'offline', retryAt: 0, reason: '', lostAt: 0 };
  /** @type {Me} */ me = { nick: '', account: '', away: '', hasPassword: false };
  /** @type {Problem | null} */ problem = null;
  /** By key. @type {Map<string, Conversation>} */ conversations = new Map();
  /** Key of the conversation that is shown; the last one's after a reload. */ view = '';
  /** Whether a name is kept: false shows the sign-in form. */ isKnown = false;
  /** ISUPPORT, as "NETWORK" → "Rookery". @type {Map<string, string>} */ isupport = new Map();
  /** Where files can be sent: "" where they cannot. */ uploadsTo = '';

  /** Read what this browser keeps, then connect if there is a name. First paint after it. */
  async start() {}

  /**
   * @param {(changes: Changes) => void} onChange called once per turn with all that changed
   * @param {(news: News) => void} [onNews]
   * @returns {() => void} stop listening
   */
  listen(onChange, onNews) { return () => {}; }

  /** Sign in, or go on after a `problem`. @param {string} name @param {string} [password] */
  signIn(name, password = '') {}
  /** Leave and forget the name, its secret stays. */
  signOut() {}
  /** @param {string} password the new one @param {string} [old] needed where `me.hasPassword` */
  async setPassword(password, old = '') {}
  reconnectNow() {}

  /** Conversations of the list in order: mentions and unread are for the page to show. @returns {Conversation[]} */
  list() { return []; }
  /** The conversation with a room or person, made where there is none. Asks for the latest messages when first opened. @param {string} name @returns {Conversation} */
  open(name) { throw new Error(name); }
  /** Take a person or a left room off the list. @param {string} key */
  close(key) {}
  /** Say which conversation is shown. @param {string} key */
  setView(key) {}
  /** @param {string} key @param {string} text */
  setDraft(key, text) {}

  /** @param {string} name with or without "#" @param {string} [password] @returns {Promise<Conversation>} */
  async join(name, password = '') { throw new Error(name); }
  /** @param {string} key @param {string} [reason] */
  async leave(key, reason = '') {}
  /**
   * Send text, now or when there is a connection; several lines go as one message where possible.
   * @param {string} key @param {string} text
   * @param {{ replyTo?: string, isAction?: boolean, isNotice?: boolean }} [how] `replyTo`: a msgid
   */
  say(key, text, how = {}) {}
  /** Into how many messages this text would be cut (1: sent whole). @param {string} key @param {string} text */
  pieces(key, text) { return 1; }
  /** @param {string} key @param {Message} message one's own @param {string} text the whole corrected text */
  edit(key, message, text) {}
  /** @param {string} key @param {Message} message @param {string} [reason] */
  async redact(key, message, reason = '') {}
  /** @param {string} key @param {Message} message @param {string} emoji */
  react(key, message, emoji) {}
  /** @param {string} key @param {Message} message @param {string} emoji */
  unreact(key, message, emoji) {}
  /** Call at every keystroke; it is throttled. @param {string} key @param {'active' | 'paused' | 'done'} state */
  typing(key, state) {}
  /** Send a failed or held message again. @param {string} key @param {Message} message */
  retry(key, message) {}
  /** Forget a failed, held or waiting message. @param {string} key @param {Message} message */
  discard(key, message) {}

  /** Load the page of messages before the oldest. @param {string} key */
  async loadOlder(key) {}
  /** Show the past around a message, as a search hit. @param {string} key @param {string} msgid */
  async loadAround(key, msgid) {}
  /** Leave the past: show the newest messages again. @param {string} key */
  async loadLatest(key) {}
  /** Call only when the page is visible, at the bottom and loaded. @param {string} key */
  markRead(key) {}
  /** @param {string} text @param {{ key?: string, from?: string }} [where] @returns {Promise<Hit[]>} newest first */
  async search(text, where = {}) { return []; }

  /** @param {string} [mask] a room, a name; empty for everybody @returns {Promise<Person[]>} */
  async who(mask = '') { return []; }
  /** @returns {Promise<RoomRow[]>} */
  async rooms() { return []; }
  /** @param {string} key @param {string} text */
  async setTopic(key, text) {}
  /** @param {string} key @param {string} nick */
  async invite(key, nick) {}
  /** @param {string} key @param {string} nick @param {string} [reason] */
  async kick(key, nick, reason = '') {}
  /** @param {string} text empty: back */
  async setAway(text) {}
  /** @param {string} name */
  async setNick(name) {}
  /** Any other command, as typed without "/". @param {string} line @returns {Promise<string[]>} the answer's lines */
  async raw(line) { return []; }

  /** Whether this browser and server can do Web Push. */
  get canPush() { return false; }
  /** Call from a click: the browser asks for leave. */
  async subscribePush() {}
  async unsubscribePush() {}
  /** @param {File} file @param {(share: number) => void} [onProgress] 0 to 1 @returns {Promise<string>} its address */
  async upload(file, onProgress) { return ''; }
}

/** The client of this page: WebSocket to this server, IndexedDB. @returns {Client} */
export function browserClient() { return new Client(); }
