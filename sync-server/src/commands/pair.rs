//! `pair PERSON`: a code for one more device of theirs.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{Address, CommandError, OrgArg, Out, PairingMinutes, moment, seams};
use crate::api::MINUTE_MS;
use crate::seams::{Seams, rfc3339};
use crate::secrets;
use crate::storage::{NewPairing, PairingMade, Storage};

#[derive(Args)]
pub struct Pair {
    /// The person, by id or exact name.
    person: String,
    #[command(flatten)]
    org: OrgArg,
    #[command(flatten)]
    pairing: PairingMinutes,
    #[command(flatten)]
    address: Address,
}

/// What `pair` made.
#[derive(Clone, Debug, Serialize)]
pub struct Paired {
    pub person: Uuid,
    pub code: String,
    pub expires_at: String,
    #[serde(skip)]
    pub expires_ms: i64,
}

impl Pair {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let org = super::org(&storage, self.org.org.as_deref()).await?.org;
        let made = pair(&storage, &seams(), org, &self.person, self.pairing.pairing_minutes).await?;
        storage.close().await;
        let told = json!({
            "person": made.person, "code": made.code, "expires_at": made.expires_at,
            "link": moment::link(self.address.url(), &made.code),
        });
        out.answer(&told, |_| {
            format!(
                "pairing code  {}  until {}\n\nOpen on their own phone or computer:\n{}",
                made.code,
                moment::until(made.expires_ms),
                self.address.tell(&made.code)
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes a pairing code for an active person, by id or exact name.
///
/// # Errors
/// [`CommandError`]: nobody, several, or nobody active of that name; or storage trouble.
pub async fn pair(
    storage: &dyn Storage,
    seams: &Seams,
    org: Uuid,
    person: &str,
    pairing_minutes: u32,
) -> Result<Paired, CommandError> {
    let registry = storage.registry(org).await?;
    let person = super::person(&registry, person)?;
    if !registry.person(person).is_some_and(|person| person.active) {
        return Err(CommandError::told("this person is not active"));
    }
    let now_ms = seams.now_ms();
    let expires_ms = now_ms.saturating_add(i64::from(pairing_minutes) * MINUTE_MS);
    let code = secrets::code(seams.random()?);
    let new = NewPairing { org, person, code: secrets::hash_code(&code), maker: None, expires_ms, now_ms };
    if !matches!(storage.pair(new).await?, PairingMade::Made { .. }) {
        return Err(CommandError::told("no code could be made for this person"));
    }
    Ok(Paired { person, code, expires_at: rfc3339(expires_ms), expires_ms })
}
