//! The start parameters and the line's promise that every request is answered.

use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;

use super::link::{Heard, ears, line};
use super::{Pairing, Start};
use crate::engine::api::{Reply, Request};
use crate::engine::link::Told;

#[test]
fn a_pairing_link_is_read_from_the_fragment() {
    let start = Start::parse("#pair=7KQ4-9XZR&server=https%3A%2F%2Fcare.example%3A8787");
    assert_eq!(
        start.pair,
        Some(Pairing {
            code: "7KQ4-9XZR".into(),
            server: Some("https://care.example:8787".into()),
            until: None
        })
    );
    let until = |link| Start::parse(link).pair.and_then(|pair| pair.until);
    assert_eq!(until("#pair=7KQ4-9XZR&until=1795809720"), Some(1_795_809_720));
    assert_eq!(until("#pair=7KQ4-9XZR&until=soon"), None);
    assert_eq!(Start::parse("#begin=check").begin.as_deref(), Some("check"));
    assert_eq!(Start::parse("#/records"), Start::default());
    assert_eq!(Start::parse("#pair=&server=x"), Start::default());
    assert_eq!(Start::parse("#begin=100%&x").begin.as_deref(), Some("100%"));
}

#[test]
fn every_request_is_answered_when_the_engine_dies() {
    let (into, heard) = ears();
    let (handle, pump) = line(|_| Ok(()), into.clone(), heard);
    let mut pool = LocalPool::new();
    pool.spawner().spawn_local(pump).unwrap();

    let answered = {
        let handle = handle.clone();
        let into = into.clone();
        pool.run_until(async move {
            let asked = handle.ask(Request::Status);
            let reply = async {
                into.unbounded_send(Heard::Told(Told::Reply { id: 1, reply: Box::new(Reply::Done) }))
                    .unwrap();
            };
            futures::join!(asked, reply).0
        })
    };
    assert!(matches!(answered, Reply::Done));

    let before = {
        let handle = handle.clone();
        pool.run_until(async move {
            let asked = handle.ask(Request::Status);
            let died = async { into.unbounded_send(Heard::Gone("out of memory".into())).unwrap() };
            futures::join!(asked, died).0
        })
    };
    assert!(matches!(before, Reply::Failed(failure) if failure.detail == "out of memory"));

    let after = pool.run_until(async move { handle.ask(Request::Today).await });
    assert!(matches!(after, Reply::Failed(failure) if failure.detail == "out of memory"));
}
