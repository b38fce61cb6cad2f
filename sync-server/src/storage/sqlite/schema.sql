-- Form 1. Only ever added to, by a new file and number in `migrate.rs`.
--
-- Rowid tables with unique keys: WITHOUT ROWID with a random key is eight times slower. The one
-- exception, `stream_item`, has a small row and a key that grows. Times are milliseconds since 1970.

CREATE TABLE org (
    pk         INTEGER PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE pairing (
    pk         INTEGER PRIMARY KEY,
    org        INTEGER NOT NULL REFERENCES org (pk),
    person     BLOB    NOT NULL CHECK (length(person) = 16),
    code       BLOB    NOT NULL UNIQUE CHECK (length(code) = 32),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE device (
    pk               INTEGER PRIMARY KEY,
    org              INTEGER NOT NULL REFERENCES org (pk),
    id               BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    person           BLOB    NOT NULL CHECK (length(person) = 16),
    name             TEXT    NOT NULL,
    platform         TEXT    NOT NULL,
    token            BLOB    NOT NULL UNIQUE CHECK (length(token) = 32),
    token_expires_at INTEGER NOT NULL,
    enrolled_at      INTEGER NOT NULL,
    last_sync        INTEGER,
    revoked_at       INTEGER
) STRICT;

CREATE TABLE replica (
    pk     INTEGER PRIMARY KEY,
    org    INTEGER NOT NULL REFERENCES org (pk),
    id     BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    -- Null for the server's own.
    device INTEGER REFERENCES device (pk),
    seq    INTEGER NOT NULL,
    head   BLOB    NOT NULL CHECK (length(head) = 32)
) STRICT;

-- `id` is held by the one line that was let into the streams with it; a quarantined line's id
-- stands in `quarantine`, so that a bad line cannot keep a good one with the same id out.
CREATE TABLE event (
    pk          INTEGER PRIMARY KEY,
    replica     INTEGER NOT NULL REFERENCES replica (pk),
    seq         INTEGER NOT NULL,
    org         INTEGER NOT NULL,
    id          BLOB CHECK (length(id) = 16),
    received_at INTEGER NOT NULL,
    skew_ms     INTEGER NOT NULL,
    head        BLOB    NOT NULL CHECK (length(head) = 32),
    -- Over head, received_at and skew_ms: the chain covers what the device wrote, this what the
    -- server added, so that `verify` sees either change.
    seal        INTEGER NOT NULL,
    line        BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_place ON event (replica, seq);
CREATE UNIQUE INDEX event_id ON event (org, id) WHERE id IS NOT NULL;

CREATE TABLE quarantine (
    event       INTEGER PRIMARY KEY REFERENCES event (pk),
    replica     INTEGER NOT NULL REFERENCES replica (pk),
    seq         INTEGER NOT NULL,
    id          BLOB,
    code        TEXT    NOT NULL,
    field       TEXT,
    message     TEXT    NOT NULL,
    released_at INTEGER
) STRICT;
CREATE INDEX quarantine_open ON quarantine (replica, seq) WHERE released_at IS NULL;

CREATE TABLE stream (
    pk   INTEGER PRIMARY KEY,
    org  INTEGER NOT NULL REFERENCES org (pk),
    name TEXT    NOT NULL,
    n    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX stream_name ON stream (org, name);

CREATE TABLE stream_item (
    stream INTEGER NOT NULL REFERENCES stream (pk),
    n      INTEGER NOT NULL,
    event  INTEGER NOT NULL REFERENCES event (pk),
    PRIMARY KEY (stream, n)
) STRICT, WITHOUT ROWID;
