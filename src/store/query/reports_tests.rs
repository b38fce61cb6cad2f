//! What is counted over a large log stays quick: by an index, and without a fold.

use chrono::{DateTime, TimeDelta};
use rusqlite::Connection;

use crate::store::{Key, Store};

/// A profile with rows of a hundred thousand observations and five thousand reports over two years,
/// written into the derived tables as the folds would.
fn large() -> Store {
    let mut store = Store::open(Connection::open_in_memory().unwrap(), &Key::new([7; 32]), false).unwrap();
    let tx = store.db.transaction().unwrap();
    tx.execute_batch(
        "WITH RECURSIVE n (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM n WHERE n < 99999)
         INSERT INTO record (id, class, standard, version, site, subject, author, at, at_east, happened,
                             happened_east, state, verdict, told, coached, word)
         SELECT CAST(printf('%016d', n) AS BLOB), 'check', x'01', 1, CAST(printf('%016d', n % 9) AS BLOB),
                CAST(printf('%016d', n % 300) AS BLOB), CAST(printf('%016d', 999) AS BLOB),
                1700000000000 + n * 630000, 0, 1700000000000 + n * 630000, 0, 'submitted',
                CASE n % 3 WHEN 0 THEN '{\"met\":5,\"not_met\":1,\"missed\":[\"signed\"],\"passed\":true}'
                           ELSE '{\"met\":6,\"passed\":true}' END, '', 0, '' FROM n;
         WITH RECURSIVE n (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM n WHERE n < 4999)
         INSERT INTO report (id, source, category, competency, site, reportable, happened, happened_east,
                             reporter, open, reported, notified, investigated, resolved, visit_reporter)
         SELECT CAST(printf('%016d', n) AS BLOB), 'near_miss', 'medication', 'medication',
                CAST(printf('%016d', n % 9) AS BLOB), 0, 1700000000000 + n * 12600000, 0,
                CAST(printf('%016d', 1) AS BLOB), 1, 1700000000000 + n * 12600000, 0, 0, 0, 0 FROM n;
         INSERT INTO standard (standard, version, class, competency, title, items, newest, retired, json)
         VALUES (x'01', 1, 'check', 'medication', '{}', 6, 1, 0, '{}');",
    )
    .unwrap();
    tx.commit().unwrap();
    store.db.execute_batch("UPDATE record SET standard = CAST(printf('%016d', 7) AS BLOB); UPDATE standard SET standard = CAST(printf('%016d', 7) AS BLOB)").unwrap();
    store
}

#[test]
fn a_hundred_thousand_observations_are_counted_within_their_window() {
    let store = large();
    let end = DateTime::from_timestamp_millis(1_700_000_000_000 + 99_999 * 630_000).unwrap().fixed_offset();
    let ago = |days| end - TimeDelta::days(days);
    let waiting = || {
        let asked = crate::store::query::ReportsOwed {
            sites: None,
            person: uuid::Uuid::nil(),
            in_force: crate::practice::settings::single::InForce::default(),
            day_ends: i64::MAX - 1,
            later: false,
            limit: 50,
        };
        usize::try_from(store.reports_owed(&asked).unwrap().total).unwrap()
    };
    let timed = |what: &str, count: &dyn Fn() -> usize| {
        let began = std::time::Instant::now();
        let n = count();
        let took = began.elapsed();
        assert!(took.as_millis() < 1_000, "{what}: {n} in {took:?}");
        #[allow(clippy::print_stdout, reason = "the figure is what docs/coverage.md speaks of")]
        {
            println!("{what}: {n} in {took:?}");
        }
        n
    };
    assert_eq!(timed("what waits of 5,000 open reports", &waiting), 5_000);
    assert_eq!(timed("sightings of a year", &|| store.sightings(ago(366), None).unwrap().len()), 2509);
    let slips = || store.slips(ago(120), ago(60)).unwrap().iter().map(|slip| slip.count as usize).sum();
    let slips = timed("slips of 60 and 60 days", &slips);
    assert!((2_700..3_300).contains(&slips), "{slips}");
    assert_eq!(
        timed("looked", &|| store.looked(ago(60)).unwrap().iter().map(|look| look.count as usize).sum()),
        8229
    );
    assert_eq!(timed("results of a quarter", &|| store.results(ago(90), "medication").unwrap().len()), 12343);
}

#[test]
fn no_question_reads_the_whole_table() {
    let store = large();
    let plan = |sql: &str| -> String {
        let mut statement = store.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    };
    for sql in [
        "SELECT count(*) FROM report WHERE happened >= 5 AND source IN ('near_miss', 'incident')",
        "SELECT standard, version, count(*) FROM record WHERE happened >= 5 AND state NOT IN ('withdrawn') GROUP BY 1, 2",
        "SELECT id FROM follow_up WHERE follow_up.action = x'01'",
    ] {
        let plan = plan(sql);
        assert!(plan.contains("USING INDEX") || plan.contains("USING COVERING INDEX"), "{sql}: {plan}");
    }
}
