//! The large buttons: what this role may begin, its usual work first.

use dioxus::prelude::*;

use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Go, Icon};
use crate::practice::rights::Role;
use crate::practice::standard::Class;

/// In the order of the buttons, its usual work first; what the table of rights refuses is not shown.
fn classes(role: Role) -> &'static [Class] {
    match role {
        Role::Supervisor | Role::Quality => &[Class::Check, Class::Shadow, Class::Handoff, Class::Scenario],
        Role::Staff => &[Class::Handoff, Class::Scenario, Class::Note],
        Role::Admin => &[Class::Handoff],
    }
}

#[component]
pub fn Begin() -> Element {
    let app = use_app();
    let may = |class: &&Class| app.may(&format!("{}.submitted", class.as_str()));
    let classes: Vec<Class> = classes(app.role()).iter().filter(may).copied().collect();
    if classes.is_empty() {
        return rsx! {};
    }
    rsx! {
        section { class: "begin", "aria-labelledby": "begin-title", "data-test": "begin",
            h2 { id: "begin-title", {t("today-begin")} }
            div { class: "begin-grid",
                for (n , class) in classes.into_iter().enumerate() {
                    Go {
                        key: "{class.as_str()}",
                        to: Route::begin(class, None),
                        class: if n == 0 { "big big-first" } else { "big" },
                        test: "begin-{class.as_str()}",
                        span { class: "ic", Icon { icon: names::class_icon(class) } }
                        span { {names::class(class)} }
                    }
                }
            }
        }
    }
}
