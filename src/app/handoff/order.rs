//! The order of tasks: open ones by due time, those without one first; then the newest that ended.

use crate::engine::api::TaskRow;
use crate::practice::task::TaskState;

/// As many ended tasks are shown: enough to see what the last shifts did.
const ENDED: usize = 30;

#[must_use]
pub fn is_open(row: &TaskRow) -> bool {
    matches!(row.task.state, TaskState::Unowned | TaskState::Assigned)
}

/// Open and ended tasks. Nobody's tasks stand before the others: somebody has to take them.
#[must_use]
pub fn order(rows: &[TaskRow]) -> (Vec<TaskRow>, Vec<TaskRow>) {
    let (mut open, mut ended): (Vec<TaskRow>, Vec<TaskRow>) = rows.iter().cloned().partition(is_open);
    open.sort_by_key(|row| (row.task.owner.is_some(), row.task.due.is_none(), row.task.due, row.task.id));
    ended.sort_by_key(|row| std::cmp::Reverse(row.task.ended_at));
    ended.truncate(ENDED);
    (open, ended)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::practice::task::Task;

    fn row(
        n: u128,
        owner: Option<u128>,
        due: Option<&str>,
        state: TaskState,
        ended: Option<&str>,
    ) -> TaskRow {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        TaskRow {
            task: Task {
                id: Uuid::from_u128(n),
                site: None,
                handoff: None,
                text: n.to_string(),
                person_code: String::new(),
                owner: owner.map(Uuid::from_u128),
                due: due.map(at),
                state,
                assigned_at: at("2026-11-22T06:00:00+00:00"),
                ended_at: ended.map(at),
                ended_by: None,
                note: String::new(),
                tip: Uuid::nil(),
            },
            owner_name: String::new(),
            site_name: String::new(),
        }
    }

    #[test]
    fn nobodys_tasks_first_then_by_due_time_and_ended_ones_apart() {
        let rows = [
            row(1, Some(9), Some("2026-11-22T11:00:00+00:00"), TaskState::Assigned, None),
            row(2, Some(9), None, TaskState::Assigned, None),
            row(3, None, Some("2026-11-22T12:00:00+00:00"), TaskState::Unowned, None),
            row(4, Some(9), None, TaskState::Done, Some("2026-11-22T07:00:00+00:00")),
            row(5, Some(9), Some("2026-11-22T09:00:00+00:00"), TaskState::Assigned, None),
            row(6, Some(9), None, TaskState::Cancelled, Some("2026-11-22T08:00:00+00:00")),
        ];
        let (open, ended) = order(&rows);
        let ids =
            |rows: Vec<TaskRow>| rows.into_iter().map(|row| row.task.text).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(open), "3 5 1 2");
        assert_eq!(ids(ended), "6 4");
    }
}
