//! Every form outside of an observation, and how a person comes to the field of it in which they type.
//!
//! The unit test `complete` holds this against the source; the browser test `forms` types into all of them,
//! locks, unlocks, kills and opens. It reads this file as it is: nothing of the crate is used here.

/// A form of the kit.
pub struct Listed {
    /// The name that its text is kept under.
    pub form: &'static str,
    /// The module under `src/app`.
    pub file: &'static str,
    /// Who opens it in the browser test.
    pub who: &'static str,
    /// The page; a word in braces is the id of what it is about.
    pub page: &'static str,
    /// What is tapped there, one after the other, until the field is on the screen.
    pub taps: &'static [&'static str],
    /// The field with words in it.
    pub field: &'static str,
}

const fn listed(
    form: &'static str,
    file: &'static str,
    who: &'static str,
    page: &'static str,
    taps: &'static [&'static str],
    field: &'static str,
) -> Listed {
    Listed { form, file, who, page, taps, field }
}

#[rustfmt::skip]
pub const FORMS: &[Listed] = &[
    listed("report", "follow/report.rs", "sam", "/report", &["report-kind-near"], "report-words"),
    listed("visit", "visits/mod.rs", "sam", "/visit-at-risk", &[], "visit-words"),
    listed("visit-step", "visits/steps.rs", "sam", "/follow/{visit}", &["visit-personcontacted"], "visit-note"),
    listed("on-call", "handoff/on_call.rs", "sam", "/on-call", &[], "on-call-words"),
    listed("task", "handoff/mod.rs", "sam", "/tasks", &["task-cancel"], "task-words"),
    listed("cycle", "follow/coach.rs", "sam", "/cycle/{check}", &[], "cycle-weakness"),
    listed("confirm", "follow/going.rs", "sam", "/follow/{escalation}", &["look-at-shift"], "confirm-words"),
    listed("reflection", "follow/going.rs", "sam", "/follow/{rights}", &["reflect"], "reflect-goal"),
    listed("step", "follow/acts.rs", "sam", "/follow/{incident}", &["act-classify"], "follow-note"),
    listed("restriction", "follow/restriction.rs", "sam", "/restrict/{bo}", &[], "restrict-duties"),
    listed("retrain", "patterns/retrain.rs", "sam", "/retrain/{action}", &["retrain-limit"], "retrain-duties"),
    listed("act", "record/actions.rs", "sam", "/records/{check}", &["withdraw"], "act-words"),
    listed("settle", "record/settle.rs", "sam", "/settle/{disputed}", &[], "settle-reason"),
    listed("review", "review/mod.rs", "sam", "/review/{scenario}", &[], "feedback"),
    listed("action", "follow/action.rs", "quinn", "/action/{incident}", &[], "action-what"),
    listed("reassign", "follow/assign.rs", "quinn", "/follow/{action}", &["act-reassign"], "reassign-why"),
    listed("improvement", "improve/begin.rs", "quinn", "/improve?programme=&area=", &[], "improve-aim"),
    listed("improvement-step", "improve/view.rs", "quinn", "/follow/{improvement}", &["improve-note"], "improve-words"),
    listed("assessment", "improve/assess.rs", "quinn", "/assess?programme=", &[], "outcomes_defined-note"),
    listed("month", "insight/review.rs", "quinn", "/insight/month/1", &["month-review"], "review-note"),
    listed("settings", "settings/mod.rs", "quinn", "/thresholds", &[], "settings-reason"),
    listed("settle-setting", "settings/log.rs", "quinn", "/thresholds", &[], "settle-pattern-days"),
    listed("retire", "standards/log.rs", "quinn", "/standards/{standard}/1", &["retire"], "retire-reason"),
    listed("publish", "standards/edit/publish.rs", "quinn", "/standards/{standard}/1", &["write-next", "publish"], "publish-reason"),
    listed("org", "admin/org.rs", "ada", "/admin/org", &[], "org-name"),
    listed("person", "admin/person.rs", "ada", "/admin/person/new", &[], "person-name"),
    listed("site", "admin/site.rs", "ada", "/admin/site/new", &[], "site-name"),
];
