-- Files that people have uploaded: what is known of them. Their bytes lie in the folder `uploads`
-- beside the database (docs/adr/0017-uploads.md).
CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX upload_by_age ON upload (at_ms, id);

-- Where an account's devices are told of messages while they sleep (IRCv3 webpush).
CREATE TABLE subscription (
    endpoint TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    public_key TEXT NOT NULL,
    secret TEXT NOT NULL,
    caps TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
