use super::*;

const NEW: Option<Version> = Some(Version(1, 95));
const OLD: Option<Version> = Some(Version(1, 85));

/// rustup's Rust, new enough, and nothing else.
fn bare() -> Machine {
    Machine {
        wanted: Version(1, 95),
        own: NEW,
        own_has_target: false,
        rustup: Attempt::Possible,
        distribution: None,
        offered: None,
        packages: Attempt::No,
    }
}

fn failed() -> Attempt {
    Attempt::Failed("no network".into())
}

fn told(machine: &Machine) -> String {
    match next(machine, "wasm32-unknown-unknown") {
        Step::Neither(why) => why,
        other => panic!("{other:?} for {machine:?}"),
    }
}

#[test]
fn what_cargo_runs_here_comes_first_and_the_target_is_fetched() {
    // K1 and K2: Debian 12 with rustup, whose own Rust was 1.85 that day.
    let fresh = Machine { offered: OLD, packages: Attempt::Possible, ..bare() };
    assert_eq!(next(&fresh, "t"), Step::Fetch);
    assert_eq!(next(&Machine { own_has_target: true, ..fresh.clone() }, "t"), Step::Own);
    // Even where the distribution's would do.
    let both = Machine { distribution: Some(Version(1, 96)), ..fresh };
    assert_eq!(next(&both, "t"), Step::Fetch);
    assert_eq!(next(&Machine { own_has_target: true, ..both }, "t"), Step::Own);
}

#[test]
fn a_distribution_is_asked_only_where_it_is_new_enough() {
    let apart = Machine { rustup: failed(), packages: Attempt::Possible, ..bare() };
    assert_eq!(next(&Machine { offered: NEW, ..apart.clone() }, "t"), Step::Install);
    assert_eq!(next(&Machine { distribution: NEW, ..apart.clone() }, "t"), Step::Distribution);
    for (distribution, offered) in [(OLD, None), (None, OLD), (OLD, OLD), (None, None)] {
        let machine = Machine { distribution, offered, ..apart.clone() };
        assert!(matches!(next(&machine, "t"), Step::Neither(_)), "{machine:?}");
    }
    // An old one that is there, and a new one that is offered.
    let updated = Machine { distribution: OLD, offered: NEW, ..apart };
    assert_eq!(next(&updated, "t"), Step::Install);
}

#[test]
fn an_old_rust_is_never_used_for_having_the_target() {
    let old = Machine { own: OLD, own_has_target: true, ..bare() };
    assert!(told(&old).contains("rustup update"), "{}", told(&old));
    let without = Machine { rustup: Attempt::No, ..old.clone() };
    assert!(told(&without).contains("https://rustup.rs"), "{}", told(&without));
    assert_eq!(next(&Machine { distribution: NEW, ..old }, "t"), Step::Distribution);
}

#[test]
fn where_nothing_is_to_be_had_the_way_out_is_named() {
    let apart = Machine { rustup: failed(), offered: OLD, packages: Attempt::Possible, ..bare() };
    let why = told(&apart);
    assert!(why.contains("rustup target add wasm32-unknown-unknown"), "{why}");
    assert!(why.contains("no network") && why.contains("1.85, too old"), "{why}");
    let refused = Machine { offered: NEW, packages: Attempt::Failed("sudo apt-get".into()), ..apart };
    assert!(told(&refused).contains("sudo apt-get"), "{}", told(&refused));
    let nothing = Machine { own: None, rustup: Attempt::No, ..bare() };
    assert!(told(&nothing).contains("https://rustup.rs"));
}

/// Whatever is there: no step is taken twice, and each way ends.
#[test]
fn every_machine_comes_to_an_end() {
    let versions = [None, OLD, NEW];
    let attempts = [Attempt::No, Attempt::Possible, failed()];
    for own in versions {
        for own_has_target in [false, true] {
            for rustup in &attempts {
                for distribution in versions {
                    for offered in versions {
                        for packages in &attempts {
                            let mut machine = Machine {
                                wanted: Version(1, 95),
                                own,
                                own_has_target,
                                rustup: rustup.clone(),
                                distribution,
                                offered,
                                packages: packages.clone(),
                            };
                            for tries in 0.. {
                                assert!(tries < 3, "{machine:?}");
                                match next(&machine, "t") {
                                    Step::Fetch => machine.rustup = failed(),
                                    Step::Install => machine.packages = failed(),
                                    Step::Own => {
                                        assert!(own_has_target && own == NEW);
                                        break;
                                    }
                                    Step::Distribution => {
                                        assert_eq!(distribution, NEW);
                                        break;
                                    }
                                    Step::Neither(why) => {
                                        assert!(!why.is_empty());
                                        break;
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_wanted_is_what_the_workspace_says() {
    let manifest = std::fs::read_to_string(sh::root().join("Cargo.toml")).unwrap_or_default();
    assert!(wanted(&manifest).is_some_and(|version| version >= Version(1, 95)));
    assert_eq!(wanted("[package]\nname = \"x\"\nversion = \"2.3.4\"\n"), None);
}
