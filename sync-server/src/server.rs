//! Listening: one task a connection, with TLS where a certificate was given, an end to slow
//! handshakes and headers, and a way to stop that lets what was begun be answered.

use std::net::SocketAddr;
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
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower_service::Service;

use crate::api::{Settings, router};
use crate::storage::Storage;
use crate::tls::Tls;

/// A TLS handshake that takes longer is given up: it holds a connection and says nothing.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Browsers that came once by TLS do not try without for a year.
const STRICT: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// How long what was begun may take to end once the server stops.
const LAST_CALL: Duration = Duration::from_secs(20);

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
        let tls = settings.tls.clone();
        let router = router(storage.clone(), settings);
        let task = tokio::spawn(async move {
            accept(listener, router, tls, stopped).await;
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

async fn accept(listener: TcpListener, router: Router, tls: Option<Tls>, mut stopped: oneshot::Receiver<()>) {
    let open = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // A dropped `Server` sends nothing and must not stop what it started.
            Ok(()) = &mut stopped => break,
        };
        match accepted {
            Ok((stream, peer)) => begin(stream, peer, router.clone(), tls.as_ref(), open.watcher()),
            Err(error) => {
                // Out of file handles, mostly: others will end soon.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    tokio::select! {
        () = open.shutdown() => {}
        () = tokio::time::sleep(LAST_CALL) => tracing::warn!("connections were still open at the end"),
    }
}

fn begin(stream: TcpStream, peer: SocketAddr, router: Router, tls: Option<&Tls>, open: Watcher) {
    // Small answers must not wait for company.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else {
        tokio::spawn(serve(stream, peer, router, false, open));
        return;
    };
    // The certificate as it is now: a connection keeps the one that it began with.
    let acceptor = tls.acceptor();
    tokio::spawn(async move {
        // Whoever speaks no TLS, or another, is no news either: the connection is closed.
        if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
            serve(stream, peer, router, true, open).await;
        }
    });
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    router: Router,
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
        .header_read_timeout(Duration::from_secs(30))
        .serve_connection(TokioIo::new(stream), service);
    // A client that went away in the middle is no news.
    let _ = open.watch(connection).await;
}
