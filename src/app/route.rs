//! Every place in the app. A place names things by id, never by a person's name.

use dioxus::prelude::*;
use uuid::Uuid;

use super::admin::{AdminOrg, AdminPerson, AdminSite, DevicesPage};
use super::capture::{Begin, Fill};
use super::follow::{
    ActionPage, CoachPage, CyclePage, FollowPage, FollowsPage, NewActionPage, PatternActionPage, ReportPage,
    RestrictPage,
};
use super::handoff::{OnCallPage, TasksPage};
use super::improve::{AssessPage, AssessmentsPage, ImprovePage};
use super::insight::{BehindPage, HoldsPage, InsightPage, ItemsPage, MonthPage, ThemePage};
use super::more::MorePage;
use super::pack::{PackPage, PacksPage};
use super::patterns::{
    CohortsPage, CountedPage, DriftBehindPage, DriftPage, PatternPage, PatternsPage, RetrainPage, TimelyPage,
};
use super::people::{PeoplePage, PersonPage};
use super::record::{RecordPage, RecordsPage, SettlePage};
use super::review::ReviewPage;
use super::settings::ThresholdsPage;
use super::shell::{NotFound, Shell};
use super::sites::{SitePage, SitesPage};
use super::standards::{EditStandardPage, NewStandardPage, StandardPage, StandardsPage};
use super::sync::SyncPage;
use super::today::TodayPage;
use super::visits::VisitPage;
use crate::engine::api::{RecordRow, StandardRow};
use crate::practice::standard::Class;

#[derive(Clone, Debug, PartialEq, Routable)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Shell)]
        #[route("/")]
        TodayPage {},
        // `person`, `site` and `standard`: ids chosen beforehand, or empty.
        #[route("/begin/:class?:person&:site&:standard")]
        Begin { class: String, person: String, site: String, standard: String },
        #[route("/draft/:id")]
        Fill { id: String },
        #[route("/records")]
        RecordsPage {},
        #[route("/records/:id")]
        RecordPage { id: String },
        #[route("/settle/:id")]
        SettlePage { id: String },
        #[route("/review/:id")]
        ReviewPage { id: String },
        #[route("/follow")]
        FollowsPage {},
        #[route("/follow/:id")]
        FollowPage { id: String },
        #[route("/report")]
        ReportPage {},
        #[route("/cycle/:record")]
        CyclePage { record: String },
        // By hand about a person, or from an incident or signal.
        #[route("/coach?:person&:report")]
        CoachPage { person: String, report: String },
        // With a programme and an area of its self-assessment, or without.
        #[route("/improve?:programme&:area")]
        ImprovePage { programme: String, area: String },
        #[route("/assess?:programme")]
        AssessPage { programme: String },
        #[route("/assessments")]
        AssessmentsPage {},
        #[route("/visit-at-risk")]
        VisitPage {},
        #[route("/on-call")]
        OnCallPage {},
        #[route("/restrict/:person")]
        RestrictPage { person: String },
        #[route("/action/:report")]
        ActionPage { report: String },
        // `about`: what the pack is about, see `pack::scope`.
        #[route("/pack/:about")]
        PackPage { about: String },
        #[route("/packs")]
        PacksPage {},
        #[route("/insight")]
        InsightPage {},
        // `grain`: `month` or `week`.
        #[route("/insight/behind/:measure/:period/:grain")]
        BehindPage { measure: String, period: i32, grain: String },
        // A theme of the `months` up to `period`; `source` empty for incidents and near misses.
        #[route("/insight/theme/:period/:months?:competency&:source")]
        ThemePage { period: i32, months: u32, competency: String, source: String },
        #[route("/insight/month/:back")]
        MonthPage { back: u32 },
        #[route("/insight/holds")]
        HoldsPage {},
        #[route("/insight/items")]
        ItemsPage {},
        #[route("/patterns")]
        PatternsPage {},
        #[route("/patterns/of/:report")]
        PatternPage { report: String },
        // `link`: which link of an action's chain, by its test name.
        #[route("/patterns/counted/:action/:link")]
        CountedPage { action: String, link: String },
        #[route("/patterns/of/:report/action")]
        PatternActionPage { report: String },
        // `group`: which group stands out, for what is typed: two of them can share the other three.
        #[route("/action?:competency&:site&:group&:title")]
        NewActionPage { competency: String, site: String, group: String, title: String },
        #[route("/retrain/:action")]
        RetrainPage { action: String },
        #[route("/drift")]
        DriftPage {},
        // `input`, `standard` and `item` say which records; empty for any.
        #[route("/drift/:competency?:input&:standard&:item")]
        DriftBehindPage { competency: String, input: String, standard: String, item: String },
        #[route("/cohorts")]
        CohortsPage {},
        #[route("/in-time")]
        TimelyPage {},
        #[route("/thresholds")]
        ThresholdsPage {},
        #[route("/tasks")]
        TasksPage {},
        #[route("/people")]
        PeoplePage {},
        #[route("/people/:id")]
        PersonPage { id: String },
        #[route("/sites")]
        SitesPage {},
        #[route("/sites/:id")]
        SitePage { id: String },
        #[route("/standards")]
        StandardsPage {},
        #[route("/standards/new")]
        NewStandardPage {},
        #[route("/standards/edit/:id")]
        EditStandardPage { id: String },
        #[route("/standards/:standard/:version")]
        StandardPage { standard: String, version: u32 },
        #[route("/sync")]
        SyncPage {},
        #[route("/more")]
        MorePage {},
        #[route("/devices")]
        DevicesPage {},
        #[route("/admin/org")]
        AdminOrg {},
        #[route("/admin/person/:id")]
        AdminPerson { id: String },
        #[route("/admin/site/:id")]
        AdminSite { id: String },
        #[route("/:..segments")]
        NotFound { segments: Vec<String> },
}

impl Route {
    /// To begin an observation, about `person` where one is chosen already.
    #[must_use]
    pub fn begin(class: Class, person: Option<Uuid>) -> Route {
        let person = person.map(|id| id.to_string()).unwrap_or_default();
        Route::Begin {
            class: class.as_str().to_owned(),
            person,
            site: String::new(),
            standard: String::new(),
        }
    }

    /// To audit a site.
    #[must_use]
    pub fn audit_of(site: Uuid) -> Route {
        Route::Begin {
            class: Class::Audit.as_str().to_owned(),
            person: String::new(),
            site: site.to_string(),
            standard: String::new(),
        }
    }

    /// To begin an observation by one standard, and by no other of its class.
    #[must_use]
    pub fn begin_by(row: &StandardRow, person: Option<Uuid>, site: Option<Uuid>) -> Route {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Route::Begin {
            class: row.class.as_str().to_owned(),
            person: id(person),
            site: id(site),
            standard: row.standard.standard.to_string(),
        }
    }

    /// The same once more: by the same standard, about the same person, at the same site.
    #[must_use]
    pub fn again(record: &RecordRow) -> Route {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Route::Begin {
            class: record.class.as_str().to_owned(),
            person: id(record.subject),
            site: id(record.site),
            standard: record.standard.standard.to_string(),
        }
    }

    /// One of the places in the navigation bar: on a phone only these show it.
    #[must_use]
    pub fn is_top(&self) -> bool {
        matches!(
            self,
            Route::TodayPage {} | Route::PeoplePage {} | Route::RecordsPage {} | Route::MorePage {}
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// U1: what re-validates somebody is the practice that was coached, where it was.
    #[test]
    fn a_re_check_is_by_the_same_standard_about_the_same_person_at_the_same_site() {
        let record: RecordRow = serde_json::from_value(serde_json::json!({
            "id": Uuid::from_u128(1), "class": "shadow", "title": {"en": "Escalation: simulated call"},
            "standard": {"standard": Uuid::from_u128(2), "version": 3},
            "site": Uuid::from_u128(4), "site_name": "Birch Court",
            "subject": Uuid::from_u128(5), "subject_name": "Rashid Karimi",
            "author": Uuid::from_u128(6), "author_name": "Sam Rivera",
            "at": "2026-11-24T07:00:00-05:00", "happened_at": "2026-11-24T07:00:00-05:00",
            "state": "submitted", "verdict": {}, "sent": "with_server",
        }))
        .unwrap();
        let id = |n| Uuid::from_u128(n).to_string();
        let expected = Route::Begin { class: "shadow".into(), person: id(5), site: id(4), standard: id(2) };
        assert_eq!(Route::again(&record), expected);
    }
}
