// Checks an evidence pack in the reader's own browser: each line against the heads beside it, all of
// the file that is shown against the fingerprint at its foot, and what is on the screen against the
// file, so that a browser's own translation is told from an alteration. It asks nobody and sends nothing.
"use strict";
(() => {
  const K = [], H0 = [];
  for (let n = 2; K.length < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    const bits = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
    if (H0.length < 8) H0.push(bits(Math.sqrt(n)));
    K.push(bits(Math.cbrt(n)));
  }
  // FIPS 180-4. WebCrypto is not everywhere where a file is opened from disk.
  const sha256 = (bytes) => {
    const size = bytes.length, padded = new Uint8Array(((size + 72) >> 6) << 6);
    padded.set(bytes);
    padded[size] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(size / 0x20000000));
    view.setUint32(padded.length - 4, size << 3);
    const h = H0.slice(), w = new Uint32Array(64);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < padded.length; at += 64) {
      for (let i = 0; i < 64; i++) {
        if (i < 16) { w[i] = view.getUint32(at + 4 * i); continue; }
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
      }
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 64; i++) {
        const t1 = (k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, k].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
    }
    const out = new Uint8Array(32), to = new DataView(out.buffer);
    h.forEach((x, i) => to.setUint32(4 * i, x));
    return out;
  };
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (b) => parseInt(b, 16));
  const utf8 = (text) => new TextEncoder().encode(text);
  const joined = (a, b) => { const all = new Uint8Array(a.length + b.length); all.set(a); all.set(b, a.length); return all; };
  const $ = (id) => document.getElementById(id);

  // The body as a browser writes it back; `own` takes out what this script and a reader's taps change.
  const body = (blank, own) => {
    const copy = document.body.cloneNode(true);
    const field = copy.querySelector("#fingerprint");
    if (blank && field) field.textContent = "";
    if (own) {
      for (const one of copy.querySelectorAll("details")) one.removeAttribute("open");
      for (const one of copy.querySelectorAll("#check")) one.setAttribute("disabled", "");
      for (const one of copy.querySelectorAll("#result")) one.textContent = "";
    }
    return copy.innerHTML.trimEnd();
  };
  const all = (body) => document.documentElement.lang + "\n" + document.head.innerHTML + "\n" + body;
  const isTranslated = (lang) =>
    document.documentElement.lang !== lang || /(^|\s)translated-/.test(document.documentElement.className) ||
    document.querySelector("body font, [_msttexthash]") !== null;

  // The file as it was read, before a translation or an extension can have changed it.
  let made = null;
  document.addEventListener("DOMContentLoaded", () => {
    const lines = Array.from(document.querySelectorAll("#lines > li"), (item) => {
      const pre = item.querySelector("pre:not(.short)");
      return { ...item.dataset, text: pre && pre.textContent };
    });
    made = {
      seal: hex(sha256(utf8(all(body(true, false))))), print: $("fingerprint").innerHTML,
      lang: document.documentElement.lang, seen: body(false, true), lines,
    };
    $("check").disabled = false;
  });

  $("check").addEventListener("click", () => {
    const faults = [], ends = new Map();
    let checked = 0;
    for (const { before, head, replica, seq, text } of made.lines) {
      if (!head) continue;
      const left = ends.get(replica + " " + (seq - 1));
      let wrong = left !== undefined && left !== before;
      ends.set(replica + " " + seq, head);
      if (text !== null) {
        wrong = wrong || hex(sha256(joined(unhex(before), utf8(text)))) !== head;
        checked++;
      }
      if (wrong) faults.push($("say-line").textContent + " " + seq + " · " + replica);
    }
    if (made.seal !== made.print) faults.unshift($("say-page").textContent);
    let found = "bad";
    if (faults.length === 0) {
      const same = body(false, true) === made.seen;
      found = same ? "good" : isTranslated(made.lang) ? "translated" : "moved";
    }
    const say = (tag, words, mark) => Object.assign(document.createElement(tag), { textContent: words, className: mark });
    const signs = { good: "✓ ", translated: "✓ ", moved: "! ", bad: "✗ " };
    const result = $("result");
    const counted = $("say-checked").textContent + " " + checked + " / " + made.lines.length;
    result.textContent = "";
    result.append(say("p", signs[found] + $(found).textContent, "result " + found), say("p", counted, "hint"));
    if (faults.length > 0) {
      const list = say("ul", "", "faults");
      for (const fault of faults) list.append(say("li", fault, ""));
      result.append(list);
    }
    document.body.dataset.checked = found;
  });
})();
