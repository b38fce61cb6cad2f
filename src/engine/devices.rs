//! Devices and codes: those in a person's name, and for the office those of the organisation.

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::api::{DevicesView, Failure, Owed, PairingMay, PersonRow, SiteName};
use super::core::Open;
use super::owing::Owing;
use crate::practice::rights::Whom;
use crate::store::query::sees_all_sites;
use crate::sync::wire::Role;

impl Open {
    /// The device that this is, as the server knows it.
    fn here(&self) -> Result<Option<Uuid>, Failure> {
        Ok(self.store.meta("device")?.and_then(|id| id.parse().ok()))
    }

    pub(super) fn devices_view(&self, now: DateTime<FixedOffset>) -> Result<DevicesView, Failure> {
        let office = sees_all_sites(self.role()?);
        Ok(DevicesView {
            here: self.here()?,
            mine: self.store.devices(Some(self.person))?,
            all: if office { self.store.devices(None)? } else { Vec::new() },
            codes: self.store.open_codes(if office { None } else { Some(self.person) }, now)?,
            office,
        })
    }

    /// Whoever pairs a device in somebody's name could act as them: they are told until they have
    /// looked at it.
    pub(super) fn owe_devices(&self, owing: &mut Owing) -> Result<(), Failure> {
        for device in self.store.devices_to_look_at(self.person, self.here()?)? {
            owing.add(Owed::Paired { device });
        }
        Ok(())
    }

    /// Whether this person makes the codes for somebody, and if not, who does.
    pub(super) fn pairing_may(&self, row: &PersonRow) -> Result<PairingMay, Failure> {
        let role = self.role()?;
        if role == Role::Staff {
            return Ok(PairingMay::Hidden);
        }
        if !row.active {
            return Ok(PairingMay::Inactive);
        }
        let ids = |sites: &[SiteName]| sites.iter().map(|site| site.site).collect::<Vec<_>>();
        let (own, theirs) = (ids(&self.sites()?), ids(&row.sites));
        let whom = Whom { person: row.person, role: row.role, sites: &theirs };
        if role.may_pair(self.person, &own, whom) {
            return Ok(PairingMay::Makes);
        }
        let mine = |site: &&SiteName| own.contains(&site.site);
        Ok(match (role, row.role) {
            // Somebody of another house altogether is nothing to explain.
            (Role::Supervisor, _) if !row.sites.iter().any(|site| mine(&site)) => PairingMay::Hidden,
            (Role::Supervisor, Role::Staff) => {
                let elsewhere = row.sites.iter().filter(|site| !mine(site)).map(|site| site.shown.clone());
                PairingMay::WorksElsewhere { sites: elsewhere.collect() }
            }
            _ => PairingMay::AnAdministrator,
        })
    }
}
