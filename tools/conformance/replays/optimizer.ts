import { FormatError, type HostArray, hostArray, RegistryError, type Shape } from "@mxgraft/base";
import { createOptimizer, createScheduler, type LRScheduler, Updater } from "@mxgraft/module";
import { createTensorCell, type TensorCell } from "@mxgraft/tfjs";
import { Comparison } from "../comparison.ts";
import { type Facts, type GoldenCase, isFacts, numberOf } from "../golden-case.ts";
import { NotSupported } from "../replay.ts";
import { arraysOfState } from "./saved-state.ts";

/** Rates and decays are computed in double precision on both sides. */
const RATE_TOLERANCE = { rtol: 1e-6, atol: 1e-9 };

function schedulerOf(described: unknown): LRScheduler | undefined {
  if (!isFacts(described) || typeof described.type !== "string") return undefined;
  const { type, ...options } = described;
  return createScheduler(type, options);
}

/** The rates a scheduler gives for the update counts asked, in order, as it has a state. */
export function replayScheduler(golden: GoldenCase, comparison: Comparison): void {
  const scheduler = createScheduler(golden.text("class") ?? "", golden.object("params"));
  const asked = golden.list("num_update");
  for (const [i, rate] of golden.list("rates").entries()) {
    comparison.numbers(`rate ${i}`, scheduler.rate(numberOf(asked[i] ?? i)), numberOf(rate));
  }
}

/** Row `step` of an array whose first axis counts the updates. */
function rowOf(stacked: HostArray, step: number): HostArray {
  const [, ...shape] = stacked.shape;
  const size = shape.reduce((product, axis) => product * axis, 1);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = Number(stacked.data[step * size + i]);
  return hostArray("float32", shape, values);
}

function multipliers(facts: Facts): Record<string, number> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, numberOf(value)]));
}

function makeUpdater(golden: GoldenCase, order: readonly string[]): Updater {
  const scheduler = schedulerOf(golden.facts.lr_scheduler);
  try {
    const optimizer = createOptimizer(golden.text("optimizer") ?? "", {
      ...golden.object("params"),
      ...(scheduler ? { lrScheduler: scheduler } : {}),
      paramIdx2name: Object.fromEntries(order.map((name, i) => [i, name])),
    });
    const given = golden.object("multipliers");
    if (isFacts(given.lr)) optimizer.setLrMult(multipliers(given.lr));
    if (isFacts(given.wd)) optimizer.setWdMult(multipliers(given.wd));
    return new Updater(optimizer);
  } catch (error) {
    if (error instanceof RegistryError) throw new NotSupported(error.message);
    throw error;
  }
}

function cell(name: string, array: HostArray): TensorCell {
  const made = createTensorCell(name, array.shape, "float32");
  made.set(array);
  return made;
}

/** Updates of several parameters, each compared after each step, with the states at the end. */
export async function replayOptimizer(golden: GoldenCase, comparison: Comparison): Promise<void> {
  if (golden.facts.mean !== undefined) {
    await replayMoments(golden, comparison);
    return;
  }
  const order = golden.names("order");
  const updater = makeUpdater(golden, order);
  const weights = order.map((name) => cell(name, golden.tensor(`initial:${name}`)));
  const gradients = order.map((name) => cell(`${name}_grad`, rowOf(golden.tensor(`grads:${name}`), 0)));
  try {
    for (let step = 0; step < golden.number("steps"); step++) {
      for (const [i, name] of order.entries()) {
        const weight = weights[i];
        const gradient = gradients[i];
        if (!weight || !gradient) throw new FormatError(`${golden.id}: parameter "${name}" has no arrays.`);
        gradient.set(rowOf(golden.tensor(`grads:${name}`), step));
        updater.update(i, gradient, weight);
        comparison.arrays(`step ${step} ${name}`, await weight.toHost(), rowOf(golden.tensor(`weights:${name}`), step));
      }
    }
    const saved = await updater.saveStates();
    for (const [i, name] of order.entries()) {
      for (const [j, slot] of arraysOfState(saved.get(i) ?? null).entries()) {
        const want = golden.tensors.get(`state:${name}:${j}`);
        if (want) comparison.arrays(`state of ${name} ${j}`, slot, want);
      }
    }
    const rates = new Comparison(RATE_TOLERANCE);
    if (golden.facts.num_update !== undefined) {
      rates.numbers("num_update", updater.optimizer.numUpdate, golden.number("num_update"));
    }
    for (const kind of ["lr_mult", "wd_mult"] as const) {
      const seen = kind === "lr_mult" ? updater.optimizer.lrMult : updater.optimizer.wdMult;
      for (const [name, want] of Object.entries(golden.object(kind))) {
        rates.numbers(`${kind} of ${name}`, seen.get(name) ?? 1, numberOf(want));
      }
    }
    comparison.compared += rates.compared;
    comparison.differences.push(...rates.differences);
  } finally {
    updater.dispose();
    for (const array of [...weights, ...gradients]) array.dispose();
  }
}

/** One step from weight 2 with gradient 3, for optimizers that add noise. */
async function replayMoments(golden: GoldenCase, comparison: Comparison): Promise<void> {
  const updater = makeUpdater(golden, ["w_weight"]);
  const count = golden.number("count");
  if (!Number.isInteger(count) || count < 2 || count > 10_000_000) {
    throw new FormatError(`${golden.id}: "count" is ${count}, expected an integer from 2 to 10,000,000.`);
  }
  const shape: Shape = [count];
  const weight = cell("w_weight", hostArray("float32", shape, new Float32Array(count).fill(2)));
  const gradient = cell("w_weight_grad", hostArray("float32", shape, new Float32Array(count).fill(3)));
  try {
    updater.update(0, gradient, weight);
    const { data } = await weight.toHost();
    let sum = 0;
    let squares = 0;
    for (const value of data) {
      const change = Number(value) - 2;
      sum += change;
      squares += change * change;
    }
    const mean = sum / count;
    const std = golden.number("std");
    const check = new Comparison({ rtol: 0, atol: (7 * std) / Math.sqrt(count) });
    check.numbers("mean", mean, golden.number("mean"));
    check.numbers("std", Math.sqrt(squares / count - mean * mean), std);
    comparison.compared += check.compared;
    comparison.differences.push(...check.differences);
  } finally {
    updater.dispose();
    weight.dispose();
    gradient.dispose();
  }
}
