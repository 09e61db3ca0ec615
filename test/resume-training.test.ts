import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { castHostArray } from "@mxgraft/base";
import { drawDigits, NDArrayIter, RepeatLabelIter } from "@mxgraft/data";
import { FactorScheduler, Xavier } from "@mxgraft/module";
import { Module, moduleCheckpoint } from "@mxgraft/module/node";
import { registerAll, setBackend, sym } from "mxgraft";
import { afterAll, beforeAll, expect, test } from "vitest";

const BATCH = 20;
const LABELS = ["softmax_label", "center_label"];

/** Everything that draws or remembers: Dropout, BatchNorm, centers. */
function network() {
  const flat = sym.Flatten({ data: sym.variable("data") });
  const hidden = sym.FullyConnected({ data: flat, num_hidden: 16, name: "fc1" });
  const norm = sym.BatchNorm({ data: hidden, fix_gamma: false, name: "norm" });
  const dropped = sym.Dropout({ data: sym.Activation({ data: norm, act_type: "relu" }), p: 0.3 });
  const embedding = sym.FullyConnected({ data: dropped, num_hidden: 4, name: "embedding" });
  const scores = sym.FullyConnected({ data: embedding, num_hidden: 10, name: "fc2" });
  const center = sym.Custom({
    data: embedding,
    label: sym.variable("center_label"),
    op_type: "centerloss",
    num_class: 10,
    alpha: 0.5,
    batchsize: BATCH,
    name: "center_loss_",
  });
  return sym.Group([
    sym.SoftmaxOutput({ data: scores, label: sym.variable("softmax_label"), name: "softmax" }),
    sym.MakeLoss({ data: center, name: "center_loss" }),
  ]);
}

function digits() {
  const { images, labels } = drawDigits({ count: 200, seed: 3, size: 12 });
  const iter = new NDArrayIter(castHostArray(images, "float32"), castHostArray(labels, "float32"), {
    batchSize: BATCH,
    shuffle: true,
    seed: 9,
  });
  return new RepeatLabelIter(iter, LABELS);
}

/** Options of both runs; the scheduler has a state of its own. */
function options() {
  return {
    optimizer: "adam",
    optimizerParams: { learningRate: 0.01, lrScheduler: new FactorScheduler({ step: 12, factor: 0.5 }) },
    initializer: new Xavier(),
    evalMetric: "center_loss",
  };
}

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "mxgraft-resume-"));
  folders.push(made);
  return made;
}

beforeAll(async () => {
  registerAll();
  await setBackend("wasm");
});

afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

const silent = { labelNames: LABELS, logger: () => {}, seed: 4 };

test("a run that goes on from a checkpoint writes the same files as one that was never stopped", async () => {
  const through = join(folder(), "net");
  const whole = new Module(network(), silent);
  const every = moduleCheckpoint(whole, through, { saveTrainingState: true });
  await whole.fit(digits(), { ...options(), numEpoch: 4, epochEndCallback: every });
  whole.dispose();

  const stopped = join(folder(), "net");
  const first = new Module(network(), silent);
  const beforeStop = moduleCheckpoint(first, stopped, { saveTrainingState: true });
  await first.fit(digits(), { ...options(), numEpoch: 2, epochEndCallback: beforeStop });
  first.dispose();
  const { module: second, resume } = Module.resume(stopped, undefined, silent);
  const afterwards = moduleCheckpoint(second, stopped, { saveTrainingState: true });
  await second.fit(digits(), { ...options(), numEpoch: 4, epochEndCallback: afterwards, resume });
  second.dispose();

  for (const ending of ["0004.params", "0004.states", "0004.training.json"]) {
    const [a, b] = [through, stopped].map((prefix) => readFileSync(`${prefix}-${ending}`));
    expect(a?.equals(b ?? Buffer.alloc(0)), ending).toBe(true);
  }
});
