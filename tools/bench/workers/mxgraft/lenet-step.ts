import { CenterLossMetric, CompositeEvalMetric, CrossEntropy, SeedAccuracy } from "@mxgraft/metric";
import { Module, speedometer } from "@mxgraft/module";
import { lenet } from "mxgraft";
import type { Job } from "../../run/protocol.ts";
import { type Inputs, numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";
import { compilationFacts } from "./compilation-facts.ts";
import { GatedIter } from "./gated-iter.ts";
import { ReadyBatches } from "./ready-batches.ts";

/** The network of the original program, with the parameters of the case and the program's optimizer. */
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

/** What the cross-entropy is taken of: the graph has two outputs and two labels. */
const FIRST = { outputNames: ["softmax_output"], labelNames: ["softmax_label"] };
/** Steps whose losses are compared before anything is timed. */
const CHECKED = 3;

/**
 * One step of the training loop as `fit` makes it: forward, backward, update, both metrics of the program. Batches lie
 * ready, as they do for the peers.
 */
export async function lenetStep(job: Job): Promise<Work> {
  const inputs = readInputs(job);
  const module = lenetModule(job, inputs);
  const batches = new ReadyBatches(inputs, numberSetting(job, "batch"));

  const check = { softmax: [] as number[], center: [] as number[] };
  for (let i = 0; i < CHECKED; i++) {
    batches.length = 1;
    const softmax = new CrossEntropy(FIRST);
    const center = new CenterLossMetric();
    const evalMetric = new CompositeEvalMetric({ metrics: [softmax, center] });
    await module.fit(batches, {
      numEpoch: 1,
      evalMetric,
      batchEndCallback: ({ evalMetric: metric }) => {
        const values = new Map(metric.getNameValue());
        check.softmax.push(values.get(softmax.name) ?? Number.NaN);
        check.center.push(values.get(center.name) ?? Number.NaN);
      },
    });
  }

  // One call of `fit` for all that is timed, in an epoch without end.
  batches.length = Number.POSITIVE_INFINITY;
  const gated = new GatedIter(batches, "batch");
  const training = module.fit(gated, {
    numEpoch: 1,
    evalMetric: new CompositeEvalMetric({ metrics: [new SeedAccuracy(), new CenterLossMetric()] }),
    batchEndCallback: speedometer(batches.batchSize, { logger: () => undefined }),
  });
  return {
    check,
    facts: compilationFacts(module.executor),
    times: async (warm, iterations) => (await gated.grant(warm + iterations, training)).slice(warm),
  };
}
