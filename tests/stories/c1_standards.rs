//! C1: one-page standards, written in the app: begun without signal, tried out, published with a reason,
//! followed by a next version, and taken out of use; drafts keep the version they began with.

use fieldproof::engine::api::{
    BeginFrom, Did, FailureCode, Owed, Reply, Request, StandardDraftView, StandardLog,
};
use fieldproof::practice::diff::{Part, Place, What};
use fieldproof::practice::draft::{Answer, Mark, Open};
use fieldproof::practice::editing::{Editing, List, Often};
use fieldproof::practice::standard::{Class, Fault, StandardRef};
use fieldproof::practice::text::Text;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::{Device, Fault as Network, PIN};

impl Device {
    pub async fn write(&self, from: BeginFrom) -> StandardDraftView {
        match self.ask(Request::BeginStandard { from }).await {
            Reply::StandardDraft(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    pub async fn save(&self, editing: &Editing) {
        let saved = self.ask(Request::SaveStandardDraft { editing: Box::new(editing.clone()) }).await;
        assert!(matches!(saved, Reply::Saved { .. }), "{saved:?}");
    }

    pub async fn publish(&self, id: Uuid, why: &str) -> Reply {
        self.ask(Request::PublishStandardDraft { id, change: Text::from(why) }).await
    }

    async fn log(&self, standard: Uuid) -> StandardLog {
        match self.ask(Request::StandardLog { standard }).await {
            Reply::StandardLog(log) => *log,
            other => panic!("{other:?}"),
        }
    }
}

/// Two marks and a competency: a page that can be published.
pub fn filled(mut editing: Editing) -> Editing {
    editing.standard.title = Text::from("Door alarm check");
    editing.standard.competency = "safety".into();
    for words in ["Alarm tested aloud", "Log signed"] {
        let id = editing.add_item(List::Items).unwrap();
        editing.item(List::Items, &id).unwrap().text = Text::from(words);
    }
    editing
}

fn failed(reply: Reply) -> FailureCode {
    match reply {
        Reply::Failed(failure) => failure.code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn c1_a_standard_is_written_without_signal_tried_out_published_followed_and_retired() {
    run(async {
        let Cast { world: _world, sam, bo, quinn, elm, bo_id, .. } = cast().await;
        // Only those who write standards may.
        for device in [&sam, &bo] {
            let begun = device.ask(Request::BeginStandard { from: BeginFrom::Nothing(Class::Check) }).await;
            assert_eq!(failed(begun), FailureCode::NotPermitted);
        }
        quinn.faults(|| Network::LostRequest);
        let mut editing = quinn.write(BeginFrom::Nothing(Class::Check)).await.editing;
        editing.standard.title = Text::from("Door alarm check");
        quinn.save(&editing).await;
        let Reply::Faults(faults) = quinn.publish(editing.id, "new alarms").await else {
            panic!("no faults")
        };
        let faults: Vec<Fault> = faults.into_iter().map(|fault| fault.what).collect();
        assert_eq!(faults, [Fault::Competency, Fault::NoItems]);

        // The phone dies; the page is there as it was.
        let quinn = {
            let again = Device::start(quinn.folder.clone(), quinn.server.clone());
            again.faults(|| Network::LostRequest);
            let profile = again.status().await.profiles[0].profile;
            again.ask(Request::Unlock { profile, pin: PIN.into() }).await;
            again
        };
        let Reply::StandardDrafts(rows) = quinn.ask(Request::StandardDrafts).await else { panic!() };
        assert_eq!((rows.len(), rows[0].title.get("en"), rows[0].faults), (1, "Door alarm check", 2));
        let mut editing = filled(editing);
        editing.expected = Some(Often { times: 1, days: 30 });
        quinn.save(&editing).await;

        // Tried out as on a shift; it is no draft of hers and never becomes a record.
        let Reply::Draft(trial) = quinn.ask(Request::TryStandard { id: editing.id }).await else { panic!() };
        assert_eq!(trial.standard, editing.standard);
        let mut draft = trial.draft;
        assert_eq!(draft.open(&trial.standard).len(), 2, "its items, and nobody has to be chosen");
        for item in &trial.standard.items {
            draft.content.answers.insert(item.id.clone(), Answer::mark(Mark::Met));
        }
        quinn.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
        let finished = quinn.ask(Request::Finish { draft: editing.id }).await;
        assert_eq!(failed(finished), FailureCode::NotPermitted);
        assert!(quinn.today().await.drafts.is_empty());

        let no_reason = quinn.publish(editing.id, "  ").await;
        assert!(matches!(&no_reason, Reply::NotYet(open) if *open == [Open::NoReason]), "{no_reason:?}");
        for _ in 0..2 {
            // Twice writes once.
            let published = quinn.publish(editing.id, "The new alarms have to be heard").await;
            assert!(matches!(published, Reply::Written { id } if id == editing.standard.standard));
        }
        let of = editing.standard.standard;
        quinn.faults(|| Network::None);
        quinn.synced().await;
        sam.refresh().await;
        let expected = sam.today().await.owed.into_iter().any(
            |owed| matches!(owed, Owed::Observe { person, standard, .. } if person == bo_id && standard.standard.standard == of),
        );
        assert!(expected, "Sam is to observe Bo by it");

        // Sam begins with version 1; meanwhile version 2 comes.
        let one = StandardRef { standard: of, version: 1 };
        let begin = Request::Begin { standard: one, site: Some(elm), subject: Some(bo_id) };
        let Reply::Draft(begun) = sam.ask(begin).await else { panic!() };
        let mut next = quinn.write(BeginFrom::Next(of)).await.editing;
        assert_eq!(quinn.write(BeginFrom::Next(of)).await.editing.id, next.id, "begun once, gone on with");
        let (first, second) = (next.standard.items[0].id.clone(), next.standard.items[1].id.clone());
        next.item(List::Items, &first).unwrap().critical = true;
        next.remove_item(List::Items, &second);
        let third = next.add_item(List::Items).unwrap();
        assert!(third != first && third != second, "ids are for good");
        next.item(List::Items, &third).unwrap().text = Text::from("Battery date read");
        quinn.save(&next).await;
        quinn.publish(next.id, "Batteries failed twice in May").await;
        quinn.synced().await;
        sam.refresh().await;
        let Reply::Draft(view) = sam.ask(Request::Draft { draft: begun.draft.id }).await else { panic!() };
        assert_eq!((view.standard.version, view.standard.items.len()), (1, 2));
        let mut draft = view.draft;
        for item in &view.standard.items {
            draft.content.answers.insert(item.id.clone(), Answer::mark(Mark::Met));
        }
        sam.ask(Request::SaveDraft { draft: Box::new(draft.clone()) }).await;
        let finished = sam.ask(Request::Finish { draft: draft.id }).await;
        assert!(matches!(finished, Reply::Finished { .. }), "{finished:?}");

        // The log of changes reads the same for everybody: who, why, and what, item by item.
        let log = sam.log(of).await;
        assert!(!log.may_edit && !log.retired);
        assert!(log.entries.iter().all(|entry| entry.by == "Quinn"));
        let Did::Published { version, change, differences, beaten } = &log.entries[0].did else { panic!() };
        assert_eq!((*version, change.get("en"), *beaten), (2, "Batteries failed twice in May", false));
        let told: Vec<(String, What)> = differences
            .iter()
            .flatten()
            .map(|one| match &one.place {
                Place::Item { id, .. } => (id.clone(), one.what.clone()),
                other => panic!("{other:?}"),
            })
            .collect();
        let critical = What::Switched { part: Part::Critical, on: true };
        assert_eq!(told, [(second, What::Removed), (third, What::Added), (first, critical)]);
        let once = Some(Often { times: 1, days: 30 });
        assert!(matches!(&log.entries[1].did, Did::Expected { was: None, now, .. } if *now == once));
        assert!(matches!(&log.entries[2].did, Did::Published { version: 1, differences: None, .. }));

        quinn.done(Request::RetireStandard { standard: of, reason: "The alarms are gone".into() }).await;
        quinn.synced().await;
        sam.refresh().await;
        let log = sam.log(of).await;
        assert!(log.retired);
        assert!(matches!(&log.entries[0].did, Did::Retired { reason } if reason == "The alarms are gone"));
        let Reply::Standards(rows) = sam.ask(Request::Standards).await else { panic!() };
        assert!(rows.iter().any(|row| row.standard.standard == of && row.retired));
        assert!(!sam.today().await.owed.iter().any(|owed| matches!(owed, Owed::Observe { .. })));
    });
}

#[test]
fn c1_two_who_publish_the_same_number_apart_are_both_in_the_log_and_one_stands() {
    run(async {
        let Cast { world: _world, ada, quinn, sam, .. } = cast().await;
        let editing = filled(quinn.write(BeginFrom::Nothing(Class::Check)).await.editing);
        quinn.save(&editing).await;
        quinn.publish(editing.id, "new alarms").await;
        quinn.synced().await;
        ada.refresh().await;
        let of = editing.standard.standard;
        for (device, words) in [(&ada, "Alarm heard outside"), (&quinn, "Alarm heard upstairs")] {
            device.faults(|| Network::LostRequest);
            let mut next = device.write(BeginFrom::Next(of)).await.editing;
            next.standard.items[0].text = Text::from(words);
            device.save(&next).await;
            device.publish(next.id, "heard").await;
        }
        for device in [&ada, &quinn] {
            device.faults(|| Network::None);
            device.synced().await;
        }
        let mut seen = Vec::new();
        for device in [&ada, &quinn, &sam] {
            device.refresh().await;
            device.refresh().await;
            let wanted = Request::Standard { standard: StandardRef { standard: of, version: 2 } };
            let Reply::Standard(page) = device.ask(wanted).await else { panic!() };
            let log = device.log(of).await;
            let beaten: Vec<(String, bool)> = log
                .entries
                .into_iter()
                .filter_map(|entry| match entry.did {
                    Did::Published { version: 2, beaten, .. } => Some((entry.by, beaten)),
                    _ => None,
                })
                .collect();
            assert_eq!(beaten.len(), 2, "both are told of");
            seen.push((page.items[0].text.clone(), beaten));
        }
        assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
        assert_eq!(seen[0].1.iter().filter(|(_, beaten)| *beaten).count(), 1);
        // Whoever goes on, goes on from the one that stands.
        let next = quinn.write(BeginFrom::Next(of)).await;
        assert_eq!((next.editing.standard.version, next.overtaken), (3, false));
    });
}
