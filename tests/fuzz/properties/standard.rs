//! A standard from anywhere: it reads or it does not, its faults are told, and whatever it asks can be
//! drafted and weighed.

use std::collections::BTreeMap;

use chrono::DateTime;
use fieldproof::practice::draft::{Answer, Content, Draft, Mark};
use fieldproof::practice::record::verdict;
use fieldproof::practice::standard::{Form, Standard};
use fieldproof::practice::starters::starters;
use uuid::Uuid;

pub fn check(data: &[u8]) {
    let Ok(standard) = serde_json::from_slice::<Standard>(data) else { return };
    let text = serde_json::to_vec(&standard).expect("what was read can be written");
    assert_eq!(serde_json::from_slice::<Standard>(&text).expect("and read again"), standard);

    let faults = standard.faults();
    let mut content = Content::new(standard.reference());
    content.answers = standard.items.iter().map(|item| (item.id.clone(), answer(item.form))).collect();
    for item in &standard.items {
        let answer = content.answers.get_mut(&item.id).unwrap();
        answer.choice = item.choices.first().map(|choice| choice.id.clone());
        answer.number = item.min.or(item.max).or(Some(0.0));
    }
    let told = verdict(&standard, &content.answers);
    let none = verdict(&standard, &BTreeMap::new());
    assert!(none.missed.is_empty() && !none.critical);
    if faults.is_empty() {
        let marked = standard.items.iter().filter(|item| item.form == Form::Mark).count();
        assert!(told.missed.len() >= marked, "every item that was marked as missed is named");
    }
    let draft = Draft {
        id: Uuid::nil(),
        class: standard.class,
        site: Some(Uuid::nil()),
        subject: Some(Uuid::nil()),
        content,
        tasks: Vec::new(),
        item: None,
        begun_at: DateTime::UNIX_EPOCH.fixed_offset(),
        amends: None,
        corrects: None,
        trial: false,
    };
    let _ = draft.open(&standard);
}

fn answer(form: Form) -> Answer {
    match form {
        Form::Mark => Answer::mark(Mark::NotMet),
        _ => Answer { text: "said".into(), ..Answer::default() },
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    starters().iter().map(|standard| serde_json::to_vec(standard).unwrap()).collect()
}
