import { hostArray } from "@mxgraft/base";
import { MNISTIter, RepeatLabelIter } from "@mxgraft/data";
import { CenterLossMetric, CompositeEvalMetric, SeedAccuracy } from "@mxgraft/metric";
import { speedometer } from "@mxgraft/module";
import type { Job } from "../../run/protocol.ts";
import { numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";
import { lenetModule } from "./lenet-step.ts";
import { ReadyBatches } from "./ready-batches.ts";

/**
 * An epoch of the seed's program as `fit` runs it: batches drawn in random order from the digits, steps, metrics,
 * Speedometer. With `part: "steps"` only the steps, on batches that lie ready.
 */
export async function epoch(job: Job): Promise<Work> {
  const inputs = readInputs(job);
  const size = numberSetting(job, "batch");
  const module = lenetModule(job, inputs);
  if (job.settings.part === "steps") {
    const batches = new ReadyBatches(inputs, size);
    // Nothing but forward, backward and update.
    const evalMetric = new CompositeEvalMetric({ metrics: [] });
    const steps = async () => module.fit(batches, { numEpoch: 1, evalMetric });
    return { check: {}, facts: {}, step: steps };
  }
  const pixels = inputs.floats("data");
  const label = inputs.floats("label");
  const image = hostArray(
    "uint8",
    [label.length, 28, 28],
    Uint8Array.from(pixels, (value) => Math.round(value * 256)),
  );
  const labels = hostArray("uint8", [label.length], Uint8Array.from(label));
  const digits = new MNISTIter({ image, label: labels, batchSize: size, shuffle: true, seed: 1 });
  const data = new RepeatLabelIter(digits, ["softmax_label", "center_label"]);
  const step = async () => {
    const evalMetric = new CompositeEvalMetric({ metrics: [new SeedAccuracy(), new CenterLossMetric()] });
    const batchEndCallback = speedometer(size, { logger: () => undefined });
    await module.fit(data, { numEpoch: 1, evalMetric, batchEndCallback });
  };
  return { check: {}, facts: {}, step };
}
