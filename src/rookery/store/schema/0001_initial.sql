-- Every id is a clock id: 63 bit, ordered by time, unique (docs/adr/0001-one-id.md).

CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    source TEXT NOT NULL,
    account TEXT NOT NULL,
    command TEXT NOT NULL,
    target TEXT NOT NULL,
    text TEXT NOT NULL,
    tags TEXT NOT NULL,
    client_id TEXT NOT NULL
) STRICT;

-- The order of each conversation, up to meta's `filed_upto`; what lies above it is the tail and
-- is found by scanning `message` itself (docs/adr/0004-filing-behind.md).
CREATE TABLE filed (
    conversation TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (conversation, id)
) STRICT, WITHOUT ROWID;

-- Who has corresponded with whom, up to `filed_upto`; each pair is entered from both sides.
CREATE TABLE correspondence (
    name TEXT NOT NULL,
    peer TEXT NOT NULL,
    conversation TEXT NOT NULL,
    last_id INTEGER NOT NULL,
    received_id INTEGER NOT NULL, -- the last from peer to name; 0 for none
    PRIMARY KEY (name, peer)
) STRICT, WITHOUT ROWID;

CREATE TABLE mailbox (
    key TEXT NOT NULL PRIMARY KEY,
    watermark INTEGER NOT NULL,
    seen_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    password_hash TEXT NOT NULL,
    scram TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE room (
    key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    founder TEXT NOT NULL,
    topic TEXT NOT NULL,
    topic_by TEXT NOT NULL,
    topic_at_ms INTEGER NOT NULL,
    modes TEXT NOT NULL,
    password TEXT NOT NULL,
    "limit" INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seat (
    account TEXT NOT NULL,
    room TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (account, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE resend (
    sender TEXT NOT NULL,
    device TEXT NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY (sender, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('filed_upto', 0);
