-- The log: what was written here or came from the server. Only these tables have migrations.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- A log that some device writes. `own` is 1 for those written here; the newest of them is written on.
CREATE TABLE replica (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    own INTEGER NOT NULL DEFAULT 0,
    -- How far the server was proven to hold it: by number, and by a hash that agreed.
    held INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A rowid table: a random primary key would make inserts eight times slower.
CREATE TABLE event (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    -- Null where the line was written by a newer version and its place cannot be read.
    replica INTEGER REFERENCES replica (key),
    seq INTEGER,
    kind TEXT NOT NULL,
    -- The record, task, person, site or standard that it is about.
    about BLOB,
    line TEXT NOT NULL,
    -- The chain's head after this line; only for own replicas.
    head BLOB,
    -- When the server took it in, in milliseconds since 1970; null for own events.
    received INTEGER
) STRICT;
CREATE UNIQUE INDEX event_place ON event (replica, seq);
CREATE INDEX event_about ON event (about) WHERE about IS NOT NULL;

CREATE TABLE stream (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- The last number that this device holds.
    cursor INTEGER NOT NULL DEFAULT 0,
    readable INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE stream_item (
    stream INTEGER NOT NULL REFERENCES stream (key),
    n INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES event (key),
    PRIMARY KEY (stream, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX stream_item_event ON stream_item (event);

CREATE TABLE quarantine (
    replica INTEGER NOT NULL REFERENCES replica (key),
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    field TEXT,
    message TEXT NOT NULL DEFAULT '',
    -- A person has read it and dealt with it.
    dealt INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (replica, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    id BLOB PRIMARY KEY,
    json TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;
