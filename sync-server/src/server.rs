//! Listening: one task a connection, with TLS where a certificate was given, an end to whoever is
//! slow or silent, and a way to stop that lets what was begun be answered.
//!
//! Invariant: no connection lasts without either side moving, and no address has them all.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::header::{HeaderValue, STRICT_TRANSPORT_SECURITY};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_io_timeout::TimeoutStream;
use tower_service::Service;

use crate::api::{Patience, Settings, network, router};
use crate::storage::Storage;
use crate::tls::Tls;
use crate::turns::{Turn, Turns};

/// Browsers that came once by TLS do not try without for a year.
const STRICT: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// How long what was begun may take to end once the server stops.
const LAST_CALL: Duration = Duration::from_secs(20);
/// All headers of a request. A token, a type and a browser's own words need a tenth of it.
const HEADER_BYTES: usize = 32 * 1024;

/// A server that listens. Dropped, it goes on; [`Server::stop`] ends it.
pub struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    /// Begins to listen (port 0 takes any free one) over a storage, which it closes when stopped.
    ///
    /// # Errors
    /// The address is taken or not this machine's.
    pub async fn start(
        listen: SocketAddr,
        storage: Arc<dyn Storage>,
        settings: Settings,
    ) -> std::io::Result<Server> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let door = Door {
            places: Arc::new(Semaphore::new(settings.connections)),
            // Behind a proxy all come from one address.
            of_one: (!settings.behind_proxy).then(|| Turns::new(settings.connections_per_address)),
            tls: settings.tls.clone(),
            patience: settings.patience,
            router: router(storage.clone(), settings),
        };
        let task = tokio::spawn(async move {
            door.accept(listener, stopped).await;
            storage.close().await;
        });
        Ok(Server { address, stop, task })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections, answers what was begun, and closes the storage.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

/// What lets connections in.
struct Door {
    places: Arc<Semaphore>,
    of_one: Option<Turns<IpAddr>>,
    tls: Option<Tls>,
    patience: Patience,
    router: Router,
}

/// What a connection holds as long as it lasts.
struct Place {
    _all: OwnedSemaphorePermit,
    _own: Option<Turn<IpAddr>>,
}

impl Door {
    async fn accept(self, listener: TcpListener, mut stopped: oneshot::Receiver<()>) {
        let open = GracefulShutdown::new();
        let (stopping, stop) = watch::channel(());
        loop {
            let accepted = tokio::select! {
                accepted = self.next(&listener) => accepted,
                // A dropped `Server` sends nothing and must not stop what it started.
                Ok(()) = &mut stopped => break,
            };
            match accepted {
                Ok((stream, peer, place)) => self.begin(stream, peer, place, open.watcher(), stop.clone()),
                Err(error) => {
                    // Out of file handles, mostly: others will end soon.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
        drop((listener, stopping));
        tokio::select! {
            () = open.shutdown() => {}
            () = tokio::time::sleep(LAST_CALL) => tracing::warn!("connections were still open at the end"),
        }
    }

    /// The next connection that there is a place for.
    async fn next(&self, listener: &TcpListener) -> std::io::Result<(TcpStream, SocketAddr, Place)> {
        let all = self.places.clone().acquire_owned().await.map_err(std::io::Error::other)?;
        loop {
            let (stream, peer) = listener.accept().await?;
            let own = match &self.of_one {
                None => None,
                Some(turns) => match turns.take(network(peer.ip())) {
                    None => continue,
                    own => own,
                },
            };
            return Ok((stream, peer, Place { _all: all, _own: own }));
        }
    }

    fn begin(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        place: Place,
        open: Watcher,
        mut stop: watch::Receiver<()>,
    ) {
        // Small answers must not wait for company.
        let _ = stream.set_nodelay(true);
        let mut stream = Box::pin(TimeoutStream::new(stream));
        stream.as_mut().set_write_timeout_pinned(Some(self.patience.answer));
        let (router, patience) = (self.router.clone(), self.patience);
        let Some(tls) = &self.tls else {
            tokio::spawn(async move {
                serve(stream, peer, router, patience, false, open).await;
                drop(place);
            });
            return;
        };
        // The certificate as it is now: a connection keeps the one that it began with.
        let acceptor = tls.acceptor();
        tokio::spawn(async move {
            let shaken = tokio::select! {
                shaken = tokio::time::timeout(patience.handshake, acceptor.accept(stream)) => shaken,
                // Nothing was asked yet that an answer is owed to.
                _ = stop.changed() => return,
            };
            // Whoever speaks no TLS, or another, is no news either: the connection is closed.
            if let Ok(Ok(stream)) = shaken {
                serve(stream, peer, router, patience, true, open).await;
            }
            drop(place);
        });
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    strict: bool,
    open: Watcher,
) {
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answered = router.clone().call(request);
        async move {
            let mut response = answered.await?;
            if strict {
                response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, STRICT);
            }
            Ok::<_, std::convert::Infallible>(response)
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .max_header_size(HEADER_BYTES)
        .max_buf_size(2 * HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    // A client that went away in the middle is no news.
    let _ = open.watch(connection).await;
}
