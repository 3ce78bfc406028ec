/**
 * What the client keeps and the page shows, and what its parts ask of each other. Nothing here runs
 * or is served. The page reads these and changes them only through the methods of `Client`.
 */

// --- what the page shows ---------------------------------------------------------------------

export type LinkState = "offline" | "connecting" | "signing-in" | "online";
/** `retryAt` and `lostAt`: ms since 1970, 0 for none. `reason`: a sentence for the banner. */
export interface LinkStatus { state: LinkState; retryAt: number; reason: string; lostAt: number }

export interface Me {
  nick: string;
  account: string;
  /** Empty: not away. */
  away: string;
  /** False: the account's password is a random secret that only this browser knows. */
  hasPassword: boolean;
}

export type ProblemKind = "taken" | "wrong-password" | "refused" | "shut-out";
/** Why the sign-in waits for the person: ask for a password or another name and call `signIn`. */
export interface Problem { kind: ProblemKind; name: string; text: string }

export type Presence = "here" | "away" | "gone" | "unknown";
export interface Member {
  nick: string;
  account: string;
  /** Every rank sign, highest first, as "@+". */
  prefix: string;
  presence: Presence;
  bot: boolean;
}

export type MessageKind = "said" | "action" | "notice" | "event";
export type EventVerb = "join" | "part" | "quit" | "nick" | "kick" | "topic" | "mode" | "rename" | "invite";
/** "held": older than 10 minutes when the connection came back; `retry` sends it, `discard` drops it. */
export type MessageState = "sent" | "waiting" | "held" | "failed";

export interface Message {
  /** Unique and unchanging in its conversation, also while it waits. */
  key: string;
  /** Empty until it is stored, and for what the server gives none. */
  msgid: string;
  /** ms since 1970. */
  at: number;
  sender: string;
  account: string;
  /** Without formatting codes, may have several lines; of an event: a sentence ("bob joined."). */
  text: string;
  kind: MessageKind;
  /** Of an event; join, part, quit and nick may be merged. */
  verb: EventVerb | "";
  state: MessageState;
  /** Why it failed, a sentence; of what is redacted: who did it. */
  reason: string;
  /** msgid of the message it answers; that may not be loaded. */
  replyTo: string;
  /** Emoji to nicks, in the order they came. */
  reactions: Map<string, string[]>;
  isEdited: boolean;
  /** Its text is gone. */
  isRedacted: boolean;
  isMention: boolean;
  isOwn: boolean;
  /** msgid of the message that this corrects, where that is not known. */
  original: string;
  /** Of an edited message: its first text, then each edit. */
  corrections: Message[];
}

export interface Conversation {
  /** The folded name. */
  key: string;
  /** As people write it, "#room" or "bob". */
  name: string;
  isRoom: boolean;
  /** In the room; of a person always true. */
  isJoined: boolean;
  /** To be entered again whenever there is a connection: one is in it, or was when that was lost. */
  isWanted: boolean;
  topic: string;
  /** By folded nick; empty for a person. */
  members: Map<string, Member>;
  /** Of a person. */
  presence: Presence;
  /** Sorted, oldest first; waiting ones last. */
  readonly messages: Message[];
  /** How many of them, from the oldest on, stand where they stood at the last call; for who shows them. */
  takeIntact(): number;
  unread: number;
  /** How many of them are for me: mentions, and all of a person's. */
  readonly forMe: number;
  /** ms: all up to it is read, here or on another device. */
  readAt: number;
  /** Key of the message under the read line; empty for none. */
  firstUnread: string;
  draft: string;
  /** Nicks. */
  readonly typing: string[];
  readonly hasOlder: boolean;
  /** It shows the past (`loadAround`); `loadNewer` goes on, `loadLatest` leads back. */
  readonly hasNewer: boolean;
  isLoading: boolean;
  /** A loaded message. */
  find(msgid: string): Message | undefined;
  /** ms of the newest message, for the order of the list. */
  lastAt: number;
}

/** `conversation`: its key. */
export interface Hit { conversation: string; message: Message }
export interface Person { nick: string; account: string; isAway: boolean; realname: string }
export interface RoomRow { name: string; members: number; topic: string }

/**
 * What happens once. "message": live and not one's own (for `aria-live` and notifications);
 * "refused": a sentence; "renamed": a room's key has changed.
 */
export type News =
  | { kind: "message"; conversation: Conversation; message: Message }
  | { kind: "info" | "refused"; text: string; conversation?: Conversation }
  | { kind: "invited"; room: string; by: string }
  | { kind: "renamed"; from: string; to: string };

/**
 * "link" "me" "problem" "list" (which conversations, order, counters, presence), "messages:KEY"
 * "members:KEY" "topic:KEY" "typing:KEY".
 */
export type Changes = Set<string>;

// --- the wire --------------------------------------------------------------------------------

/** One IRC message; `command` in upper case, `source` empty for what clients send. */
export interface Line { command: string; params: string[]; source: string; tags: Record<string, string> }
/** A line, or a whole batch: then `params` are those behind its kind. */
export interface Unit extends Line { kind?: string; parts?: Unit[] }
export interface Batch extends Unit { kind: string; parts: Unit[]; parent: string }

/**
 * `code`: of the first error, "" for none, "LOST" where the connection went down first;
 * `count`: how many messages a batch of history had.
 */
export interface Answer { lines: Line[]; code: string; reason: string; count: number }
export interface Request extends Answer { done: (answer: Answer) => void }

/** `saved`: likeliest first; `given`: by the person, now; `fresh`: for a name that is still nobody's. */
export interface Identity { name: string; saved: string[]; given: string; fresh: string }

/** What a sign-in asks of its client. */
export interface Desk {
  send(command: string, ...params: string[]): void;
  /** Write a new secret down. */
  keep(name: string, secret: string): Promise<unknown>;
  proved(name: string, secret: string): void;
  useless(name: string, secret: string): void;
  problem(problem: Problem): void;
  welcome(nick: string): void;
}

// --- what is kept ----------------------------------------------------------------------------

/** One of my messages until the server has answered it. */
export interface Entry {
  /** `<device>.<counter>`, also its key in the store. */
  id: string;
  /** Where it stands in the queue. */
  order: number;
  target: string;
  command: string;
  /** May have several lines. */
  text: string;
  /** Client-only ones. */
  tags: Record<string, string>;
  at: number;
  state: MessageState;
  reason: string;
  /** It may have arrived. */
  wasSent: boolean;
  /** Its id must not be used again. */
  isSpent: boolean;
}

/** Rows of the store; undefined removes. */
export type Rows = [key: string, value: unknown][];

/** What the outbox asks of its client. */
export interface Post {
  now(): number;
  token(bytes: number): string;
  hasLocks: boolean;
  claim(name: string): Promise<boolean>;
  keep(rows: Rows): Promise<unknown>;
  kept(prefix: string): Promise<Rows>;
  post(entry: Entry, done: (answer: Answer) => void): void;
  changed(entry: Entry): void;
  isOnline(): boolean;
}

/** The newest word of one person about one emoji. */
export interface Mark { at: number; isOn: boolean; nick: string }
/** What was said about a message. */
export interface Later { marks: Map<string, Map<string, Mark>>; edits: Message[]; redactedBy: string | null }

// --- the world outside -----------------------------------------------------------------------

export interface Wire { send(line: string): void; close(): void }
export interface Ends { opened(): void; line(line: string): void; closed(reason: string): void }

export interface Store {
  get(key: string): Promise<any>;
  all(prefix: string): Promise<[string, any][]>;
  /** All or none. */
  put(rows: Rows): Promise<void>;
}

/** What the client needs of the browser; tests have one of their own. */
export interface World {
  /** ms since 1970. */
  now(): number;
  /** Returns what cancels it. */
  later(ms: number, then: () => void): () => void;
  /** 0 to 1. */
  random(): number;
  dial(ends: Ends): Wire;
  store: Store;
  /** Without locks nothing tells whether another tab lives. */
  hasLocks: boolean;
  /** Have this name for as long as the page is open; false: another tab has it. */
  claim(name: string): Promise<boolean>;
  /** Random, of letters, digits and "-". */
  token(bytes: number): string;
  isVisible(): boolean;
  /** An address that the server names, at the origin of the page; "" for what is none. */
  resolve(address: string): string;
}

export interface Listener { onChange: (changes: Changes) => void; onNews?: (news: News) => void }
