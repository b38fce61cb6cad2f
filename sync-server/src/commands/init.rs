//! `init`: an organisation, its first administrator, and a code to begin with.

use std::path::Path;
use std::process::ExitCode;

use bytes::Bytes;
use chrono::DateTime;
use clap::Args;
use fieldproof::record::{Draft, id_at};
use serde::Serialize;
use serde_json::json;
use serde_json::value::to_raw_value;
use uuid::Uuid;

use super::{Address, CommandError, Out, PairingMinutes, moment, own_place, seams};
use crate::api::MINUTE_MS;
use crate::seams::{Seams, rfc3339};
use crate::secrets;
use crate::storage::sqlite::Sqlite;
use crate::storage::{NewOrg, NewPairing, Storage};

#[derive(Args)]
pub struct Init {
    /// The organisation's name.
    #[arg(long, env = "FIELDPROOF_ORG", value_name = "NAME")]
    org: String,
    /// The first administrator's name.
    #[arg(long, env = "FIELDPROOF_ADMIN", value_name = "NAME")]
    admin: String,
    #[command(flatten)]
    pairing: PairingMinutes,
    #[command(flatten)]
    address: Address,
}

/// What `init` made.
#[derive(Clone, Debug, Serialize)]
pub struct Initialised {
    pub org: Uuid,
    pub admin: Uuid,
    pub code: String,
    pub expires_at: String,
    #[serde(skip)]
    pub expires_ms: i64,
}

impl Init {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        own_place(data)?;
        let storage = Sqlite::open(data)?;
        let made = init(&storage, &seams(), &self.org, &self.admin, self.pairing.pairing_minutes).await?;
        storage.close().await;
        let told = json!({
            "org": made.org, "admin": made.admin, "code": made.code, "expires_at": made.expires_at,
            "link": moment::link(self.address.url(), &made.code),
        });
        out.answer(&told, |_| {
            format!(
                "organisation   {}  {}\nadministrator  {}  {}\npairing code   {}  until {}\n\n\
                 Next: let the server run (`sync-server serve`, or systemctl enable --now fieldproof), and open\n\
                 on the administrator's own phone or computer:\n{}\
                 There, choose six digits; then add sites, people and standards (More). If the code runs out, make\n\
                 another: sync-server pair '{}'",
                super::shown(&self.org),
                made.org,
                super::shown(&self.admin),
                made.admin,
                made.code,
                moment::until(made.expires_ms),
                self.address.tell(&made.code),
                super::shown(&self.admin),
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Creates an organisation. Its first two lines are ordinary events, in a replica that the server
/// writes and no device can take over.
///
/// # Errors
/// [`CommandError`]: a blank name, a name that is taken, or storage trouble.
pub async fn init(
    storage: &dyn Storage,
    seams: &Seams,
    org_name: &str,
    admin_name: &str,
    pairing_minutes: u32,
) -> Result<Initialised, CommandError> {
    if org_name.trim().is_empty() || admin_name.trim().is_empty() {
        return Err(CommandError::told("a name must not be blank"));
    }
    if storage.orgs().await?.iter().any(|org| org.name == org_name) {
        return Err(CommandError::told("there is an organisation of this name already"));
    }
    let (org, admin, replica) = (seams.id()?, seams.id()?, seams.id()?);
    let now_ms = seams.now_ms();
    let bodies = [
        ("org.set", json!({"name": org_name})),
        (
            "person.set",
            json!({"person": admin, "name": admin_name, "role": "admin", "sites": [], "active": true}),
        ),
    ];
    let at = DateTime::from_timestamp_millis(now_ms).unwrap_or_default().fixed_offset();
    let told = |error: &dyn std::fmt::Display| CommandError::told(error.to_string());
    let mut lines = Vec::new();
    for (seq, (kind, body)) in (1..).zip(bodies) {
        let draft = Draft {
            id: id_at(&at, &seams.random()?),
            replica,
            seq,
            at,
            author: admin,
            kind,
            site: None,
            subject: None,
            org: None,
            body: &to_raw_value(&body).map_err(|error| told(&error))?,
        };
        let line = draft.write().map_err(|error| told(&error))?;
        lines.push(Bytes::copy_from_slice(line.as_bytes()));
    }
    let code = secrets::code(seams.random()?);
    let expires_ms = now_ms.saturating_add(i64::from(pairing_minutes) * MINUTE_MS);
    let pairing =
        NewPairing { org, person: admin, code: secrets::hash_code(&code), maker: None, expires_ms, now_ms };
    storage.create_org(NewOrg { org, replica, admin, lines, pairing, now_ms }).await?;
    Ok(Initialised { org, admin, code, expires_at: rfc3339(expires_ms), expires_ms })
}
