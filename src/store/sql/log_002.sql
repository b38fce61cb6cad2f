-- 1: an own line, sent, that is in no stream which this person may read any more. It stays, because
-- the own log is one chain, and nothing is derived from it.
ALTER TABLE event ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
