//! The people: who they are, what was last seen of them and when. No ranking, no scores.

mod list;
mod person;

pub use list::{PeopleList, PeoplePage, PersonLine, forget_search};
pub use person::PersonPage;
