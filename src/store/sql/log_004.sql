-- What was typed into a form and not sent yet, by who typed it, which form it is and what it is about.
-- It is this device's alone, as drafts are.
CREATE TABLE form_draft (
    person BLOB NOT NULL,
    form TEXT NOT NULL,
    about TEXT NOT NULL,
    body TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (person, form, about)
) STRICT, WITHOUT ROWID;
