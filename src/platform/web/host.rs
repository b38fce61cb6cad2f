//! The engine's machine inside the Worker: SQLite on OPFS through a pool of synchronous handles.
//!
//! Invariant: one Worker holds the pool. A second one is kept away by the Web Lock in boot.js; while
//! a page reloads, the old Worker may hold the handles for a moment longer, so opening is tried again.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, Local};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use gloo_timers::future::TimeoutFuture;
use rsqlite_vfs::VfsFilesManager;
use rusqlite::OpenFlags;
use sqlite_wasm_rs::WasmOsCallback;
use uuid::Uuid;
use wasm_bindgen::JsCast;

use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};

use super::keys;
use crate::engine::host::{BindError, Bound, Host, HttpAnswer, HttpRequest, NetError};
use crate::platform::http;
use crate::store::Secret;

const VFS: &str = "fieldproof";
/// Free handles kept ready, because a file can be opened only where one waits, and none can be made
/// while a file is being opened: a database and its journal take two, so eight profiles can be added
/// between two starts.
const SPARE: usize = 16;

pub struct WebHost {
    pool: OpfsSAHPoolUtil,
    client: reqwest::Client,
}

impl WebHost {
    /// # Errors
    /// A sentence: no OPFS here (a private window, an old browser), or its files are held elsewhere.
    pub async fn install() -> Result<WebHost, String> {
        let config = OpfsSAHPoolCfgBuilder::new()
            .vfs_name(VFS)
            .directory(".fieldproof")
            .initial_capacity(SPARE)
            .build();
        let mut tries = 0;
        let pool = loop {
            match install::<WasmOsCallback>(&config, true).await {
                Ok(pool) => break pool,
                Err(error) if tries >= 20 => return Err(format!("the browser's storage: {error}")),
                Err(_) => tries += 1,
            }
            TimeoutFuture::new(150).await;
        };
        let files = pool.len().map_err(|error| error.to_string())?;
        pool.ensure_capacity(files + SPARE)
            .await
            .map_err(|error| format!("the browser's storage: {error}"))?;
        Ok(WebHost { pool, client: http::client()? })
    }
}

impl Host for WebHost {
    fn open(&self, name: &str) -> rusqlite::Result<rusqlite::Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        rusqlite::Connection::open_with_flags_and_vfs(name, flags, VFS)
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        for file in [name.to_owned(), format!("{name}-journal")] {
            self.pool.remove(&file).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn bind(
        &self,
        profile: Uuid,
        input: Secret,
        make: bool,
    ) -> LocalBoxFuture<'static, Result<Bound, BindError>> {
        keys::bind(profile, input, make).boxed_local()
    }

    fn unbind(&self, profile: Uuid) -> LocalBoxFuture<'static, Result<(), String>> {
        keys::unbind(profile).boxed_local()
    }

    fn uptime(&self) -> Duration {
        let performance = js_sys::global().dyn_into::<web_sys::WorkerGlobalScope>().ok();
        let millis = performance.and_then(|scope| scope.performance()).map_or(0.0, |clock| clock.now());
        Duration::try_from_secs_f64(millis / 1000.0).unwrap_or_default()
    }

    fn now(&self) -> DateTime<FixedOffset> {
        Local::now().fixed_offset()
    }

    fn random(&self, bytes: &mut [u8]) {
        http::random(bytes);
    }

    fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        sleep(time)
    }

    fn http(&self, request: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
        http::send(self.client.clone(), request, sleep)
    }

    fn log(&self, text: &str) {
        web_sys::console::warn_1(&format!("fieldproof: {text}").into());
    }

    fn wal(&self) -> bool {
        false
    }
}

fn sleep(time: Duration) -> LocalBoxFuture<'static, ()> {
    // A browser's timer counts in 31 bits; whoever sleeps longer than 24 days may wake early.
    let millis = u32::try_from(time.as_millis()).unwrap_or(u32::MAX).min(i32::MAX as u32);
    TimeoutFuture::new(millis).boxed_local()
}
