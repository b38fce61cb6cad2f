use proptest::prelude::*;
use serde_json::json;

use super::*;

fn standard(value: &serde_json::Value) -> Standard {
    let mut whole = json!({
        "standard": uuid::Uuid::from_u128(1), "version": 1, "class": "check", "competency": "medication",
        "title": {"en": "Check"}, "items": [{"id": "a", "form": "mark", "text": {"en": "MAR current"}}]
    });
    for (key, member) in value.as_object().unwrap() {
        whole[key] = member.clone();
    }
    serde_json::from_value(whole).unwrap()
}

#[test]
fn a_log_line_names_the_item_and_what_became_of_it() {
    let was = standard(&json!({"items": [
        {"id": "a", "form": "mark", "text": {"en": "MAR current"}},
        {"id": "b", "form": "mark", "text": {"en": "Dose checked"}},
        {"id": "gone", "form": "text", "text": {"en": "Anything else"}}
    ]}));
    let now = standard(&json!({"share": 0.8, "items": [
        {"id": "b", "form": "mark", "text": {"en": "Dose checked twice"}, "critical": true},
        {"id": "a", "form": "mark", "text": {"en": "MAR current"}, "choices": []},
        {"id": "new", "form": "number", "text": {"en": "Minutes late"}}
    ]}));
    let told: Vec<(String, What)> = diff(&was, &now)
        .into_iter()
        .map(|one| match one.place {
            Place::Item { id, .. } => (id, one.what),
            _ => (String::new(), one.what),
        })
        .collect();
    let worded =
        What::Worded { part: Part::Text, was: "Dose checked".into(), now: "Dose checked twice".into() };
    let expected = [
        ("", What::Share { was: 1.0, now: 0.8 }),
        ("gone", What::Removed),
        ("new", What::Added),
        ("", What::Reordered),
        ("b", worded),
        ("b", What::Switched { part: Part::Critical, on: true }),
    ];
    assert_eq!(told, expected.map(|(id, what)| (id.to_owned(), what)));
}

/// Small pages of few letters, so that two of them are often nearly the same.
fn any_standard() -> impl Strategy<Value = Standard> {
    let word = || prop::sample::select(vec!["", "x", "y"]);
    let item = (
        prop::sample::select(vec!["a", "b", "c"]),
        prop::sample::select(vec!["mark", "text", "choice"]),
        word(),
        word(),
        any::<[bool; 3]>(),
        prop::option::of(0u8..2),
        prop::sample::select(vec![json!([]), json!([{"id": "k", "text": {"en": "k"}}])]),
    )
        .prop_map(|(id, form, text, good, [critical, optional, not_seen], min, choices)| {
            json!({"id": id, "form": form, "text": {"en": text}, "good": {"en": good}, "critical": critical,
                   "optional": optional, "not_seen": not_seen, "min": min, "choices": choices})
        });
    let items = prop::collection::vec(item, 0..3).prop_map(|mut items| {
        let mut seen = std::collections::BTreeSet::new();
        items.retain(|item| seen.insert(item["id"].as_str().unwrap().to_owned()));
        items
    });
    let refresher = (prop::sample::select(vec!["r", "s"]), word(), 1u8..3).prop_map(
        |(id, text, n)| json!({"id": id, "title": {"en": "R"}, "text": {"en": text}, "minutes": n}),
    );
    let later = prop::option::of(0u8..2);
    (items.clone(), items, prop::option::of(refresher), word(), any::<bool>(), later, 1u32..4).prop_map(
        |(items, review, refresher, purpose, consent, later, version)| {
            let mut page = json!({"items": items, "review": review, "purpose": {"en": purpose},
                "refreshers": refresher.into_iter().collect::<Vec<_>>(), "consent": consent, "version": version});
            if let Some(later) = later {
                page["from_a_newer_version"] = json!(later);
            }
            standard(&page)
        },
    )
}

fn without_number(standard: &Standard) -> Standard {
    Standard { version: 1, change: Text::default(), ..standard.clone() }
}

proptest! {
    #[test]
    fn no_difference_means_the_same_page(was in any_standard(), now in any_standard()) {
        let same = without_number(&was) == without_number(&now);
        prop_assert_eq!(diff(&was, &now).is_empty(), same);
        prop_assert!(diff(&was, &was).is_empty());
    }

    /// What one way adds, the other way removes; and every other change is one both ways.
    #[test]
    fn backwards_it_tells_the_opposite(was in any_standard(), now in any_standard()) {
        let count = |all: &[Difference], wanted: &What| all.iter().filter(|one| one.what == *wanted).count();
        let (there, back) = (diff(&was, &now), diff(&now, &was));
        prop_assert_eq!(count(&there, &What::Added), count(&back, &What::Removed));
        prop_assert_eq!(count(&there, &What::Reordered), count(&back, &What::Reordered));
        prop_assert_eq!(there.len(), back.len());
    }
}
