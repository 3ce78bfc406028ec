/**
 * What the client keeps and the page shows. Types alone: nothing here runs.
 * The page reads these and changes them only through the methods of `Client`.
 *
 * @typedef {'offline' | 'connecting' | 'signing-in' | 'online'} LinkState
 * @typedef {{ state: LinkState, retryAt: number, reason: string, lostAt: number }} LinkStatus
 *   `retryAt` and `lostAt`: ms since 1970, 0 for none. `reason`: a sentence for the banner.
 *
 * @typedef {{ nick: string, account: string, away: string, hasPassword: boolean }} Me
 *   `hasPassword` false: the account's password is a random secret that only this browser knows.
 *
 * @typedef {'taken' | 'wrong-password' | 'refused' | 'shut-out'} ProblemKind
 * @typedef {{ kind: ProblemKind, name: string, text: string }} Problem
 *   Why the sign-in waits for the person: ask for a password or another name and call `signIn`.
 *
 * @typedef {'here' | 'away' | 'gone' | 'unknown'} Presence
 * @typedef {{ nick: string, account: string, prefix: string, presence: Presence, bot: boolean }} Member
 *   `prefix`: every rank sign, highest first, as "@+".
 *
 * @typedef {'said' | 'action' | 'notice' | 'event'} MessageKind
 * @typedef {'join' | 'part' | 'quit' | 'nick' | 'kick' | 'topic' | 'mode' | 'rename' | 'invite'} EventVerb
 * @typedef {'sent' | 'waiting' | 'held' | 'failed'} MessageState
 *   'held': older than 10 minutes when the connection came back; `retry` sends it, `discard` drops it.
 *
 * @typedef {object} Message
 * @property {string} key unique and unchanging in its conversation, also while it waits
 * @property {string} msgid empty until it is stored, and for what the server gives none
 * @property {number} at ms since 1970
 * @property {string} sender
 * @property {string} account
 * @property {string} text without control codes; of an event: a sentence ("bob joined.")
 * @property {MessageKind} kind
 * @property {EventVerb | ''} verb of an event; join, part, quit and nick may be merged
 * @property {MessageState} state
 * @property {string} reason why it failed, a sentence
 * @property {string} replyTo msgid of the message it answers; that may not be loaded
 * @property {Map<string, string[]>} reactions emoji → nicks, in the order they came
 * @property {boolean} isEdited
 * @property {boolean} isRedacted its text is gone
 * @property {boolean} isMention
 * @property {boolean} isOwn
 * @property {string} original msgid of the message that this corrects, where that is not known
 * @property {Message[]} corrections of an edited message: its first text, then each edit
 *
 * @typedef {object} Conversation
 * @property {string} key the folded name
 * @property {string} name as people write it, "#room" or "bob"
 * @property {boolean} isRoom
 * @property {boolean} isJoined in the room; of a person always true
 * @property {string} topic
 * @property {Map<string, Member>} members by folded nick; empty for a person
 * @property {Presence} presence of a person
 * @property {Message[]} messages sorted, oldest first; waiting ones last
 * @property {number} unread
 * @property {number} mentions
 * @property {number} readAt ms: all up to it is read, here or on another device
 * @property {string} firstUnread key of the message under the read line; empty for none
 * @property {string} draft
 * @property {string[]} typing nicks
 * @property {boolean} hasOlder
 * @property {boolean} hasNewer it shows the past (`loadAround`); `loadLatest` leads back
 * @property {boolean} isLoading
 * @property {number} lastAt ms of the newest message, for the order of the list
 *
 * @typedef {{ conversation: string, message: Message }} Hit `conversation`: its key
 * @typedef {{ nick: string, account: string, isAway: boolean, realname: string }} Person
 * @typedef {{ name: string, members: number, topic: string }} RoomRow
 *
 * @typedef {{ kind: 'message', conversation: Conversation, message: Message }
 *   | { kind: 'info' | 'refused', text: string, conversation?: Conversation }
 *   | { kind: 'invited', room: string, by: string }
 *   | { kind: 'renamed', from: string, to: string }} News
 *   What happens once. 'message': live and not one's own (for `aria-live` and notifications);
 *   'refused': a sentence; 'renamed': a conversation's key has changed (a room or a person).
 *
 * @typedef {Set<string>} Changes
 *   'link' 'me' 'problem' 'list' (which conversations, order, counters, presence),
 *   'messages:KEY' 'members:KEY' 'topic:KEY' 'typing:KEY' 'draft:KEY' (set elsewhere).
 */
export {};
