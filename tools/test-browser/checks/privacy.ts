import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { Check } from "../check.ts";

/** A server at another origin that would take anything from any page. */
async function otherOrigin(): Promise<{ address: string; requests: string[]; close(): void }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader("Access-Control-Allow-Origin", "*").end("taken");
  });
  server.on("upgrade", (request, socket) => {
    requests.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const place = server.address();
  assert(place !== null && typeof place === "object");
  return { address: `http://127.0.0.1:${place.port}/`, requests, close: () => server.close() };
}

/**
 * Tries whatever scripts of pages and workers can reach another place with; gives the names of what got through. Runs
 * in the page, from its source.
 */
async function reach(address: string): Promise<string[]> {
  const ends = (target: EventTarget, good: string, bad: string) =>
    new Promise<boolean>((done) => {
      target.addEventListener(good, () => done(true));
      target.addEventListener(bad, () => done(false));
      setTimeout(() => done(false), 2000);
    });
  const load = (name: string, attribute: string) => {
    const element = document.createElement(name);
    const loaded = ends(element, "load", "error");
    element.setAttribute(attribute, address);
    document.body.append(element);
    return loaded.finally(() => element.remove());
  };
  const asked = (kind: "GET" | "POST") => {
    const request = new XMLHttpRequest();
    const loaded = ends(request, "load", "error");
    request.open(kind, address);
    request.send(kind === "POST" ? "secret" : null);
    return loaded;
  };
  const ways: Record<string, () => Promise<boolean>> = {
    fetch: () => fetch(address, { method: "POST", mode: "no-cors", body: "secret" }).then(() => true),
    get: () => asked("GET"),
    post: () => asked("POST"),
    socket: async () => ends(new WebSocket(address.replace("http", "ws")), "open", "error"),
    events: async () => ends(new EventSource(address), "open", "error"),
    module: () => import(`${address}a.js`).then(() => true),
  };
  if (typeof document !== "undefined") {
    ways.image = () => load("img", "src");
    ways.script = () => load("script", "src");
    // A frame is loaded with whatever there is, and a beacon tells nothing: the server says whether they came.
    ways.frame = async () => (await load("iframe", "src")) && false;
    ways.beacon = async () => navigator.sendBeacon(address, "secret") && false;
  }
  const through = await Promise.all(
    Object.entries(ways).map(async ([name, way]) => ((await way().catch(() => false)) ? [name] : [])),
  );
  return through.flat();
}

export const PRIVACY_CHECKS: readonly Check[] = [
  {
    name: "the browser lets neither page nor workers reach any other place",
    async run(drive) {
      const other = await otherOrigin();
      try {
        assert.equal(await (await fetch(other.address)).text(), "taken");
        assert.deepEqual(other.requests.splice(0), ["GET /"]);
        // Both workers, as the other view starts the second.
        await drive.page.click("#tab-model");
        await drive.page.click("#tab-train");
        await drive.until("two workers", async () => drive.page.workers().length === 2);
        const script = `(() => { const __name = (named) => named; return (${reach})(${JSON.stringify(other.address)}); })()`;
        const places = [
          () => drive.page.evaluate(script),
          ...drive.page.workers().map((worker) => () => worker.evaluate(script)),
        ];
        for (const evaluate of places) {
          const through = await evaluate();
          const refused = drive.faults.take();
          assert.deepEqual(through, []);
          // All reasons are the policy, and what is refused during other checks would be seen as well.
          assert(
            refused.some((fault) => fault.endsWith("(csp)")),
            `the policy refused nothing: ${refused.join("; ")}`,
          );
        }
        assert.deepEqual(other.requests, []);
      } finally {
        other.close();
      }
    },
  },
];
