// The engine's Worker. The first message is the compiled wasm; its main() then takes over onmessage
// and says "ready". Asks are not sent before that, so none can be lost.
import init from "/{{app.js}}";

self.onmessage = (event) => {
  self.onmessage = null;
  init({ module_or_path: event.data }).catch((error) => postMessage("gone:" + error));
};
