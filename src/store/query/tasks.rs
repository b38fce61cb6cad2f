//! Next-step tasks.

use rusqlite::{Row, ToSql};
use uuid::Uuid;

use super::TaskRow;
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

impl Store {
    fn task_rows(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<TaskRow>, StoreError> {
        let sql = format!(
            "SELECT task.json, owner.name, site.name FROM task
             LEFT JOIN person AS owner ON owner.person = task.owner
             LEFT JOIN site ON site.site = task.site
             WHERE {condition}
             ORDER BY task.state IN ('done', 'cancelled'), task.due IS NULL,
                      CASE WHEN task.state IN ('done', 'cancelled') THEN -task.due ELSE task.due END, task.id DESC
             LIMIT 200"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(values, read)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Tasks of one site, or of all that this device knows: open ones by due time, then ended ones.
    ///
    /// # Errors
    /// As any read.
    pub fn tasks(&self, site: Option<Uuid>) -> Result<Vec<TaskRow>, StoreError> {
        self.task_rows("?1 IS NULL OR task.site = ?1", &[&site])
    }

    /// # Errors
    /// As any read.
    pub fn tasks_of_handoff(&self, handoff: Uuid) -> Result<Vec<TaskRow>, StoreError> {
        self.task_rows("task.handoff = ?1", &[&handoff])
    }

    /// # Errors
    /// As any read.
    pub fn task(&self, id: Uuid) -> Result<Option<TaskRow>, StoreError> {
        Ok(self.task_rows("task.id = ?1", &[&id])?.pop())
    }

    /// Open tasks that are a person's own, or at one of their sites and nobody's.
    ///
    /// # Errors
    /// As any read.
    pub fn tasks_owed(&self, person: Uuid) -> Result<Vec<TaskRow>, StoreError> {
        self.task_rows(
            "(task.state = 'assigned' AND task.owner = ?1)
             OR (task.state = 'unowned'
                 AND EXISTS (SELECT 1 FROM person_site WHERE person = ?1 AND person_site.site = task.site))",
            &[&person],
        )
    }
}
