//! Whoever leaves: the organisation with work that is not finished, a shared device with work that is not
//! sent. What the screens say of it is asked here.

use fieldproof::engine::api::{FormKey, LeftOver, Profile, Reply, Request, SyncChip, Unfinished};
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;

use crate::run;
use crate::story::{Cast, cast};
use crate::world::{Device, Fault, PIN};

async fn profile(device: &Device, name: &str) -> Profile {
    device.status().await.profiles.into_iter().find(|profile| profile.name == name).unwrap()
}

#[test]
fn what_somebody_had_begun_is_handed_over_before_it_is_wiped_and_the_device_says_how_much() {
    run(async {
        let Cast { mut world, ada, sam, elm, bo_id, .. } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        sam.faults(|| Fault::LostRequest);
        let finished = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        let Reply::Standards(standards) = sam.ask(Request::Standards).await else { panic!() };
        let standard = standards.iter().find(|row| row.class == Class::Check).unwrap().standard;
        for said in ["Half done: dose error at 08:00, told the nurse.", "Second one"] {
            let begin = Request::Begin { standard, site: Some(elm), subject: Some(bo_id) };
            let Reply::Draft(view) = sam.ask(begin).await else { panic!() };
            let mut draft = view.draft;
            draft.content.note = said.into();
            let saved = sam.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
            assert!(matches!(saved, Reply::Saved { .. }), "{saved:?}");
        }
        let form = FormKey { person: sam_id, form: "report".into(), about: String::new() };
        sam.ask(Request::SaveFormDraft { form, body: "Fell in the hall".into() }).await;
        let leaves = Request::SetPerson {
            person: Some(sam_id),
            name: "Sam".into(),
            role: Role::Supervisor,
            sites: vec![elm],
            active: false,
        };
        ada.ask(leaves).await;
        ada.synced().await;

        sam.faults(|| Fault::None);
        sam.until_removed(1).await;
        let left = profile(&sam, "Sam").await.left;
        let handed_over = Unfinished { observations: 2, forms: 1, standards: 0 };
        assert_eq!(left, Some(LeftOver { handed_over, ..LeftOver::default() }));
        world.stop_server().await;
        let apart = world.quarantined().await;
        for words in [
            finished.to_string().as_str(),
            "Half done: dose error at 08:00, told the nurse.",
            "Second one",
            "Fell in the hall",
        ] {
            assert_eq!(apart.iter().filter(|line| line.contains(words)).count(), 1, "{words}: {apart:#?}");
        }
    });
}

#[test]
fn what_waits_of_one_person_is_seen_by_the_next_on_a_shared_tablet() {
    run(async {
        let Cast { world, ada, sam, elm, bo_id, .. } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        let tablet = world.paired("tablet", &ada.code_for(sam_id).await).await;
        tablet.done(Request::Lock).await;
        tablet.pair(&ada.code_for(bo_id).await).await;
        tablet.synced().await;
        tablet.done(Request::Lock).await;
        let sams = profile(&tablet, "Sam").await.profile;
        let bos = profile(&tablet, "Bo").await.profile;
        let unlock = |profile| Request::Unlock { profile, pin: PIN.into() };

        tablet.faults(|| Fault::LostRequest);
        tablet.ask(unlock(sams)).await;
        assert!(!tablet.status().await.warns_who_leaves());
        tablet.observe(Class::Check, elm, Some(bo_id), &[]).await;
        assert!(tablet.status().await.warns_who_leaves(), "nobody else sends it");
        tablet.done(Request::Lock).await;

        // Whoever takes it next sees it without any PIN, after a restart, too.
        let (folder, keys, server) = (tablet.folder.clone(), tablet.keys.clone(), tablet.server.clone());
        tablet.close().await;
        let tablet = Device::start_with(folder, keys, server);
        let waits = profile(&tablet, "Sam").await;
        assert!(waits.waiting == Some(1) && waits.waiting_since.is_some(), "{waits:?}");
        assert_eq!(profile(&tablet, "Bo").await.waiting, Some(0));

        tablet.ask(unlock(bos)).await;
        tablet.until(|chip| matches!(chip, SyncChip::AllSynced { .. })).await;
        let status = tablet.status().await;
        assert_eq!((status.others_waiting(), status.warns_who_leaves()), (1, false));
        tablet.done(Request::Lock).await;
        tablet.ask(unlock(sams)).await;
        tablet.synced().await;
        tablet.done(Request::Lock).await;
        let sent = profile(&tablet, "Sam").await;
        assert_eq!((sent.waiting, sent.waiting_since), (Some(0), None));
    });
}
