import { hostArray } from "@mxgraft/base";
import { type DataIter, MNISTIter, RepeatLabelIter } from "@mxgraft/data";
import { CenterLossMetric, CompositeEvalMetric, SeedAccuracy } from "@mxgraft/metric";
import { speedometer } from "@mxgraft/module";
import type { Job } from "../../run/protocol.ts";
import { type Inputs, numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";
import { compilationFacts } from "./compilation-facts.ts";
import { GatedIter } from "./gated-iter.ts";
import { lenetModule } from "./lenet-step.ts";
import { ReadyBatches } from "./ready-batches.ts";

/** Digits in a new random order for every epoch, as the program reads them. */
function shuffledDigits(inputs: Inputs, batchSize: number): DataIter {
  const pixels = inputs.floats("data");
  const labels = inputs.floats("label");
  const image = hostArray(
    "uint8",
    [labels.length, 28, 28],
    Uint8Array.from(pixels, (value) => Math.round(value * 256)),
  );
  const label = hostArray("uint8", [labels.length], Uint8Array.from(labels));
  const digits = new MNISTIter({ image, label, batchSize, shuffle: true, reshuffle: true, seed: 1 });
  return new RepeatLabelIter(digits, ["softmax_label", "center_label"]);
}

/**
 * An epoch of the original program as `fit` runs it: batches drawn in random order from the digits, steps, metrics,
 * Speedometer. With `part: "steps"` nothing but forward, backward and update, on batches that lie ready.
 */
export async function epoch(job: Job): Promise<Work> {
  const inputs = readInputs(job);
  const size = numberSetting(job, "batch");
  const module = lenetModule(job, inputs);
  const alone = job.settings.part === "steps";
  const gated = new GatedIter(alone ? new ReadyBatches(inputs, size) : shuffledDigits(inputs, size), "epoch");
  const metrics = alone ? [] : [new SeedAccuracy(), new CenterLossMetric()];
  const training = module.fit(gated, {
    numEpoch: Number.MAX_SAFE_INTEGER,
    evalMetric: new CompositeEvalMetric({ metrics }),
    ...(alone ? {} : { batchEndCallback: speedometer(size, { logger: () => undefined }) }),
  });
  await gated.grant(1, training);
  return {
    check: {},
    facts: compilationFacts(module.executor),
    times: async (warm, iterations) => (await gated.grant(warm + iterations, training)).slice(warm),
  };
}
