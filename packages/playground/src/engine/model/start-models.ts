import type { ModelReport, ModelRequest } from "../../protocol/model-messages.ts";
import { Inbox, letMessagesIn } from "../inbox.ts";
import { probeBackends } from "../probe-backends.ts";
import { sentence } from "../sentence.ts";
import { ModelSession } from "./model-session.ts";

/** Listens to the page and does what it asks, one request after the other. */
export function startModels(): void {
  const inbox = new Inbox<ModelRequest>();
  addEventListener("message", ({ data }: MessageEvent<ModelRequest>) => inbox.push(data));
  void serve(inbox, (report) => self.postMessage(report));
}

async function serve(inbox: Inbox<ModelRequest>, post: (report: ModelReport) => void): Promise<never> {
  const session = new ModelSession(post);
  post({ kind: "backends", choices: await probeBackends() });
  for (;;) {
    await inbox.wait();
    const request = inbox.take();
    try {
      if (request !== undefined) await session.apply(request);
    } catch (error) {
      post({ kind: "failed", message: sentence(error) });
    }
    await letMessagesIn();
  }
}
