// The first thing that runs in the page. It sets theme and language before anything is painted,
// finds out whether another tab holds the data, compiles the wasm once for page and Worker, starts
// the app, and looks after updates. What the Rust side needs stands in `globalThis.fieldproof`:
//   second   true where another tab holds the data
//   module   the compiled wasm, handed to the Worker
//   worker   where the Worker's script is
//   offline  true where every file is kept here, false where one could not be had yet and is tried
//            again (and the event `fieldproof-offline` is sent)
//   waiting  true where a new version waits (and the event `fieldproof-update` is sent)
//   apply()  starts the waiting version
//   running  the Worker, put there by the Rust side
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("fieldproof.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const language = localStorage.getItem("fieldproof.language");
    if (/^[a-z]{2}(-[A-Z]{2})?$/.test(language || "")) root.lang = language;
  } catch { /* storage is forbidden: as the system has it */ }

  const shared = (globalThis.fieldproof = {
    second: false, module: undefined, worker: "/{{worker.js}}", offline: undefined, waiting: false, apply() {},
  });

  // One tab holds the lock for as long as it lives. A second one waits for it and then loads anew.
  let release = () => {};
  const lock = () => new Promise((resolve) => {
    if (!navigator.locks) return resolve(true);
    navigator.locks.request("fieldproof", { ifAvailable: true }, (held) => {
      resolve(held !== null);
      if (held) return new Promise((done) => { release = done; });
      navigator.locks.request("fieldproof", () => location.reload());
    }).catch(() => resolve(true));
  });

  // A page that the browser puts aside (to come back to it at once) must not keep the data from the
  // tab that is in front: it gives everything up, and starts anew if it does come back.
  addEventListener("pagehide", (event) => {
    if (!event.persisted) return;
    if (shared.running) shared.running.terminate();
    release();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const offline = (is) => {
    shared.offline = is;
    dispatchEvent(new Event("fieldproof-offline"));
  };

  // Registers the worker, again and again until it has every file once: one that failed must not
  // leave the phone without an app where there is no signal.
  const registered = async (pause = 2_000) => {
    const registration = await navigator.serviceWorker
      .register("/sw.js", { updateViaCache: "none" }).catch(() => undefined);
    const first = registration && !registration.active && (registration.installing || registration.waiting);
    const whole = registration && (registration.active || (first && await new Promise((resolve) => {
      const look = () => {
        if (first.state === "redundant") resolve(false);
        if (first.state === "activated") resolve(true);
      };
      first.addEventListener("statechange", look);
      look();
    })));
    offline(Boolean(whole));
    if (whole) return registration;
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
      addEventListener("online", resolve, { once: true });
    });
    return registered(Math.min(pause * 2, 60_000));
  };

  const updates = async () => {
    if (!navigator.serviceWorker) return;
    const registration = await registered();
    let asking, ends;
    const ready = () => {
      // Without a controller this is the first installation, not an update.
      if (!registration.waiting || !navigator.serviceWorker.controller) return;
      shared.waiting = true;
      dispatchEvent(new Event("fieldproof-update"));
    };
    // Asked again until it has taken over: a phone with little memory may end a worker before it heard.
    const ask = () => {
      if (registration.waiting) registration.waiting.postMessage("apply");
      else if (registration.active && registration.active.state === "activated") location.reload();
    };
    shared.apply = () => {
      clearInterval(asking);
      clearTimeout(ends);
      asking = setInterval(ask, 2_000);
      // Somebody may have gone on meanwhile: no reload long after the tap.
      ends = setTimeout(() => { clearInterval(asking); asking = undefined; }, 20_000);
      ask();
    };
    navigator.serviceWorker.addEventListener("controllerchange", () => { if (asking) location.reload(); });
    registration.addEventListener("updatefound", () => {
      const next = registration.installing;
      if (next) next.addEventListener("statechange", () => { if (next.state === "installed") ready(); });
    });
    ready();
    // A phone keeps the app open for weeks: look when it comes to the front, at most once an hour.
    let looked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || !navigator.onLine || Date.now() - looked < 3_600_000) return;
      looked = Date.now();
      registration.update().catch(() => {});
    });
  };

  const start = async () => {
    const compiled = WebAssembly.compileStreaming(fetch("/{{app.wasm}}"));
    const [module, app, first] = await Promise.all([compiled, import("/{{app.js}}"), lock()]);
    shared.module = module;
    shared.second = !first;
    await app.default({ module_or_path: module });
  };

  // Translators put the words of the page into elements of their own: what is updated later is then no
  // longer what is seen. The app itself uses none of these.
  const watched = () => {
    const notice = document.getElementById("translated");
    const translated = (record) =>
      /\btranslated-(ltr|rtl)\b/.test(root.className) || [...record.addedNodes].some((node) => node.nodeName === "FONT");
    const watch = new MutationObserver((records) => {
      if (!records.some(translated)) return;
      notice.hidden = false;
      watch.disconnect();
    });
    watch.observe(root, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
  };

  const trouble = (error) => {
    const show = () => {
      document.getElementById("boot-reason").textContent = String(error);
      document.getElementById("boot-trouble").hidden = false;
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show); else show();
  };

  // Dioxus looks for #main; a classic script in the head runs before that is there.
  const parsed = new Promise((resolve) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve); else resolve();
  });
  parsed.then(watched);
  parsed.then(start).catch(trouble);
  // Precaching must not slow the first start.
  addEventListener("load", () => updates().catch(() => { /* private window: works, online only */ }));
})();
