//! Something that repeats, and every screen that shows it.

use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::follow::{Category, Classified, Gap, IncidentReported, SignalLogged, Source, Step};
use fieldproof::practice::standard::Class;

use crate::cast::Cast;
use crate::hands::{tap, tap_at};
use crate::look::sees;
use crate::screens::Tour;
use crate::world::Device;

/// Three near misses and two complaints about the same practice, one classified, and checks in which
/// the same item is missed.
pub async fn furnish(cast: &Cast, sam: &Device) {
    let step = |step| Request::Step { step: Box::new(step), site: Some(cast.elm), subject: None };
    for n in 1..=3 {
        let happened_at = chrono::Local::now().fixed_offset() - chrono::TimeDelta::days(n * 4);
        let near_miss = Step::IncidentReported(IncidentReported {
            near_miss: true,
            category: Category::Medication,
            happened_at,
            words: "Dose ready after the window; nobody was called".into(),
            person_code: "E-4".into(),
            competency: "medication".into(),
            outcomes: Vec::new(),
            harm: Some("B".into()),
            record: None,
            visit_at: None,
            practice_of: None,
        });
        let Reply::Written { id } = sam.ask(step(near_miss)).await else { panic!("no near miss") };
        if n == 1 {
            let classified = Classified {
                of: id,
                base: Vec::new(),
                gap: Gap::Workflow,
                competency: "medication".into(),
                category: None,
                note: "Nobody owns the round after a swap".into(),
            };
            sam.done(step(Step::Classified(classified))).await;
        }
    }
    for source in [Source::Complaint, Source::Complaint, Source::PartnerFeedback] {
        sam.done(step(Step::SignalLogged(SignalLogged {
            source,
            competency: "communication".into(),
            words: "Family was not told that the visit moved".into(),
            happened_at: None,
            item: None,
            practice_of: None,
            good: false,
        })))
        .await;
    }
    for _ in 0..3 {
        sam.observe(Class::Check, cast.elm, Some(cast.bo), &[1]).await;
    }
    sam.synced().await;
}

pub async fn look(quinn: &mut Tour) {
    quinn.visit("/patterns", "patterns", "patterns").await;
    tap(&mut quinn.device, "pattern-row").await;
    sees(&quinn.device, "pattern-misses").await;
    quinn.check("pattern").await;
    tap(&mut quinn.device, "pattern-act").await;
    sees(&quinn.device, "action-open").await;
    quinn.check("pattern-action").await;
    quinn.visit("/drift", "drift", "drift").await;
    tap_at(&mut quinn.device, "[data-test='drift-input']", "").await;
    sees(&quinn.device, "drift-behind").await;
    quinn.check("drift-behind").await;
    quinn.visit("/cohorts", "cohorts", "cohorts").await;
    quinn.visit("/in-time", "timely", "in-time").await;
    quinn.visit("/thresholds", "thresholds", "thresholds").await;
    quinn.visit("/report", "report", "report-office").await;
    tap(&mut quinn.device, "report-kind-signal").await;
    quinn.check("report-signal").await;
}
