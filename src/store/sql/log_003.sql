-- Events that decided about an amendment of this person's and that they have read. It is this device's
-- alone: on another device they read it again.
CREATE TABLE read_told (event BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Standards that are being written here, by the id of the editing; saved whole at every tap.
CREATE TABLE standard_draft (
    id BLOB PRIMARY KEY,
    json TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;
