//! `admin PERSON`: makes somebody an administrator, where nobody is left who could.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandError, OrgArg, Out, seams, shown};
use crate::storage::Storage;

#[derive(Args)]
pub struct Admin {
    /// The person, by id or exact name.
    person: String,
    #[command(flatten)]
    org: OrgArg,
}

impl Admin {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let org = super::org(&storage, self.org.org.as_deref()).await?.org;
        let registry = storage.registry(org).await?;
        let person = super::person(&registry, &self.person)?;
        let made = storage.make_admin(org, person, seams().now_ms()).await?;
        storage.close().await;
        if !made {
            return Err(CommandError::told("there is no such person"));
        }
        let name = registry.person(person).map(|person| shown(&person.name)).unwrap_or_default();
        out.answer(&json!({"person": person, "role": "admin", "active": true}), |_| {
            format!("{name} is an administrator")
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
