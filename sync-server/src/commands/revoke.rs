//! `revoke DEVICE`: from this commit on.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::{CommandError, OrgArg, Out, seams};
use crate::storage::Storage;

#[derive(Args)]
pub struct Revoke {
    /// The device's id.
    device: Uuid,
    #[command(flatten)]
    org: OrgArg,
}

impl Revoke {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let orgs = match &self.org.org {
            Some(named) => vec![super::org(&storage, Some(named)).await?],
            // An id names one device in all of them.
            None => storage.orgs().await?,
        };
        let mut revoked = false;
        for org in orgs {
            revoked |= storage.revoke(org.org, self.device, seams().now_ms()).await?;
        }
        storage.close().await;
        if !revoked {
            return Err(CommandError::told("there is no such device"));
        }
        out.answer(&json!({"device": self.device, "revoked": true}), |_| {
            format!("{} is revoked", self.device)
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
