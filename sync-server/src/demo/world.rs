//! The simulated organisation while it is being written: sites, people with their devices, and how
//! well each of them practises.
//!
//! Invariant: chances come from the seed and the order of the days alone, never from the real clock.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};
use fieldproof::practice::standard::{Class, Standard};
use uuid::Uuid;

use super::cast::Shape;
use super::device::Device;
use super::fill::Practice;
use super::rng::Rng;
use super::stories::Told;
use super::{Guest, Plan, SeedError, Seeded};

/// What becomes of someone's practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// As most people: good, and a little better each time.
    Steady,
    /// Weak at first; coaching helps, and it holds.
    Improves,
    /// Coaching helps, then evenings and weekends slip back.
    SlipsBack,
}

pub struct Member {
    pub device: Device,
    pub name: String,
    pub story: Story,
    /// How they began, 0 to 1.
    pub base: f64,
    /// How often each competency was coached.
    pub coached: BTreeMap<String, u32>,
    /// Something was written that no sync carried yet.
    pub wrote: bool,
}

pub struct Site {
    pub id: Uuid,
    pub programme: &'static str,
    /// Places in [`World::people`].
    pub lead: usize,
    pub staff: Vec<usize>,
}

pub struct World {
    pub plan: Plan,
    pub shape: Shape,
    pub people: Vec<Member>,
    pub sites: Vec<Site>,
    pub quality: Vec<usize>,
    pub leads: Vec<usize>,
    pub standards: Vec<Standard>,
    pub rng: Rng,
    pub records: u64,
    /// What the stories have begun.
    pub told: Told,
    /// Whose practice of which competency holds, so that chance does not tell another story.
    pub holds: BTreeSet<(usize, String)>,
}

impl World {
    pub fn member(&self, index: usize) -> Result<&Member, SeedError> {
        self.people.get(index).ok_or_else(|| SeedError::Machine("nobody there".into()))
    }

    pub fn member_mut(&mut self, index: usize) -> Result<&mut Member, SeedError> {
        self.people.get_mut(index).ok_or_else(|| SeedError::Machine("nobody there".into()))
    }

    pub fn site(&self, index: usize) -> Result<&Site, SeedError> {
        self.sites.get(index).ok_or_else(|| SeedError::Machine("no such site".into()))
    }

    pub fn ids(&self, of: &[usize]) -> Vec<Uuid> {
        of.iter().filter_map(|&index| self.people.get(index)).map(|member| member.device.person).collect()
    }

    /// Who has this id.
    pub fn index_of(&self, person: Uuid) -> Option<usize> {
        self.people.iter().position(|member| member.device.person == person)
    }

    /// The sites that a supervisor leads.
    pub fn sites_of(&self, lead: usize) -> Vec<usize> {
        (0..self.sites.len())
            .filter(|&site| self.sites.get(site).is_some_and(|site| site.lead == lead))
            .collect()
    }

    /// One of the published standards of a class, those of the wanted competencies before others.
    pub fn standard(&mut self, class: Class, wanted: &[&str]) -> Option<Standard> {
        let of_class: Vec<&Standard> =
            self.standards.iter().filter(|standard| standard.class == class).collect();
        let fitting: Vec<&Standard> = of_class
            .iter()
            .copied()
            .filter(|standard| wanted.contains(&standard.competency.as_str()))
            .collect();
        let from = if fitting.is_empty() { of_class } else { fitting };
        self.rng.pick(&from).map(|standard| (*standard).clone())
    }

    /// A standard by its exact version.
    pub fn published(&self, of: fieldproof::practice::standard::StandardRef) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.reference() == of)
    }

    /// How far the simulated time is, 0 to 1.
    pub fn progress(&self, at: DateTime<FixedOffset>) -> f64 {
        let days = i32::try_from((self.plan.now - at).num_days()).unwrap_or(0);
        let of = i32::try_from(self.shape.days).unwrap_or(1).max(1);
        (1.0 - f64::from(days) / f64::from(of)).clamp(0.0, 1.0)
    }

    /// How well somebody does something at a time.
    pub fn practice(
        &mut self,
        who: usize,
        competency: &str,
        at: DateTime<FixedOffset>,
    ) -> Result<Practice, SeedError> {
        use chrono::{Datelike, Timelike};
        let progress = self.progress(at);
        let late = at.hour() >= 17 || at.weekday().number_from_monday() > 5;
        let member = self.member(who)?;
        let coached = f64::from(member.coached.get(competency).copied().unwrap_or(0));
        let met = match member.story {
            _ if self.holds.contains(&(who, competency.to_owned())) => 1.0,
            Story::Steady => (member.base + 0.03 * coached).min(0.975),
            Story::Improves => (member.base + 0.14 * coached).min(0.97),
            Story::SlipsBack if progress > 0.72 && late => 0.58,
            Story::SlipsBack => (member.base + 0.16 * coached).min(0.96),
        };
        let look_again = self.rng.between(6, 14);
        Ok(Practice {
            met,
            unknown: 0.34 - 0.27 * progress,
            owners: Vec::new(),
            tasks: 0.36,
            due: (3, 30),
            look_again,
        })
    }

    /// That day at that local time.
    pub fn moment(&self, day: NaiveDate, hour: u32, minute: u32) -> DateTime<FixedOffset> {
        let time = NaiveTime::from_hms_opt(hour.min(23), minute.min(59), 0).unwrap_or_default();
        self.plan.now.offset().from_local_datetime(&day.and_time(time)).single().unwrap_or(self.plan.now)
    }

    /// Lets devices exchange, all at once, as in the morning when everybody has signal.
    pub async fn sync(&mut self, who: &[usize]) -> Result<(), SeedError> {
        let devices = who.iter().filter_map(|&index| self.people.get(index));
        let all = futures::future::join_all(devices.map(|member| member.device.sync())).await;
        all.into_iter().collect::<Result<Vec<()>, SeedError>>()?;
        for &index in who {
            self.member_mut(index)?.wrote = false;
        }
        Ok(())
    }

    /// The same for those who wrote something.
    pub async fn send(&mut self, who: &[usize]) -> Result<(), SeedError> {
        let wrote: Vec<usize> = who
            .iter()
            .copied()
            .filter(|&index| self.people.get(index).is_some_and(|member| member.wrote))
            .collect();
        self.sync(&wrote).await
    }

    /// Every device has all that it may read and the server has all that it wrote.
    pub async fn all_synced(&mut self) -> Result<(), SeedError> {
        let everyone: Vec<usize> = (0..self.people.len()).collect();
        for some in everyone.chunks(16) {
            self.sync(some).await?;
        }
        Ok(())
    }

    pub fn seeded(&self, org: Uuid) -> Result<Seeded, SeedError> {
        let guest = |role: &str, index: usize, about: &str| -> Result<Guest, SeedError> {
            let member = self.member(index)?;
            Ok(Guest {
                role: role.to_owned(),
                name: member.name.clone(),
                person: member.device.person,
                about: about.to_owned(),
            })
        };
        let first = self.site(0)?;
        let quality = self.quality.first().copied().unwrap_or(0);
        let guests = vec![
            guest(
                "supervisor",
                first.lead,
                "notes to review, coaching to look at again, a record sent back",
            )?,
            guest(
                "staff",
                first.staff.first().copied().unwrap_or(0),
                "a handoff to acknowledge, tasks for today, a note to work on again",
            )?,
            guest(
                "quality lead",
                quality,
                "a pattern that was caught, a cycle that held and one that slipped back, training that did not answer a gap",
            )?,
            guest("administrator", 0, "people, sites, devices")?,
        ];
        Ok(Seeded {
            org,
            guests,
            events: 0,
            devices: self.people.len(),
            records: self.records,
            stands: BTreeMap::new(),
        })
    }
}
