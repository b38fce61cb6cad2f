-- Form 4: the time that the server believes, what was stored in a day, and a row to write when it is
-- asked whether a write would be taken.
CREATE TABLE clock (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    at_ms INTEGER NOT NULL
) STRICT;

-- Days since 1970. One row each: what an earlier day held is of no interest.
CREATE TABLE device_day (
    device INTEGER PRIMARY KEY REFERENCES device (pk),
    day    INTEGER NOT NULL,
    bytes  INTEGER NOT NULL
) STRICT;

CREATE TABLE person_day (
    org     INTEGER NOT NULL REFERENCES org (pk),
    person  BLOB    NOT NULL CHECK (length(person) = 16),
    day     INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    PRIMARY KEY (org, person)
) STRICT;

CREATE TABLE probe (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n   INTEGER NOT NULL
) STRICT;
