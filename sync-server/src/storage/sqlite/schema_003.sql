-- Form 3: who made a code and by which device, so that it can end with either, and the event that told
-- of it, by which it is listed and cancelled. Codes of before count as the operator's.
ALTER TABLE pairing ADD COLUMN event BLOB;
ALTER TABLE pairing ADD COLUMN maker BLOB;
ALTER TABLE pairing ADD COLUMN maker_device INTEGER REFERENCES device (pk);
ALTER TABLE pairing ADD COLUMN made_at INTEGER;
UPDATE pairing SET event = randomblob(16);
