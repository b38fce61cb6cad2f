//! A name is found where it is one, and credited to nobody where it is several people's.

use super::*;

fn said(names: &[&str], lang: &str, text: &str) -> String {
    let known = Known::new(names.iter().enumerate().map(|(n, name)| (n + 1, *name)), lang);
    let mut out = String::new();
    let mut from = 0;
    for hit in known.find(text) {
        out.push_str(&text[from..hit.at.start]);
        out.push_str(&hit.whose.map_or("#?".to_owned(), |whose| format!("#{whose}")));
        from = hit.at.end;
    }
    out + &text[from..]
}

#[test]
fn an_ordinary_word_is_a_name_only_where_it_is_written_as_one() {
    for (lang, name, text, left) in [
        ("es", "Wei Tan", "No llegó tan tarde", "No llegó tan tarde"),
        ("es", "Wei Tan", "Tan pronto como pudo. Tan tarde", "Tan pronto como pudo. Tan tarde"),
        ("es", "Wei Tan", "La enfermera Tan firmó con Tan", "La enfermera #1 firmó con #1"),
        ("es", "Wei Tan", "Sra. Tan. Wei llegó; wei tan firmó", "Sra. #1. #1 llegó; #1 firmó"),
        ("es", "Wei Tan", "NO LLEGÓ TAN TARDE", "NO LLEGÓ TAN TARDE"),
        ("es", "Ana de la Cruz", "la cruz de la puerta; de Ana", "la cruz de la puerta; de #1"),
        ("es", "Ana de la Cruz", "Con Ana de la Cruz y la señora Cruz", "Con #1 y la señora #1"),
        ("es", "Rosa Flores", "Rosa Flores firmó. Rosa firmó", "#1 firmó. Rosa firmó"),
        ("es", "Luz León Paz", "Paz, Luz firmó en paz", "#1, #1 firmó en paz"),
        ("en", "Mary May", "In May Mary may come; Mary May came", "In May #1 may come; #1 came"),
        ("en", "Mary May", "Ms May and nurse May in May", "Ms #1 and nurse #1 in May"),
        (
            "en",
            "Will Day",
            "Will it be a day? It will. We saw Will, Day and will day",
            "Will it be a day? It will. We saw #1 and will day",
        ),
        (
            "en",
            "Rose Grant",
            "She rose. \u{201c}Rose it is\u{201d}; with Rose",
            "She rose. \u{201c}Rose it is\u{201d}; with #1",
        ),
        ("en", "K. Long", "K. Long took long", "#1 took long"),
        ("en", "Van Tran", "She saw Van in the van", "She saw #1 in the van"),
        ("en", "An Walker", "an hour; her walker. With An", "an hour; her walker. With #1"),
        ("es", "Domingo Rey", "el domingo, con Domingo", "el domingo, con #1"),
    ] {
        assert_eq!(said(&[name], lang, text), left, "{name}");
    }
}

/// In the other language's words a capital at the start of a sentence is still a name.
#[test]
fn words_of_the_other_language_are_ordinary_only_in_small_letters() {
    assert_eq!(said(&["Ana Luna"], "en", "Luna signed: hoy hay luna"), "#1 signed: hoy hay luna");
    assert_eq!(said(&["Rose Ng"], "es", "Rose firmó: it rose"), "#1 firmó: it rose");
}

#[test]
fn a_name_that_is_no_word_is_found_however_it_is_written() {
    assert_eq!(
        said(&["Sam Rivera", "Rosa Rivera Tan"], "en", "rosa rivera tan, sam rivera, RIVERA"),
        "#2, #1, #?"
    );
}

#[test]
fn a_name_that_several_people_share_is_credited_to_none_of_them() {
    for (names, text, left) in [
        (["Sam Rivera", "Rosa Rivera"], "Rivera signed; Ms Rivera and Sam", "#? signed; Ms #? and #1"),
        (["Sam Rivera", "Rosa Rivera"], "Rivera, Rosa came; S. Rivera left", "#2, #2 came; S. #? left"),
        (["Ana Ruiz", "Ana Ruiz"], "Ana Ruiz signed late", "#? signed late"),
        (["Li", "Li"], "Li signed late", "#? signed late"),
        (["Ana Ruiz", "Ana Ruiz Soto"], "Ana Ruiz, Ana Ruiz Soto, Soto", "#1, #2, #2"),
        (["Ana María Ruiz", "José Ruiz"], "Ana Ruiz firmó; Ruiz también", "#1 #1 firmó; #? también"),
    ] {
        assert_eq!(said(&names, "es", text), left, "{names:?}");
    }
}
