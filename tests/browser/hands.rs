//! What a person does with their hands: real touches at real places, keys, paste.
//!
//! Invariant: a touch goes to what is on top at that place. Something that is covered, hidden or off
//! the screen cannot be tapped here, as it cannot by a thumb.

use serde_json::{Value, json};

use crate::device::Device;
use crate::look;

/// Finds what is to be tapped, brings it into view, and says where it is once it is on top there and
/// holds still.
const FIND: &str = r#"
const [selector, words] = arguments;
const fits = (element) => element.checkVisibility({visibilityProperty: true})
    && (!words || element.innerText.includes(words));
const element = [...document.querySelectorAll(selector)].find(fits);
if (!element) return null;
const face = () => {
    // A radio button or a checkbox is tapped by its label's face.
    const shown = element.matches("input[type=radio], input[type=checkbox]") ? element.closest("label") || element : element;
    return [shown, shown.getBoundingClientRect()];
};
const on_top = () => {
    const [shown, box] = face();
    const x = box.x + box.width / 2, y = box.y + Math.min(box.height / 2, 40);
    const top = document.elementFromPoint(x, y);
    const seen = globalThis.visualViewport;
    return top && (shown.contains(top) || top.contains(shown) && top.closest("label") === shown)
        ? {x: (x - seen.offsetLeft) * seen.scale, y: (y - seen.offsetTop) * seen.scale} : null;
};
let place = on_top();
if (!place) {
    element.scrollIntoView({block: "center", behavior: "instant"});
    place = on_top();
}
if (!place) return null;
const key = selector + (words || "");
const before = globalThis.__place;
globalThis.__place = {key, ...place};
return before && before.key === key && before.x === place.x && before.y === place.y ? place : null;
"#;

async fn touch(device: &mut Device, selector: &str, words: &str) {
    let place =
        look::until(device, &format!("{selector} {words}"), FIND, vec![json!(selector), json!(words)]).await;
    let point = json!([{"x": place["x"], "y": place["y"]}]);
    device.cdp("Input.dispatchTouchEvent", json!({"type": "touchStart", "touchPoints": point})).await;
    device.cdp("Input.dispatchTouchEvent", json!({"type": "touchEnd", "touchPoints": []})).await;
    device.taps += 1;
}

/// Taps what is marked with this name.
pub async fn tap(device: &mut Device, test: &str) {
    touch(device, &format!("[data-test='{test}']"), "").await;
}

/// Taps what is marked with `test` inside what is marked with `inside`.
pub async fn tap_in(device: &mut Device, inside: &str, test: &str) {
    touch(device, &format!("[data-test='{inside}'] [data-test='{test}']"), "").await;
}

/// Taps what a selector finds, where nothing is marked.
pub async fn tap_at(device: &mut Device, selector: &str, words: &str) {
    touch(device, selector, words).await;
}

/// Types into the field, key by key as an input method does.
pub async fn write(device: &mut Device, test: &str, text: &str) {
    let selector =
        format!("input[data-test='{test}'], textarea[data-test='{test}'], [data-test='{test}'] textarea");
    touch(device, &selector, "").await;
    let script = "return document.activeElement && document.activeElement.matches(arguments[0])";
    look::until(device, &format!("{test} to have the focus"), script, vec![json!(selector)]).await;
    device.cdp("Input.insertText", json!({"text": text})).await;
}

/// Pastes, as a password manager or a person with a message does.
pub async fn paste(device: &mut Device, test: &str, text: &str) {
    let selector = format!("input[data-test='{test}']");
    touch(device, &selector, "").await;
    let script = "const field = document.querySelector(arguments[0]);
                  field.focus();
                  const data = new DataTransfer();
                  data.setData('text/plain', arguments[1]);
                  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
                  // What the page forbids, it would forbid a person, too.
                  if (!field.dispatchEvent(event)) return false;
                  document.execCommand('selectAll');
                  return document.execCommand('insertText', false, arguments[1])";
    let done = device.run(script, vec![json!(selector), json!(text)]).await;
    assert_eq!(done, Value::Bool(true), "{test} takes what is pasted");
}

/// Presses one key, by its name in the DOM.
pub async fn key(device: &Device, name: &str, code: u32) {
    let event = |kind: &str| json!({"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code});
    device.cdp("Input.dispatchKeyEvent", event("keyDown")).await;
    device.cdp("Input.dispatchKeyEvent", event("keyUp")).await;
}
