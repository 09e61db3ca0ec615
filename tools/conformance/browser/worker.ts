import { setBackend as setStockBackend } from "@mxgraft/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { backendStatus, setBackend } from "mxgraft";
import { runCase } from "../run-case.ts";
import type { Message, RequestName, Requests } from "./messages.ts";
import { servedFiles } from "./served-files.ts";
import { trainSteps } from "./train-steps.ts";

const files = servedFiles("/goldens");
const folders = { data: servedFiles("/data"), models: servedFiles("/models") };

type Handlers = { readonly [N in RequestName]: (ask: Requests[N]["ask"]) => Promise<Requests[N]["answer"]> };

const handlers: Handlers = {
  async start({ backend, stock }) {
    if (backend === "webgpu") await import("@tensorflow/tfjs-backend-webgpu");
    if (backend === "wasm") setWasmPaths("/wasm/");
    const name = await (stock ? setStockBackend : setBackend)(backend);
    const [status] = await backendStatus({ names: [name] });
    return { detail: status?.detail ?? "" };
  },
  replay: ({ place, ...where }) => runCase(files, place, folders, where),
  train: ({ steps }) => trainSteps(steps),
};

async function handle<N extends RequestName>({ name, ask }: Message<N>): Promise<Requests[N]["answer"]> {
  return handlers[name](ask);
}

self.addEventListener("message", ({ data: message }: MessageEvent<Message>) => {
  handle(message).then(
    (answer) => self.postMessage({ id: message.id, answer }),
    (error: unknown) =>
      self.postMessage({ id: message.id, error: error instanceof Error ? error.message : String(error) }),
  );
});
self.postMessage({ id: 0, answer: "ready" });
