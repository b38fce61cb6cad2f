//! `people`: the registry as of now.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::names::Names;
use super::{CommandError, OrgArg, Out};
use crate::storage::Storage;

#[derive(Args)]
pub struct People {
    #[command(flatten)]
    org: OrgArg,
}

impl People {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let org = super::org(&storage, self.org.org.as_deref()).await?;
        let registry = storage.registry(org.org).await?;
        storage.close().await;
        let names = Names::of(&registry);
        out.answer(&registry.people(), |people| {
            let mut text = String::new();
            for person in people {
                let sites: Vec<_> = person.sites.iter().map(|&site| names.site(site)).collect();
                let rest = if person.active { "" } else { "  not active" };
                text += &format!(
                    "{}  {:10}  {}  [{}]{rest}\n",
                    person.person,
                    person.role.as_str(),
                    names.person(person.person),
                    sites.join(", ")
                );
            }
            text
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
