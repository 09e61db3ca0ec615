import { byId, setText } from "./element.ts";

/** Keeps the whole page on the device, in the background, so that it opens without a network. Not in development. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const begin = async () => {
    await navigator.serviceWorker.register("./service-worker.js");
    await navigator.serviceWorker.ready;
    setText(byId("offline-note", HTMLElement), "Works offline.");
  };
  // After everything that the page needs itself.
  addEventListener("load", () => setTimeout(() => void begin().catch(() => undefined), 1500), { once: true });
}
