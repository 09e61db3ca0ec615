/**
 * Keeps the page on the device. The build puts the names of all its files and the checksum of their contents in place
 * of the two constants.
 */
const VERSION = "__VERSION__";
const FILES = __FILES__;
const CACHE = `mxgraft-playground-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

/** A new version waits for this until no page of the old one is open, which may still load backends of its own. */
self.addEventListener("activate", (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("mxgraft-playground-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

/** The page itself comes from the network where there is one, so that a new version is seen; names of all other files change with their contents. */
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    if (request.mode === "navigate") {
      return fetch(request).catch(async () => (await cache.match("./index.html")) ?? Response.error());
    }
    // Servers vary answers by origin and encoding; what is kept is the same for all.
    return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
