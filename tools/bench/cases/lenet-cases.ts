import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hostArray, type Shape } from "@mxgraft/base";
import { drawDigits } from "@mxgraft/data";
import { lenet } from "mxgraft";
import type { BenchCase, Cost, Rival } from "./bench-case.ts";
import { seededParameters } from "./seeded-parameters.ts";
import { writeInputs } from "./write-inputs.ts";

/** Digits that a step of batch 1 learns from; with fewer it knows them by heart, and its gradients vanish. */
const DIGITS = 400;

/** Multiply-adds of one image in the forward, by layer; the first layer needs no gradient of its input. */
const LAYERS = [24 * 24 * 20 * 25, 8 * 8 * 50 * 20 * 25, 800 * 500, 500 * 2, 2 * 10];

function stepCost(batch: number): Cost {
  const forward = LAYERS.reduce((sum, layer) => sum + layer, 0);
  const multiplyAdds = 3 * forward - (LAYERS[0] ?? 0);
  // Weights are read thrice and written once with their slots; what a batch brings is small beside them.
  const weights = 20 * 25 + 50 * 500 + 800 * 500 + 500 * 2 + 2 * 10;
  return { flops: 2 * multiplyAdds * batch, bytes: 4 * weights * 6 };
}

async function writeLenet(folder: string, batch: number, digits: number): Promise<void> {
  const symbol = lenet({ batchSize: batch });
  const shapes = { data: [batch, 1, 28, 28], softmax_label: [batch], center_label: [batch] };
  const { argShapes } = symbol.inferShape(shapes);
  const wanted = symbol.listArguments().flatMap((name, i): [string, Shape][] => {
    const shape = argShapes[i];
    return name in shapes || shape === undefined ? [] : [[name, shape]];
  });
  const { images, labels } = drawDigits({ count: digits, seed: 1 });
  await writeInputs(folder, {
    ...Object.fromEntries(seededParameters(new Map(wanted), 7)),
    data: hostArray(
      "float32",
      [digits, 1, 28, 28],
      Float32Array.from(images.data, (pixel) => pixel / 256),
    ),
    label: hostArray("float32", [digits], Float32Array.from(labels.data)),
  });
  await writeFile(join(folder, "model-symbol.json"), symbol.toJSON());
}

function lenetCase(batch: number, rivals: readonly Rival[]): BenchCase {
  return {
    name: `lenet-${batch}`,
    title: `LeNet with center loss, training step, batch ${batch}`,
    work: "lenet-step",
    settings: { batch, mode: "auto" },
    measure: "time",
    rivals,
    cost: stepCost(batch),
    write: (folder) => writeLenet(folder, batch, Math.max(DIGITS, 8 * batch)),
  };
}

const eager = (target?: number): Rival => ({
  peer: "mxgraft",
  label: "mxgraft, eager",
  settings: { mode: "eager" },
  onlyOn: "tensorflow",
  ...(target === undefined ? {} : { target }),
});

/** Compiled as without this package's native operators. */
const session: Rival = {
  peer: "mxgraft",
  label: "mxgraft, session",
  settings: { carrier: "session" },
  onlyOn: "tensorflow",
};

// The MaxPoolGrad of tfjs-backend-wasm gives some windows no gradient, so there only the first step agrees.
const tfjs: Rival = { peer: "tfjs", checked: 1 };

const EPOCH_BATCHES = 50;

export const lenetCases: readonly BenchCase[] = [
  lenetCase(100, [
    { peer: "pytorch", target: 1.8 },
    { peer: "mxnet", label: "the original program on MXNet 1.9.1", target: 5 },
    session,
    eager(),
    tfjs,
  ]),
  lenetCase(10, [eager(2.5), session, { peer: "pytorch" }, tfjs]),
  lenetCase(1, [eager(4), session, { peer: "pytorch" }, tfjs]),
  {
    name: "lenet-wasm",
    title: "LeNet with center loss, training step in WebAssembly, batch 100",
    work: "lenet-step",
    settings: { batch: 100, mode: "auto", backend: "wasm" },
    measure: "time",
    rivals: [{ ...tfjs, label: "tfjs-backend-wasm with the missing kernels", target: 3 }],
    cost: stepCost(100),
    write: (folder) => writeLenet(folder, 100, 800),
  },
  {
    name: "epoch",
    title: `A whole epoch of the original program, ${EPOCH_BATCHES} batches of 100`,
    work: "epoch",
    settings: { batch: 100, mode: "auto", part: "epoch" },
    measure: "time",
    rivals: [
      { peer: "mxgraft", label: "its steps alone", settings: { part: "steps" }, target: 1.1, atMost: true, checked: 0 },
    ],
    write: (folder) => writeLenet(folder, 100, 100 * EPOCH_BATCHES),
  },
];
