import * as tf from "@tensorflow/tfjs";
import { createInitializer, float32Array, group, type HostArray, Module, sym } from "mxgraft";

/** What is alive on a backend. */
export interface Usage {
  readonly tensors: number;
  /** Bytes of tensors. */
  readonly bytes: number;
  /** Bytes that the backend holds on the graphics card, free buffers or textures included; 0 where it has none. */
  readonly bytesOnCard: number;
}

export interface TrainingReport {
  /** After the first steps, which fill caches. */
  readonly before: Usage;
  readonly after: Usage;
  /** Mean of -log p of the right class, of the first batch and of the last. */
  readonly losses: readonly [number, number];
  readonly millisecondsPerStep: number;
}

function usage(): Usage {
  const { numTensors, numBytes, ...rest } = tf.memory();
  const facts = new Map<string, unknown>(Object.entries(rest));
  // webgl and webgpu have another name for it each.
  const onCard = Number(facts.get("numBytesInGPUAllocated") ?? facts.get("numBytesAllocatedInGPU") ?? 0);
  return { tensors: numTensors, bytes: numBytes, bytesOnCard: onCard };
}

const BATCH = 16;
const SIDE = 12;
const CLASSES = 4;
/** Steps before anything is counted. */
const WARM_UP = 5;

/** Squares at one of four places by class, moved by a pixel: learned in a few steps, and without any file. */
function batchOf(step: number) {
  const data = float32Array([BATCH, 1, SIDE, SIDE]);
  const label = float32Array([BATCH]);
  for (let i = 0; i < BATCH; i++) {
    const kind = (step + i) % CLASSES;
    const shift = (step + 3 * i) % 2;
    label.data[i] = kind;
    const [top, left] = [Math.floor(kind / 2) * 6 + shift, (kind % 2) * 6 + shift];
    for (let y = top; y < top + 4; y++) {
      for (let x = left; x < left + 4; x++) data.data[(i * SIDE + y) * SIDE + x] = 1;
    }
  }
  return { data, label };
}

/** LeNet in small: a convolution, pooling, an embedding of two numbers, softmax loss and center loss. */
function network() {
  const convolved = sym.Convolution({ data: sym.variable("data"), kernel: [5, 5], num_filter: 4 });
  const pooled = sym.Pooling({
    data: sym.Activation({ data: convolved, act_type: "tanh" }),
    pool_type: "max",
    kernel: [2, 2],
    stride: [2, 2],
  });
  const hidden = sym.FullyConnected({ data: sym.Flatten({ data: pooled }), num_hidden: 16 });
  const embedding = sym.FullyConnected({ data: sym.Activation({ data: hidden, act_type: "tanh" }), num_hidden: 2 });
  const scores = sym.FullyConnected({ data: embedding, num_hidden: CLASSES });
  const softmax = sym.SoftmaxOutput({ data: scores, label: sym.variable("softmax_label"), name: "softmax" });
  const center = sym.Custom({
    data: embedding,
    label: sym.variable("center_label"),
    op_type: "centerloss",
    num_class: CLASSES,
    alpha: "0.5",
    scale: "0.1",
    batchsize: BATCH,
    name: "center_loss_",
  });
  return group([softmax, sym.MakeLoss({ data: center, name: "center_loss" })]);
}

async function softmaxLoss(module: Module, label: HostArray): Promise<number> {
  const [probabilities] = await module.getOutputs();
  let loss = 0;
  for (let i = 0; i < BATCH; i++) {
    loss -= Math.log(Number(probabilities?.data[i * CLASSES + Number(label.data[i])])) / BATCH;
  }
  return loss;
}

/** Trains a small network with center loss for some steps on the current backend, and counts what stays alive. */
export async function trainSteps(steps: number): Promise<TrainingReport> {
  const labelNames = ["softmax_label", "center_label"];
  const module = new Module(network(), { labelNames, seed: 1 });
  try {
    module.bind({
      dataShapes: [{ name: "data", shape: [BATCH, 1, SIDE, SIDE] }],
      labelShapes: labelNames.map((name) => ({ name, shape: [BATCH] })),
    });
    await module.initParams({ initializer: createInitializer("xavier") });
    await module.initOptimizer({ optimizer: "sgd", optimizerParams: { learning_rate: 0.1, momentum: 0.9 } });
    const losses: number[] = [];
    const step = async (i: number) => {
      const { data, label } = batchOf(i);
      await module.forwardBackward({ data: [data], label: [label, label], pad: 0 });
      losses.push(await softmaxLoss(module, label));
      await module.update();
    };
    for (let i = 0; i < WARM_UP; i++) await step(i);
    const before = usage();
    const start = performance.now();
    for (let i = WARM_UP; i < WARM_UP + steps; i++) await step(i);
    const millisecondsPerStep = (performance.now() - start) / steps;
    return { before, after: usage(), losses: [losses[0] ?? 0, losses.at(-1) ?? 0], millisecondsPerStep };
  } finally {
    module.dispose();
  }
}
