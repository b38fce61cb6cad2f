//! What a person does to find out: look until it is there.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::device::Device;

/// After this long a person would say that it does not work.
const PATIENCE: Duration = Duration::from_secs(30);

/// Looks again and again until `script` (the body of a function) gives something truthy.
pub async fn until(device: &Device, what: &str, script: &str, args: Vec<Value>) -> Value {
    until_within(PATIENCE, device, what, script, args).await
}

/// The same with another patience.
pub async fn until_within(
    patience: Duration,
    device: &Device,
    what: &str,
    script: &str,
    args: Vec<Value>,
) -> Value {
    let began = Instant::now();
    loop {
        // A page that is just being replaced answers with an error: look again.
        if let Ok(seen) = device.client().execute(script, args.clone()).await
            && !matches!(seen, Value::Null | Value::Bool(false))
        {
            return seen;
        }
        if began.elapsed() > patience {
            device.picture("FAILED").await;
            let text = text(device).await;
            panic!("{}: waited for {what}; on the screen:\n{text}", device.name);
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// All text on the screen.
pub async fn text(device: &Device) -> String {
    let seen = device.run("return document.body.innerText", vec![]).await;
    seen.as_str().unwrap_or_default().to_owned()
}

/// Waits until something that is marked `data-test=NAME` is there and visible; gives its text.
pub async fn sees(device: &Device, test: &str) -> String {
    let script = "const all = [...document.querySelectorAll(`[data-test='${arguments[0]}']`)];
                  const one = all.find((element) => element.checkVisibility());
                  return one ? {text: one.innerText} : null";
    let seen = until(device, test, script, vec![json!(test)]).await;
    seen["text"].as_str().unwrap_or_default().to_owned()
}

/// Waits until the words are somewhere on the screen.
pub async fn reads(device: &Device, words: &str) {
    let script = "return document.body.innerText.includes(arguments[0])";
    until(device, &format!("“{words}”"), script, vec![json!(words)]).await;
}

/// Waits until the marked thing says these words.
pub async fn says(device: &Device, test: &str, words: &str) {
    let script = "return [...document.querySelectorAll(`[data-test='${arguments[0]}']`)]
                    .some((element) => element.checkVisibility() && element.innerText.includes(arguments[1]))";
    until(device, &format!("{test} to say “{words}”"), script, vec![json!(test), json!(words)]).await;
}

/// Waits until the marked thing has gone.
pub async fn gone(device: &Device, test: &str) {
    let script = "return !document.querySelector(`[data-test='${arguments[0]}']`)";
    until(device, &format!("{test} to go"), script, vec![json!(test)]).await;
}

/// Whether it is there now.
pub async fn is_there(device: &Device, test: &str) -> bool {
    let script = "return !!document.querySelector(`[data-test='${arguments[0]}']`)";
    device.run(script, vec![json!(test)]).await == json!(true)
}

/// Waits until nothing loads, moves or is being painted any more.
pub async fn at_rest(device: &Device) {
    let script = "const done = arguments[0];
        const busy = () => document.querySelector(\"[data-test='asking'], [data-test='starting'], .spin\")
            || document.getAnimations().some((animation) => animation.playState === 'running');
        let tries = 0;
        const look = () => (busy() && ++tries < 300)
            ? setTimeout(look, 20)
            : requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
        document.fonts.ready.then(look)";
    // A page that is just being replaced: the picture is of what comes.
    let _ = device.client().execute_async(script, vec![]).await;
}
