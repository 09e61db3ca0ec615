import { type HostArray, hostArray, toFloat32 } from "@mxgraft/base";
import { CenterLossMetric, CompositeEvalMetric, SeedAccuracy } from "@mxgraft/metric";
import { Module } from "@mxgraft/module";
import { lenet } from "mxgraft";
import type { Job } from "../../run/protocol.ts";
import { type Inputs, numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";

interface LenetBatch {
  readonly data: readonly HostArray[];
  readonly label: readonly HostArray[];
  readonly pad: number;
}

export function lenetBatches(inputs: Inputs, size: number): LenetBatch[] {
  const images = inputs.floats("data");
  const labels = inputs.floats("label");
  const pixels = 28 * 28;
  return Array.from({ length: labels.length / size }, (_, i) => {
    const data = images.slice(i * size * pixels, (i + 1) * size * pixels);
    const label = hostArray("float32", [size], labels.slice(i * size, (i + 1) * size));
    return { data: [hostArray("float32", [size, 1, 28, 28], data)], label: [label, label], pad: 0 };
  });
}

/** The network of the seed's program, with the parameters of the case and the program's optimizer. */
export function lenetModule(job: Job, inputs: Inputs): Module {
  const size = numberSetting(job, "batch");
  const module = new Module(lenet({ batchSize: size }), {
    labelNames: ["softmax_label", "center_label"],
    logger: () => undefined,
  });
  module.bind({
    dataShapes: { data: [size, 1, 28, 28] },
    labelShapes: { softmax_label: [size], center_label: [size] },
  });
  const parameters = new Map(module.paramNames.map((name) => [name, inputs.array(name)]));
  module.initParams({ argParams: parameters });
  module.initOptimizer({ optimizer: "sgd", optimizerParams: { learningRate: 0.01, momentum: 0.9, wd: 5e-4 } });
  return module;
}

/** Steps whose losses are compared before anything is timed. */
const CHECKED = 3;

/** One step of the training loop: forward, backward, update, both metrics of the program. */
export async function lenetStep(job: Job): Promise<Work> {
  const inputs = readInputs(job);
  const size = numberSetting(job, "batch");
  const module = lenetModule(job, inputs);
  const batches = lenetBatches(inputs, size);
  const metric = new CompositeEvalMetric({ metrics: [new SeedAccuracy(), new CenterLossMetric()] });
  let turn = 0;
  const step = async () => {
    const batch = batches[turn++ % batches.length];
    if (batch === undefined) return;
    await module.forwardBackward(batch);
    await module.update();
    await module.updateMetric(metric, batch.label, { pad: 0 });
  };

  const softmax: number[] = [];
  const center: number[] = [];
  for (let i = 0; i < CHECKED; i++) {
    const label = batches[turn % batches.length]?.label[0];
    await step();
    const [probabilities, loss] = await module.getOutputs();
    if (label === undefined || probabilities === undefined || loss === undefined) break;
    softmax.push(crossEntropy(toFloat32(probabilities), toFloat32(label)));
    center.push(toFloat32(loss)[0] ?? Number.NaN);
  }
  return { check: { softmax, center }, facts: {}, step };
}

function crossEntropy(probabilities: Float32Array, labels: Float32Array): number {
  const classes = probabilities.length / labels.length;
  const sum = labels.reduce((total, label, row) => total - Math.log(probabilities[row * classes + label] ?? 0), 0);
  return sum / labels.length;
}
