//! The last day and a half, hour by hour before now: so that every screen has something true to
//! show the moment somebody opens it.
//!
//! Invariant: told oldest first, because a device's clock never goes back.

use chrono::{DateTime, FixedOffset, TimeDelta};
use fieldproof::engine::api::Request;
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use super::SeedError;
use super::fill::Practice;
use super::react::{self, Mood};
use super::words;
use super::world::World;

pub async fn run(world: &mut World) -> Result<(), SeedError> {
    let sites: Vec<usize> = (0..world.sites.len()).collect();
    for &site in &sites {
        handoff(world, site, 0, 31).await?;
    }
    // Waits for its review for more than a day: the clock on it is over.
    let late = site_of(world, 0, 1);
    note(world, late, 3, 30).await?;
    for &site in &sites {
        send(world, site, &[0, 3]).await?;
    }
    let to_send_back = look_soon(world).await?;

    for &site in &sites {
        let next = staff(world, site, 1)?;
        world.sync(&[next]).await?;
        react::react(world, next, before(world, 22), Mood::USUAL).await?;
        handoff(world, site, 1, 21).await?;
        send(world, site, &[1]).await?;
    }

    // Notes that wait, and one that came back to the person whose link is printed.
    let mut waiting = Vec::new();
    for (site, place, hours) in [(0, 0, 16), (3, 2, 15), (6, 2, 13)] {
        let site = site_of(world, site, 0);
        waiting.push((site, note(world, site, place, hours).await?));
        send(world, site, &[place]).await?;
    }
    if let Some((site, Some((record, standard)))) = waiting.first().copied() {
        let lead = world.site(site)?.lead;
        world.sync(&[lead]).await?;
        world.member(lead)?.device.at(before(world, 12));
        react::review(world, lead, record, standard, false).await?;
        coached_check(world, site, 0, 11).await?;
        world.send(&[lead]).await?;
    }

    for &site in &sites {
        let next = staff(world, site, 2)?;
        world.sync(&[next]).await?;
        react::react(world, next, before(world, 9), Mood { acknowledges: 0.5, tasks: 0.3, ..Mood::USUAL })
            .await?;
        handoff(world, site, 2, 8).await?;
        send(world, site, &[2]).await?;
    }
    for &site in &sites {
        handoff(world, site, 3, 3).await?;
        send(world, site, &[3]).await?;
    }
    if let (Some(record), Some(&quality)) = (to_send_back, world.quality.first()) {
        world.sync(&[quality]).await?;
        world.member(quality)?.device.at(before(world, 2));
        let reason = words::RETURNED.first().copied().unwrap_or_default().to_owned();
        react::tell(world, quality, Request::Return { record, reason }).await?;
        world.send(&[quality]).await?;
    }
    Ok(())
}

fn before(world: &World, hours: i64) -> DateTime<FixedOffset> {
    world.plan.now - TimeDelta::hours(hours)
}

/// That site, or another where the organisation is smaller.
fn site_of(world: &World, wanted: usize, or: usize) -> usize {
    if wanted + or < world.sites.len() { wanted + or } else { 0 }
}

fn staff(world: &World, site: usize, place: usize) -> Result<usize, SeedError> {
    let staff = &world.site(site)?.staff;
    staff.get(place).copied().ok_or_else(|| SeedError::Machine("nobody works there".into()))
}

async fn send(world: &mut World, site: usize, places: &[usize]) -> Result<(), SeedError> {
    let who = places.iter().map(|&place| staff(world, site, place)).collect::<Result<Vec<_>, _>>()?;
    world.send(&who).await
}

async fn handoff(world: &mut World, site: usize, place: usize, hours: i64) -> Result<(), SeedError> {
    let who = staff(world, site, place)?;
    let minutes = world.rng.between(0, 40);
    let at = before(world, hours) + TimeDelta::minutes(minutes);
    world.member(who)?.device.at(at);
    let Some(standard) = world.standard(Class::Handoff, &["handoff"]) else { return Ok(()) };
    let mut how = world.practice(who, &standard.competency, at)?;
    // The newest leave something to do today, for the person whose link is printed as well.
    if hours < 10 {
        how.tasks = 1.0;
        how.due = (hours + 1, hours + 6);
        how.owners = world.ids(&[staff(world, site, 0)?]);
    }
    let id = world.site(site)?.id;
    react::write(world, who, id, standard.reference(), &how).await?;
    Ok(())
}

type Written = Option<(Uuid, fieldproof::practice::standard::StandardRef)>;

async fn note(world: &mut World, site: usize, place: usize, hours: i64) -> Result<Written, SeedError> {
    let who = staff(world, site, place)?;
    let at = before(world, hours);
    world.member(who)?.device.at(at);
    let Some(standard) = world.standard(Class::Scenario, &[]) else { return Ok(None) };
    let how = world.practice(who, &standard.competency, at)?;
    let id = world.site(site)?.id;
    let record = react::write(world, who, id, standard.reference(), &how).await?;
    Ok(Some((record, standard.reference())))
}

/// Every supervisor coached somebody yesterday and said to look again today or tomorrow. Gives the
/// first supervisor's record.
async fn look_soon(world: &mut World) -> Result<Option<Uuid>, SeedError> {
    let leads = world.leads.clone();
    world.sync(&leads).await?;
    let mut first = None;
    for lead in leads {
        let Some(&site) = world.sites_of(lead).first() else { continue };
        // Not about whose cycle holds (`script::HELD_BY`).
        let record = coached_check(world, site, 2, 29).await?;
        first = first.or(record);
    }
    let leads = world.leads.clone();
    world.send(&leads).await?;
    Ok(first)
}

/// A check that found something.
async fn coached_check(
    world: &mut World,
    site: usize,
    place: usize,
    hours: i64,
) -> Result<Option<Uuid>, SeedError> {
    let (lead, subject) = (world.site(site)?.lead, staff(world, site, place)?);
    let Some(standard) = world.standard(Class::Check, &["medication"]) else { return Ok(None) };
    let at = before(world, hours);
    world.member(lead)?.device.at(at);
    let look_again = (world.plan.now.date_naive() - at.date_naive()).num_days() + i64::from(hours < 20);
    let how = Practice { met: 0.5, look_again, ..world.practice(subject, &standard.competency, at)? };
    let id = world.site(site)?.id;
    let record = react::observe(world, lead, subject, id, standard.reference(), Some(how)).await?;
    Ok(Some(record))
}
