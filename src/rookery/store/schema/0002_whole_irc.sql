-- Accounts and rooms with all that a complete server keeps of them; events beside talk
-- (docs/adr/0009-event-rows.md); the search index (docs/adr/0006-search-index.md).

ALTER TABLE account ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN is_verified INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN settings TEXT NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN settings TEXT NOT NULL DEFAULT '';

CREATE TABLE certificate (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Names of accounts that are gone; what they received up to the id is for nobody else.
CREATE TABLE given_up (
    name TEXT NOT NULL PRIMARY KEY,
    id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE room_list (
    room TEXT NOT NULL,
    position INTEGER NOT NULL,
    mode TEXT NOT NULL,
    mask TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (room, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_rank (
    room TEXT NOT NULL,
    account TEXT NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (room, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE read_marker (
    account TEXT NOT NULL,
    target TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (account, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE metadata (
    target TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (target, key)
) STRICT, WITHOUT ROWID;

-- Where a conversation's rows stand that have not their key's name: rooms that were renamed, or
-- whose earlier namesake was (docs/adr/0007-moved-conversations.md).
CREATE TABLE place (
    key TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Places that nobody can read any longer; their rows are deleted behind.
CREATE TABLE abandoned (place TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

-- `filed` is the order of PRIVMSG and NOTICE, this one that of all else.
CREATE TABLE filed_event (
    conversation TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (conversation, id)
) STRICT, WITHOUT ROWID;

INSERT INTO filed_event
    SELECT filed.conversation, filed.id FROM filed JOIN message USING (id)
    WHERE message.command NOT IN ('PRIVMSG', 'NOTICE');
DELETE FROM filed WHERE EXISTS (
    SELECT 1 FROM filed_event
    WHERE filed_event.conversation = filed.conversation AND filed_event.id = filed.id
);

INSERT INTO meta (key, value) VALUES ('indexed_upto', 0);

-- Words of PRIVMSG and NOTICE up to `indexed_upto`, and tokens for who may find them
-- (`store/writing.py`). Neither text nor positions are kept: what is erased is erased.
CREATE VIRTUAL TABLE search_index USING fts5(
    words, content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 2'
);
