// Checks an evidence pack in the reader's own browser: each line against the heads beside it, the
// page against the fingerprint at its foot. It asks nobody and sends nothing.
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

  $("check").addEventListener("click", () => {
    const list = $("faults");
    list.textContent = "";
    const fault = (text) => { list.append(Object.assign(document.createElement("li"), { textContent: text })); };
    let print = hex(sha256(utf8($("page").innerHTML))) + "\n";
    const ends = new Map();
    let checked = 0;
    for (const item of document.querySelectorAll("#lines > li")) {
      const { before, head, replica, seq } = item.dataset;
      const pre = item.querySelector("pre");
      let wrong = false;
      if (pre) {
        const line = utf8(pre.textContent);
        print += hex(sha256(line)) + "\n";
        if (head) wrong = hex(sha256(joined(unhex(before), line))) !== head;
      } else {
        print += "-\n";
      }
      print += (head || "-") + "\n";
      if (head) {
        const left = ends.get(replica + " " + (seq - 1));
        wrong = wrong || (left !== undefined && left !== before);
        ends.set(replica + " " + seq, head);
        if (pre) checked++;
      }
      item.classList.toggle("wrong", wrong);
      if (wrong) fault($("say-line").textContent + " " + seq + " · " + replica);
    }
    const now = hex(sha256(utf8(print)));
    if (now !== $("fingerprint").textContent) fault($("say-page").textContent);
    const good = list.children.length === 0;
    $("good").hidden = !good;
    $("bad").hidden = good;
    $("checked").textContent = checked;
    document.body.dataset.checked = good ? "good" : "bad";
  });
  $("check").disabled = false;
})();
