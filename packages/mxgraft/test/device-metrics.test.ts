import { float32Array, Random } from "@mxgraft/base";
import { CrossEntropy } from "@mxgraft/metric";
import { backendStatus } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { Module, NDArrayIter, setBackend, speedometer, sym } from "mxgraft";
import { expect, test } from "vitest";

const [webgpu] = await backendStatus({ names: ["webgpu"] });

/** Trains a small classifier for two epochs; gives the log and how often an array was read. */
async function train(backend: "cpu" | "webgpu") {
  await setBackend(backend);
  const random = new Random(5);
  const numbers = Float32Array.from({ length: 26 * 3 }, () => random.uniform());
  const classes = Float32Array.from({ length: 26 }, (_, i) => Number((numbers[3 * i] ?? 0) > 0.5));
  const data = new NDArrayIter(float32Array([26, 3], numbers), float32Array([26], classes), { batchSize: 2 });
  // The last batch of these is padded.
  const evalData = new NDArrayIter(float32Array([26, 3], numbers), float32Array([26], classes), { batchSize: 3 });
  const scores = sym.FullyConnected({ data: sym.variable("data"), num_hidden: 2, name: "scores" });
  const lines: string[] = [];
  const logger = (line: string) => void lines.push(line.replace(/Speed: [\d.]+/, "Speed: N"));
  const module = new Module(sym.SoftmaxOutput({ data: scores, name: "softmax" }), { seed: 1, logger });
  let reads = 0;
  const tfBackend = tf.backend();
  const read = tfBackend.read.bind(tfBackend);
  tfBackend.read = (dataId) => {
    reads++;
    return read(dataId);
  };
  const held = tf.memory().numTensors;
  try {
    await module.fit(data, {
      numEpoch: 2,
      evalData,
      evalMetric: ["acc", "ce"],
      optimizerParams: { learningRate: 0.5, momentum: 0.9 },
      batchEndCallback: speedometer(2, { frequent: 6 }),
    });
  } finally {
    tfBackend.read = read;
    module.dispose();
  }
  expect(tf.memory().numTensors).toBe(held);
  return { lines: lines.filter((line) => !line.includes("Time cost")), reads };
}

test("fit on webgpu waits for the device only where a metric is looked at, and logs what the cpu logs", async ({
  skip,
}) => {
  if (!webgpu?.available) skip(`no webgpu here: ${webgpu?.reason}`);
  const host = await train("cpu");
  const device = await train("webgpu");
  const numbers = (lines: readonly string[]) => lines.map((line) => line.replace(/[\d.]+$/, ""));
  expect(numbers(device.lines)).toEqual(numbers(host.lines));
  const figures = (lines: readonly string[]) =>
    lines
      .join(" ")
      .match(/=[\d.]+/g)
      ?.map((text) => Number(text.slice(1)));
  const wanted = figures(host.lines) ?? [];
  expect(figures(device.lines)).toEqual(wanted.map((value) => expect.closeTo(value, 5)));
  // In each epoch: the Speedometer's line after 7 of 13 batches, and the end, where its second line finds all there;
  // the eight whole batches of the validation at once, and the padded one.
  expect(device.reads).toBe(2 * (2 + 2));
});

test("a step of one's own on webgpu has its metric at once", async ({ skip }) => {
  if (!webgpu?.available) skip(`no webgpu here: ${webgpu?.reason}`);
  await setBackend("webgpu");
  const module = new Module(sym.SoftmaxOutput({ data: sym.variable("data"), name: "softmax" }), { logger: () => {} });
  module.bind({ dataShapes: { data: [1, 2] }, labelShapes: { softmax_label: [1] } });
  module.initParams();
  module.initOptimizer();
  const metric = new CrossEntropy();
  // The logarithms of 1/4 and 3/4.
  const data = [float32Array([1, 2], [Math.log(0.25), Math.log(0.75)])];
  for (const [label, sum] of [
    [0, -Math.log(0.25)],
    [1, -Math.log(0.25) - Math.log(0.75)],
  ] as const) {
    await module.trainStep({ data, label: [float32Array([1], [label])] }, metric);
    expect(metric.sumMetric).toBeCloseTo(sum, 5);
  }
  module.dispose();
});
