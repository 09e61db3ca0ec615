import { FormatError, type HostArray, hostArray, type Shape, toFloat32 } from "@mxgraft/base";
import { readIdx } from "@mxgraft/files";
import { createScheduler, Module } from "@mxgraft/module";
import { loadJson } from "@mxgraft/symbol";
import type { Comparison } from "../comparison.ts";
import { formula } from "../formula.ts";
import { type Facts, type GoldenCase, isFacts, numberOf } from "../golden-case.ts";
import { type Folders, NotSupported } from "../replay.ts";

interface Digits {
  /** (count, 28, 28), 0..255. */
  readonly images: HostArray;
  readonly labels: HostArray;
}

/** Largest batch and crop that a case may ask for. */
const MAX_BATCH = 10_000;

function loadDigits(folders: Folders): Digits {
  const images = folders.data.read("mnist/t10k-images-idx3-ubyte.gz");
  const labels = folders.data.read("mnist/t10k-labels-idx1-ubyte.gz");
  if (!images || !labels) {
    throw new NotSupported("the digits are not in the folder of data; name it with --data");
  }
  return { images: readIdx(images), labels: readIdx(labels) };
}

function pairOf(golden: GoldenCase, key: string, otherwise: readonly [number, number]): readonly [number, number] {
  const [from, to] = golden.facts[key] === undefined ? otherwise : golden.list(key);
  if (typeof from === "number" && typeof to === "number" && from >= 0 && from < to) return [from, to];
  throw new FormatError(`${golden.id}: "${key}" is no pair of growing numbers.`);
}

/** Batch `step`: rows from the first digit on, wrapping at the last, each pixel / 256, cropped to a square. */
function batchOf(golden: GoldenCase, digits: Digits, step: number): { data: HostArray; label: HostArray } {
  const batch = golden.number("batch");
  if (!Number.isInteger(batch) || batch < 1 || batch > MAX_BATCH)
    throw new FormatError(`${golden.id}: batch is ${batch}.`);
  const [first, last] = pairOf(golden, "digits", [0, digits.labels.data.length]);
  const [low, high] = pairOf(golden, "crop", [0, 28]);
  if (last > digits.labels.data.length || high > 28)
    throw new FormatError(`${golden.id}: digits or crop out of range.`);
  const side = high - low;
  const data = hostArray("float32", [batch, 1, side, side]);
  const label = hostArray("float32", [batch]);
  for (let i = 0; i < batch; i++) {
    const row = first + ((step * batch + i) % (last - first));
    label.data[i] = Number(digits.labels.data[row]);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const pixel = Number(digits.images.data[(row * 28 + y + low) * 28 + x + low]);
        data.data[(i * side + y) * side + x] = pixel / 256;
      }
    }
  }
  return { data, label };
}

function optimizerOptions(golden: GoldenCase): Record<string, unknown> {
  const { lr_scheduler: scheduler, ...options } = golden.object("optimizer_params");
  if (!isFacts(scheduler) || typeof scheduler.type !== "string") return options;
  const { type, ...schedulerOptions } = scheduler;
  return { ...options, lrScheduler: createScheduler(type, schedulerOptions) };
}

/** Mean of -log of the probability of the right class, and how often it is the largest. */
function softmaxFacts(probabilities: HostArray, label: HostArray): { loss: number; correct: number } {
  const [rows = 1, classes = 1] = probabilities.shape;
  const p = toFloat32(probabilities);
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const scores = p.subarray(row * classes, (row + 1) * classes);
    const right = Number(label.data[row]);
    loss -= Math.log(scores[right] ?? 0);
    if (scores.indexOf(Math.max(...scores)) === right) correct++;
  }
  return { loss: loss / rows, correct };
}

function norm(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/** Module steps on real digits: losses, right answers, parameters and their norms. */
export async function replayTraining(golden: GoldenCase, comparison: Comparison, folders: Folders): Promise<void> {
  const digits = loadDigits(folders);
  const symbol = loadJson(golden.symbolJson);
  const labelNames = symbol.listArguments().filter((name) => name.endsWith("label"));
  const module = new Module(symbol, { labelNames });
  const first = batchOf(golden, digits, 0);
  const labelShapes = labelNames.map((name) => ({ name, shape: first.label.shape }));
  module.bind({ dataShapes: [{ name: "data", shape: first.data.shape }], labelShapes });
  const inputShapes: Record<string, Shape> = { data: first.data.shape };
  for (const { name, shape } of labelShapes) inputShapes[name] = shape;
  try {
    const { argShapes, auxShapes } = symbol.inferShape(inputShapes);
    const salt = golden.text("salt") ?? "";
    const inputs = new Set(["data", ...labelNames]);
    const argParams = new Map<string, HostArray>();
    for (const [i, name] of symbol.listArguments().entries()) {
      const shape = argShapes[i];
      if (shape && !inputs.has(name)) argParams.set(name, formula(name, shape, { salt }));
    }
    const auxParams = new Map(
      symbol
        .listAuxiliaryStates()
        .map((name, i): [string, HostArray] => [name, hostArray("float32", auxShapes[i] ?? [])]),
    );
    await module.initParams({ argParams, auxParams, allowMissing: false });
    const optimizer = golden.object("optimizer_state").optimizer;
    if (typeof optimizer !== "string") throw new FormatError(`${golden.id}: optimizer_state names no optimizer.`);
    await module.initOptimizer({ optimizer, optimizerParams: optimizerOptions(golden) });
    for (const [i, step] of golden.list("steps").entries()) {
      if (!isFacts(step)) throw new FormatError(`${golden.id}: step ${i} is no object.`);
      const { data, label } = batchOf(golden, digits, i);
      await module.forwardBackward({ data: [data], label: labelNames.map(() => label), pad: 0 });
      await compareLosses(comparison, module, step, label, i);
      await module.update();
      await compareParameters(golden, comparison, module, step, i + 1);
    }
  } finally {
    comparison.compilations.push(module.executor.compilation);
    module.dispose();
  }
}

async function compareLosses(comparison: Comparison, module: Module, step: Facts, label: HostArray, i: number) {
  const [probabilities, centerLoss] = await module.getOutputs();
  if (!probabilities) throw new FormatError(`The symbol of the case has no outputs.`);
  const { loss, correct } = softmaxFacts(probabilities, label);
  comparison.numbers(`step ${i} softmax_loss`, loss, numberOf(step.softmax_loss));
  comparison.numbers(`step ${i} correct`, correct, numberOf(step.correct));
  if (centerLoss && step.center_loss !== undefined) {
    comparison.numbers(`step ${i} center_loss`, Number(centerLoss.data[0]), numberOf(step.center_loss));
  }
}

async function compareParameters(
  golden: GoldenCase,
  comparison: Comparison,
  module: Module,
  step: Facts,
  done: number,
) {
  const norms = isFacts(step.norms) ? step.norms : {};
  const whole = golden.withPrefix(`after${done}`);
  const heads = golden.withPrefix(`after${done}_head`);
  if (whole.length + heads.length + Object.keys(norms).length === 0) return;
  const { argParams, auxParams } = await module.getParams();
  const params = new Map([...argParams, ...auxParams]);
  for (const [name, want] of whole) {
    const got = params.get(name);
    if (got) comparison.arrays(`after${done}:${name}`, got, want);
  }
  for (const [name, want] of heads) {
    const got = params.get(name);
    if (!got) continue;
    const start = toFloat32(got).slice(0, want.data.length);
    comparison.arrays(`after${done}_head:${name}`, hostArray("float32", want.shape, start), want);
  }
  for (const [name, want] of Object.entries(norms)) {
    const got = params.get(name);
    if (got) comparison.numbers(`norm of ${name} after ${done}`, norm(toFloat32(got)), numberOf(want));
  }
}
