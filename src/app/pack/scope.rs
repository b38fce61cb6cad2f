//! What a pack is about, as a part of the address: `person.UUID`, `theme.CODE.UUID` …

use uuid::Uuid;

use crate::app::route::Route;
use crate::engine::api::PackScope;

/// The place where a pack about this is made.
#[must_use]
pub fn link(scope: &PackScope) -> Route {
    let about = match scope {
        PackScope::Person { person } => format!("person.{person}"),
        PackScope::Site { site } => format!("site.{site}"),
        PackScope::FollowUp { id } => format!("follow.{id}"),
        PackScope::Theme { competency, site: Some(site) } => format!("theme.{competency}.{site}"),
        PackScope::Theme { competency, site: None } => format!("theme.{competency}"),
    };
    Route::PackPage { about }
}

/// Reads it back; none where it is no such place.
#[must_use]
pub fn about(text: &str) -> Option<PackScope> {
    let (what, rest) = text.split_once('.')?;
    let id = |text: &str| text.parse::<Uuid>().ok();
    Some(match what {
        "person" => PackScope::Person { person: id(rest)? },
        "site" => PackScope::Site { site: id(rest)? },
        "follow" => PackScope::FollowUp { id: id(rest)? },
        "theme" => match rest.rsplit_once('.') {
            Some((competency, site)) if id(site).is_some() => {
                PackScope::Theme { competency: competency.to_owned(), site: id(site) }
            }
            _ => PackScope::Theme { competency: rest.to_owned(), site: None },
        },
        _ => return None,
    })
}
