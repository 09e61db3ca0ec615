import { FormatError, type HostArray, hostArray, MxgraftError, Random, type Shape } from "@mxgraft/base";
import { createInitializer, InitDesc } from "@mxgraft/module";
import { Comparison } from "../comparison.ts";
import { type Facts, type GoldenCase, isFacts, numberOf } from "../golden-case.ts";
import { NotSupported } from "../replay.ts";

/** Seed of the random initializers; any will do. */
const SEED = 7;

/** Standard errors that a mean or deviation of random numbers may be off. */
const STANDARD_ERRORS = 5;

function shapeOf(value: unknown): Shape {
  if (Array.isArray(value) && value.every((axis) => Number.isInteger(axis) && axis > 0)) return value;
  throw new FormatError(`${JSON.stringify(value)} is no shape.`);
}

function initialize(name: string, params: object, shape: Shape): HostArray<"float32"> {
  const array = hostArray("float32", shape);
  createInitializer(name, params).initialize(new InitDesc("w_weight"), array, new Random(SEED));
  return array;
}

function moments(values: Float32Array): { mean: number; std: number; min: number; max: number } {
  let sum = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    sum += value;
    squares += value * value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / values.length;
  return { mean, std: Math.sqrt(Math.max(squares / values.length - mean * mean, 0)), min, max };
}

function replayMoments(sample: Facts, comparison: Comparison, what: string): void {
  const { initializer, params } = sample;
  if (typeof initializer !== "string") throw new FormatError(`${what} names no initializer.`);
  const shape = shapeOf(sample.shape);
  const options = isFacts(params) ? params : {};
  if (sample.error !== undefined) {
    let thrown: unknown;
    try {
      initialize(initializer, options, shape);
    } catch (error) {
      thrown = error;
    }
    comparison.refused(what, thrown, (error) => error instanceof MxgraftError);
    return;
  }
  const got = moments(initialize(initializer, options, shape).data);
  const std = numberOf(sample.std);
  const count = numberOf(sample.count);
  // MXNet's own figures are of one draw too, hence the factor for two draws.
  const near = (slack: number) => new Comparison({ rtol: 0, atol: STANDARD_ERRORS * Math.SQRT2 * slack });
  const meanCheck = near(std / Math.sqrt(count));
  meanCheck.numbers(`${what} mean`, got.mean, numberOf(sample.mean));
  const stdCheck = near(std / Math.sqrt(2 * count));
  stdCheck.numbers(`${what} std`, got.std, std);
  comparison.differences.push(...meanCheck.differences, ...stdCheck.differences);
  comparison.compared += 2;
}

/** Rows, or columns when there are fewer, are orthogonal and of one length. */
function replayOrthogonal(sample: Facts, comparison: Comparison, what: string): void {
  const shape = shapeOf(sample.shape);
  const { data } = initialize("orthogonal", { rand_type: sample.rand_type, scale: sample.scale }, shape);
  const rows = shape[0] ?? 1;
  const columns = data.length / rows;
  const byRows = rows <= columns;
  const count = byRows ? rows : columns;
  const at = (vector: number, i: number) => (byRows ? data[vector * columns + i] : data[i * columns + vector]) ?? 0;
  const check = new Comparison({ rtol: 1e-5, atol: 1e-5 });
  for (let a = 0; a < count; a++) {
    for (let b = a; b < count; b++) {
      let dot = 0;
      for (let i = 0; i < data.length / count; i++) dot += at(a, i) * at(b, i);
      check.numbers(`${what} ${a}.${b}`, dot, a === b ? numberOf(sample.gram_diagonal) : 0);
    }
  }
  comparison.compared += check.compared;
  comparison.differences.push(...check.differences);
}

/** Exact values, or the moments of random ones. */
export function replayInitializer(golden: GoldenCase, comparison: Comparison): void {
  const dumps = golden.text("dumps");
  if (dumps !== undefined) {
    const initializer = createInitializer(dumps);
    comparison.same("dumps", initializer.dumps(), dumps);
    const array = hostArray("float32", shapeOf(golden.facts.shape));
    const want = golden.tensor("value");
    // The cases hold what the initializer itself gives, whatever the name of the parameter.
    initializer.initWeight("value", array, new Random(SEED));
    comparison.arrays("value", array, want);
    return;
  }
  const samples = golden.list("samples");
  if (samples.length === 0) throw new NotSupported("the case has neither values nor samples");
  for (const [i, sample] of samples.entries()) {
    if (!isFacts(sample)) throw new FormatError(`${golden.id}: sample ${i} is no object.`);
    if (sample.gram_diagonal === undefined) replayMoments(sample, comparison, `sample ${i}`);
    else replayOrthogonal(sample, comparison, `sample ${i}`);
  }
}
