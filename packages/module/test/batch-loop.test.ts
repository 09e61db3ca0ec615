import type { HostArray } from "@mxgraft/base";
import type { DataBatch, DataIter } from "@mxgraft/data";
import { create } from "@mxgraft/metric";
import { expect, test, vi } from "vitest";
import {
  type BatchEndCallback,
  type BatchEndParam,
  Constant,
  type ForwardOptions,
  logTrainMetric,
  Module,
  type ModuleBatch,
  progressBar,
  speedometer,
} from "../src/index.ts";
import { linePoints, lineSymbol } from "./linear-graph.ts";

vi.mock("@mxgraft/executor", () => import("./linear-executor.ts"));

const options = { labelNames: ["line_label"], logger: () => {} };

/** Ten points in batches of two that note down what is given back. */
function points(): { iter: DataIter; returned: DataBatch[] } {
  const iter = linePoints(10, { batchSize: 2 });
  const returned: DataBatch[] = [];
  iter.recycle = (batch) => void returned.push(batch);
  return { iter, returned };
}

const kept: (DataBatch | undefined)[] = [];
const keeping: BatchEndCallback = ({ batch }) => void kept.push(batch);
const keepingAll: BatchEndCallback = (param) => void kept.push({ ...param }.batch);
const looking = ({ samples }: BatchEndParam) => void samples;

class KeepingModule extends Module {
  override async forward(batch: ModuleBatch, options?: ForwardOptions): Promise<void> {
    kept.push({ label: [], pad: 0, ...batch });
    await super.forward(batch, options);
  }
}

type Work = (module: Module, data: DataIter, callback?: BatchEndCallback) => Promise<unknown>;
const fit: Work = (module, data, batchEndCallback) =>
  module.fit(data, { numEpoch: 2, evalMetric: "mse", batchEndCallback });
const score: Work = async (module, data, batchEndCallback) => {
  await module.score(data, "mse", { batchEndCallback });
};
const predict: Work = (module, data) => module.predict(data);
const iterPredict: Work = async (module, data) => {
  for await (const { batch } of module.iterPredict(data)) kept.push(batch);
};

const loops: { name: string; work: Work; callback?: BatchEndCallback; make?: () => Module; returned: number }[] = [
  { name: "fit gives every batch back", work: fit, returned: 10 },
  { name: "score gives every batch back", work: score, returned: 5 },
  { name: "predict gives every batch back", work: predict, returned: 5 },
  { name: "fit with a Speedometer gives every batch back", work: fit, callback: speedometer(2), returned: 10 },
  { name: "fit with a callback that takes other facts gives them back", work: fit, callback: looking, returned: 10 },
  { name: "fit leaves a callback the batch that it asked for", work: fit, callback: keeping, returned: 0 },
  { name: "score leaves a callback the batch that it asked for", work: score, callback: keeping, returned: 0 },
  { name: "fit leaves a callback that copies all it is told the batch", work: fit, callback: keepingAll, returned: 0 },
  { name: "iterPredict leaves its caller the batches", work: iterPredict, returned: 0 },
  {
    name: "fit gives nothing back that a class of its own has seen",
    work: fit,
    make: () => new KeepingModule(lineSymbol(), options),
    returned: 0,
  },
];

test.for(loops)("$name", async ({ work, callback, make, returned: count }) => {
  kept.length = 0;
  const { iter, returned } = points();
  const module = make?.() ?? new Module(lineSymbol(), options);
  module.bind({ dataShapes: iter.provideData, labelShapes: iter.provideLabel });
  module.initParams({ initializer: new Constant(0.5) });
  await work(module, iter, callback);
  expect(returned).toHaveLength(count);
  expect(new Set(returned).size).toBe(count);
  const givenBack = new Set<HostArray | undefined>(returned.map(({ data: [array] }) => array));
  for (const batch of kept) expect(givenBack.has(batch?.data[0])).toBe(false);
});

const looks: { name: string; callbacks: BatchEndCallback[]; fetches: number }[] = [
  { name: "there is no callback", callbacks: [], fetches: 1 },
  { name: "a callback does not say when it looks", callbacks: [looking], fetches: 5 + 1 },
  { name: "no callback looks", callbacks: [progressBar(5)], fetches: 1 },
  { name: "a Speedometer looks at every second batch", callbacks: [speedometer(2, { frequent: 2 })], fetches: 2 + 1 },
  { name: "one of two looks", callbacks: [progressBar(5), logTrainMetric(4)], fetches: 2 + 1 },
];

test.for(looks)(
  "fit brings the metric up to date only where it is looked at: $name",
  async ({ callbacks, fetches }) => {
    const { iter } = points();
    const module = new Module(lineSymbol(), options);
    const fetched = vi.spyOn(module, "fetchMetric");
    await module.fit(iter, { numEpoch: 1, evalMetric: "mse", batchEndCallback: callbacks });
    expect(fetched).toHaveBeenCalledTimes(fetches);
  },
);

test("a step of one's own leaves the metric up to date", async () => {
  const { iter } = points();
  const module = new Module(lineSymbol(), options);
  module.bind({ dataShapes: iter.provideData, labelShapes: iter.provideLabel });
  module.initParams();
  module.initOptimizer();
  const fetched = vi.spyOn(module, "fetchMetric");
  const batch = await iter.next();
  if (batch === undefined) throw new Error("no batch");
  await module.trainStep(batch, create("mse"));
  expect(fetched).toHaveBeenCalledTimes(1);
});
