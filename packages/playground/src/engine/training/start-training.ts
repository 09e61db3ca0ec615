import type { TrainingReport, TrainingRequest } from "../../protocol/training-messages.ts";
import { Inbox, letMessagesIn } from "../inbox.ts";
import { probeBackends } from "../probe-backends.ts";
import { sentence } from "../sentence.ts";
import { Trainer } from "./trainer.ts";

/** Listens to the page and trains, one batch at a time, so that a request never waits longer than for a batch. */
export function startTraining(): void {
  const inbox = new Inbox<TrainingRequest>();
  addEventListener("message", ({ data }: MessageEvent<TrainingRequest>) => inbox.push(data));
  const post = (report: TrainingReport, transfer: Transferable[] = []) => self.postMessage(report, { transfer });
  void serve(inbox, post);
}

async function serve(
  inbox: Inbox<TrainingRequest>,
  post: (report: TrainingReport, transfer?: Transferable[]) => void,
): Promise<never> {
  const trainer = new Trainer(post);
  post({ kind: "backends", choices: await probeBackends() });
  for (;;) {
    try {
      const request = inbox.take();
      if (request !== undefined) {
        // Of a slider that moves, only the last place counts.
        if (!(request.kind === "change" && inbox.next?.kind === "change")) await trainer.apply(request);
      } else if (trainer.running) await trainer.trainBatch();
      else await inbox.wait();
    } catch (error) {
      trainer.pause();
      post({ kind: "failed", message: sentence(error) });
    }
    await letMessagesIn();
  }
}
