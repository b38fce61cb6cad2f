-- Form 2: which restore this database came out of; no row where it never was restored. Streams of
-- another epoch bear other numbers.
CREATE TABLE restored (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    epoch BLOB    NOT NULL CHECK (length(epoch) = 16)
) STRICT;
