//! Lines that this version keeps without understanding them: recorded by a newer one. They are
//! shown as what they are, and count once the app knows their kind (see `derive::newer`).

use super::{NewerRow, Page};
use crate::record::Line;
use crate::store::{Store, StoreError};

/// What somebody left unfinished (`draft.left`) is of no newer version, and was let through by a server of
/// an older one: nobody was to read it.
///
/// From the few there are to their lines: left to itself SQLite reads the whole log, newest first, and
/// looks for each of its lines among the few. A cross join is what it does not turn round.
const NEWER: &str =
    "SELECT event.id, event.line, received FROM newer CROSS JOIN event ON event.id = newer.event
                     WHERE hidden <> 1 AND event.kind <> 'draft.left' ORDER BY event.key DESC LIMIT ?1";

const COUNT: &str = "SELECT count(*) FROM newer CROSS JOIN event ON event.id = newer.event
                     WHERE hidden <> 1 AND event.kind <> 'draft.left'";

impl Store {
    /// Such lines of others, the newest to arrive first: of a kind that this version does not know,
    /// or a record whose content it cannot read. Own ones were always understood.
    ///
    /// # Errors
    /// As any read.
    pub fn newer(&self, limit: u32) -> Result<Page<NewerRow>, StoreError> {
        let total = self.db.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?;
        let mut statement = self.db.prepare_cached(NEWER)?;
        let rows = statement.query_map([limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows = rows.map(|row| {
            let (id, line, received): (_, String, Option<i64>) = row?;
            // Where not even the envelope reads, the server's clock is what there is.
            let read = Line::read(&line).ok();
            let kind = read.as_ref().map(|line| line.kind.as_str().to_owned()).unwrap_or_default();
            let at = read
                .map(|line| line.at)
                .or_else(|| Some(chrono::DateTime::from_timestamp_millis(received?)?.fixed_offset()));
            Ok(NewerRow { id, kind, at, line })
        });
        Ok(Page { rows: rows.collect::<Result<_, StoreError>>()?, total })
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNT, NEWER};
    use crate::store::query::plan;

    #[test]
    fn the_log_is_not_read_through_for_the_few_lines_of_a_newer_version() {
        for sql in [NEWER, COUNT] {
            let plan = plan(sql);
            assert!(!plan.iter().any(|step| step.starts_with("SCAN event")), "{plan:?}");
        }
    }
}
