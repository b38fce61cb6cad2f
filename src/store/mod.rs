//! SQLite: the log, drafts and derived tables.
