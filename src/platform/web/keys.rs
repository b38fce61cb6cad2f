//! The device's part of each profile's key in a browser: an HMAC key that WebCrypto made and gives to
//! nobody (`extractable: false`), kept in IndexedDB, because OPFS cannot hold one.
//!
//! Invariant: no script, ours included, ever sees the key's bytes; it is on the disk before it is used
//! to wrap (`durability: "strict"`, which web-sys' own call cannot ask for).

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Crypto, CryptoKey, IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction, SubtleCrypto,
};

use crate::engine::api::KeyPlace;
use crate::engine::host::{BindError, Bound};
use crate::store::Secret;

const DATABASE: &str = "fieldproof-keys";
const STORE: &str = "key";

/// See `Host::bind`.
pub async fn bind(profile: Uuid, input: Secret, make: bool) -> Result<Bound, BindError> {
    let away = |error: JsValue| BindError::Unavailable(said(&error));
    let Some(key) = key_of(profile, make).await.map_err(away)? else { return Err(BindError::Gone) };
    let output = sign(&key, &input).await.map_err(away)?;
    Ok(Bound { output, place: KeyPlace::Browser })
}

/// See `Host::unbind`.
pub async fn unbind(profile: Uuid) -> Result<(), String> {
    let work = async {
        let database = open().await?;
        let (written, store) = writing(&database)?;
        store.delete(&name(profile))?;
        written.await
    };
    work.await.map_err(|error: JsValue| said(&error))
}

fn name(profile: Uuid) -> JsValue {
    profile.simple().to_string().into()
}

async fn key_of(profile: Uuid, make: bool) -> Result<Option<CryptoKey>, JsValue> {
    let database = open().await?;
    let found = stored(&database, profile).await?;
    if found.is_some() || !make {
        return Ok(found);
    }
    // Before the transaction: one that waits for something else ends by itself.
    let made = generate().await?;
    let (written, store) = writing(&database)?;
    store.put_with_key(&made, &name(profile))?;
    written.await?;
    // What the browser does not give back was not kept.
    stored(&database, profile).await
}

async fn stored(database: &Database, profile: Uuid) -> Result<Option<CryptoKey>, JsValue> {
    let request = database.0.transaction_with_str(STORE)?.object_store(STORE)?.get(&name(profile))?;
    Ok(answer(&request).await?.dyn_into::<CryptoKey>().ok())
}

async fn generate() -> Result<CryptoKey, JsValue> {
    let algorithm = Object::new();
    for (name, value) in [("name", "HMAC".into()), ("hash", "SHA-256".into()), ("length", JsValue::from(256))]
    {
        Reflect::set(&algorithm, &name.into(), &value)?;
    }
    let made = subtle()?.generate_key_with_object(&algorithm, false, &Array::of1(&"sign".into()))?;
    JsFuture::from(made).await?.dyn_into()
}

async fn sign(key: &CryptoKey, input: &Secret) -> Result<Secret, JsValue> {
    let signed = subtle()?.sign_with_str_and_u8_array("HMAC", key, input.as_slice())?;
    let signed = Uint8Array::new(&JsFuture::from(signed).await?);
    let mut output = Secret::new([0; 32]);
    if signed.length() != 32 {
        return Err("HMAC-SHA256 has 32 bytes".into());
    }
    signed.copy_to(output.as_mut_slice());
    Ok(output)
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(global("crypto")?.dyn_into::<Crypto>()?.subtle())
}

fn global(name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(&js_sys::global(), &name.into())
}

/// An open database; closed when it is dropped, so that it stands in nobody's way.
struct Database(IdbDatabase);

impl Drop for Database {
    fn drop(&mut self) {
        self.0.close();
    }
}

async fn open() -> Result<Database, JsValue> {
    let request = global("indexedDB")?.dyn_into::<IdbFactory>()?.open_with_u32(DATABASE, 1)?;
    let new = request.clone();
    let make = Closure::once_into_js(move || -> Result<(), JsValue> {
        new.result()?.dyn_into::<IdbDatabase>()?.create_object_store(STORE)?;
        Ok(())
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    Ok(Database(answer(&request).await?.dyn_into()?))
}

/// A transaction that is on the disk when its future resolves.
fn writing(
    database: &Database,
) -> Result<(impl Future<Output = Result<(), JsValue>>, IdbObjectStore), JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let begin = Reflect::get(&database.0, &"transaction".into())?.dyn_into::<Function>()?;
    let given = Array::of3(&STORE.into(), &"readwrite".into(), &options);
    let transaction: IdbTransaction = begin.apply(&database.0, &given)?.dyn_into()?;
    let store = transaction.object_store(STORE)?;
    let ended = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    });
    Ok((async move { JsFuture::from(ended).await.map(drop) }, store))
}

/// What a request comes to.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(ended).await?;
    request.result()
}

/// A browser's error, without what is in its object.
fn said(error: &JsValue) -> String {
    let text = |name: &str| Reflect::get(error, &name.into()).ok().and_then(|value| value.as_string());
    error
        .as_string()
        .or_else(|| text("message"))
        .or_else(|| text("type"))
        .unwrap_or_else(|| "no reason".into())
}
