//! HTTP and randomness as both kinds of machine have them: reqwest (rustls natively, fetch in the
//! browser) and the system's cryptographic source.
//!
//! Invariant: a request without a byte for its `timeout` fails, however long the whole may take.

use std::time::Duration;

use futures::future::{Either, LocalBoxFuture, select};
use futures::stream::{self, StreamExt};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, RETRY_AFTER};

use crate::engine::host::{HttpAnswer, HttpRequest, NetError};

/// # Errors
/// A sentence, where TLS cannot be set up.
pub fn client() -> Result<reqwest::Client, String> {
    let builder = reqwest::Client::builder();
    // A captive portal answers with a redirect: that is to be seen, not followed. (The browser
    // follows on its own; there the answer's content type gives it away.)
    #[cfg(not(target_arch = "wasm32"))]
    let builder = builder
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(15))
        .user_agent(concat!("fieldproof/", env!("CARGO_PKG_VERSION")));
    builder.build().map_err(|error| sentence(&error))
}

/// Fills `bytes` from the system's cryptographic source. Without one the app cannot work at all:
/// keys and ids would be guessable.
#[allow(clippy::panic, reason = "going on without randomness would write guessable keys")]
pub fn random(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        panic!("the system has no randomness: {error}");
    }
}

/// See `Host::http`.
pub fn send(
    client: reqwest::Client,
    request: HttpRequest,
    sleep: fn(Duration) -> LocalBoxFuture<'static, ()>,
) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
    Box::pin(async move {
        let HttpRequest { post, url, bearer, content_type, content_encoding, body, timeout } = request;
        let mut builder = if post {
            client.post(&url).header(CONTENT_TYPE, content_type).body(body)
        } else {
            client.get(&url)
        };
        if let Some(encoding) = content_encoding {
            builder = builder.header(CONTENT_ENCODING, encoding);
        }
        if let Some(token) = bearer {
            builder = builder.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let response = within(timeout, sleep, builder.send()).await?;
        let response = response.map_err(|error| NetError(sentence(&error)))?;
        let status = response.status().as_u16();
        let content_type = text(response.headers(), CONTENT_TYPE.as_str());
        let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let retry_after = text(response.headers(), RETRY_AFTER.as_str()).parse().ok();
        let pieces = Box::pin(response.bytes_stream());
        let body = stream::unfold(Some(pieces), move |pieces| async move {
            let mut pieces = pieces?;
            match within(timeout, sleep, pieces.next()).await {
                Ok(Some(Ok(piece))) => Some((Ok(piece.to_vec()), Some(pieces))),
                Ok(Some(Err(error))) => Some((Err(NetError(sentence(&error))), None)),
                Ok(None) => None,
                Err(late) => Some((Err(late), None)),
            }
        });
        Ok(HttpAnswer { status, content_type, retry_after, body: body.boxed_local() })
    })
}

async fn within<T>(
    time: Duration,
    sleep: fn(Duration) -> LocalBoxFuture<'static, ()>,
    work: impl Future<Output = T>,
) -> Result<T, NetError> {
    match select(std::pin::pin!(work), sleep(time)).await {
        Either::Left((done, _)) => Ok(done),
        Either::Right(_) => Err(NetError(format!("nothing was heard for {} s", time.as_secs()))),
    }
}

fn text(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// The error with its causes and without the address, which may hold what no log should.
fn sentence(error: &reqwest::Error) -> String {
    #[cfg(not(target_arch = "wasm32"))]
    let connected = !error.is_connect();
    #[cfg(target_arch = "wasm32")]
    let connected = true;
    let mut text = if connected { "the request failed" } else { "no connection" }.to_owned();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text.push_str(": ");
        // A browser's error goes on with where in the program it was thrown.
        text.push_str(next.to_string().lines().next().unwrap_or_default());
        cause = next.source();
    }
    text
}
