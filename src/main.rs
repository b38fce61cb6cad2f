//! Which part this process plays. Native: the window (it starts the engine's thread). Web: the same
//! wasm is the page and, in a dedicated Worker, the engine.

#[cfg(all(target_arch = "wasm32", feature = "web"))]
fn main() {
    use wasm_bindgen::JsCast;
    match js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        Ok(worker) => fieldproof::platform::run_worker(worker),
        Err(_) => fieldproof::platform::launch(fieldproof::app::App),
    }
}

#[cfg(all(not(target_arch = "wasm32"), any(feature = "desktop", feature = "mobile")))]
fn main() {
    fieldproof::platform::launch(fieldproof::app::App);
}

/// Without a window (`--no-default-features`, as the server takes this package) there is no app.
#[cfg(not(any(
    all(target_arch = "wasm32", feature = "web"),
    all(not(target_arch = "wasm32"), any(feature = "desktop", feature = "mobile"))
)))]
fn main() {}
