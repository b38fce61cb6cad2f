//! `serve`: listens until it is told to end.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::{CommandError, Out, PairingMinutes, open, seams};
use crate::api::Settings;
use crate::notify;
use crate::server::Server;
use crate::storage::Storage;
use crate::storage::sqlite::Sqlite;
use crate::tls::Tls;

#[derive(Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "FIELDPROOF_LISTEN", default_value = "127.0.0.1:8787", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// The directory with the app's files, to be handed out at `/`.
    #[arg(long, env = "FIELDPROOF_APP", value_name = "DIR")]
    app: Option<PathBuf>,
    #[command(flatten)]
    pairing: PairingMinutes,
    /// How long a token lives without a sync.
    #[arg(long, env = "FIELDPROOF_TOKEN_DAYS", default_value_t = 90, value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..))]
    token_days: u32,
    /// How long a right that was taken away still counts for what was written before.
    #[arg(long, env = "FIELDPROOF_GRACE_DAYS", default_value_t = 45, value_name = "N")]
    grace_days: u32,
    /// Enrolments that one address may try in a minute.
    #[arg(long, env = "FIELDPROOF_ENROLS_PER_MINUTE", default_value_t = 10, value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..))]
    enrols_per_minute: u32,
    /// Connections that one address may hold at once; a whole office may share one.
    #[arg(long, env = "FIELDPROOF_CONNECTIONS_PER_ADDRESS", default_value_t = 512, value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..))]
    connections_per_address: u32,
    /// Believe `X-Forwarded-For`. Only where a proxy sets it.
    #[arg(long, env = "FIELDPROOF_BEHIND_PROXY", value_parser = clap::builder::FalseyValueParser::new())]
    behind_proxy: bool,
    /// Let anyone who reaches this server read `/metrics`, not only this machine and not through a proxy.
    #[arg(long, env = "FIELDPROOF_OPEN_METRICS", value_parser = clap::builder::FalseyValueParser::new())]
    open_metrics: bool,
    /// Believe the system's clock at once, however far it is from the times that the database knows.
    #[arg(long, env = "FIELDPROOF_BELIEVE_CLOCK", value_parser = clap::builder::FalseyValueParser::new())]
    believe_clock: bool,
    /// Megabytes of lines that one device may store in a day.
    #[arg(long, env = "FIELDPROOF_DEVICE_MB_PER_DAY", default_value_t = 100, value_name = "N",
        value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    device_mb_per_day: u64,
    /// Speak TLS with this certificate: PEM, the server's own first, then what leads to its root.
    /// Read anew on SIGHUP, and when the file changes.
    #[arg(long, env = "FIELDPROOF_TLS_CERT", value_name = "PEM", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, PEM.
    #[arg(long, env = "FIELDPROOF_TLS_KEY", value_name = "PEM", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// How often to look whether the certificate's files changed.
    #[arg(long, env = "FIELDPROOF_TLS_CHECK_SECONDS", default_value_t = 60, value_name = "N",
        value_parser = clap::value_parser!(u64).range(1..))]
    tls_check_seconds: u64,
}

impl Serve {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        check_app(self.app.as_deref())?;
        let tls = match (self.tls_cert, self.tls_key) {
            (Some(cert), Some(key)) => Some(Tls::load(&cert, &key, seams().now_ms())?),
            _ => None,
        };
        let without_app = self.app.is_none();
        let settings = Settings {
            pairing_minutes: self.pairing.pairing_minutes,
            token_days: self.token_days,
            grace_days: self.grace_days,
            enrols_per_minute: self.enrols_per_minute,
            connections_per_address: usize::try_from(self.connections_per_address).unwrap_or(usize::MAX),
            behind_proxy: self.behind_proxy,
            open_metrics: self.open_metrics,
            believe_clock: self.believe_clock,
            device_bytes_per_day: self.device_mb_per_day.saturating_mul(1_000_000),
            app: self.app,
            tls: tls.clone(),
            ..Settings::default()
        };
        // Before anyone is told that it listens: an early signal must not be lost.
        let mut terminated = Termination::new()?;
        let watch =
            tls.as_ref().map(|tls| tls.watch(Duration::from_secs(self.tls_check_seconds))).transpose()?;
        let storage = Arc::new(open(data)?);
        if storage.orgs().await?.is_empty() {
            storage.close().await;
            return Err(CommandError::told(format!(
                "there is no organisation in {}: run `init` first, or name the right directory with --data",
                std::path::absolute(data).unwrap_or_else(|_| data.to_owned()).display()
            )));
        }
        let server = listen(self.listen, storage, settings).await?;
        if without_app {
            tracing::warn!("the app is not handed out here: say where it is with --app");
        }
        if tls.is_none() && !self.behind_proxy && !server.address().ip().is_loopback() {
            tracing::warn!("others can reach this server, and it speaks no TLS: what is sent can be read");
        }
        let scheme = if tls.is_some() { "https" } else { "http" };
        let listening = format!("{scheme}://{}", server.address());
        out.answer(&json!({"listening": listening}), |_| format!("listening on {listening}"))?;
        notify::ready();
        terminated.wait().await;
        notify::stopping();
        tracing::info!("stopping");
        if let Some(watch) = watch {
            watch.abort();
        }
        server.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Begins to listen; where that is not possible, the address is part of why.
pub(super) async fn listen(
    address: SocketAddr,
    storage: Arc<Sqlite>,
    settings: Settings,
) -> Result<Server, CommandError> {
    let told = |error| {
        CommandError::told(format!("{address} cannot be listened at: {error} (--listen names another)"))
    };
    Server::start(address, storage, settings).await.map_err(told)
}

/// A directory without the app in it is a mistake that is better told at once.
pub(super) fn check_app(app: Option<&Path>) -> Result<(), CommandError> {
    match app.filter(|app| !app.join("index.html").is_file()) {
        Some(app) => Err(CommandError::told(format!("there is no index.html in {}", app.display()))),
        None => Ok(()),
    }
}

/// What asks a process to end.
pub(super) struct Termination {
    #[cfg(unix)]
    term: tokio::signal::unix::Signal,
}

impl Termination {
    pub(super) fn new() -> std::io::Result<Termination> {
        Ok(Termination {
            #[cfg(unix)]
            term: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?,
        })
    }

    pub(super) async fn wait(&mut self) {
        #[cfg(unix)]
        let term = self.term.recv();
        #[cfg(not(unix))]
        let term = std::future::pending::<Option<()>>();
        tokio::select! {
            _ = term => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
}
