//! TLS: a certificate and its key from two files, exchanged while connections go on.
//!
//! Invariant: what is served always was a whole, matching pair. A pair that cannot be used is
//! told in a sentence and refused: at the start the server does not begin, later it keeps the pair
//! that it has. The key's bytes are never logged.

mod validity;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::ServerConfig;
use tokio_rustls::rustls::{Error, InconsistentKeys, crypto::ring};

use crate::seams::{Seams, rfc3339};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("{} cannot be read: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("there is no certificate in {0}: it must be PEM, with BEGIN CERTIFICATE")]
    NoCertificate(PathBuf),
    #[error("there is no private key in {0}: it must be PEM, with BEGIN PRIVATE KEY")]
    NoKey(PathBuf),
    #[error("the key in {key} does not belong to the certificate in {cert}")]
    OtherKey { cert: PathBuf, key: PathBuf },
    #[error("the certificate in {path} ended on {}", rfc3339(*ended_ms))]
    Ended { path: PathBuf, ended_ms: i64 },
    #[error("the certificate in {path} cannot be used: {reason}")]
    Unusable { path: PathBuf, reason: String },
}

/// One usable pair.
struct Pair {
    config: Arc<ServerConfig>,
    /// When the certificate ends, in milliseconds since 1970.
    ends_ms: i64,
}

/// What the two files looked like when they were last read: a change of either shows.
type Stamp = [Option<(SystemTime, u64)>; 2];

/// See the module. Cheap to clone; every clone serves the same pair.
#[derive(Clone)]
pub struct Tls(Arc<Shared>);

struct Shared {
    cert: PathBuf,
    key: PathBuf,
    pair: RwLock<Pair>,
    stamp: Mutex<Stamp>,
}

impl Tls {
    /// Reads both files.
    ///
    /// # Errors
    /// [`TlsError`], in words for whoever runs the server.
    pub fn load(cert: &Path, key: &Path, now_ms: i64) -> Result<Tls, TlsError> {
        // Looked at before they are read: a change in between shows at the next look.
        let stamp = stamp(cert, key);
        let pair = pair(cert, key, now_ms)?;
        Ok(Tls(Arc::new(Shared {
            cert: cert.to_owned(),
            key: key.to_owned(),
            pair: RwLock::new(pair),
            stamp: Mutex::new(stamp),
        })))
    }

    /// What makes a connection of a stream, with the pair as it is now.
    #[must_use]
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.0.pair.read().unwrap_or_else(PoisonError::into_inner).config.clone())
    }

    /// When the served certificate ends, in milliseconds since 1970.
    #[must_use]
    pub fn ends_ms(&self) -> i64 {
        self.0.pair.read().unwrap_or_else(PoisonError::into_inner).ends_ms
    }

    /// Reads both files again. Connections that are open go on; new ones get the new pair.
    ///
    /// # Errors
    /// [`TlsError`]; then the old pair is served on.
    pub fn reload(&self, now_ms: i64) -> Result<(), TlsError> {
        *self.0.stamp.lock().unwrap_or_else(PoisonError::into_inner) = stamp(&self.0.cert, &self.0.key);
        let pair = pair(&self.0.cert, &self.0.key, now_ms)?;
        *self.0.pair.write().unwrap_or_else(PoisonError::into_inner) = pair;
        Ok(())
    }

    /// Reloads on SIGHUP, and when a file looks different from when it was last read, which is
    /// checked so often. Ends when it is aborted.
    ///
    /// # Errors
    /// No signal can be listened for.
    pub fn watch(&self, every: Duration) -> std::io::Result<JoinHandle<()>> {
        let mut hangup = Hangup::new()?;
        let tls = self.clone();
        Ok(tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = hangup.wait() => {}
                    () = tokio::time::sleep(every) => {
                        let before = *tls.0.stamp.lock().unwrap_or_else(PoisonError::into_inner);
                        if stamp(&tls.0.cert, &tls.0.key) == before {
                            continue;
                        }
                    }
                }
                match tls.reload(Seams::default().now_ms()) {
                    Ok(()) => {
                        tracing::info!("a new certificate is served; it ends on {}", rfc3339(tls.ends_ms()));
                    }
                    Err(error) => tracing::error!("{error}; the certificate from before is served on"),
                }
            }
        }))
    }
}

fn stamp(cert: &Path, key: &Path) -> Stamp {
    [cert, key].map(|path| {
        let about = std::fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    })
}

fn pair(cert: &Path, key: &Path, now_ms: i64) -> Result<Pair, TlsError> {
    let read =
        |path: &Path| std::fs::read(path).map_err(|error| TlsError::File { path: path.to_owned(), error });
    let (cert_pem, key_pem) = (read(cert)?, read(key)?);
    let unusable = |reason: String| TlsError::Unusable { path: cert.to_owned(), reason };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&cert_pem)
        .collect::<Result<_, _>>()
        .map_err(|error| unusable(error.to_string()))?;
    let own = chain.first().ok_or_else(|| TlsError::NoCertificate(cert.to_owned()))?;
    let ends_ms = validity::ends_ms(own).ok_or_else(|| unusable("its end cannot be read".to_owned()))?;
    if ends_ms <= now_ms {
        return Err(TlsError::Ended { path: cert.to_owned(), ended_ms: ends_ms });
    }
    // What is wrong inside a key's text is not told: a message could carry a piece of it.
    let key_der = PrivateKeyDer::from_pem_slice(&key_pem).map_err(|_| TlsError::NoKey(key.to_owned()))?;
    let built = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key_der));
    let mut config = built.map_err(|error| match error {
        Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            TlsError::OtherKey { cert: cert.to_owned(), key: key.to_owned() }
        }
        error => unusable(error.to_string()),
    })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Pair { config: Arc::new(config), ends_ms })
}

/// What asks a process to read its files again.
struct Hangup {
    #[cfg(unix)]
    signal: tokio::signal::unix::Signal,
}

impl Hangup {
    fn new() -> std::io::Result<Hangup> {
        Ok(Hangup {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?,
        })
    }

    async fn wait(&mut self) {
        #[cfg(unix)]
        if self.signal.recv().await.is_some() {
            return;
        }
        std::future::pending::<()>().await;
    }
}
