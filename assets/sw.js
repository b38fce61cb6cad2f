// Makes the app start without a network: every file of this build is in one cache, whole or not at
// all, each checked against its SHA-256 (a captive portal's page must not become the app). What
// comes from the server under /v1/ is never touched. A new version waits until the app says "apply".
const BUILD = "{{build}}";
const FILES = {{files}}; // path → SHA-256

const CACHE = "fieldproof-" + BUILD;
// Where a cache keeps its own FILES, so that the next version takes over what did not change.
const LIST = "/.fieldproof-files";

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const fetched = async (path, wanted) => {
  // What is named by its content may come from the browser's own cache: the page has just loaded it.
  // The rest comes from the server itself, not from a copy that is a second too old.
  const cache = /-[0-9a-f]{16}\.\w+$/.test(path) ? "default" : "reload";
  const response = await fetch(path, { cache, credentials: "same-origin" });
  if (!response.ok) throw new Error(path + ": " + response.status);
  const body = await response.clone().arrayBuffer();
  if (hex(await crypto.subtle.digest("SHA-256", body)) !== wanted) throw new Error(path + " is not what was built");
  return response;
};

// Earlier versions' files by their hash.
const kept = async () => {
  const found = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith("fieldproof-") || name === CACHE) continue;
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (!list) continue;
    for (const [path, hash] of Object.entries(await list.json())) found.set(hash, [cache, path]);
  }
  return found;
};

const install = async () => {
  const cache = await caches.open(CACHE);
  const old = await kept();
  try {
    await Promise.all(Object.entries(FILES).map(async ([path, hash]) => {
      const [from, name] = old.get(hash) || [];
      const response = (from && (await from.match(name))) || (await fetched(path, hash));
      await cache.put(path, response);
    }));
    await cache.put(LIST, new Response(JSON.stringify(FILES), { headers: { "Content-Type": "application/json" } }));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
};

const activate = async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("fieldproof-") && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "apply") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/v1/") || url.pathname === "/metrics") return;
  // The app has one page, at "/"; what else is served from this host is not the app's.
  const path = request.mode === "navigate" && url.pathname === "/" ? "/index.html" : url.pathname;
  if (!(path in FILES)) return;
  event.respondWith(
    caches.open(CACHE).then((cache) => cache.match(path)).then((response) => response || fetch(request)),
  );
});
