//! What the lines mean: standards, records, tasks, the registry. Pure: no clock, no randomness, no I/O.
