//! Next-step tasks.

use rusqlite::{Row, ToSql};
use uuid::Uuid;

use super::{Page, TaskRow};
use crate::practice::task::Task;
use crate::store::{Store, StoreError};

fn read(row: &Row) -> rusqlite::Result<Option<TaskRow>> {
    let json: String = row.get(0)?;
    let Ok(task) = serde_json::from_str::<Task>(&json) else { return Ok(None) };
    Ok(Some(TaskRow {
        task,
        owner_name: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
        site_name: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
    }))
}

/// Open ones by due time, those without one last.
const BY_DUE: &str = "task.due IS NULL, task.due, task.id DESC";
/// What has ended, the newest first.
const BY_END: &str = "task.ended DESC, task.id DESC";
const OPEN: &str = "task.state IN ('assigned', 'unowned')";
/// So many of those that ended are listed: what the last shifts did. What is open is listed whole.
const ENDED: u32 = 200;

fn rows_sql(condition: &str, order: &str) -> String {
    format!(
        "SELECT task.json, owner.shown, site.shown FROM task
         LEFT JOIN person AS owner ON owner.person = task.owner
         LEFT JOIN site ON site.site = task.site
         WHERE {condition} ORDER BY {order}"
    )
}

impl Store {
    fn task_rows(
        &self,
        condition: &str,
        order: &str,
        values: &[&dyn ToSql],
    ) -> Result<Vec<TaskRow>, StoreError> {
        let mut statement = self.db.prepare_cached(&rows_sql(condition, order))?;
        let rows = statement.query_map(values, read)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Tasks of one site, or of all that this device knows: open ones by due time, then those that
    /// ended, the newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn tasks(&self, site: Option<Uuid>) -> Result<Vec<TaskRow>, StoreError> {
        let values: &[&dyn ToSql] = if site.is_some() { &[&site] } else { &[] };
        let at = if site.is_some() { "AND task.site = ?1" } else { "" };
        let mut tasks = self.task_rows(&format!("{OPEN} {at}"), BY_DUE, values)?;
        let ended = format!("{BY_END} LIMIT {ENDED}");
        tasks.extend(self.task_rows(&format!("task.ended IS NOT NULL {at}"), &ended, values)?);
        Ok(tasks)
    }

    /// Tasks that came from a handoff, at its own site: one that only says so does not hang on it.
    ///
    /// # Errors
    /// As any read.
    pub fn tasks_of_handoff(&self, handoff: Uuid) -> Result<Vec<TaskRow>, StoreError> {
        let at_its_site = "task.handoff = ?1 AND task.site IS (SELECT site FROM record WHERE id = ?1)";
        self.task_rows(at_its_site, BY_DUE, &[&handoff])
    }

    /// # Errors
    /// As any read.
    pub fn task(&self, id: Uuid) -> Result<Option<TaskRow>, StoreError> {
        Ok(self.task_rows("task.id = ?1", BY_DUE, &[&id])?.pop())
    }

    /// Open tasks that are a person's own, or at one of their sites and nobody's, or of somebody who left: those that can wait until
    /// the day is over (`day_ends`, in milliseconds since 1970), or those that cannot.
    ///
    /// # Errors
    /// As any read.
    pub fn tasks_owed(
        &self,
        person: Uuid,
        day_ends: i64,
        later: bool,
        limit: u32,
    ) -> Result<Page<TaskRow>, StoreError> {
        let condition = format!("{OPEN} AND {OWED} AND ifnull(task.due >= ?2, 0) = ?3");
        let values: [&dyn ToSql; 3] = [&person, &day_ends, &later];
        let mut counted = self.db.prepare_cached(&format!("SELECT count(*) FROM task WHERE {condition}"))?;
        let total = counted.query_row(&values[..], |row| row.get(0))?;
        let order = format!("{BY_DUE} LIMIT {limit}");
        Ok(Page { rows: self.task_rows(&condition, &order, &values)?, total })
    }
}

const OWED: &str = "((task.state = 'assigned' AND task.owner = ?1)
    OR ((task.state = 'unowned'
         OR EXISTS (SELECT 1 FROM person WHERE person.person = task.owner AND NOT person.active))
        AND EXISTS (SELECT 1 FROM person_site WHERE person = ?1 AND person_site.site = task.site)))";

#[cfg(test)]
mod tests {
    use super::{BY_DUE, BY_END, OPEN, OWED, rows_sql};
    use crate::store::query::plan;

    /// A device of years has thousands of tasks that ended, and a handful that are open.
    #[test]
    fn open_tasks_are_read_without_those_that_ended() {
        for (condition, order, index) in [
            (OPEN.to_owned(), BY_DUE, "task_open"),
            (format!("{OPEN} AND {OWED}"), BY_DUE, "task_open"),
            (format!("{OPEN} AND task.site = ?1"), BY_DUE, "task_site"),
            ("task.ended IS NOT NULL".to_owned(), BY_END, "task_ended"),
        ] {
            let plan = plan(&rows_sql(&condition, order));
            let used = plan[0].split("task USING INDEX ").nth(1).and_then(|rest| rest.split(' ').next());
            assert_eq!(used, Some(index), "{condition}: {plan:?}");
        }
    }
}
