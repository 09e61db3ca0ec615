import { hostArray } from "@mxgraft/base";
import { Module, Xavier } from "@mxgraft/module";
import { backendStatus } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { registerAll, setBackend, sym } from "mxgraft";
import { expect, test } from "vitest";

const CLASSES = 1_000_000;
const SIZE = 128;
const BATCH = 64;
/** Bytes of the table of centers. */
const TABLE = CLASSES * SIZE * 4;

const [native] = await backendStatus({ names: ["tensorflow"] });

test.skipIf(!native?.available)(
  `a table of ${CLASSES} x ${SIZE} centers trains on tensorflow without a second copy (${native?.reason ?? "here"})`,
  async () => {
    registerAll();
    await setBackend("tensorflow");
    tf.tidy(() => tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).dataSync());
    const before = process.memoryUsage().rss;
    const center = sym.Custom({
      data: sym.FullyConnected({ data: sym.variable("data"), num_hidden: SIZE, name: "embedding" }),
      label: sym.variable("center_label"),
      op_type: "centerloss",
      num_class: CLASSES,
      alpha: 0.5,
      batchsize: BATCH,
      name: "center_loss_",
    });
    const module = new Module(sym.MakeLoss({ data: center, name: "center_loss" }), { labelNames: ["center_label"] });
    module.bind({ dataShapes: { data: [BATCH, 16] }, labelShapes: { center_label: [BATCH] } });
    module.initParams({ initializer: new Xavier() });
    module.initOptimizer({ optimizer: "sgd", optimizerParams: { learningRate: 0.01 } });
    const data = hostArray("float32", [BATCH, 16]);
    for (let i = 0; i < data.data.length; i++) data.data[i] = Math.sin(i);
    const label = hostArray("float32", [BATCH]);
    const step = async (number: number) => {
      for (let i = 0; i < BATCH; i++) label.data[i] = (number * 7919 + i * 104_729) % CLASSES;
      await module.forwardBackward({ data: [data], label: [label], pad: 0 });
      await module.update();
    };
    for (let number = 0; number < 10; number++) await step(number);
    const { numTensors } = tf.memory();
    for (let number = 10; number < 1000; number++) await step(number);
    expect(tf.memory().numTensors).toBe(numTensors);
    // `maxRSS` counts what initialization took for a moment, too.
    const peak = process.resourceUsage().maxRSS * 1024;
    expect(peak - before).toBeGreaterThan(TABLE * 0.9);
    expect(peak - before).toBeLessThan(TABLE * 1.5);
    module.dispose();
  },
);
