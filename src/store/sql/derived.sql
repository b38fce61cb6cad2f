-- Derived tables: dropped and rebuilt from the log whenever their form changes.
CREATE TABLE org (id INTEGER PRIMARY KEY CHECK (id = 0), name TEXT NOT NULL, settings TEXT NOT NULL) STRICT;

-- Every change of a setting, in the order of the organisation's stream. `org.settings` is what they come to.
CREATE TABLE setting (
    n INTEGER PRIMARY KEY,
    -- As JSON: `practice::settings::single::Change`.
    json TEXT NOT NULL
) STRICT;

-- `shown` is the name that no other on the registry looks like, `second` what it has for that beside the
-- name, `sort` the name as it is ordered and searched (`practice::shown`).
CREATE TABLE person (
    person BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    shown TEXT NOT NULL,
    second TEXT NOT NULL,
    sort TEXT NOT NULL,
    role TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;
CREATE TABLE person_site (
    person BLOB NOT NULL,
    site BLOB NOT NULL,
    PRIMARY KEY (person, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_site_site ON person_site (site);

-- When a member of staff worked at a site, in milliseconds since 1970; open where they still do.
CREATE TABLE tenure (
    person BLOB NOT NULL,
    site BLOB NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX tenure_person ON tenure (person);

CREATE TABLE site (
    site BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    shown TEXT NOT NULL,
    second TEXT NOT NULL,
    sort TEXT NOT NULL,
    programme TEXT NOT NULL,
    programme_sort TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE standard (
    standard BLOB NOT NULL,
    version INTEGER NOT NULL,
    class TEXT NOT NULL,
    competency TEXT NOT NULL,
    -- As it is shown: told apart from others of the same title.
    title TEXT NOT NULL,
    items INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    retired INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (standard, version)
) STRICT;

CREATE TABLE record (
    id BLOB PRIMARY KEY,
    class TEXT NOT NULL,
    standard BLOB NOT NULL,
    version INTEGER NOT NULL,
    site BLOB,
    subject BLOB,
    author BLOB NOT NULL,
    -- Times for lists, in milliseconds since 1970, with the seconds that its author's clock was east
    -- of UTC: a third of the bytes of text, in the table that grows with every record.
    at INTEGER NOT NULL,
    at_east INTEGER NOT NULL,
    happened INTEGER NOT NULL,
    happened_east INTEGER NOT NULL,
    state TEXT NOT NULL,
    verdict TEXT NOT NULL,
    -- What it told beyond its verdict, as JSON; empty for most.
    told TEXT NOT NULL,
    -- Something was coached.
    coached INTEGER NOT NULL,
    -- The newest reason, feedback or note.
    word TEXT NOT NULL
) STRICT;
-- Records that say that they were written more than five minutes after they arrived: a clock was ahead. Not in
-- `record`, which is the same on every device: who wrote it does not know when it arrived.
CREATE TABLE ahead (
    record BLOB PRIMARY KEY,
    arrived INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_happened ON record (happened);
CREATE INDEX record_subject ON record (subject, happened);
CREATE INDEX record_site ON record (site, happened);
CREATE INDEX record_author ON record (author, happened);
CREATE INDEX record_class ON record (class, happened);
-- Who was last looked at by which standard.
CREATE INDEX record_standard ON record (subject, standard, happened) WHERE state <> 'withdrawn';
-- What somebody owes: few rows each, so these cost next to nothing.
CREATE INDEX record_returned ON record (author) WHERE state = 'returned';
CREATE INDEX record_conflict ON record (site) WHERE state = 'conflict';
CREATE INDEX record_review ON record (site) WHERE state = 'awaiting_review';
CREATE INDEX record_rework ON record (subject) WHERE state = 'rework';

-- Who acknowledged a record as it stands now.
CREATE TABLE acknowledged (
    record BLOB NOT NULL,
    person BLOB NOT NULL,
    PRIMARY KEY (record, person)
) STRICT, WITHOUT ROWID;

-- Coaching that says when to look again at a person.
CREATE TABLE look_again (
    record BLOB NOT NULL,
    item TEXT NOT NULL,
    day TEXT NOT NULL,
    -- Nobody has looked at the item since.
    owed INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (record, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX look_again_owed ON look_again (day) WHERE owed;

-- Who has to be told of an event: that it decided about their amendment (a settlement, or a withdrawal
-- that did not know of it), accepted what they wrote, answered what they asked, replies to what they
-- observed, says what came of their report, or praises them.
CREATE TABLE told (
    person BLOB NOT NULL,
    event BLOB NOT NULL,
    -- The record or the report.
    record BLOB NOT NULL,
    -- When it was decided, by its author's clock, in milliseconds since 1970.
    at INTEGER NOT NULL,
    -- The site whose leads are told in place of somebody who no longer leads there; null where nobody is.
    site BLOB,
    PRIMARY KEY (person, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_record ON told (record);
CREATE INDEX told_site ON told (site) WHERE site IS NOT NULL;

CREATE TABLE task (
    id BLOB PRIMARY KEY,
    site BLOB,
    handoff BLOB,
    owner BLOB,
    state TEXT NOT NULL,
    due INTEGER,
    assigned INTEGER NOT NULL,
    ended INTEGER,
    json TEXT NOT NULL
) STRICT;
CREATE INDEX task_site ON task (site, state);
CREATE INDEX task_open ON task (site) WHERE state IN ('assigned', 'unowned');
CREATE INDEX task_done ON task (ended, assigned, site, id) WHERE state = 'done';
CREATE INDEX task_ended ON task (ended) WHERE ended IS NOT NULL;
CREATE INDEX task_handoff ON task (handoff);

-- Cycles, restrictions, incidents, signals, actions, improvements, assessments, reviews.
CREATE TABLE follow_up (
    id BLOB PRIMARY KEY,
    class TEXT NOT NULL,
    site BLOB,
    subject BLOB,
    owner BLOB NOT NULL,
    state TEXT NOT NULL,
    -- The day it is due next.
    due TEXT,
    -- When it happened, for an incident or a signal; else when it began. Milliseconds since 1970.
    happened INTEGER NOT NULL,
    -- When it ended, in the same.
    ended INTEGER,
    competency TEXT NOT NULL,
    -- The corrective action that it belongs to.
    action BLOB,
    -- As it stands, without its history.
    json TEXT NOT NULL
) STRICT;
CREATE INDEX follow_up_happened ON follow_up (happened);
CREATE INDEX follow_up_class ON follow_up (class, happened);
CREATE INDEX follow_up_action ON follow_up (action) WHERE action IS NOT NULL;
CREATE INDEX follow_up_subject ON follow_up (subject, class);
CREATE INDEX follow_up_ended ON follow_up (class, ended) WHERE ended IS NOT NULL;
CREATE INDEX follow_up_due ON follow_up (class, due) WHERE state IN ('open', 'worked', 'unproven');

-- Incidents, near misses and signals, as patterns, drift and cohorts count them.
CREATE TABLE report (
    id BLOB PRIMARY KEY,
    -- 'near_miss', 'incident', or what a signal came from.
    source TEXT NOT NULL,
    category TEXT NOT NULL,
    -- What it is counted under: never empty.
    competency TEXT NOT NULL,
    site BLOB,
    -- Null until somebody classified it.
    gap TEXT,
    reportable INTEGER NOT NULL,
    happened INTEGER NOT NULL,
    happened_east INTEGER NOT NULL,
    reporter BLOB NOT NULL,
    subject BLOB,
    -- Somebody still has to do something. What of it was done, and when it was reported, which is what
    -- its deadlines count from: in milliseconds since 1970.
    open INTEGER NOT NULL,
    reported INTEGER NOT NULL,
    notified INTEGER NOT NULL,
    investigated INTEGER NOT NULL,
    resolved INTEGER NOT NULL,
    -- When a visit at risk is to begin, as long as something is left to do about it, and whether some of
    -- that is for whoever reported it to do.
    visit_at INTEGER,
    visit_reporter INTEGER NOT NULL
) STRICT;
CREATE INDEX report_happened ON report (happened);
CREATE INDEX report_competency ON report (competency, happened);
-- Few rows each: what waits, and the visits at risk among it.
CREATE INDEX report_open ON report (reported) WHERE open;
CREATE INDEX report_visit ON report (visit_at) WHERE open AND visit_at IS NOT NULL;

-- The observations that follow-ups point to: when one changes, they are folded again.
CREATE TABLE evidence (
    record BLOB NOT NULL,
    follow_up BLOB NOT NULL,
    PRIMARY KEY (record, follow_up)
) STRICT, WITHOUT ROWID;

-- Evidence packs that were handed out, with their fingerprints.
CREATE TABLE pack (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    at_east INTEGER NOT NULL,
    author BLOB NOT NULL,
    json TEXT NOT NULL
) STRICT;

-- Devices, as the server tells of them. Times in milliseconds since 1970.
CREATE TABLE device (
    device BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    -- Null where a command of the server made the code.
    made_by BLOB,
    pairing BLOB,
    -- Null for a device that was paired before such events were written.
    event BLOB,
    paired INTEGER,
    revoked INTEGER
) STRICT;
CREATE INDEX device_person ON device (person);
CREATE INDEX device_pairing ON device (pairing) WHERE pairing IS NOT NULL;

-- Pairing codes, by the event that tells of each.
CREATE TABLE invitation (
    pairing BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    made_by BLOB,
    made INTEGER NOT NULL,
    until INTEGER NOT NULL,
    cancelled INTEGER NOT NULL
) STRICT;
CREATE INDEX invitation_person ON invitation (person, made);
CREATE INDEX invitation_until ON invitation (until);

-- Records added up by period: what dashboards read. `site` is empty where a record names none, and one
-- zero byte where all sites are added up.
CREATE TABLE tally (
    grain INTEGER NOT NULL,
    period INTEGER NOT NULL,
    site BLOB NOT NULL,
    standard BLOB NOT NULL,
    version INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    judged INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    met INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    -- Of these, what was played through.
    played_seen INTEGER NOT NULL,
    played_judged INTEGER NOT NULL,
    played_passed INTEGER NOT NULL,
    played_missed INTEGER NOT NULL,
    PRIMARY KEY (grain, site, period, standard, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally_item (
    grain INTEGER NOT NULL,
    period INTEGER NOT NULL,
    site BLOB NOT NULL,
    standard BLOB NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    missed INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    unseen INTEGER NOT NULL,
    given INTEGER NOT NULL,
    -- In thousandths.
    total INTEGER NOT NULL,
    PRIMARY KEY (grain, site, period, standard, version, item)
) STRICT, WITHOUT ROWID;

-- Lines of others that this version keeps without understanding them.
CREATE TABLE newer (event BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Events that name a thing and do not count for it (`practice::rights::counts`): kept and shown, never
-- folded.
CREATE TABLE refused (
    event BLOB PRIMARY KEY,
    thing BLOB NOT NULL,
    author BLOB NOT NULL,
    kind TEXT NOT NULL,
    why TEXT NOT NULL,
    -- By its author's clock, in milliseconds since 1970, and how many seconds that was east of UTC.
    at INTEGER NOT NULL,
    at_east INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refused_thing ON refused (thing);
