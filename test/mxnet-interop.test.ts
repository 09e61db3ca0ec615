import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type HostArray, hostArray, Random, toFloat32 } from "@mxgraft/base";
import { saveNpz } from "@mxgraft/files/node";
import { Xavier } from "@mxgraft/module";
import { Module } from "@mxgraft/module/node";
import { registerAll, setBackend, sym } from "mxgraft";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const python = process.env.MXGRAFT_MXNET_PYTHON;
const script = fileURLToPath(new URL("mxnet/run-checkpoint.py", import.meta.url));

const BATCH = 8;
const CLASSES = 4;
const LABELS = ["softmax_label", "center_label"];

/** A small network of the original program's kind, every layer of it. */
function network() {
  const data = sym.variable("data");
  const conv = sym.Convolution({ data, kernel: [3, 3], num_filter: 3, name: "conv" });
  const norm = sym.BatchNorm({ data: conv, fix_gamma: false, name: "norm" });
  const pool = sym.Pooling({
    data: sym.Activation({ data: norm, act_type: "tanh" }),
    kernel: [2, 2],
    stride: [2, 2],
    pool_type: "max",
  });
  const embedding = sym.FullyConnected({ data: sym.Flatten({ data: pool }), num_hidden: 3, name: "embedding" });
  const scores = sym.FullyConnected({ data: embedding, num_hidden: CLASSES, name: "scores" });
  const softmax = sym.SoftmaxOutput({ data: scores, label: sym.variable("softmax_label"), name: "softmax" });
  const center = sym.Custom({
    data: embedding,
    label: sym.variable("center_label"),
    op_type: "centerloss",
    num_class: CLASSES,
    alpha: 0.5,
    scale: 1,
    batchsize: BATCH,
    name: "center_loss_",
  });
  return sym.Group([softmax, sym.MakeLoss({ data: center, name: "center_loss" })]);
}

function expectClose(got: HostArray | undefined, want: readonly number[], what: string): void {
  const values = got ? [...toFloat32(got)] : [];
  expect(values.length, what).toBe(want.length);
  for (const [i, value] of want.entries()) expect(values[i], `${what}[${i}]`).toBeCloseTo(value, 4);
}

function allNumbers(nested: unknown): number[] {
  return Array.isArray(nested) ? nested.flatMap(allNumbers) : [Number(nested)];
}

// Needs a Python with MXNet 1.9.1 (Python 3.8, numpy<1.24).
describe.skipIf(python === undefined)("MXNet itself (MXGRAFT_MXNET_PYTHON names a Python that has it)", () => {
  let folder = "";

  beforeAll(async () => {
    registerAll();
    await setBackend("cpu");
    folder = mkdtempSync(join(tmpdir(), "mxgraft-mxnet-"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("runs, trains on and saves a checkpoint of ours as we do", async () => {
    const random = new Random(5);
    const data = hostArray("float32", [BATCH, 2, 8, 8]);
    for (let i = 0; i < data.data.length; i++) data.data[i] = random.normal();
    const label = hostArray("float32", [BATCH]);
    for (let i = 0; i < BATCH; i++) label.data[i] = i % CLASSES;
    const batch = { data: [data], label: LABELS.map(() => label), pad: 0 };
    saveNpz(
      join(folder, "input.npz"),
      new Map([
        ["data", data],
        ["label", label],
      ]),
    );

    const module = new Module(network(), { labelNames: LABELS });
    module.bind({
      dataShapes: { data: data.shape },
      labelShapes: Object.fromEntries(LABELS.map((name) => [name, label.shape])),
    });
    await module.initParams({ initializer: new Xavier() });
    await module.initOptimizer({ optimizer: "sgd", optimizerParams: { learningRate: 0.1, momentum: 0.9 } });
    for (let i = 0; i < 3; i++) {
      await module.forwardBackward(batch);
      await module.update();
    }
    await module.saveCheckpoint(join(folder, "ours"), 3, { saveOptimizerStates: true });

    const printed = execFileSync(
      python ?? "",
      [script, join(folder, "ours"), "3", join(folder, "input.npz"), join(folder, "theirs")],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const theirs: unknown = JSON.parse(printed.trim().split("\n").at(-1) ?? "");
    await module.forward(batch, { isTrain: false });
    const outputs = await module.getOutputs();
    for (const [i, output] of (Array.isArray(theirs) ? theirs : []).entries()) {
      expectClose(outputs[i], allNumbers(output), `output ${i}`);
    }
    expect(outputs.length).toBe(2);

    // One step more on both sides, with the slots that went through the file.
    await module.forwardBackward(batch);
    await module.update();
    const mine = await module.getParams();
    const other = await Module.load(join(folder, "theirs"), 4, { labelNames: LABELS });
    other.bind({
      dataShapes: { data: data.shape },
      labelShapes: Object.fromEntries(LABELS.map((name) => [name, label.shape])),
    });
    const loaded = await other.getParams();
    for (const kind of ["argParams", "auxParams"] as const) {
      expect([...loaded[kind].keys()].sort()).toEqual([...mine[kind].keys()].sort());
      for (const [name, array] of loaded[kind]) expectClose(mine[kind].get(name), [...toFloat32(array)], name);
    }
    module.dispose();
    other.dispose();
  });
});
