//! `devices`: what was enrolled, for whom, and when it was last heard of.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use super::names::Names;
use super::{CommandError, OrgArg, Out, shown};
use crate::seams::rfc3339;
use crate::storage::Storage;

#[derive(Args)]
pub struct Devices {
    #[command(flatten)]
    org: OrgArg,
}

#[derive(Serialize)]
struct Device {
    device: Uuid,
    person: Uuid,
    name: String,
    platform: String,
    replicas: Vec<Uuid>,
    enrolled_at: String,
    last_sync: Option<String>,
    revoked: bool,
}

impl Devices {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let org = super::org(&storage, self.org.org.as_deref()).await?;
        let registry = storage.registry(org.org).await?;
        let rows = storage.devices(org.org).await?;
        storage.close().await;
        let devices: Vec<Device> = rows
            .into_iter()
            .map(|row| Device {
                device: row.device,
                person: row.person,
                name: row.info.name,
                platform: row.info.platform,
                replicas: row.replicas,
                enrolled_at: rfc3339(row.enrolled_ms),
                last_sync: row.last_sync_ms.map(rfc3339),
                revoked: row.revoked_ms.is_some(),
            })
            .collect();
        let names = Names::of(&registry);
        out.answer(&devices, |devices| {
            let mut text = String::new();
            for device in devices {
                let person = names.person(device.person);
                let heard = device.last_sync.as_deref().unwrap_or("never");
                let rest = if device.revoked { "  revoked" } else { "" };
                text += &format!(
                    "{}  {person}  {} ({})  last sync {heard}{rest}\n",
                    device.device,
                    shown(&device.name),
                    shown(&device.platform)
                );
            }
            text
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
