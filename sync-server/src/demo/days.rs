//! The months: day by day, each with its shifts, so that times within a device's log rise.
//!
//! Invariant: a day's devices exchange before it begins and after it ends; what happens between is
//! written without a signal.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike};
use fieldproof::engine::api::{RecordFilter, Reply, Request};
use fieldproof::practice::record::State;
use fieldproof::practice::standard::Class;

use super::SeedError;
use super::react::{self, Mood};
use super::stories;
use super::words;
use super::world::World;

/// The last hours are told one by one ([`super::ending`]).
pub const ENDING_HOURS: i64 = 34;

/// Who works at a site today, and when.
#[derive(Clone, Copy)]
struct Turn {
    site: usize,
    who: usize,
    begins: DateTime<FixedOffset>,
    hands_over: DateTime<FixedOffset>,
}

pub async fn run(world: &mut World, tell: &(dyn Fn(&str) + Send + Sync)) -> Result<(), SeedError> {
    let until = world.plan.now - TimeDelta::hours(ENDING_HOURS);
    let first = world.plan.now.date_naive() - TimeDelta::days(world.shape.days);
    let mut month = 0;
    for number in 0..world.shape.days {
        let day = first + TimeDelta::days(number);
        if world.moment(day, 23, 59) > until {
            break;
        }
        if day.month() != month {
            month = day.month();
            let percent = number * 100 / world.shape.days.max(1);
            tell(&format!("{} … {percent} %", day.format("%B %Y")));
        }
        one_day(world, day, number).await?;
        stories::day(world, day).await?;
    }
    Ok(())
}

async fn one_day(world: &mut World, day: NaiveDate, number: i64) -> Result<(), SeedError> {
    let weekend = day.weekday().number_from_monday() > 5;
    let turns = turns(world, day, number)?;
    let mut here: Vec<usize> = turns.iter().map(|turn| turn.who).collect();
    let leads: Vec<usize> = world.leads.clone();
    here.extend(&leads);
    // The quality leads look in once or twice a week.
    let quality: Vec<usize> = match world.quality.get(usize::try_from(number % 8).unwrap_or(0)) {
        Some(&one) if !weekend => vec![one],
        _ => Vec::new(),
    };
    here.extend(&quality);
    world.sync(&here).await?;

    for turn in turns {
        shift(world, turn).await?;
    }
    for (place, lead) in leads.into_iter().enumerate() {
        let minute = u32::try_from(world.rng.between(0, 40)).unwrap_or(0);
        let at = world.moment(day, 8, minute);
        // At weekends they look through what waits for them, and seldom more.
        react::react(world, lead, at, Mood::USUAL).await?;
        if !weekend || world.rng.chance(0.35) {
            // Practice in the evening is looked at as well.
            if world.rng.chance(0.2) {
                world.member(lead)?.device.at(world.moment(day, 17, minute));
            }
            rounds(world, lead).await?;
        }
        if place == 1 && number == world.shape.days * 6 / 10 {
            withdraw(world, lead).await?;
        }
    }
    for one in quality {
        let at = world.moment(day, 11, 20);
        react::react(world, one, at, Mood { looks_again: 0.0, reviews: 0.1, ..Mood::USUAL }).await?;
        if number % 3 == 0 {
            send_back(world, one).await?;
        }
    }
    world.send(&here).await
}

fn turns(world: &mut World, day: NaiveDate, number: i64) -> Result<Vec<Turn>, SeedError> {
    let mut turns = Vec::new();
    for site in 0..world.sites.len() {
        let place = usize::try_from(number).unwrap_or(0) + site;
        let staff = &world.site(site)?.staff;
        let Some(&who) = staff.get(place % staff.len().max(1)) else { continue };
        let minute = u32::try_from(world.rng.between(0, 40)).unwrap_or(0);
        // Early, late or night; each hears of the last handoff before it is a day old.
        let (begins, ends) = match place % 5 {
            0 | 1 => ((6, minute), (13, 15 + minute)),
            2 | 3 => ((6, 10 + minute), (21, 10 + minute)),
            _ => ((4, minute), (5, 10 + minute)),
        };
        turns.push(Turn {
            site,
            who,
            begins: world.moment(day, begins.0, begins.1),
            hands_over: world.moment(day, ends.0, ends.1),
        });
    }
    Ok(turns)
}

async fn shift(world: &mut World, turn: Turn) -> Result<(), SeedError> {
    react::react(world, turn.who, turn.begins, Mood::USUAL).await?;
    let site = world.site(turn.site)?;
    let (id, home_care, owners) = (site.id, site.programme == "Home care", site.staff.clone());
    // Not on nights: a note written before dawn would wait for more than a day.
    if turn.hands_over.hour() > 6 && world.rng.chance(0.08) {
        let class = if world.rng.chance(0.6) { Class::Scenario } else { Class::Note };
        if let Some(standard) = world.standard(class, &[]) {
            let minutes = world.rng.between(25, 50);
            world.member(turn.who)?.device.at(turn.hands_over - TimeDelta::minutes(minutes));
            let how = world.practice(turn.who, &standard.competency, turn.begins)?;
            react::write(world, turn.who, id, standard.reference(), &how).await?;
        }
    }
    if world.rng.chance(0.26) {
        return Ok(());
    }
    let visits = home_care && world.rng.chance(0.5);
    let wanted = if visits { ["visits"] } else { ["handoff"] };
    let Some(standard) = world.standard(Class::Handoff, &wanted) else { return Ok(()) };
    world.member(turn.who)?.device.at(turn.hands_over);
    let mut how = world.practice(turn.who, &standard.competency, turn.hands_over)?;
    how.owners = world.ids(&owners);
    let record = react::write(world, turn.who, id, standard.reference(), &how).await?;
    if world.rng.chance(0.02) {
        let device = &world.member(turn.who)?.device;
        device.at(device.clock() + TimeDelta::minutes(11));
        let reason = world.rng.word(words::AMENDED);
        react::amend(world, turn.who, record, reason).await?;
    }
    Ok(())
}

/// What a supervisor looks at on an ordinary day.
async fn rounds(world: &mut World, lead: usize) -> Result<(), SeedError> {
    for site in world.sites_of(lead) {
        let home_care = world.site(site)?.programme == "Home care";
        let chances = [
            (
                Class::Check,
                0.3,
                if home_care { ["escalation", "medication"] } else { ["medication", "escalation"] },
            ),
            (
                Class::Shadow,
                0.1,
                if home_care { ["welfare", "escalation"] } else { ["handoff", "escalation"] },
            ),
            (Class::Audit, if home_care { 0.05 } else { 0.0 }, ["visits", "documentation"]),
        ];
        for (class, chance, wanted) in chances {
            if !world.rng.chance(chance) {
                continue;
            }
            let Some(standard) = world.standard(class, &wanted) else { continue };
            let staff = world.site(site)?.staff.clone();
            let Some(subject) = world.rng.pick(&staff).copied() else { continue };
            let minutes = world.rng.between(12, 70);
            let device = &world.member(lead)?.device;
            device.at(device.clock() + TimeDelta::minutes(minutes));
            let id = world.site(site)?.id;
            react::observe(world, lead, subject, id, standard.reference(), None).await?;
        }
    }
    Ok(())
}

/// A record about the wrong person: withdrawn, and still there to be read.
async fn withdraw(world: &mut World, lead: usize) -> Result<(), SeedError> {
    let Some(&site) = world.sites_of(lead).first() else { return Ok(()) };
    let site = world.site(site)?;
    let (id, subject) = (site.id, site.staff.first().copied());
    let (Some(subject), Some(standard)) = (subject, world.standard(Class::Check, &[])) else { return Ok(()) };
    let record = react::observe(world, lead, subject, id, standard.reference(), None).await?;
    let device = &world.member(lead)?.device;
    device.at(device.clock() + TimeDelta::minutes(6));
    react::tell(world, lead, Request::Withdraw { record, reason: words::WITHDRAWN.to_owned() }).await
}

/// The quality lead asks about one of the newest checks.
async fn send_back(world: &mut World, quality: usize) -> Result<(), SeedError> {
    let device = &world.member(quality)?.device;
    let filter = RecordFilter { class: Some(Class::Check), limit: 12, ..RecordFilter::default() };
    let Reply::Records(rows) = device.ask(Request::Records { filter }).await? else { return Ok(()) };
    let open: Vec<_> = rows
        .into_iter()
        .filter(|row| row.author != device.person)
        .filter(|row| matches!(row.state, State::Submitted | State::Acknowledged))
        // What proves something in a story stays as it is told.
        .filter(|row| !world.told.knows(row.id))
        .collect();
    let Some(record) = world.rng.pick(&open).map(|row| row.id) else { return Ok(()) };
    let reason = world.rng.word(words::RETURNED).to_owned();
    react::tell(world, quality, Request::Return { record, reason }).await
}
